"""이메일 변경: an address counts once its owner has typed the code that was sent there."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from secrets import compare_digest

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web.models import EmailChange, User
from kosme_web.models.base import now
from kosme_web.services import security_notices

LIFETIME = timedelta(hours=1)
MOMENT = timedelta(seconds=10)
MOST_TRIES = 5


class Outcome(StrEnum):
    CONFIRMED = "CONFIRMED"
    WRONG = "WRONG"
    ENDED = "ENDED"  # too late, or too many tries


def begin(session: Session, user: User, email: str) -> EmailChange:
    """Send a code to the address; an earlier wish is void. The same wish, sent twice in a moment, is one."""
    earlier = find(session, user)
    if earlier and earlier.email == email and earlier.created_at > now() - MOMENT:
        return earlier
    _end_earlier(session, user)
    change = EmailChange(user_id=user.id, email=email)
    session.add(change)
    session.flush()
    security_notices.send_code(session, user, email, change.id)
    session.commit()
    return change


def find(session: Session, user: User) -> EmailChange | None:
    """Give the wish that still waits for its code."""
    return session.scalar(
        select(EmailChange).where(
            EmailChange.user_id == user.id,
            EmailChange.ended_at.is_(None),
            EmailChange.created_at > now() - LIFETIME,
            EmailChange.try_count < MOST_TRIES,
        )
    )


def confirm(session: Session, user: User, code: str, code_of: Callable[[str], str]) -> Outcome:
    """Take the address if the code is right; a try is counted before it is made."""
    change = find(session, user)
    if change is None:
        return Outcome.ENDED
    counted = update(EmailChange).where(EmailChange.id == change.id, EmailChange.try_count < MOST_TRIES)
    left = session.scalar(counted.values(try_count=EmailChange.try_count + 1).returning(EmailChange.try_count))
    session.commit()
    if left is None:
        return Outcome.ENDED
    if not compare_digest(code.encode(), code_of(str(change.id)).encode()):
        return Outcome.WRONG
    if user.email != change.email:
        security_notices.tell_everywhere(session, user, security_notices.EMAIL_CHANGED)
    user.email, user.email_confirmed_at, change.ended_at = change.email, now(), now()
    session.commit()
    return Outcome.CONFIRMED


def remove(session: Session, user: User) -> None:
    """Forget the address; it is told once more."""
    _end_earlier(session, user)
    if user.email:
        security_notices.tell_everywhere(session, user, security_notices.EMAIL_CHANGED)
    user.email = user.email_confirmed_at = None
    session.commit()


def _end_earlier(session: Session, user: User) -> None:
    earlier = update(EmailChange).where(EmailChange.user_id == user.id, EmailChange.ended_at.is_(None))
    session.execute(earlier.values(ended_at=now()))
