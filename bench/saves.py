"""What saving one field takes until it is on the disk, with few and with a million members, and with many at once: P3.

The time is that of the service, on the clock: lock of the draft, key, field, past, commit with ``synchronous=FULL``.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import randbelow
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from bench.table import Figure
from kosme_web.extensions import engine_options
from kosme_web.models import User
from kosme_web.models.base import Base
from kosme_web.services.drafts import absorb, editing

FEW, MANY = 1_000, 1_000_000
SAVES, WRITERS = 1_000, 8
NAMES = ("title", "english_name", "phone_number", "email", "detail_address", "duties")
# ruff: noqa: S608  the statements hold names of this file only
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :members)"
KEY = "printf('%032x', i)"  # as a UUID is stored
NOW = "'2026-11-24 00:00:00.000000'"
TEXT = "A line that somebody writes about the work of a year, no. "

ROWS = (
    f"""{NUMBERS} INSERT INTO user (id, name, phone_number, identity_key, identity_verified_at, road_address,
    english_address, postal_code, detail_address, seeker_type, program_type, referral_route, referral_other, language,
    created_at) SELECT {KEY}, 'NGUYEN VAN ANH', '01012345678', {KEY}, {NOW}, '', '', '', '', '', '', '', '', 'en',
    {NOW} FROM n""",
    f"""{NUMBERS} INSERT INTO draft (id, owner_id, version, created_at, changed_at)
    SELECT {KEY}, {KEY}, 1, {NOW}, {NOW} FROM n""",
    *(
        f"""{NUMBERS} INSERT INTO draft_field (draft_id, name, value, version)
        SELECT {KEY}, '{name}', 'what was typed before', 1 FROM n"""
        for name in NAMES
    ),
)


@contextmanager
def database(members: int) -> Iterator[Engine]:
    """Give a database file with so many members, each with a résumé that was begun."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kosme.db'}"
        engine = create_engine(url, **engine_options(url))
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            for statement in ROWS:
                connection.execute(text(statement), {"members": members})
        with engine.begin() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        yield engine
        engine.dispose()


class Writer:
    """Saves one field after the other, each of another member, each in a session of its own as a request does."""

    def __init__(self, engine: Engine, members: int) -> None:
        self.engine, self.members = engine, members
        self.number = count()

    def save(self) -> float:
        """Give the seconds that one save took."""
        number = next(self.number)
        key = UUID(int=randbelow(self.members) + 1)
        owner, typed = User(id=key), {NAMES[number % len(NAMES)]: f"{TEXT}{number}"}
        with Session(self.engine) as session:
            started = perf_counter()
            with editing(session, owner, key, f"key-{id(self)}-{number}") as draft:
                absorb(draft, typed, lambda _: True)
            return perf_counter() - started

    def milliseconds(self, saves: int) -> list[float]:
        for _ in range(50):
            self.save()
        return [self.save() * 1000 for _ in range(saves)]


def measure() -> Iterator[Figure]:
    with database(FEW) as engine:
        few = Writer(engine, FEW).milliseconds(SAVES)
        yield Figure("P3", f"a field saved on disk, {FEW:,} members: 95th percentile", percentile(few), 3, "ms")
        with ThreadPoolExecutor(WRITERS) as pool:
            spent = list(pool.map(lambda _: Writer(engine, FEW).milliseconds(SAVES // WRITERS), range(WRITERS)))
        longest = max(max(one) for one in spent)
        yield Figure("P3", f"the same by {WRITERS} writers at once: the longest", longest, 250, "ms")
    with database(MANY) as engine:
        many = Writer(engine, MANY).milliseconds(SAVES)
    yield Figure("P3", f"a field saved on disk, {MANY:,} members: 95th percentile", percentile(many), 3, "ms")
    yield Figure("P3", f"the medians of {MANY:,} and {FEW:,} members: times", median(many) / median(few), 1.3, "times")


def percentile(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]
