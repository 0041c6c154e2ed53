"""등록 이력: the published versions of a résumé, and taking it out of sight again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kosme_web.models import Draft, Resume, User
from kosme_web.services.resumes import ResumeNotFoundError


def versions(session: Session, owner: User, draft_id: UUID) -> Sequence[Resume]:
    """Give every version, the newest first, without their entries."""
    return session.scalars(_of(owner, draft_id).order_by(Resume.number.desc())).all()


def find_version(session: Session, owner: User, draft_id: UUID, number: int) -> Resume:
    wish = _of(owner, draft_id).where(Resume.number == number)
    entries = (joinedload(Resume.photo), selectinload(Resume.education), selectinload(Resume.work))
    resume = session.scalar(wish.options(*entries))
    if resume is None:
        raise ResumeNotFoundError(draft_id)
    return resume


def unpublish(session: Session, owner: User, draft_id: UUID) -> None:
    """Let nobody but the owner see the résumé until it is published again; its versions stay. May be asked twice."""
    draft = session.scalar(
        select(Draft).where(Draft.id == draft_id, Draft.owner_id == owner.id, Draft.deleted_at.is_(None))
    )
    if draft is None:
        raise ResumeNotFoundError(draft_id)
    draft.published_version = None
    session.commit()


def _of(owner: User, draft_id: UUID) -> Select[Resume]:
    is_owned = (Resume.draft_id == draft_id) & (Resume.owner_id == owner.id) & Draft.deleted_at.is_(None)
    return select(Resume).join(Draft, Draft.id == Resume.draft_id).where(is_owned)
