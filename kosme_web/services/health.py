"""Whether the database is there and has its tables."""

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from kosme_web.models import User

DatabaseUnavailableError = OperationalError  # locked, full, or away: later it may go


def is_database_ready(session: Session) -> bool:
    try:
        session.execute(select(User.id).limit(1))
    except SQLAlchemyError:
        session.rollback()
        return False
    return True
