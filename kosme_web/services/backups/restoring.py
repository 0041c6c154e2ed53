"""Bringing a backup back into an empty database: all that its members' keys open, or nothing."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, literal, select

from kosme_web.models import MessageState
from kosme_web.models.base import Base
from kosme_web.providers.photo_store import PhotoMissingError, PhotoStore
from kosme_web.services import key_ring
from kosme_web.services.backups import tables
from kosme_web.services.backups.creating import revision_of
from kosme_web.services.backups.kit import BackupError, Kit
from kosme_web.services.backups.records import ARCHIVE, NOBODY, PHOTO, MemberSeals, MemberSecrets, Record, new_seal
from kosme_web.services.backups.sealed_file import SealedReader

BATCH = 500  # rows that are written together
ENDS = "identifier_access_ends"  # a table with a row in it from its migration on
UNSENT = (MessageState.QUEUED, MessageState.SENDING)
UNKNOWN = {"state": MessageState.UNKNOWN, "next_try_at": None, "claimed_until": None}


@dataclass(slots=True)
class Restored:
    """What came back, and what was left out because its member's key is gone."""

    rows: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    photos: int = 0


def restore(engine: Engine, kit: Kit, archive: Path, keys: Path) -> Restored:
    """Bring the archive back with the members' keys; raises BackupError, PhotoStoreError or OSError, and then the
    database is as before.

    The whole archive is checked first. Photos are in the store before the rows that point to them are committed.
    """
    secrets = MemberSecrets(keys, kit)
    with archive.open("rb") as file:
        for _ in SealedReader(file, kit.key, ARCHIVE).records():
            pass
        file.seek(0)
        reader = SealedReader(file, kit.key, ARCHIVE)
        with engine.begin() as connection:
            _check_place(connection, reader.header)
            restoring = _Restoring(connection, kit, secrets, MemberSeals(reader.header["id"]))
            for packed in reader.records():
                restoring.take(Record.unpacked(packed))
            restoring.end()
    return restoring.restored


def _check_place(connection: Connection, header: dict[str, str]) -> None:
    """Refuse a database of another shape, or one that somebody uses."""
    here = revision_of(connection)
    if here != header["revision"]:
        raise BackupError(
            f"the archive is of revision {header['revision']}, this database of {here}: migrate an empty database to "
            f"{header['revision']}, restore with the release of that time, then upgrade"
        )
    for table in Base.metadata.sorted_tables:
        if table.name != ENDS and connection.scalar(select(literal(1)).select_from(table).limit(1)):
            raise BackupError(f"this database is not empty: the table {table.name} has rows")
    connection.execute(delete(Base.metadata.tables[ENDS]))


class _Restoring:
    """Takes the records as they come and writes the rows of a table together."""

    def __init__(self, connection: Connection, kit: Kit, secrets: MemberSecrets, seals: MemberSeals) -> None:
        self.restored = Restored()
        self._connection, self._kit, self._secrets, self._seals = connection, kit, secrets, seals
        self._table: Table | None = None
        self._waiting: list[dict[str, Any]] = []

    def take(self, record: Record) -> None:
        secret = None
        if record.owner != NOBODY:
            secret = self._secrets.get(record.owner)
            if secret is None:
                self.restored.left_out[record.name] += 1
                return
        text = self._seals.open(secret, record.name, record.text) if secret else record.text
        if record.name == PHOTO:
            key, _, content = text.partition(b"\n")
            _put(self._kit.store, key.decode(), content)
            self.restored.photos += 1
        else:
            self._add(Base.metadata.tables[record.name], text)

    def _add(self, table: Table, text: bytes) -> None:
        if table is not self._table or len(self._waiting) >= BATCH:
            self._write()
            self._table = table
        values = tables.from_text(table, text)
        if table.name == "outbox_message" and values["state"] in UNSENT:
            values |= UNKNOWN  # it may have gone out since: staff decide
        self._waiting.append(values)
        self.restored.rows[table.name] += 1

    def _write(self) -> None:
        if self._table is None or not self._waiting:
            return
        self._connection.execute(insert(self._table), self._waiting)
        if self._table is tables.USER:
            self._connection.execute(insert(tables.KEY), [self._key_of(row["id"]) for row in self._waiting])
        self._waiting = []

    def _key_of(self, owner: Any) -> dict[str, Any]:  # noqa: ANN401  the id of a row
        return {"user_id": owner, "sealed": new_seal(self._kit, owner, self._secrets.get(owner))}

    def end(self) -> None:
        """Write what waits, and refuse numbers that this site could not open."""
        self._write()
        try:
            key_ring.check(self._connection, self._kit.vault)
        except key_ring.KeyMissingError as missing:
            raise BackupError(f"KOSME_NUMBER_KEYS: the numbers in the archive need the key {missing}") from None


def _put(store: PhotoStore, key: str, content: bytes) -> None:
    """Put a file back unless it is there already: a restore that was broken off has left some."""
    try:
        store.get(key)
    except PhotoMissingError:
        store.put(key, content)
