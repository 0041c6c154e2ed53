"""회원탈퇴: a member who leaves is out of sight at once, may stay until the day, and is then erased, all or nothing.

Nobody has to put anything back for who stays: ``resumes.published`` shows nothing of a member who has a day to leave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from kosme_web.models import (
    DeliveryReport,
    Departure,
    Draft,
    IdentityVerification,
    OutboxMessage,
    Photo,
    Resume,
    ShareLink,
    SocialAccount,
    User,
)
from kosme_web.models.base import now
from kosme_web.providers.http import ProviderError, ProviderUnavailableError
from kosme_web.providers.photo_store import PhotoStore
from kosme_web.services import log_in_sessions, registration_numbers, security_notices

PATIENCE = timedelta(hours=1)  # with a provider that does not answer: longer than this no erasure waits for it
QUIET = {"synchronize_session": False}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Extent:
    """How much an erasure takes; a removed résumé counts too, since it can be brought back."""

    drafts: int
    versions: int
    photos: int
    links: int


@dataclass(frozen=True)
class Outside:
    """What else an erasure reaches: the photos' files, and ``release``, which ends a link by provider and subject."""

    store: PhotoStore
    release: Callable[[str, str], bool]


def extent(session: Session, user: User) -> Extent:
    def count(model: type[Draft | Resume | Photo | ShareLink]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(model.owner_id == user.id)) or 0

    return Extent(count(Draft), count(Resume), count(Photo), count(ShareLink))


def begin(session: Session, user: User, *, grace: timedelta, here: str) -> None:
    """Set the day, log out on all devices but the one of the token ``here``, and tell; asked twice, the day stays."""
    leaves_at = now() + grace
    asked = update(User).where(User.id == user.id, User.leaves_at.is_(None)).values(leaves_at=leaves_at)
    if session.execute(asked.returning(User.id)).first() is None:
        session.rollback()
        return
    log_in_sessions.end_all(session, user, but=here)
    security_notices.tell_everywhere(session, user, security_notices.LEAVING, leaves_at=leaves_at.isoformat())
    session.commit()


def take_back(session: Session, user: User) -> None:
    """Let the member stay: what was published is shown again, and links that are open open it; may be asked twice."""
    stays = update(User).where(User.id == user.id, User.leaves_at.is_not(None)).values(leaves_at=None)
    if session.execute(stays.returning(User.id)).first():
        security_notices.tell_everywhere(session, user, security_notices.STAYING)
    session.commit()


def erase_due(session: Session, outside: Outside, moment: datetime | None = None) -> int:
    """Erase every member whose day has come by that moment, else by now; give how many.

    Several workers may do so at once, and a crash leaves each member whole or gone.
    """
    moment = moment or now()
    due = session.scalars(select(User.id).where(User.leaves_at <= moment).order_by(User.leaves_at)).all()
    session.rollback()
    return sum(release_and_erase(session, user_id, outside, moment) for user_id in due)


def release_and_erase(session: Session, user_id: UUID, outside: Outside, moment: datetime) -> bool:
    """Erase a member, links at the providers first; one with whom that fails holds up nobody, and is tried again."""
    try:
        return _is_released(session, user_id, outside) and erase(session, user_id, outside, moment)
    except Exception as error:
        session.rollback()
        log.exception("erasing a member failed", error=type(error).__name__)
        return False


def _is_released(session: Session, user_id: UUID, outside: Outside) -> bool:
    """End the links at the providers; tell whether the erasure may go on, which waits a while for one that is away."""
    user = session.get(User, user_id)
    found = select(SocialAccount.provider, SocialAccount.subject).where(SocialAccount.user_id == user_id)
    accounts = session.execute(found).all()
    may_wait = user is not None and user.leaves_at is not None and user.leaves_at > now() - PATIENCE
    session.rollback()
    for provider, subject in accounts:
        try:
            has_way = outside.release(provider, subject)
        except ProviderError as error:
            if may_wait and isinstance(error, ProviderUnavailableError):
                return False
            log.warning("link not ended at the provider", provider=provider, error=type(error).__name__)
        else:
            if not has_way:
                log.info("link not ended at the provider", provider=provider, error="no way without the person")
    return True


def erase(session: Session, user_id: UUID, outside: Outside, moment: datetime) -> bool:
    """Erase a member whose day has come by that moment: every row in one transaction, then the photos' files.

    Tells whether it was done here: who has decided to stay, or is gone already, is left alone. If this ends before the
    files are deleted, or the store is away, no row points to them, and ``draft_photos.remove_orphans`` takes them.
    """
    session.execute(select(Draft.id).where(Draft.owner_id == user_id).with_for_update())  # as ``editing``: drafts first
    user = session.scalar(select(User).where(User.id == user_id, User.leaves_at <= moment).with_for_update())
    if user is None:
        session.rollback()
        return False
    files = _files_of(session, user)
    registration_numbers.erase_all(session, Draft.owner_id == user_id)
    _erase_loose(session, user)
    gone = delete(User).where(User.id == user_id, User.leaves_at <= moment).returning(User.id)
    if session.execute(gone, execution_options=QUIET).first() is None:  # took it back in this very moment
        session.rollback()
        return False
    session.merge(Departure(id=user_id, left_at=now()))  # there already, if a backup brought the member back
    session.commit()
    try:
        outside.store.delete(files)
    except Exception as error:
        log.exception("photos of a member are left to the sweep", error=type(error).__name__)
    return True


def _files_of(session: Session, user: User) -> list[str]:
    photos = session.scalars(select(Photo).where(Photo.owner_id == user.id)).all()
    return sorted({key for photo in photos for key in (photo.key, photo.small_key, photo.whole_key)})


def _erase_loose(session: Session, user: User) -> None:
    """Erase what names the person and does not hang on the member's row, which takes all the rest along.

    What belongs to another member, or was verified of another person, stays: a phone may be shared.
    """
    mine = OutboxMessage.user_id == user.id
    proofs = session.scalars(
        select(IdentityVerification.phone_number).where(IdentityVerification.identity_key == user.identity_key)
    )
    numbers = {user.phone_number, *proofs}
    addresses = {*numbers, *session.scalars(select(OutboxMessage.recipient).where(mine)), user.email or ""}
    messages = or_(mine, and_(OutboxMessage.user_id.is_(None), OutboxMessage.recipient.in_(addresses)))
    sent = select(OutboxMessage.provider_id).where(messages, OutboxMessage.provider_id.is_not(None))
    is_unproved = and_(IdentityVerification.identity_key.is_(None), IdentityVerification.phone_number.in_(numbers))
    of_person = or_(IdentityVerification.identity_key == user.identity_key, is_unproved)
    for loose in (
        delete(DeliveryReport).where(DeliveryReport.provider_id.in_(sent)),
        delete(OutboxMessage).where(messages),
        delete(IdentityVerification).where(of_person),
    ):
        session.execute(loose, execution_options=QUIET)
