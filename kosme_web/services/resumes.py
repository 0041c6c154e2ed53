"""등록된 이력서: writes what a draft says as a true, typed version, and finds it again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from kosme_web.models import Draft, EducationEntry, Resume, User, WorkEntry
from kosme_web.models.draft_fields import forget_past
from kosme_web.services import notices
from kosme_web.services.drafts import RefusedError


@dataclass(frozen=True, slots=True)
class EducationDetails:
    """One university; codes of the code lists, months as their first day."""

    is_overseas: bool
    university: str
    univ_kind: str | None
    school_region: str | None
    school_country: str | None
    major: str
    department: str
    entered_on: date
    admission_kind: str | None
    left_on: date | None
    graduation_kind: str
    project_url: str
    coursework: str
    second_texts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """One job; codes of the code lists, months as their first day."""

    company_name: str
    industry: str | None
    sub_industry: str | None
    sido: str | None
    sigungu: str | None
    work_country: str | None
    started_on: date
    ended_on: date | None
    is_current: bool
    company_department: str
    rank: str | None
    rank_other: str
    job_title: str | None
    duties: str
    leave_reason: str | None
    leave_reason_other: str
    second_texts: Mapping[str, str] | None = None


Entry = TypeVar("Entry", EducationDetails, WorkDetails)


class LeavingError(RefusedError):
    """The member is about to be erased, and publishes nothing."""


class ResumeNotFoundError(LookupError):
    """The user has no published résumé of this draft."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a draft says, judged; ``basics`` by column of the résumé."""

    basics: Mapping[str, Any]
    education: Sequence[EducationDetails]
    work: Sequence[WorkDetails]
    name_checked_at: datetime | None


def publish(session: Session, owner: User, draft: Draft, content: Content) -> Resume:
    """Write the next version, newest school and job first; the caller's transaction makes it stand or fall as one.

    Raises LeavingError for a member who is about to be erased. One who says so in this very moment is caught by
    ``published``: whatever was written, nobody is shown it.
    """
    if session.scalar(select(User.leaves_at).where(User.id == owner.id)) is not None:
        raise LeavingError
    number = session.scalar(select(func.max(Resume.number)).where(Resume.draft_id == draft.id)) or 0
    resume = Resume(
        owner_id=owner.id,
        draft_id=draft.id,
        number=number + 1,
        name=owner.name,
        photo_id=draft.photo_id,
        name_checked_at=content.name_checked_at,
        education=_numbered(EducationEntry, newest_first(content.education, "entered_on", "left_on")),
        work=_numbered(WorkEntry, newest_first(content.work, "started_on", "ended_on")),
        **content.basics,
    )
    session.add(resume)
    session.flush()  # gives the id that the notice names
    notices.resume_published(session, resume, owner)
    draft.published_version = draft.version
    for row in [row for row in draft.rows.values() if row.is_removed]:
        _forget_row(draft, row.id)
    forget_past(session.connection(), draft.id)
    return resume


def newest_first(entries: Sequence[Entry], start: str, end: str) -> list[Entry]:
    """Order by domain.md 6: what goes on first, then the latest end, then the latest start, then as entered."""

    def key(entry: Entry) -> tuple[date, date]:
        return getattr(entry, end) or date.max, getattr(entry, start)

    return sorted(entries, key=key, reverse=True)


def _numbered(model: type, entries: Sequence[Any]) -> list[Any]:
    return [model(position=position, **asdict(entry)) for position, entry in enumerate(entries)]


def _forget_row(draft: Draft, row_id: str) -> None:
    draft.fields.drop(draft.rows.pop(row_id).prefix)


def published(session: Session, owner: User, draft_id: UUID) -> Resume:
    """Give the last published version, with its entries, unless it was taken out of sight or its owner is leaving."""
    resume = session.scalar(
        select(Resume)
        .join(Draft, Draft.id == Resume.draft_id)
        .join(User, User.id == Resume.owner_id)
        .where(Resume.draft_id == draft_id, Resume.owner_id == owner.id, Draft.deleted_at.is_(None))
        .where(Draft.published_version.is_not(None), User.leaves_at.is_(None))
        .order_by(Resume.number.desc())
        .limit(1)
        .options(joinedload(Resume.photo), selectinload(Resume.education), selectinload(Resume.work))
    )
    if resume is None:
        raise ResumeNotFoundError(draft_id)
    return resume
