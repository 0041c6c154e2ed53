"""How SQLite is driven: what is acknowledged is on the disk, readers never wait, writers wait in line.

SQLite by itself lets a second writer sleep for longer and longer and try again. In one process, a line in front of
each database lets the next one go on as soon as the one before has committed.
"""

import sqlite3
from collections import defaultdict, deque
from threading import Lock
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext
from sqlalchemy.orm import Session

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON")
PATIENCE = 5  # seconds in line; whoever waited that long asks SQLite, which then says that it is locked


class Line:
    """A lock that is handed on in the order of coming: with a plain one, whoever is running takes it again."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    def enter(self) -> bool:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=PATIENCE):
            return True
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True  # its turn came in that very moment

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


_lines: defaultdict[str, Line] = defaultdict(Line)


class LiningUp(sqlite3.Connection):
    """A connection that stands in line from its first change until that is committed or taken back."""

    def __init__(self, database: str, *args: Any, **more: Any) -> None:  # noqa: ANN401  as the driver has it
        super().__init__(database, *args, **more)
        self._line = _lines[database]
        self._is_first = False

    def stand_in_line(self) -> None:
        self._is_first = self._is_first or self._line.enter()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        self._leave()
        super().close()

    def _leave(self) -> None:
        if self._is_first:
            self._is_first = False
            self._line.leave()


@event.listens_for(Engine, "connect")
def set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401  any driver's connection
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "before_cursor_execute")
def line_up(
    connection: Connection, _cursor: DBAPICursor, _sql: str, _values: object, context: ExecutionContext, _many: object
) -> None:
    """Stand in line with the first statement of a transaction that writes."""
    driver = connection.connection.dbapi_connection
    if isinstance(driver, LiningUp) and (context.isinsert or context.isupdate or context.isdelete):
        driver.stand_in_line()


def empty_log(session: Session) -> bool:
    """Bring what was committed into the database file and empty the log beside it, which still holds what was erased.

    Tells whether that is done: while somebody reads or writes it is not, and has to be tried again. Another database
    looks after its own log.
    """
    if session.get_bind().dialect.name != "sqlite":
        return True
    is_busy = session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    session.rollback()
    return not is_busy
