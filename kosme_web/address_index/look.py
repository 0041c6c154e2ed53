"""Finds addresses in two stages: the sections of roads that fit by their first letters, then the numbers in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from kosme_web.address_index.questions import HANGUL, Question, Reading, readings
from kosme_web.address_index.regions import Regions
from kosme_web.address_index.storage import Tables

LAST = "\U0010ffff"
SHORTEST = 2  # letters
MOST_WAYS = 30


class Why(StrEnum):
    """Why a question is not looked up."""

    EMPTY = "empty"
    TOO_SHORT = "too short"
    TOO_BROAD = "too broad"
    TOO_LONG = "too long"
    ONLY_DIGITS = "only digits"
    TOO_FAR = "too far"


class QuestionError(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Found:
    """One address; ``english`` may be by the rule only."""

    road: str
    reference: str
    english: str
    lot: str
    zip: str
    is_apartment: bool
    is_official: bool
    code: str
    road_code: str
    number: str


@dataclass(frozen=True)
class Way:
    """How a reading is looked up: conditions on the section, conditions on the address, and the order."""

    sections: tuple[ColumnElement[bool], ...]
    houses: tuple[ColumnElement[bool], ...]
    order: ColumnElement[Any]
    through: Any = None  # another table that leads to the addresses


@dataclass(frozen=True)
class Look:
    """One question's look into one generation."""

    connection: Connection
    tables: Tables
    regions: Regions

    def up(self, question: Question, offset: int, size: int) -> tuple[int, list[Any]]:
        """Give the number and one page of what the first reading that finds something finds."""
        for way in islice(self._ways(question), MOST_WAYS):
            rows = list(self.connection.execute(self._page(way).limit(size).offset(offset)))
            is_all = not offset and len(rows) < size
            total = len(rows) if is_all else self.connection.scalar(self._count(way)) or 0
            if total:
                return total, rows
        return 0, []

    def _ways(self, question: Question) -> Iterator[Way]:
        found = [one for one in readings(question, self.regions) if not one.regions or self.regions.named(one.regions)]
        for reading in found:
            if reading.road and self._is_begun(reading.road):
                yield from self._roads(question, reading)
            elif reading.road:
                continue
            elif not question.zip:
                yield from self._places(question, reading)
        if question.zip:
            yield self._zip(question, found)
        if self.regions.has_buildings and not question.zip:
            yield from (self._building(reading) for reading in found if len(reading.road) >= SHORTEST)

    def _is_begun(self, road: str) -> bool:
        """Tell whether any road begins so: most readings end here."""
        found = self.connection.execute(begun(self.tables, HANGUL.search(road) is not None), _bounds(road))
        return found.first() is not None

    def _roads(self, question: Question, reading: Reading) -> Iterator[Way]:
        """Look for the number in the road of that name, then in those that begin so, then for it as part of a name."""
        section = self.tables.section.c
        key = section.key if HANGUL.search(reading.road) else section.english_key
        places, houses = self._in(reading.regions), self._numbered(question)
        houses += (self.tables.address.c.zip == question.zip,) if question.zip else ()
        if question.main is not None:
            yield Way((key == reading.road, *places), houses, key)
        yield Way((*_begins(key, reading.road), *places), houses, key)
        if question.main is not None and question.sub is None:
            yield Way((*_begins(key, f"{reading.road}{question.main}"), *places), (), key)

    def _places(self, question: Question, reading: Reading) -> Iterator[Way]:
        """Look for a lot's number in the quarter, or for all addresses there; a province alone is too broad."""
        section, lot = self.tables.section.c, self.tables.lot
        named = self.regions.named(reading.regions)
        if named.keys() == {"sido"}:
            raise QuestionError(Why.TOO_BROAD)
        if question.main is None:
            yield Way(self._in(reading.regions), (), section.key)
            return
        is_lot = [lot.c.lot_main == question.main, lot.c.mountain == int(question.is_mountain)]
        is_lot += [lot.c.lot_sub == question.sub] if question.sub is not None else []
        yield Way((lot.c.emd_id.in_(named.get("emd", ())),), tuple(is_lot), section.key, lot)

    def _zip(self, question: Question, found: list[Reading]) -> Way:
        zip_code = self.tables.zip_code
        places = next((self._in(reading.regions) for reading in found if not reading.road), ())
        is_there = (self.tables.address.c.zip == question.zip, *self._numbered(question))
        return Way((zip_code.c.zip == question.zip, *places), is_there, self.tables.section.c.key, zip_code)

    def _building(self, reading: Reading) -> Way:
        building = self.tables.building
        places = self._in(reading.regions)
        return Way((*_begins(building.c.key, reading.road), *places), (), building.c.key, building)

    def _numbered(self, question: Question) -> tuple[ColumnElement[bool], ...]:
        address = self.tables.address.c
        conditions = [] if question.main is None else [address.main == question.main]
        conditions += [] if question.sub is None else [address.sub == question.sub]
        return (*conditions, *((address.underground == 1,) if question.is_underground else ()))

    def _in(self, names: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
        """Give the condition that a section lies in a region of these names."""
        section = self.tables.section.c
        levels = [
            section[f"{level}_id"] == ids[0] if len(ids) == 1 else section[f"{level}_id"].in_(ids)
            for level, ids in self.regions.named(names).items()
        ]
        return (or_(*levels),) if names else ()

    def _joined(self, way: Way) -> Any:  # noqa: ANN401  a join of two or three tables
        section, address = self.tables.section, self.tables.address
        is_of_it = address.c.section_id == section.c.id
        if way.through is None:
            return section.join(address, is_of_it)
        on = [way.through.c.section_id == section.c.id]
        if "main" in way.through.c:
            is_of_it = and_(
                is_of_it, *(way.through.c[name] == address.c[name] for name in ("main", "sub", "underground"))
            )
        return section.join(way.through, and_(*on)).join(address, is_of_it)

    def _count(self, way: Way) -> Select[Any]:
        if way.houses or way.through is not None:
            return select(func.count()).select_from(self._joined(way)).where(*way.sections, *way.houses)
        return select(func.sum(self.tables.section.c.addresses)).where(*way.sections)

    def _page(self, way: Way) -> Select[Any]:
        section, address = self.tables.section.c, self.tables.address.c
        of_section = (section.sido_id, section.sgg_id, section.emd_id, section.road, section.english)
        wanted = select(*of_section, section.is_official, section.road_code, *address)
        found = wanted.select_from(self._joined(way)).where(*way.sections, *way.houses)
        return found.order_by(way.order, section.id, address.main, address.sub, address.underground)

    def found(self, row: Any) -> Found:  # noqa: ANN401  a row of the page
        """Write the address out in both languages."""
        sido, sgg, emd = (self.regions.by_id[place] for place in (row.sido_id, row.sgg_id, row.emd_id))
        is_under = row.underground == 1  # 2: above the ground, as on a viaduct
        is_town = emd.name.endswith(("읍", "면"))
        number = f"{row.main}-{row.sub}" if row.sub else str(row.main)
        places = [sido, sgg, *([emd] if is_town else [])]
        korean = " ".join(place.name for place in places if place.name)
        english = ", ".join(place.english for place in reversed(places) if place.english)
        aside = ", ".join(part for part in ("" if is_town else emd.name, row.building or "") if part)
        lot = " ".join(part for part in (sido.name, sgg.name, emd.name, row.ri or "", row.lot or "") if part)
        return Found(
            road=f"{korean} {row.road} {'지하 ' if is_under else ''}{number}",
            reference=f"({aside})" if aside else "",
            english=f"{'Underground ' if is_under else ''}{number}, {row.english}, {english}",
            lot=lot if row.lot else "",
            zip=row.zip,
            is_apartment=row.is_apartment,
            is_official=row.is_official,
            code=row.code or "",
            road_code=row.road_code or "",
            number=row.number or "",
        )


@cache
def begun(tables: Tables, is_korean: bool) -> Select[Any]:  # noqa: FBT001  a part of the key
    """Make the question once that is asked most often; to make it takes longer than to answer it."""
    section = tables.section.c
    key = section.key if is_korean else section.english_key
    return select(section.id).where(key >= bindparam("first"), key < bindparam("last")).limit(1)


def _bounds(text: str) -> dict[str, str]:
    return {"first": text, "last": text + LAST}


def _begins(column: Any, text: str) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401  any column of text
    return column >= text, column < text + LAST
