"""The repeated entries of a draft: schools here and abroad, jobs. Every step can be undone."""

import re

from kosme_web.models import Draft, DraftRow
from kosme_web.services.drafts import RowLimitError, RowNotFoundError, absorb, write

ROW_ID = re.compile(r"[0-9a-f]{12}")
ROW_LIMITS = {"education": 10, "overseas": 10, "work": 20}


def add_row(draft: Draft, kind: str, row_id: str) -> DraftRow:
    """Give the row of that id, made if need be: pressing twice, or sending again, adds one."""
    if not ROW_ID.fullmatch(row_id):
        raise RowNotFoundError
    if row_id not in draft.rows:
        _check_room(draft, kind)
        position = max((row.position for row in draft.rows.values()), default=-1) + 1
        draft.rows[row_id] = DraftRow(id=row_id, kind=kind, position=position)
    return find_row(draft, kind, row_id)


def find_row(draft: Draft, kind: str, row_id: str) -> DraftRow:
    row = draft.rows.get(row_id)
    if row is None or row.kind != kind:
        raise RowNotFoundError
    return row


def remove_row(_draft: Draft, row: DraftRow) -> None:
    row.is_removed = True


def reset_row(draft: Draft, row: DraftRow) -> None:
    """Empty the row; a second reset keeps what the first one took away."""
    texts = {name: field.value for name, field in draft.fields.items() if name.startswith(row.prefix) and field.value}
    row.cleared = {**(row.cleared or {}), **texts}
    write(draft, dict.fromkeys(texts, ""))


def undo_row(draft: Draft, row: DraftRow) -> None:
    """Undo the last remove or reset; text typed since stays, with the old one as its rival."""
    if row.is_removed:
        _check_room(draft, row.kind)
        row.is_removed = False
    else:
        absorb(draft, row.cleared or {}, is_base=lambda field: not field.value)
        row.cleared = None


def shown_rows(draft: Draft, kind: str) -> list[DraftRow]:
    """Give the rows of that kind that were not removed, in their order."""
    rows = [row for row in draft.rows.values() if row.kind == kind and not row.is_removed]
    return sorted(rows, key=lambda row: row.position)


def _check_room(draft: Draft, kind: str) -> None:
    if len(shown_rows(draft, kind)) >= ROW_LIMITS[kind]:
        raise RowLimitError(kind)
