"""Which tables a backup holds, whose each row is, and a row as a text that any database takes back."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Table, TypeDecorator, func, select

from kosme_web.models import MemberKey
from kosme_web.models.base import Base

BATCH = 1000  # rows that are fetched together
# what lives for minutes or hours, or opens something that may have been closed since; and the keys themselves
LEFT_OUT = frozenset({"email_change", "hand_over", "identity_verification", "log_in_session", "member_key"})
OF_NOBODY = frozenset({"delivery_report", "identifier_access", "identifier_access_ends"})
KEY = cast("Table", MemberKey.__table__)
USER = Base.metadata.tables["user"]
BACK: dict[type, Callable[[Any], Any]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: base64.b64decode,
}


class Owned(NamedTuple):
    """A row, whose it is, and the sealed key of that member; both are missing where it is nobody's."""

    owner: UUID | None
    sealed_key: bytes | None
    values: dict[str, Any]


def kept_tables() -> list[Table]:
    """Give the tables of a backup, each after those that it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def rows(connection: Connection, table: Table) -> Iterator[Owned]:
    """Give the rows of a table; those of members only if they belong to one."""
    names = [column.name for column in table.c]
    statement = select(*table.c)
    if table.name not in OF_NOBODY:
        owner, joined = path_to_member(table)
        statement = select(*table.c, KEY.c.user_id, KEY.c.sealed)
        statement = statement.select_from(joined.join(KEY, KEY.c.user_id == owner))
    for row in connection.execute(statement.execution_options(yield_per=BATCH)):
        owner_id, sealed_key = row[len(names) :] or (None, None)
        yield Owned(owner_id, sealed_key, dict(zip(names, row, strict=False)))


def path_to_member(table: Table) -> tuple[ColumnElement[UUID], FromClause]:
    """Give the column that says whose a row is, and the tables it takes to reach it; raises LookupError."""
    if table is USER:
        return table.c.id, table
    keys = sorted(table.foreign_keys, key=lambda key: key.parent.name)
    for key in keys:
        if key.column.table is USER:
            return key.parent, table
    for key in keys:
        owner, joined = path_to_member(key.column.table)
        return owner, table.join(joined, key.parent == key.column)
    raise LookupError(table.name)


def count_without_key(connection: Connection) -> int:
    """Count the members whose rows would be left out."""
    lacking = select(func.count()).select_from(USER.outerjoin(KEY)).where(KEY.c.user_id.is_(None))
    return connection.scalar(lacking) or 0


def to_text(values: dict[str, Any]) -> bytes:
    return json.dumps(values, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()


def from_text(table: Table, text: bytes) -> dict[str, Any]:
    """Give the row as its columns want it."""
    values: dict[str, Any] = json.loads(text)
    for name, back in _ways_back(table).items():
        if values[name] is not None:
            values[name] = back(values[name])
    return values


@cache
def _ways_back(table: Table) -> dict[str, Callable[[Any], Any]]:
    """Give, by column, how a value that JSON has no type for becomes itself again."""
    plain = {one.name: one.type.impl_instance if isinstance(one.type, TypeDecorator) else one.type for one in table.c}
    return {name: BACK[kind.python_type] for name, kind in plain.items() if kind.python_type in BACK}


def _plain(value: Any) -> str:  # noqa: ANN401  what a driver gives
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value.hex
