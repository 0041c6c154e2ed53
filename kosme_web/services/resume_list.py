"""이력서 관리 (R-050): one's résumés, new ones, copies, and deleting with a way back."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kosme_web.models import Draft, DraftField, DraftFields, DraftRow, Resume, User
from kosme_web.models.base import now
from kosme_web.services import retention
from kosme_web.services.drafts import DraftNotFoundError, get_draft

MOST = 50
NOT_COPIED = frozenset({"unique_identifier_consent"})  # a consent is given for one résumé


class TooManyResumesError(Exception):
    """A person has as many résumés as the service keeps."""


class ListedDraft(NamedTuple):
    """A résumé in the list, by the title it has now, whether it was ever published, and when it ends if left alone."""

    draft: Draft
    title: str
    has_versions: bool
    ends_at: datetime | None


def list_drafts(session: Session, owner: User) -> list[ListedDraft]:
    """Give the résumés of a person, the last changed first; those just deleted keep their place for the way back."""
    title = (DraftField.draft_id == Draft.id) & (DraftField.name == "title")
    has_versions = exists().where(Resume.draft_id == Draft.id)
    found = select(Draft, DraftField.value, has_versions).outerjoin(DraftField, title)
    rows = session.execute(found.where(Draft.owner_id == owner.id).order_by(Draft.changed_at.desc()))
    return [ListedDraft(draft, text or "", published, retention.ends_at(draft)) for draft, text, published in rows]


def create_draft(session: Session, owner: User, prefilled: Mapping[str, str]) -> Draft:
    """Begin a résumé with what the membership knows (R-120…R-122)."""
    check_room(session, owner)
    return _add(session, Draft(owner_id=owner.id), prefilled)


def copy_draft(session: Session, owner: User, draft_id: UUID) -> Draft:
    """Begin another résumé with the texts, rows and photo of this one; number and consent stay behind."""
    check_room(session, owner)
    source = get_draft(session, owner, draft_id)
    rows = [row for row in source.rows.values() if not row.is_removed]
    gone = tuple(row.prefix for row in source.rows.values() if row.is_removed)
    copy = Draft(
        owner_id=owner.id,
        photo_id=source.photo_id,
        rows={row.id: DraftRow(id=row.id, kind=row.kind, position=row.position) for row in rows},
    )
    texts = {one.name: one.value for one in source.fields.values() if not one.name.startswith(gone)}
    return _add(session, copy, {name: text for name, text in texts.items() if name not in NOT_COPIED})


def set_deleted(session: Session, owner: User, draft_id: UUID, *, is_deleted: bool) -> None:
    """Delete a résumé, or bring it back; both may be asked for twice."""
    draft = session.scalar(select(Draft).where(Draft.id == draft_id, Draft.owner_id == owner.id))
    if draft is None:
        raise DraftNotFoundError(draft_id)
    draft.deleted_at = now() if is_deleted else None
    session.commit()


def _add(session: Session, draft: Draft, texts: Mapping[str, str]) -> Draft:
    session.add(draft)
    session.flush()
    fields = DraftFields(draft.id, {})
    for name, text in texts.items():
        fields.put(name, text, version=0)
    fields.save(session.connection())
    session.commit()
    return draft


def check_room(session: Session, owner: User, wanted: int = 1) -> None:
    count = len(session.scalars(select(Draft.id).where(Draft.owner_id == owner.id, Draft.deleted_at.is_(None))).all())
    if count + wanted > MOST:
        raise TooManyResumesError
