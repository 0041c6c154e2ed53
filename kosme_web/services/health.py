"""Whether the database is there and has its tables, and which of its errors go by themselves."""

import errno

from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm import Session

from kosme_web.models import User

# locked, full, or away; the connection broke; no connection got free: later it may go
UNAVAILABLE: tuple[type[Exception], ...] = (OperationalError, InterfaceError, NoConnectionError)
FULL = (errno.ENOSPC, errno.EDQUOT)
POSTGRESQL_FULL = "53100"


def is_database_ready(session: Session) -> bool:
    try:
        session.execute(select(User.id).limit(1))
    except SQLAlchemyError:
        session.rollback()
        return False
    return True


def is_full(error: Exception) -> bool:
    """Whether there is no room left, in the database or on the disk."""
    cause = getattr(error, "orig", error)
    told = (getattr(cause, "sqlite_errorname", ""), getattr(cause, "sqlstate", ""))
    return told[0] == "SQLITE_FULL" or told[1] == POSTGRESQL_FULL or getattr(cause, "errno", None) in FULL
