"""Takes in an official file: a full set as a new generation; English names and daily changes into the one in use."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from kosme_web.address_index import storage
from kosme_web.address_index.archives import FileError, Member, fingerprint, members
from kosme_web.address_index.building import NothingInItError, Report, Source, build
from kosme_web.address_index.changing import change
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.layouts import CHANGES, FULL, NAMES, FurtherLot, Layout
from kosme_web.address_index.naming import name

KINDS = (*FULL, *NAMES, "change")
DATE = re.compile(r"\.([0-9]{8})\.")
ORDER = ("_RNADR_MST", "_RNADR_LNBR", "_ENADR_MST")


def take_in(engine: Engine, kind: str, path: Path, sido: str, tell: Callable[[int], None]) -> Report:
    """Import the file; raises FileError, after which all is as it was (or where the next try goes on), or BusyError."""
    chosen = _chosen(kind, path)
    with storage.alone(engine):
        if kind in FULL:
            return _full(engine, kind, chosen, sido, tell)
        generation = _in_use(engine)
        if generation is None or (kind == "change" and generation.kind != "korean"):
            first = "--kind korean" if kind == "change" else "epost"
            raise FileError(path.name, 0, f"import the full set first: {first}")
        if kind in NAMES:
            return name(engine, generation, (row for layout, one in chosen for _, row in layout.entries(one, sido)))
        return change(engine, generation, [(_date(one), layout.entries(one, sido)) for layout, one in chosen])


def _in_use(engine: Engine) -> storage.Generation | None:
    try:
        with engine.connect() as connection:
            return storage.current(connection)
    except DBAPIError:
        return None


def _chosen(kind: str, path: Path) -> list[tuple[Layout, Member]]:
    """Pair each file that belongs to the kind with its layout: full sets before what refers to them, days in order."""
    layouts = FULL.get(kind) or ((NAMES[kind],) if kind in NAMES else CHANGES)
    found = [(layout, member) for layout in layouts for member in members(path) if layout.fits(member)]
    if not found:
        raise FileError(path.name, 0, f"no file of the kind {kind} is in it")
    return sorted(found, key=lambda pair: (_date(pair[1]), layouts.index(pair[0])))


def _date(member: Member) -> str:
    """Give the day of a file of changes; a day that never comes would keep out all those after it."""
    found = DATE.search(member.name)
    try:
        return f"{date.fromisoformat(found[1]):%Y%m%d}" if found else ""
    except ValueError:
        raise FileError(member.name, 0, "no day is called so") from None


def _full(
    engine: Engine, kind: str, chosen: list[tuple[Layout, Member]], sido: str, tell: Callable[[int], None]
) -> Report:
    files = [member for _, member in chosen]
    source = Source(
        kind,
        fingerprint(files, kind, sido),
        max(member.month for member in files),
        tuple(partial(_rows, layout, member, sido) for layout, member in chosen),
    )
    try:
        return build(engine, source, tell)
    except NothingInItError:
        raise FileError(files[0].name, 0, "there is no address in it") from None


def _rows(layout: Layout, member: Member, sido: str) -> Iterator[Entry | FurtherLot]:
    for _, row in layout.entries(member, sido):
        if isinstance(row, Entry | FurtherLot):
            yield row
