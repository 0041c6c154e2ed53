"""Log-ins that are open: a random token for the cookie, its hash in the table."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from kosme_web.domain.devices import device_name
from kosme_web.models import LogInSession, User
from kosme_web.models.base import now
from kosme_web.services import security_notices

FIND = select(LogInSession).where(
    LogInSession.token_hash == bindparam("token_hash"),
    LogInSession.ended_at.is_(None),
    LogInSession.expires_at > bindparam("moment"),
    LogInSession.seen_at > bindparam("idle_since"),
)
SEEN_STEP = timedelta(minutes=5)  # a visit is noted this often, not at every request: idle time is that much longer


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def start(session: Session, user: User, *, device: str, lifetime: timedelta) -> str:
    """Open a log-in and give its token, which is written nowhere else; a device not seen before is told."""
    _tell_new_device(session, user, device)
    token = secrets.token_urlsafe(32)
    opened = LogInSession(user_id=user.id, token_hash=token_hash(token), device=device, expires_at=now() + lifetime)
    session.add(opened)
    session.commit()
    return token


def _tell_new_device(session: Session, user: User, device: str) -> None:
    """Compare devices by the name that people know them by: a browser's version changes every few weeks."""
    earlier = session.scalars(select(LogInSession.device).where(LogInSession.user_id == user.id).distinct())
    known = {device_name(one) for one in earlier}
    if known and device_name(device) not in known:
        security_notices.tell(session, user, security_notices.NEW_DEVICE, device=device_name(device))


def peek(session: Session, token: str, *, idle: timedelta) -> LogInSession | None:
    """Give the open log-in of this token, unless it ended, ran out, or lay idle too long; asking is no visit."""
    moment = now()
    asked = {"token_hash": token_hash(token), "moment": moment, "idle_since": moment - idle - SEEN_STEP}
    found: LogInSession | None = session.scalar(FIND, asked)
    return found


def find(session: Session, token: str, *, idle: timedelta) -> LogInSession | None:
    """Give the open log-in of this token, and note the visit."""
    found = peek(session, token, idle=idle)
    if found and found.seen_at < now() - SEEN_STEP:
        found.seen_at = now()
        session.commit()
    return found


def time_left(found: LogInSession, *, idle: timedelta) -> timedelta:
    """Give how long the log-in stays open if nobody comes again."""
    return min(found.seen_at + idle + SEEN_STEP, found.expires_at) - now()


def user_of(session: Session, token: str) -> UUID | None:
    """Give whose log-in it is, or was: one that is over opens nothing, but tells who worked on the page."""
    return session.scalar(select(LogInSession.user_id).where(LogInSession.token_hash == token_hash(token)))


def end(session: Session, token: str) -> None:
    session.execute(
        update(LogInSession)
        .where(LogInSession.token_hash == token_hash(token), LogInSession.ended_at.is_(None))
        .values(ended_at=now())
    )
    session.commit()


def end_all(session: Session, user: User, *, but: str = "") -> None:
    """End every log-in of a person, on all devices; the one of the token ``but`` may stay. The caller commits."""
    session.execute(
        update(LogInSession)
        .where(LogInSession.user_id == user.id, LogInSession.ended_at.is_(None))
        .where(LogInSession.token_hash != token_hash(but))
        .values(ended_at=now())
    )


def open_ones(session: Session, user: User, *, idle: timedelta) -> list[LogInSession]:
    """Give the log-ins of a person that are open, the last visited first."""
    moment = now()
    found = select(LogInSession).where(
        LogInSession.user_id == user.id,
        LogInSession.ended_at.is_(None),
        LogInSession.expires_at > moment,
        LogInSession.seen_at > moment - idle - SEEN_STEP,
    )
    return list(session.scalars(found.order_by(LogInSession.seen_at.desc())))


def end_one(session: Session, user: User, log_in_id: UUID) -> None:
    """End one log-in, if it is this person's."""
    session.execute(
        update(LogInSession)
        .where(LogInSession.id == log_in_id, LogInSession.user_id == user.id, LogInSession.ended_at.is_(None))
        .values(ended_at=now())
    )
    session.commit()
