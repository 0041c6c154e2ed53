"""The copy of the addresses as one asks it."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, inspect, select

from kosme_web.address_index import storage
from kosme_web.address_index.look import SHORTEST, Found, Look, QuestionError, Why
from kosme_web.address_index.questions import Question, parse
from kosme_web.address_index.regions import Regions
from kosme_web.address_index.storage import Generation

LONGEST, FARTHEST = 120, 9000  # letters, addresses that one may page to


@dataclass(frozen=True, slots=True)
class Page:
    total: int
    rows: tuple[Found, ...]
    as_of: str


class AddressIndex:
    """May be asked from several threads. Without a finished import it holds nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine | None = None
        self._lock = Lock()
        self._has_table = False
        self._regions: tuple[Generation | None, Regions] = (None, Regions())

    @property
    def engine(self) -> Engine:
        with self._lock:
            self._engine = self._engine or storage.open_engine(self.url)
            return self._engine

    def as_of(self) -> str | None:
        """Give the date of the data, or None where there is no data."""
        if not self._is_there():
            return None
        with self.engine.connect() as connection:
            generation = storage.current(connection)
            return generation.as_of if generation else None

    def _is_there(self) -> bool:
        """Look for a table before asking it: opening a file of SQLite would make it, empty."""
        if not self._has_table:
            url = self.engine.url
            is_file = url.get_backend_name() == "sqlite"
            if not is_file or Path(url.database or "").exists():
                self._has_table = inspect(self.engine).has_table(storage.GENERATIONS.name)
        return self._has_table

    def search(self, text: str, page: int = 1, size: int = 10) -> Page | None:
        """Give one page of what fits, the exact first; None where there is no data. Raises QuestionError."""
        question = parse(text[: LONGEST + 1])
        _check(question, text, page * size)
        if not self._is_there():
            return None
        with self.engine.connect() as connection:
            generation = storage.current(connection)
            if generation is None:
                return None
            regions = self._regions_of(connection, generation)
            look = Look(connection, generation.tables, regions)
            total, rows = look.up(question, (page - 1) * size, size)
            return Page(total, tuple(look.found(row) for row in rows), generation.as_of)

    def _regions_of(self, connection: Connection, generation: Generation) -> Regions:
        with self._lock:
            known, regions = self._regions
            if known != generation:  # another one, or other names in it
                rows = connection.execute(select(generation.tables.region))
                of_each = ((row.id, row.parent_id, row.name, row.english) for row in rows)
                has_buildings = connection.execute(select(generation.tables.building).limit(1)).first() is not None
                regions = Regions.of(of_each, has_buildings=has_buildings)
                self._regions = (generation, regions)
            return regions


def _check(question: Question, text: str, reach: int) -> None:
    letters = "".join(question.words)
    if not text.strip():
        raise QuestionError(Why.EMPTY)
    if len(text) > LONGEST:
        raise QuestionError(Why.TOO_LONG)
    if reach > FARTHEST:
        raise QuestionError(Why.TOO_FAR)
    if question.zip is None and len(letters) < SHORTEST:
        has_number = question.main is not None and len(text.strip()) >= SHORTEST
        raise QuestionError(Why.ONLY_DIGITS if has_number and not letters else Why.TOO_SHORT)
