"""A draft keeps what was typed, whatever it is; nothing here validates."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session, joinedload

from kosme_web.models import Draft, DraftFields, DraftSave, FieldText, User
from kosme_web.models.base import now

MAX_TEXT = 20_000  # characters in one field
KEYS_KEPT = 1000  # saves of a draft, at least, whose repetition is recognised: other devices save meanwhile
FORGOTTEN_EVERY = 100  # saves
SAVE = cast("Table", DraftSave.__table__)


class DraftNotFoundError(LookupError):
    """The user has no such draft; that someone else may have it is not told."""


class SavedBeforeError(Exception):
    """A save with this key was done already; its answer was lost."""


class RefusedError(Exception):
    """An action cannot be done; the text that came with it is kept all the same."""


class RowLimitError(RefusedError):
    """No more entries of this kind fit."""


class RowNotFoundError(RefusedError):
    """The draft has no such entry."""


FIND = (
    select(Draft)
    .where(Draft.id == bindparam("draft_id"), Draft.owner_id == bindparam("owner_id"), Draft.deleted_at.is_(None))
    .options(joinedload(Draft.rows), joinedload(Draft.number), joinedload(Draft.photo))
)


# raises the version: lock, ownership and new version in one
LOCK = (
    update(Draft)
    .where(Draft.id == bindparam("the_draft"), Draft.owner_id == bindparam("the_owner"), Draft.deleted_at.is_(None))
    .values(version=Draft.version + 1, changed_at=bindparam("moment"))
    .returning(Draft)
    .execution_options(synchronize_session=False, populate_existing=True)
)
NOTED = (SAVE.c.draft_id == bindparam("the_draft_id")) & (SAVE.c.key == bindparam("the_key"))
NOTE = (
    insert(SAVE)
    .from_select(
        ["draft_id", "key", "version"],
        select(*(bindparam(f"the_{column.name}", type_=column.type) for column in SAVE.c)).where(
            ~exists().where(NOTED)
        ),
    )
    .execution_options(preserve_rowcount=True)
)
FORGET = delete(SAVE).where(SAVE.c.draft_id == bindparam("the_draft"), SAVE.c.version < bindparam("before"))


def get_draft(session: Session, owner: User, draft_id: UUID) -> Draft:
    """Give the draft with its fields and entries, in a fixed number of queries."""
    draft = session.scalars(FIND, {"draft_id": draft_id, "owner_id": owner.id}).unique().one_or_none()
    if draft is None:
        raise DraftNotFoundError(draft_id)
    draft.fields = DraftFields.read(session.connection(), draft.id)
    return draft


@contextmanager
def editing(session: Session, owner: User, draft_id: UUID, key: str = "") -> Iterator[Draft]:
    """Lock the draft until the block ends: raising its version is the first statement of the transaction.

    ``key`` names this save; raises SavedBeforeError, with nothing changed, if it comes for the second time.
    """
    draft = session.scalar(LOCK, {"the_draft": draft_id, "the_owner": owner.id, "moment": now()})
    if draft is None:
        session.rollback()
        raise DraftNotFoundError(draft_id)
    if key:
        _note_save(session, draft, key)
    draft.fields = DraftFields.read(session.connection(), draft.id)
    session.expire_on_commit = False  # the answer shows what was just written: it need not be read again
    try:
        yield draft
    except RefusedError:  # the action is refused, the text that came with it is kept
        _commit(session, draft)
        raise
    _commit(session, draft)


def _note_save(session: Session, draft: Draft, key: str) -> None:
    """Remember the key, and forget those that no browser will send again."""
    connection = session.connection()
    values = {"the_draft_id": draft.id, "the_key": key, "the_version": draft.version}
    if connection.execute(NOTE, values).rowcount == 0:
        session.rollback()
        raise SavedBeforeError
    if draft.version % FORGOTTEN_EVERY == 0:
        connection.execute(FORGET, {"the_draft": draft.id, "before": draft.version - KEYS_KEPT})


def _commit(session: Session, draft: Draft) -> None:
    draft.fields.save(session.connection())
    session.commit()


def absorb(draft: Draft, typed: Mapping[str, str], is_base: Callable[[FieldText], bool]) -> list[str]:
    """Take in what was typed and give the names of what was too long to keep.

    Where a field changed since the page showed it, the text becomes its rival: the person chooses.
    """
    too_long = [name for name, text in typed.items() if len(text) > MAX_TEXT]
    for name, text in typed.items():
        field = draft.fields.get(name) or FieldText(name, "", 0)
        if name in too_long or text == field.value:
            continue
        if is_base(field):
            draft.fields.put(name, text, draft.version)
        else:
            draft.fields.set_rival(name, text)
    return too_long


def write(draft: Draft, values: Mapping[str, str]) -> None:
    """Set fields to what the person has just chosen, whatever stood there."""
    for name, text in values.items():
        draft.fields.put(name, text, draft.version)


def settle(draft: Draft, name: str, *, keeps_rival: bool) -> None:
    """End a conflict: the rival takes the field's place, or goes."""
    rival = draft.fields[name].rival if name in draft.fields else None
    if rival is not None:
        if keeps_rival:
            draft.fields.put(name, rival, draft.version)
        draft.fields.set_rival(name, None)


def owner_of(session: Session, draft_id: UUID) -> UUID | None:
    """Give whose draft it is; for what has to wait until its owner is there again."""
    return session.scalar(select(Draft.owner_id).where(Draft.id == draft_id))
