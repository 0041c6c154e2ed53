"""Puts official English names in the place of those by the rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select, update

from kosme_web.address_index import storage
from kosme_web.address_index.builder import english_of
from kosme_web.address_index.building import Report
from kosme_web.address_index.layouts import Names
from kosme_web.address_index.storage import Generation, Tables

SIDO, SGG, EMD = 2, 5, 8  # digits of a code


@dataclass
class NameList:
    """What the file says, once for each road and place: by their codes, and by their Korean names if it has them."""

    roads: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, ...], str] = field(default_factory=dict)  # of a road, by its names
    places: dict[tuple[str, ...], str] = field(default_factory=dict)  # by their names, or by their code alone

    def take(self, row: Names) -> None:
        english = row.english
        self.roads[row.road_code] = english.road
        sido, sgg, emd, road = row.korean
        if road:
            self.codes[sido, sgg, road] = row.road_code
            known = {(sido,): english.sido, (sido, sgg): english.sgg, (sido, sgg, emd): english.emd}
        else:
            code = row.code
            known = {(code[:SIDO],): english.sido, (code[:SGG],): english.sgg, (code[:EMD],): english.emd}
        self.places.update({place: name for place, name in known.items() if name})


def name(engine: Engine, generation: Generation, rows: Iterable[object]) -> Report:
    """Take in a list of English names, all of it or nothing."""
    names, report = NameList(), Report()
    for row in rows:
        if isinstance(row, Names):
            names.take(row)
            report.read += 1
    with engine.begin() as connection:
        report.changed = apply(connection, generation.tables, names)
        report.total = connection.scalar(select(func.sum(generation.tables.section.c.addresses))) or 0
        storage.note_progress(connection, generation.id, line=generation.line + 1)  # whoever remembers names looks anew
    return report


def apply(connection: Connection, tables: Tables, names: NameList) -> int:
    """Write the names into the regions and sections, and give how many sections have got one."""
    paths = _paths(connection, tables)
    section, region = tables.section, tables.region
    found: list[dict[str, Any]] = []
    for row in connection.execute(select(section.c.id, section.c.sgg_id, section.c.road, section.c.road_code)):
        code = row.road_code or names.codes.get((*paths[row.sgg_id], row.road), "")
        if code in names.roads:
            found.append({"of": row.id, "road_code": code, "is_official": True, **english_of(names.roads[code])})
    if found:
        connection.execute(update(section).where(section.c.id == bindparam("of")), found)
    codes = _codes(connection, tables) if not names.codes else {}
    places = {
        place: names.places.get(path) or names.places.get((codes.get(place, "?"),)) for place, path in paths.items()
    }
    called = [{"of": place, "english": english} for place, english in places.items() if english]
    if called:
        connection.execute(update(region).where(region.c.id == bindparam("of")), called)
    return len(found)


def _paths(connection: Connection, tables: Tables) -> dict[int, tuple[str, ...]]:
    """Give the Korean names that lead to each region; parents have been made before their children."""
    paths: dict[int, tuple[str, ...]] = {0: ()}
    for row in connection.execute(select(tables.region).order_by(tables.region.c.id)):
        paths[row.id] = (*paths[row.parent_id], row.name)
    return paths


def _codes(connection: Connection, tables: Tables) -> dict[int, str]:
    """Give the code of each region, as the addresses in it have it."""
    section, address = tables.section.c, tables.address.c
    joined = tables.address.join(tables.section, section.id == address.section_id)
    places = (section.sido_id, section.sgg_id, section.emd_id)
    found = (
        select(*places, func.min(address.code)).select_from(joined).where(address.code.is_not(None)).group_by(*places)
    )
    codes: dict[int, str] = {}
    for sido, sgg, emd, code in connection.execute(found):
        codes |= {sido: code[:SIDO], sgg: code[:SGG], emd: code[:EMD]}
    return codes
