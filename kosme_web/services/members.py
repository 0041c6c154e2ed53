"""내 정보 변경: each change, its notice and the log-ins it ends are one transaction, or nothing."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kosme_web.domain.credentials import login_id_key
from kosme_web.models import IdentityVerification, User
from kosme_web.models.base import now
from kosme_web.services import log_in_sessions, passwords, security_notices
from kosme_web.services.accounts import LoginIdTakenError


class AnotherPersonError(Exception):
    """The verification is good, but it is of somebody else."""


def change_password(session: Session, user: User, password: str, *, here: str) -> None:
    """Set it, and end all log-ins but the one of the token ``here``."""
    user.password_hash = passwords.hash_password(password)
    log_in_sessions.end_all(session, user, but=here)
    security_notices.tell(session, user, security_notices.PASSWORD_CHANGED)
    session.commit()


def set_keys(session: Session, user: User, login_id: str, password: str, *, here: str) -> None:
    """Let an ID and a password open a membership that until now only an SNS account opened."""
    hashed = passwords.hash_password(password)
    mine = update(User).where(User.id == user.id, User.login_id.is_(None))
    try:
        session.execute(
            mine.values(login_id=login_id, login_id_key=login_id_key(login_id), password_hash=hashed),
            execution_options={"synchronize_session": False},
        )
        log_in_sessions.end_all(session, user, but=here)
        security_notices.tell(session, user, security_notices.PASSWORD_SET)
        session.commit()
    except IntegrityError:
        session.rollback()
        raise LoginIdTakenError from None


def end_other_log_ins(session: Session, user: User, *, here: str) -> None:
    """Log out on all devices but the one of the token ``here``."""
    log_in_sessions.end_all(session, user, but=here)
    security_notices.tell(session, user, security_notices.LOGGED_OUT_EVERYWHERE)
    session.commit()


def change_phone(session: Session, user: User, proof: IdentityVerification) -> None:
    """Take the number that the member's own verification proved; the old number is told, too."""
    if proof.identity_key != user.identity_key:
        raise AnotherPersonError
    proof.used_at = now()
    if proof.phone_number != user.phone_number:
        security_notices.tell_everywhere(session, user, security_notices.PHONE_CHANGED)
    user.phone_number, user.identity_verified_at = proof.phone_number, proof.verified_at or now()
    session.commit()


def change_details(session: Session, user: User, details: Mapping[str, str | None]) -> None:
    """Write what a form gave, by column."""
    for name, text in details.items():
        setattr(user, name, text)
    session.commit()
