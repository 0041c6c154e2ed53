"""A draft keeps what was typed, whatever it is; nothing here validates."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, joinedload

from kosme_web.models import Draft, DraftField, User
from kosme_web.models.base import now

MAX_TEXT = 20_000  # characters in one field


class DraftNotFoundError(LookupError):
    """The user has no such draft; that someone else may have it is not told."""


class RefusedError(Exception):
    """An action cannot be done; the text that came with it is kept all the same."""


class RowLimitError(RefusedError):
    """No more entries of this kind fit."""


class RowNotFoundError(RefusedError):
    """The draft has no such entry."""


class FieldText(Protocol):
    """A field as it is read: a row of the table, or the entity while the draft is edited."""

    @property
    def value(self) -> str: ...

    @property
    def rival(self) -> str | None: ...


FIND = (
    select(Draft)
    .where(Draft.id == bindparam("draft_id"), Draft.owner_id == bindparam("owner_id"), Draft.deleted_at.is_(None))
    .options(joinedload(Draft.rows), joinedload(Draft.number), joinedload(Draft.photo))
)
READ = select(DraftField.name, DraftField.value, DraftField.rival).where(DraftField.draft_id == bindparam("draft_id"))


def get_draft(session: Session, owner: User, draft_id: UUID) -> Draft:
    """Give the draft with its entries, in a fixed number of queries."""
    draft = session.scalars(FIND, {"draft_id": draft_id, "owner_id": owner.id}).unique().one_or_none()
    if draft is None:
        raise DraftNotFoundError(draft_id)
    return draft


def read_fields(session: Session, draft: Draft) -> dict[str, FieldText]:
    """Give what was typed, by the field's name, as plain rows: an entity for each costs a page of fields 1 ms."""
    return {row.name: row for row in session.execute(READ, {"draft_id": draft.id})}


@contextmanager
def editing(session: Session, owner: User, draft_id: UUID) -> Iterator[Draft]:
    """Lock the draft until the block ends: raising its version is the first statement of the transaction."""
    found = update(Draft).where(Draft.id == draft_id, Draft.owner_id == owner.id, Draft.deleted_at.is_(None))
    raised = found.values(version=Draft.version + 1, changed_at=now()).returning(Draft)
    draft = session.scalar(raised, execution_options={"populate_existing": True})
    if draft is None:
        session.rollback()
        raise DraftNotFoundError(draft_id)
    session.expire_on_commit = False  # the answer shows what was just written: it need not be read again
    try:
        yield draft
    except RefusedError:  # the action is refused, the text that came with it is kept
        session.commit()
        raise
    session.commit()


def absorb(draft: Draft, typed: Mapping[str, str], is_base: Callable[[DraftField], bool]) -> list[str]:
    """Take in what was typed and give the names of what was too long to keep.

    Where a field changed since the page showed it, the text becomes its rival: the person chooses.
    """
    too_long = [name for name, text in typed.items() if len(text) > MAX_TEXT]
    for name, text in typed.items():
        field = draft.fields.get(name) or DraftField(name=name, value="", version=0)
        if name in too_long or text == field.value:
            continue
        draft.fields[name] = field
        if is_base(field):
            field.value, field.version = text, draft.version
        else:
            field.rival = text
    return too_long


def write(draft: Draft, values: Mapping[str, str]) -> None:
    """Set fields to what the person has just chosen, whatever stood there."""
    for name, text in values.items():
        field = draft.fields.get(name)
        if field is None:
            draft.fields[name] = DraftField(name=name, value=text, version=draft.version)
        elif field.value != text:
            field.value, field.version = text, draft.version


def settle(draft: Draft, name: str, *, keeps_rival: bool) -> None:
    """End a conflict: the rival takes the field's place, or goes."""
    field = draft.fields.get(name)
    if field is None or field.rival is None:
        return
    if keeps_rival:
        field.value, field.version = field.rival, draft.version
    field.rival = None
