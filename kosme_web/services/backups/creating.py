"""Making a backup: first the members' keys, then the archive, both of the same moment, while the site goes on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from kosme_web.models import Photo, User
from kosme_web.models.base import new_id, now
from kosme_web.providers.photo_store import PhotoMissingError
from kosme_web.services.backups import tables
from kosme_web.services.backups.kit import BackupError, Kit
from kosme_web.services.backups.records import (
    ARCHIVE,
    CACHED,
    KEYS,
    NOBODY,
    PHOTO,
    MemberSeals,
    Record,
    new_seal,
    opened,
)
from kosme_web.services.backups.sealed_file import SealedWriter, replacing
from kosme_web.services.snapshots import snapshot

KEYS_FILE = "member-keys.kosme"
TRIES = 10  # somebody may join between the making of keys and the look at everything
BATCH = 500
STREAM = {"yield_per": tables.BATCH}
PHOTOS = cast("Table", Photo.__table__)


@dataclass(slots=True)
class Created:
    """What went into an archive, by table, and how many photo files; photos whose file is gone are counted apart."""

    path: Path
    rows: Counter[str] = field(default_factory=Counter)
    photos: int = 0
    missing_photos: int = 0


def create(engine: Engine, kit: Kit, folder: Path) -> Created:
    """Write an archive of now into the folder, and the file of keys beside it anew; raises BackupError, PhotoStoreError
    or OSError, and then leaves no archive.

    The keys come first: with them every archive before can still be read, without them not even this one.
    """
    backup_id, moment = new_id(), now()
    created = Created(folder / f"kosme-{moment:%Y%m%dT%H%M%SZ}-{backup_id.hex[-6:]}.backup")
    with _keyed(engine, kit) as connection:
        _write_keys(connection, kit, folder)
        header = {"id": backup_id.hex, "made_at": moment.isoformat(), "revision": revision_of(connection)}
        with replacing(created.path) as file:
            writer = SealedWriter(file, kit.key, ARCHIVE, header)
            _Archive(connection, kit, writer, created).write(MemberSeals(backup_id.hex))
            writer.close()
    return created


def refresh_keys(engine: Engine, kit: Kit, folder: Path) -> None:
    """Write the file of keys anew: from then on no archive can be read for those who were erased meanwhile."""
    with _keyed(engine, kit) as connection:
        _write_keys(connection, kit, folder)


def revision_of(connection: Connection) -> str:
    """Give the migration that the database stands at; raises BackupError where there is none."""
    try:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    except (OperationalError, ProgrammingError):
        raise BackupError("this database has no tables: run db upgrade first") from None


class _Archive:
    """Puts everything into a writer and counts it."""

    def __init__(self, connection: Connection, kit: Kit, writer: SealedWriter, created: Created) -> None:
        self._connection, self._kit, self._writer, self._created = connection, kit, writer, created
        self._secret = lru_cache(CACHED)(lambda owner, sealed: opened(kit, owner, sealed))

    def write(self, seals: MemberSeals) -> None:
        for table in tables.kept_tables():
            for owner, sealed_key, values in tables.rows(self._connection, table):
                content = tables.to_text(values)
                if owner and sealed_key:
                    content = seals.seal(self._secret(owner, sealed_key), table.name, content)
                self._writer.write(Record(owner or NOBODY, table.name, content).packed())
                self._created.rows[table.name] += 1
        for owner, sealed_key, key in self._photo_keys():
            try:
                content = key.encode() + b"\n" + self._kit.store.get(key)
            except PhotoMissingError:
                self._created.missing_photos += 1
                continue
            sealed = seals.seal(self._secret(owner, sealed_key), PHOTO, content)
            self._writer.write(Record(owner, PHOTO, sealed).packed())
            self._created.photos += 1

    def _photo_keys(self) -> Iterator[tuple[UUID, bytes, str]]:
        """Give each file of each photo once; several may be cut from the same whole picture."""
        key = tables.KEY.c
        owned = PHOTOS.join(tables.KEY, PHOTOS.c.owner_id == key.user_id)
        photos = select(key.user_id, key.sealed, PHOTOS.c.id, PHOTOS.c.whole_id).select_from(owned)
        for owner, sealed_key, photo_id, whole_id in self._connection.execute(photos, execution_options=STREAM):
            photo = Photo(id=photo_id, whole_id=whole_id)
            yield from ((owner, sealed_key, name) for name in {photo.key, photo.small_key})
        wholes = select(key.user_id, key.sealed, PHOTOS.c.whole_id).select_from(owned).distinct()
        wholes = wholes.where(PHOTOS.c.whole_id.is_not(None))
        for owner, sealed_key, whole_id in self._connection.execute(wholes, execution_options=STREAM):
            yield owner, sealed_key, Photo(whole_id=whole_id).whole_key


@contextmanager
def _keyed(engine: Engine, kit: Kit) -> Iterator[Connection]:
    """Look at everything at a moment at which every member has a key."""
    for _ in range(TRIES):
        _give_keys(engine, kit)
        with snapshot(engine) as connection:
            if tables.count_without_key(connection) == 0:
                yield connection
                return
    raise BackupError("too many members join at the moment: try again")


def _give_keys(engine: Engine, kit: Kit) -> None:
    """Make a key for each member who has none; of two backups at once, one is faster."""
    lacking = select(User.id).where(~select(tables.KEY.c.user_id).where(tables.KEY.c.user_id == User.id).exists())
    with engine.connect() as connection:
        revision_of(connection)
        while ids := connection.scalars(lacking.limit(BATCH)).all():
            connection.rollback()
            made = [{"user_id": user_id, "sealed": new_seal(kit, user_id)} for user_id in ids]
            try:
                connection.execute(insert(tables.KEY), made)
                connection.commit()
            except IntegrityError:
                connection.rollback()


def _write_keys(connection: Connection, kit: Kit, folder: Path) -> None:
    every = select(tables.KEY.c.user_id, tables.KEY.c.sealed).order_by(tables.KEY.c.user_id)
    with replacing(folder / KEYS_FILE) as file:
        writer = SealedWriter(file, kit.key, KEYS, {"made_at": now().isoformat()})
        for owner, sealed in connection.execute(every, execution_options=STREAM):
            writer.write(owner.bytes + opened(kit, owner, sealed))
        writer.close()
