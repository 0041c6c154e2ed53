"""The fields of a draft as plain rows: an entity for each would cost more than all the rest of an answer.

A text that another one takes the place of goes into ``draft_past``: whatever was once kept is here or there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from kosme_web.models.base import new_id, now
from kosme_web.models.draft import DraftField, DraftPast

FIELD, PAST = cast("Table", DraftField.__table__), cast("Table", DraftPast.__table__)
OF_DRAFT = FIELD.c.draft_id == bindparam("of_draft")
OF_FIELD = OF_DRAFT & (FIELD.c.name == bindparam("of_name"))
READ = select(FIELD.c.name, FIELD.c.value, FIELD.c.version, FIELD.c.rival).where(OF_DRAFT)
ADD, CHANGE, DROP = insert(FIELD), update(FIELD).where(OF_FIELD), delete(FIELD).where(OF_FIELD)
LATER = (
    select(PAST.c.name, PAST.c.text, PAST.c.version)  # as a FieldText begins
    .where(PAST.c.draft_id == bindparam("of_draft"), PAST.c.until > bindparam("after"))
    .order_by(PAST.c.until.desc())
)
KEEP, FORGET = insert(PAST), delete(PAST).where(PAST.c.draft_id == bindparam("of_draft"))


class FieldText(NamedTuple):
    """What stands in a field, since which version of the draft, and what was typed elsewhere at the same time."""

    name: str
    value: str
    version: int
    rival: str | None = None


class DraftFields(Mapping[str, FieldText]):
    """What was typed, by the field's name. ``save`` writes the changes; whoever makes them holds the draft."""

    def __init__(self, draft_id: UUID, texts: dict[str, FieldText]) -> None:
        self.draft_id = draft_id
        self._texts = texts
        self._found: dict[str, FieldText | None] = {}  # what the table has of the changed ones
        self._past: list[dict[str, object]] = []

    @classmethod
    def read(cls, connection: Connection, draft_id: UUID) -> DraftFields:
        rows = connection.execute(READ, {"of_draft": draft_id}).all()
        return cls(draft_id, {row[0]: FieldText._make(row) for row in rows})

    def __getitem__(self, name: str) -> FieldText:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, name: str) -> str:
        return self._texts[name].value if name in self._texts else ""

    def shown_at(self, connection: Connection, version: int, texts: Mapping[str, str]) -> set[str]:
        """Name the fields in which that very text stood at that version, though another one has come since."""
        changed = [name for name in texts if name in self._texts and self._texts[name].version > version]
        if not changed:
            return set()
        found = {name: self._texts[name] for name in changed}
        for row in connection.execute(LATER, {"of_draft": self.draft_id, "after": version}):
            found[row.name] = FieldText(*row)  # the earliest comes last
        return {name for name in changed if _stood(found[name], version, texts[name])}

    def put(self, name: str, text: str, version: int) -> None:
        """Let the text take the place of what stands in the field."""
        field = self._texts.get(name) or FieldText(name, "", 0)
        if text != field.value:
            self._keep_past(field, field.value, text, version)
            self._change(field._replace(value=text, version=version))

    def set_rival(self, name: str, text: str | None) -> None:
        """Keep a text beside the one that stands in the field; none ends that."""
        field = self._texts.get(name) or FieldText(name, "", 0)
        if text != field.rival:
            self._keep_past(field, field.rival, text, None)
            self._change(field._replace(rival=text))

    def drop(self, prefix: str) -> None:
        """Take the fields of an entry away."""
        for name in [name for name in self._texts if name.startswith(prefix)]:
            self._found.setdefault(name, self._texts[name])
            del self._texts[name]

    def save(self, connection: Connection) -> None:
        """Write what has changed since, each kind of change in one statement."""
        key = {"of_draft": self.draft_id}
        kept = [(found, self._texts[name]) for name, found in self._found.items() if name in self._texts]
        fresh = [{"draft_id": self.draft_id, **field._asdict()} for found, field in kept if found is None]
        changed = [{**key, "of_name": field.name, **field._asdict()} for found, field in kept if found]
        gone = [{**key, "of_name": name} for name, found in self._found.items() if found and name not in self._texts]
        for statement, rows in ((ADD, fresh), (CHANGE, changed), (DROP, gone), (KEEP, self._past)):
            if rows:
                connection.execute(statement, rows)
        self._found.clear()
        self._past.clear()

    def _change(self, field: FieldText) -> None:
        self._found.setdefault(field.name, self._texts.get(field.name))
        self._texts[field.name] = field

    def _keep_past(self, field: FieldText, old: str | None, new: str | None, until: int | None) -> None:
        """Remember what is replaced, unless the new text goes on from it: then it holds all of it."""
        if old and not (new or "").startswith(old):
            row = {"name": field.name, "text": old, "version": field.version, "until": until}
            self._past.append({"id": new_id(), "draft_id": self.draft_id, "replaced_at": now(), **row})


def _stood(found: FieldText, version: int, text: str) -> bool:
    """Tell whether the text stood there; one that was only gone on from is the beginning of the next that was kept."""
    return text == found.value if found.version <= version else found.value.startswith(text)


def forget_past(connection: Connection, draft_id: UUID) -> None:
    """Drop the replaced texts: what is published is what the person meant."""
    connection.execute(FORGET, {"of_draft": draft_id})
