"""이력서 관리 (R-050): one's résumés, new ones, copies, and deleting with a way back."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kosme_web.models import Draft, DraftField, DraftRow, User
from kosme_web.models.base import now
from kosme_web.services.drafts import DraftNotFoundError, get_draft

MOST = 50
NOT_COPIED = frozenset({"unique_identifier_consent"})  # a consent is given for one résumé


class TooManyResumesError(Exception):
    """A person has as many résumés as the service keeps."""


def list_drafts(session: Session, owner: User) -> list[Draft]:
    """Give the résumés of a person, the last changed first; those just deleted keep their place for the way back."""
    found = select(Draft).where(Draft.owner_id == owner.id).order_by(Draft.changed_at.desc())
    return list(session.scalars(found.options(selectinload(Draft.fields.and_(DraftField.name == "title")))))


def create_draft(session: Session, owner: User, prefilled: Mapping[str, str]) -> Draft:
    """Begin a résumé with what the membership knows (R-120…R-122)."""
    _check_room(session, owner)
    fields = {name: DraftField(name=name, value=text, version=0) for name, text in prefilled.items() if text}
    draft = Draft(owner_id=owner.id, fields=fields)
    session.add(draft)
    session.commit()
    return draft


def copy_draft(session: Session, owner: User, draft_id: UUID) -> Draft:
    """Begin another résumé with the texts, rows and photo of this one; number and consent stay behind."""
    _check_room(session, owner)
    source = get_draft(session, owner, draft_id)
    rows = [row for row in source.rows.values() if not row.is_removed]
    gone = tuple(row.prefix for row in source.rows.values() if row.is_removed)
    fields = [one for one in source.fields.values() if one.name not in NOT_COPIED and not one.name.startswith(gone)]
    copy = Draft(
        owner_id=owner.id,
        photo_id=source.photo_id,
        fields={one.name: DraftField(name=one.name, value=one.value, version=0) for one in fields},
        rows={row.id: DraftRow(id=row.id, kind=row.kind, position=row.position) for row in rows},
    )
    session.add(copy)
    session.commit()
    return copy


def set_deleted(session: Session, owner: User, draft_id: UUID, *, is_deleted: bool) -> None:
    """Delete a résumé, or bring it back; both may be asked for twice."""
    draft = session.scalar(select(Draft).where(Draft.id == draft_id, Draft.owner_id == owner.id))
    if draft is None:
        raise DraftNotFoundError(draft_id)
    draft.deleted_at = now() if is_deleted else None
    session.commit()


def _check_room(session: Session, owner: User) -> None:
    count = len(session.scalars(select(Draft.id).where(Draft.owner_id == owner.id, Draft.deleted_at.is_(None))).all())
    if count >= MOST:
        raise TooManyResumesError
