"""Fills a new generation beside the one in use, goes on after an interruption, and switches at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Engine

from kosme_web.address_index import storage
from kosme_web.address_index.builder import Builder
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.layouts import FurtherLot

BATCH = 5000
Reading = Callable[[], Iterator[Entry | FurtherLot]]


class NothingInItError(ValueError):
    """A full set without an address would take all addresses away."""


@dataclass
class Report:
    """What became of the rows.

    Merged ones are buildings at an address that is there already, and its further lots; skipped ones were taken in
    before, or speak of an address that is not there.
    """

    read: int = 0
    inserted: int = 0
    merged: int = 0
    skipped: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0

    def lines(self) -> Iterator[tuple[str, int]]:
        """Give what is worth telling, by name."""
        for name in ("read", "inserted", "merged", "changed", "deleted", "skipped", "total"):
            yield name, getattr(self, name)


@dataclass(frozen=True)
class Source:
    """What is imported: its kind, what tells it from another, the date of its data, and its files."""

    kind: str
    fingerprint: str
    as_of: str
    files: tuple[Reading, ...]


def build(engine: Engine, source: Source, tell: Callable[[int], None] = lambda _: None) -> Report:
    """Import a full set. Interrupted, the next call of the same source goes on where this one stood."""
    with engine.begin() as connection:
        storage.CATALOGUE.create_all(connection)
        begun = storage.unfinished(connection, source.kind, source.fingerprint)
    generation = begun or storage.begin(engine, source.kind, source.fingerprint, source.as_of)
    report = Report()
    with storage.bulk(engine) as connection:
        builder = Builder.of(connection, generation)
        before = builder.count()
        for member, line in _take_files(builder, source, generation, report):
            storage.note_progress(connection, generation.id, member=member, line=line)
            connection.commit()
            tell(report.read)
        report.total = builder.finish(generation)
        connection.commit()
    report.inserted = report.total - before
    report.merged = report.read - report.skipped - report.inserted
    if not report.total:
        raise NothingInItError
    storage.switch(engine, generation.id)
    return report


def _take_files(
    builder: Builder, source: Source, generation: storage.Generation, report: Report
) -> Iterator[tuple[int, int]]:
    """Add file by file, from where an earlier try stood; give how far it has come after each batch."""
    for member, read in enumerate(source.files):
        if member < generation.member:
            continue
        done = generation.line if member == generation.member else 0
        entries = read()
        skipped = sum(1 for _ in islice(entries, done))
        report.skipped += skipped
        report.read += skipped
        yield from ((member, line) for line in _fill(builder, entries, done, report))
        yield member + 1, 0


def _fill(builder: Builder, entries: Iterable[Entry | FurtherLot], line: int, report: Report) -> Iterator[int]:
    """Add batch by batch; give how far it has come after each."""
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        builder.add(batch)
        report.read += len(batch)
        line += len(batch)
        yield line
