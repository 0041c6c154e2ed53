"""Where the addresses lie: tables of one generation, and a list that says which generation is in use.

The same tables serve SQLite, in a file of their own, and PostgreSQL. A search goes over the sections of roads first (a
road within one town or quarter, some 190,000 in the nation), then over the numbers of the few that fit.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)

CATALOGUE = MetaData()
KEY = String().with_variant(String(collation="C"), "postgresql")  # compared by code points, as SQLite does
IMPORTS = 7_010_401  # the lock in PostgreSQL
GENERATIONS = Table(
    "address_generation",
    CATALOGUE,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("source", String, nullable=False),  # what tells this import from another one
    Column("as_of", String, nullable=False),  # the date of the data, as far as it is known: 2021-11
    Column("is_current", Boolean, nullable=False, default=False),
    Column("member", Integer, nullable=False, default=0),  # how far an import has come: files, lines of the next
    Column("line", Integer, nullable=False, default=0),
    Column("last_change", String, nullable=False, default=""),
)


class BusyError(RuntimeError):
    """Another import is at work: each would take what the other has begun for something left behind."""


@dataclass(frozen=True)
class Tables:
    """The tables of one generation."""

    metadata: MetaData
    region: Table
    section: Table
    address: Table
    zip_code: Table
    building: Table
    lot: Table


@dataclass(frozen=True)
class Generation:
    id: int
    kind: str
    source: str
    as_of: str
    member: int
    line: int
    last_change: str

    @property
    def tables(self) -> Tables:
        return tables(self.id)


def open_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_readers_be)
    return engine


def _let_readers_be(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's connection
    """Readers see the generation in use while another one is written."""
    connection.execute("PRAGMA journal_mode=WAL")


@cache
def tables(generation: int) -> Tables:
    return _new_tables(generation)


def _new_tables(generation: int) -> Tables:
    metadata, prefix = MetaData(), f"address_{generation}"
    house = ("section_id", "main", "sub", "underground")

    def table(name: str, *columns: Column[object]) -> Table:
        return Table(f"{prefix}_{name}", metadata, *columns, sqlite_with_rowid=name in ("region", "section"))

    def number(name: str, *, is_key: bool = True) -> Column[object]:
        return Column(name, Integer, primary_key=is_key, autoincrement=False, nullable=False)

    def text(name: str) -> Column[object]:
        return Column(name, String)

    region = table("region", number("id"), number("parent_id", is_key=False), text("name"), text("english"))
    section = table(
        "section",
        number("id"),
        *(number(f"{level}_id", is_key=False) for level in ("sido", "sgg", "emd")),
        Column("key", KEY, nullable=False),
        Column("english_key", KEY, nullable=False),
        *(text(name) for name in ("road", "english", "road_code")),
        Column("is_official", Boolean, nullable=False),
        Column("addresses", Integer, nullable=False, default=0),
    )
    address = table(
        "address",
        *(number(name) for name in house),
        *(text(name) for name in ("zip", "ri", "lot", "building", "code", "number")),
        Column("is_apartment", Boolean, nullable=False),
    )
    zip_code = table("zip", Column("zip", KEY, primary_key=True), number("section_id"))
    building = table("building", Column("key", KEY, primary_key=True), *(number(name) for name in house))
    lot = table("lot", *(number(name) for name in ("emd_id", "lot_main", "lot_sub", "mountain", *house)))
    return Tables(metadata, region, section, address, zip_code, building, lot)


def search_indexes(generation: int) -> list[Index]:
    """Give the indexes that a search needs: on tables of their own, since they are made once all rows are there."""
    of, prefix = _new_tables(generation), f"ix_address_{generation}"
    is_known = of.address.c.number.is_not(None)
    rest = [of.section.c[name] for name in ("id", "sido_id", "sgg_id", "emd_id", "addresses")]
    return [
        Index(f"{prefix}_key", of.section.c.key, *rest),
        Index(f"{prefix}_english_key", of.section.c.english_key, *rest),
        Index(f"{prefix}_sgg", of.section.c.sgg_id, of.section.c.key),
        Index(f"{prefix}_emd", of.section.c.emd_id, of.section.c.key),
        Index(f"{prefix}_number", of.address.c.number, sqlite_where=is_known, postgresql_where=is_known),
    ]


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Keep other imports out until this one ends, whatever ends it; raises BusyError."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # closed at the end, and not kept with the lock
            if not connection.scalar(select(func.pg_try_advisory_lock(IMPORTS))):
                raise BusyError
            yield
    else:
        with Path(f"{engine.url.database}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError from None
            yield


GENERATION = select(*(GENERATIONS.c[name] for name in Generation.__dataclass_fields__))
CURRENT = GENERATION.where(GENERATIONS.c.is_current)


def current(connection: Connection) -> Generation | None:
    row = connection.execute(CURRENT).first()
    return Generation(*row) if row else None


def unfinished(connection: Connection, kind: str, source: str) -> Generation | None:
    is_same = (GENERATIONS.c.kind == kind) & (GENERATIONS.c.source == source)
    row = connection.execute(GENERATION.where(is_same, ~GENERATIONS.c.is_current)).first()
    return Generation(*row) if row else None


def begin(engine: Engine, kind: str, source: str, as_of: str) -> Generation:
    """Make the tables of a new generation; what another import left unfinished goes."""
    with engine.begin() as connection:
        CATALOGUE.create_all(connection)
        made = connection.scalar(select(func.max(GENERATIONS.c.id))) or 0
        abandoned = connection.scalars(select(GENERATIONS.c.id).where(~GENERATIONS.c.is_current)).all()
        for one in abandoned:
            drop(connection, one)
        tables(made + 1).metadata.create_all(connection)
        connection.execute(insert(GENERATIONS).values(id=made + 1, kind=kind, source=source, as_of=as_of))
        return Generation(made + 1, kind, source, as_of, 0, 0, "")


def note_progress(connection: Connection, generation: int, **values: object) -> None:
    connection.execute(update(GENERATIONS).where(GENERATIONS.c.id == generation).values(**values))


def switch(engine: Engine, generation: int) -> None:
    """Put a finished generation in the place of the one in use, then drop that one."""
    with engine.begin() as connection:
        before = current(connection)
        note_progress(connection, before.id if before else 0, is_current=False)
        note_progress(connection, generation, is_current=True)
    if before:
        with engine.begin() as connection:
            drop(connection, before.id)


def drop(connection: Connection, generation: int) -> None:
    tables(generation).metadata.drop_all(connection)
    connection.execute(delete(GENERATIONS).where(GENERATIONS.c.id == generation))


@contextmanager
def bulk(engine: Engine) -> Iterator[Connection]:
    """Give a connection for millions of rows: what a power cut spoils is a generation that is not in use yet."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
            connection.exec_driver_sql("PRAGMA cache_size=-65536")
            connection.commit()
        yield connection
        if engine.dialect.name == "sqlite":
            connection.invalidate()  # no other use of this connection may go without its guarantees
