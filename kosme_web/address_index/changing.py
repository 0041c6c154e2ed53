"""Daily changes: addresses that are new, that are different, and that are no more."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection, Engine, and_, delete, func, select

from kosme_web.address_index import storage
from kosme_web.address_index.builder import HOUSE, Builder, count_addresses, insert_new, lot_row
from kosme_web.address_index.building import Report
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.layouts import DELETED, FurtherLot, Names
from kosme_web.address_index.naming import NameList, apply
from kosme_web.address_index.storage import Generation

REASON = 20  # the column 이동사유코드 of an address
Rows = Iterable[tuple[list[str], Entry | FurtherLot | Names]]


def change(engine: Engine, generation: Generation, files: list[tuple[str, Rows]]) -> Report:
    """Apply the files of each day in one transaction; days before the last one applied are left out."""
    report = Report()
    for day, of_day in groupby(files, key=lambda pair: pair[0]):
        rows = [row for _, part in of_day for row in part]
        if day < generation.last_change:
            report.read += len(rows)
            report.skipped += len(rows)
            continue
        with engine.begin() as connection:
            _apply(Changer(Builder.of(connection, generation), report), rows)
            storage.note_progress(connection, generation.id, last_change=day, line=generation.line + 1)
    with engine.connect() as connection:
        report.total = connection.scalar(select(func.sum(generation.tables.section.c.addresses))) or 0
    return report


def _apply(changer: "Changer", rows: Rows) -> None:
    names = NameList()
    for row, said in rows:
        changer.report.read += 1
        if isinstance(said, Entry):
            changer.take(said, is_deleted=row[REASON] in DELETED)
        elif isinstance(said, FurtherLot):
            changer.take_lot(said)
        else:
            names.take(said)
    if names.roads:
        changer.report.changed += apply(changer.connection, changer.builder.tables, names)
    count_addresses(changer.connection, changer.builder.tables, changer.touched)


class Changer:
    """Remembers which sections it touched: their addresses are counted anew."""

    def __init__(self, builder: Builder, report: Report) -> None:
        self.builder, self.report = builder, report
        self.connection: Connection = builder.connection
        self.touched: set[int] = set()

    def take(self, entry: Entry, *, is_deleted: bool) -> None:
        """Put the address in the place of the one with its number, or take that away."""
        was_there = self._remove(str(entry.number))
        if is_deleted:
            self.report.deleted += was_there
            return
        self.builder.add([entry])
        self.touched.add(self.builder.sections[self.builder.quarter(entry.sido, entry.sgg, entry.emd) or 0, entry.road])
        self.report.changed += was_there
        self.report.inserted += not was_there

    def _remove(self, number: str) -> bool:
        tables = self.builder.tables
        house = self._house(number)
        if house is None:
            return False
        for table in (tables.building, tables.lot, tables.address):
            is_it = and_(*(table.c[name] == value for name, value in zip(HOUSE, house, strict=True)))
            self.connection.execute(delete(table).where(is_it))
        self.touched.add(house[0])
        return True

    def _house(self, number: str) -> tuple[int, ...] | None:
        address = self.builder.tables.address.c
        found = self.connection.execute(
            select(*(address[name] for name in HOUSE)).where(address.number == number)
        ).first()
        return tuple(found) if found else None

    def take_lot(self, said: FurtherLot) -> None:
        """Add a further lot to its address, or take it away."""
        table, house = self.builder.tables.lot, self._house(said.number)
        emd = self.builder.quarter(said.sido, said.sgg, said.emd)
        if house is None or emd is None:
            self.report.skipped += 1
            return
        row = {**dict(zip(HOUSE, house, strict=True)), **lot_row(emd, said.lot)}
        if said.is_deleted:
            is_it = and_(*(table.c[name] == value for name, value in row.items()))
            self.report.deleted += self.connection.execute(delete(table).where(is_it)).rowcount
        else:
            insert_new(self.connection, table, [row])
            self.report.inserted += 1
