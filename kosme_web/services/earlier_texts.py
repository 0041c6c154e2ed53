"""이전에 적은 내용: the texts that others took the place of since the last publishing, to be read and put back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, Table, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from kosme_web.models import Draft, DraftPast, FieldText
from kosme_web.services.drafts import RefusedError, absorb, write

PAGE = 60  # texts
NEWEST = 3  # texts of a field that stand on the page of all fields
ADDRESS, FOUND = "road_address", ("found_address", "english_address", "postal_code", "address_codes")
# what is no text of the person's own: a consent is given at its text only, and what was found goes with its address
NOT_LISTED = ("unique_identifier_consent", "gap_silent", *FOUND)
TICKS_OF_JOBS = "work-%-is_current"
PAST = cast("Table", DraftPast.__table__)
COLUMNS = ("id", "name", "text", "until", "replaced_at")


class EarlierTextNotFoundError(RefusedError):
    """The draft keeps no such text (any more): publishing drops them."""


class EntryRemovedError(RefusedError):
    """The text belongs to an entry that was removed; it has to be brought back first."""


class EarlierText(NamedTuple):
    """A text that stood in a field; ``until`` is none if it only stood beside another one, from another device."""

    id: UUID
    name: str
    text: str
    until: int | None
    replaced_at: datetime
    total: int  # of the texts of that field


class PutBack(NamedTuple):
    """What came of putting a text back: in which field, and whether another text has come there meanwhile."""

    name: str
    is_conflict: bool


def earlier_texts(session: Session, draft: Draft, name: str = "", page: int = 1) -> Sequence[EarlierText]:
    """Give a page of them, and one more if there is another page: the field that changed last comes first.

    Each text of a field counts once, where it was replaced last. Without a name, the newest of every field.
    """
    all_texts = _counted(_once(draft))
    wanted = all_texts.c.name == name if name else all_texts.c.place <= NEWEST
    order = (all_texts.c.newest.desc(), all_texts.c.name, all_texts.c.place)
    wish = select(*(all_texts.c[column] for column in (*COLUMNS, "total"))).where(wanted).order_by(*order)
    rows = session.execute(wish.offset(PAGE * (page - 1)).limit(PAGE + 1))
    return [EarlierText(*row) for row in rows]


def put_back(session: Session, draft: Draft, past_id: UUID, is_base: Callable[[FieldText], bool]) -> PutBack:
    """Let the text stand in its field again, as a save does: what stands there becomes an earlier text, or its rival.

    Doing it twice changes nothing. Raises EarlierTextNotFoundError and EntryRemovedError.
    """
    past = session.scalar(_listed(draft).where(PAST.c.id == past_id))
    if past is None:
        raise EarlierTextNotFoundError
    row = next((row for row in draft.rows.values() if past.name.startswith(row.prefix)), None)
    if row.is_removed if row else "-" in past.name:
        raise EntryRemovedError
    if past.text != draft.fields.text(past.name):
        found = _found_with(session, draft, past)
        absorb(draft, {past.name: past.text}, is_base)
        if past.text == draft.fields.text(past.name):
            write(draft, found)
    return PutBack(past.name, past.text != draft.fields.text(past.name))


def _listed(draft: Draft) -> Select[DraftPast]:
    is_listed = PAST.c.name.not_in(NOT_LISTED) & PAST.c.name.not_like(TICKS_OF_JOBS)
    return select(DraftPast).where(PAST.c.draft_id == draft.id, is_listed)


def _once(draft: Draft) -> Subquery:
    """Give each text of a field where it was replaced last."""
    turn = func.row_number().over(partition_by=(PAST.c.name, PAST.c.text), order_by=_latest(PAST.c)).label("turn")
    turned = _listed(draft).with_only_columns(*(PAST.c[name] for name in COLUMNS), turn).subquery()
    return select(*(turned.c[name] for name in COLUMNS)).where(turned.c.turn == 1).subquery()


def _counted(once: Subquery) -> Subquery:
    """Give them with what is to be known of their field: how many there are, when it changed last, and their place."""
    name = once.c.name
    total = func.count().over(partition_by=name).label("total")
    newest = func.max(once.c.replaced_at).over(partition_by=name).label("newest")
    place = func.row_number().over(partition_by=name, order_by=_latest(once.c)).label("place")
    return select(once, total, newest, place).subquery()


def _latest(of: ReadOnlyColumnCollection[str, Any]) -> tuple[ColumnElement[Any], ...]:
    return of.replaced_at.desc(), of.id.desc()


def _found_with(session: Session, draft: Draft, past: DraftPast) -> dict[str, str]:
    """Give what the search had found with an address, as it stood when the address was replaced."""
    if past.name != ADDRESS or past.until is None:
        return {}
    fields = {name: field for name in FOUND if (field := draft.fields.get(name)) and field.version < past.until}
    texts = dict.fromkeys(FOUND, "") | {name: field.value for name, field in fields.items()}
    stood = (PAST.c.version < past.until) & (PAST.c.until >= past.until)
    wish = select(PAST.c.name, PAST.c.text).where(PAST.c.draft_id == draft.id, PAST.c.name.in_(FOUND), stood)
    for row in session.execute(wish.order_by(PAST.c.until.desc())):
        texts[row.name] = row.text
    return texts
