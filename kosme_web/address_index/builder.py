"""Puts addresses into the tables of a generation, batch by batch; what is there already stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, func, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kosme_web.address_index.entries import Entry, Lot
from kosme_web.address_index.layouts import FurtherLot
from kosme_web.address_index.regions import key_of
from kosme_web.address_index.storage import Generation, Tables, search_indexes

Row = dict[str, object]
HOUSE = ("section_id", "main", "sub", "underground")


def insert_new(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert the rows that are not there yet; how many these are, not every driver tells."""
    if rows and connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    elif rows:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


@dataclass
class Builder:
    """Remembers the regions and sections of its generation, of which there are few, and no address."""

    connection: Connection
    tables: Tables
    regions: dict[tuple[int, str], int] = field(default_factory=dict)
    sections: dict[tuple[int, str], int] = field(default_factory=dict)
    new: dict[str, list[Row]] = field(default_factory=dict)
    zips: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, connection: Connection, generation: Generation) -> "Builder":
        made = cls(connection, generation.tables)
        region, section = made.tables.region.c, made.tables.section.c
        for row in connection.execute(select(region.parent_id, region.name, region.id)):
            made.regions[row.parent_id, row.name] = row.id
        for row in connection.execute(select(section.emd_id, section.road, section.id)):
            made.sections[row.emd_id, row.road] = row.id
        return made

    def add(self, entries: Iterable[Entry | FurtherLot]) -> None:
        self.new = {name: [] for name in ("region", "section", "address", "building", "lot")}
        self.zips, lots = set(), []
        for entry in entries:
            if isinstance(entry, Entry):
                self._take(entry)
            else:
                lots.append(entry)
        self.new["zip_code"] = [{"zip": code, "section_id": section} for code, section in sorted(self.zips)]
        for name in ("region", "section"):
            if self.new[name]:
                self.connection.execute(insert(getattr(self.tables, name)), self.new[name])
        for name in ("zip_code", "building", "lot"):
            insert_new(self.connection, getattr(self.tables, name), self.new[name])
        insert_new(self.connection, self.tables.address, self.new["address"])
        insert_new(self.connection, self.tables.lot, self._further(lots))

    def count(self) -> int:
        """Give how many addresses are there."""
        return self.connection.scalar(select(func.count()).select_from(self.tables.address)) or 0

    def _further(self, lots: list[FurtherLot]) -> list[Row]:
        """Give the rows of further lots of addresses that are there, in quarters that are."""
        address = self.tables.address.c
        numbers = sorted({lot.number for lot in lots})
        house = (address.section_id, address.main, address.sub, address.underground)
        found = (
            self.connection.execute(select(address.number, *house).where(address.number.in_(numbers))) if lots else ()
        )
        houses = {row.number: row for row in found}
        places = ((lot, houses.get(lot.number), self.quarter(lot.sido, lot.sgg, lot.emd)) for lot in lots)
        return [
            {**dict(zip(HOUSE, house[1:], strict=True)), **lot_row(emd, lot.lot)}
            for lot, house, emd in places
            if house and emd
        ]

    def quarter(self, sido: str, sgg: str, emd: str) -> int | None:
        """Give the quarter of that name, if it is known."""
        district = self.regions.get((self.regions.get((0, sido), 0), sgg), 0)
        return self.regions.get((district, emd))

    def _take(self, entry: Entry) -> None:
        section = self._section(entry)
        house: Row = {"section_id": section, "main": entry.main, "sub": entry.sub, "underground": entry.underground}
        more = {
            "zip": entry.zip,
            "ri": entry.ri or None,
            "lot": str(entry.lot) if entry.lot else None,
            "building": next(iter(entry.buildings), None),
            "code": entry.code,
            "number": entry.number,
            "is_apartment": entry.is_apartment,
        }
        self.new["address"].append(house | more)
        self.zips.add((entry.zip, section))
        keys = {key_of(name) for name in entry.buildings} - {""}
        self.new["building"] += [house | {"key": key} for key in sorted(keys)]
        if entry.lot:
            self.new["lot"].append(house | lot_row(self._emd(entry)[2], entry.lot))

    def _emd(self, entry: Entry) -> tuple[int, int, int]:
        sido = self._region(0, entry.sido, entry, "sido")
        sgg = self._region(sido, entry.sgg, entry, "sgg")
        return sido, sgg, self._region(sgg, entry.emd, entry, "emd")

    def _region(self, parent: int, name: str, entry: Entry, level: str) -> int:
        found = self.regions.get((parent, name))
        if found is None:
            found = self.regions[parent, name] = len(self.regions) + 1
            english = getattr(entry.in_latin, level)
            self.new["region"].append({"id": found, "parent_id": parent, "name": name, "english": english})
        return found

    def _section(self, entry: Entry) -> int:
        sido, sgg, emd = self._emd(entry)
        found = self.sections.get((emd, entry.road))
        if found is None:
            found = self.sections[emd, entry.road] = len(self.sections) + 1
            english = entry.in_latin.road
            places: Row = {"id": found, "sido_id": sido, "sgg_id": sgg, "emd_id": emd, "road_code": entry.road_code}
            names: Row = {"road": entry.road, "key": key_of(entry.road), **english_of(english)}
            self.new["section"].append(places | names | {"is_official": entry.english is not None})
        return found

    def finish(self, generation: Generation) -> int:
        """Count the addresses of each section, make the indexes, and give how many addresses there are."""
        count_addresses(self.connection, self.tables)
        make_indexes(self.connection, generation.id)
        if self.connection.dialect.name == "postgresql":  # which plans by what it knows of the tables
            for table in self.tables.metadata.sorted_tables:
                self.connection.exec_driver_sql(f"ANALYZE {table.name}")
        return self.connection.scalar(select(func.sum(self.tables.section.c.addresses))) or 0


def make_indexes(connection: Connection, generation: int) -> None:
    """Make those that are not there yet, as after an interruption."""
    for index in search_indexes(generation):
        if index.table is not None and not inspect(connection).has_index(index.table.name, str(index.name)):
            index.create(connection)


def lot_row(emd: int, lot: Lot) -> Row:
    return {"emd_id": emd, "lot_main": lot.main, "lot_sub": lot.sub, "mountain": lot.mountain}


def english_of(road: str) -> Row:
    return {"english": road, "english_key": key_of(road)}


def count_addresses(connection: Connection, tables: Tables, sections: Iterable[int] | None = None) -> None:
    """Write into each section, or each of these, how many addresses it has."""
    section, address = tables.section, tables.address
    count = select(func.count()).where(address.c.section_id == section.c.id).scalar_subquery()
    statement = update(section).values(addresses=count)
    connection.execute(statement if sections is None else statement.where(section.c.id.in_(sections)))
