"""고유식별정보 동의 철회 (R-125): the number goes from every résumé, and every résumé goes out of sight, or nothing."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kosme_web.models import Decision, Draft, DraftField, DraftNumber, Resume, User
from kosme_web.models.base import now
from kosme_web.services import consents, registration_numbers, security_notices
from kosme_web.services.consents import Shown

FIELD = "unique_identifier_consent"
KIND = "UID_RESUME"
QUIET = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Extent:
    """What a withdrawal would change; a deleted résumé counts too, since it can be brought back."""

    numbers: int
    published: int


def extent(session: Session, user: User) -> Extent:
    own = select(func.count()).select_from(Draft).where(Draft.owner_id == user.id)
    numbers = session.scalar(own.join(DraftNumber, DraftNumber.draft_id == Draft.id)) or 0
    return Extent(numbers, session.scalar(own.where(Draft.published_version.is_not(None))) or 0)


def is_due(session: Session, user: User) -> bool:
    """Whether there is a yes to take back: the last word on one résumé does not end what stands in another."""
    ticked = select(DraftField.draft_id).join(Draft, Draft.id == DraftField.draft_id)
    ticked = ticked.where(Draft.owner_id == user.id, DraftField.name == FIELD, DraftField.value != "")
    is_held = extent(session, user).numbers or session.scalar(ticked.limit(1))
    return bool(is_held) or consents.is_agreed(session, user.id, KIND)


def withdraw(session: Session, user: User, shown: Shown) -> None:
    """Erase the number, its marks and the ticks; locks each résumé first, so a publishing comes before or after.

    Asked for twice, it is done, recorded and told once.
    """
    if not is_due(session, user):
        return
    own = Draft.owner_id == user.id
    raised = {"version": Draft.version + 1, "changed_at": now(), "published_version": None}
    session.execute(update(Draft).where(own).values(raised), execution_options=QUIET)
    mine = select(Draft.id).where(own).scalar_subquery()
    registration_numbers.erase_all(session, own, shown.request_id)
    version = select(Draft.version).where(Draft.id == DraftField.draft_id).scalar_subquery()
    ticks = update(DraftField).where(DraftField.draft_id.in_(mine), DraftField.name == FIELD)
    session.execute(ticks.values(value="", rival=None, version=version), execution_options=QUIET)
    marks = update(Resume).where(Resume.owner_id == user.id)
    session.execute(marks.values(name_checked_at=None), execution_options=QUIET)
    consents.record(session, user.id, KIND, Decision.WITHDRAWN, shown)
    security_notices.tell(session, user, security_notices.NUMBER_ERASED)
    session.commit()
