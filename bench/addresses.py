"""The address search over the nation: P8. As a program it builds the index anew, in SQLite and in PostgreSQL."""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from sqlalchemy import Connection, func, select, text

from bench.table import HEAD, Figure
from kosme_web.address_index import AddressIndex, kozip, storage
from kosme_web.address_index.building import build
from kosme_web.address_index.entries import Entry
from kosme_web.config import Settings
from tests.postgresql import running
from tools.addresses import entries, fetch

BUDGET = 5.0  # ms of CPU
OF_EACH = 200
NATION = 6_000_000
ASKED = (
    "초북로 77",
    "진주 동진로",
    "세종대로 110",
    "Sejong-daero 110",
    "진주 초북로 77",
    "77 Chobuk-ro",
    "Jinju Chobuk",
)
ROADS, HOUSES = 2_000, 50


@dataclass(frozen=True)
class Sample:
    """A true address of the index, to ask for in several ways."""

    sido: str
    sgg: str
    road: str
    english: str
    main: int
    zip: str

    def ways(self) -> dict[str, str]:
        place = self.sgg.split()[-1] if self.sgg else self.sido
        return {
            "초북로 77": f"{self.road} {self.main}",
            "진주시 초북로 77": f"{place} {self.road} {self.main}",
            "진주시 초북로": f"{place} {self.road}",
            "경상남도진주시초북로77": f"{self.sido}{self.sgg}{self.road}{self.main}".replace(" ", ""),
            "Chobuk-ro 77": f"{self.english} {self.main}",
            "77, Chobuk-ro": f"{self.main}, {self.english}",
            "초북 (two letters)": self.road[:2],
            "Chob (four letters)": self.english[:4],
            "52731": self.zip,
        }


def samples(connection: Connection) -> list[Sample]:
    generation = storage.current(connection)
    if generation is None:
        raise LookupError("no addresses")
    section, address, region = generation.tables.section, generation.tables.address, generation.tables.region
    names = {row.id: row.name for row in connection.execute(select(region.c.id, region.c.name))}
    last = connection.scalar(select(func.max(section.c.id))) or 0
    chosen = random.Random(8).sample(range(1, last + 1), OF_EACH)  # noqa: S311  the same ones each time
    joined = section.join(address, address.c.section_id == section.c.id)
    columns = (section.c.sido_id, section.c.sgg_id, section.c.road, section.c.english)
    wanted = select(*columns, func.max(address.c.main), func.max(address.c.zip)).select_from(joined)
    found = connection.execute(wanted.where(section.c.id.in_(chosen)).group_by(section.c.id, *columns))
    return [Sample(names[row[0]], names[row[1]], *row[2:]) for row in found]


def timed(index: AddressIndex, question: str) -> float:
    began = process_time()
    index.search(question)
    return (process_time() - began) * 1000


def figures(index: AddressIndex, name: str) -> Iterator[Figure]:
    """Ask for each sample in each way, and give what it took."""
    with index.engine.connect() as connection:
        drawn = samples(connection)
    index.search(ASKED[0])  # the first one reads the regions
    asked = {f"{OF_EACH} such as {way}": [one.ways()[way] for one in drawn] for way in drawn[0].ways()}
    for way, questions in {"the questions of the budget": list(ASKED) * 30, **asked}.items():
        times = [timed(index, question) for question in questions if len(question) > 1]
        cuts = quantiles(times, n=100)
        yield Figure("P8", f"{name}: {way}; p50 {cuts[49]:.1f}, p99 {cuts[98]:.1f}; p95:", cuts[94], BUDGET, "ms CPU")


def measure() -> Iterator[Figure]:
    """Measure the index of this place, or, where there is none, a smaller one made up for it."""
    index = AddressIndex(Settings.from_env(os.environ).address_index_url)
    if index.as_of():
        yield from figures(index, "SQLite" if index.url.startswith("sqlite") else "PostgreSQL")
        return
    with TemporaryDirectory() as folder:
        index = AddressIndex(f"sqlite:///{Path(folder) / 'addresses.db'}")
        build(index.engine, kozip.source(made_up))
        yield from figures(index, f"only {ROADS * HOUSES:,} made-up addresses (make addresses)")


def made_up() -> Iterator[Entry]:
    for road in range(ROADS):
        for house in range(1, HOUSES + 1):
            name = f"초북로{road}번길" if road else "초북로"
            yield Entry("경상남도", "진주시", "초전동", "", name, house, 0, 0, f"{52000 + road % 900}")


@dataclass(frozen=True)
class Built:
    seconds: float
    cpu: float
    megabytes: float  # of memory, at most
    addresses: int


def built(url: str, package: Path) -> Built:
    """Build the index in this process, which does nothing else."""
    began, cpu = monotonic(), process_time()
    report = build(storage.open_engine(url), kozip.source(partial(entries, package)))
    return Built(monotonic() - began, process_time() - cpu, getrusage(RUSAGE_SELF).ru_maxrss / 1024, report.total)


def size(index: AddressIndex) -> float:
    """Give the megabytes on the disk."""
    if index.url.startswith("sqlite"):
        return Path(index.engine.url.database or "").stat().st_size / 1e6
    with index.engine.connect() as connection:
        return float(connection.scalar(text("SELECT pg_database_size(current_database())"))) / 1e6


def tell(name: str, url: str, package: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        made = child.submit(built, url, package).result()
    index = AddressIndex(url)
    took = f"{made.seconds:.0f} s, {made.cpu:.0f} s of CPU, {made.megabytes:.0f} MB of memory at most"
    print(f"{name}: {made.addresses:,} addresses, {size(index):.0f} MB on the disk; built in {took}", flush=True)
    before = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    for figure in figures(index, name):
        print(figure.line(), flush=True)
    print(
        f"{name}: the searches took this process from {before:.0f} to {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def main() -> None:
    print(HEAD)
    with TemporaryDirectory() as folder:
        package = fetch(Path(folder))
        tell("SQLite", f"sqlite:///{Path(folder) / 'addresses.db'}", package)
        with running() as address:
            tell("PostgreSQL", address, package)


if __name__ == "__main__":
    main()
