"""대학교 찾기: which universities a typed text may mean; the lists are read once and stay in memory."""

import os
import tempfile
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import structlog

from kosme_web.domain.code_lists import CodeListError
from kosme_web.domain.universities import (
    School,
    SchoolIndex,
    UniversityDataError,
    foreign_schools,
    korean_schools,
    merged,
    read_official,
    read_schools,
    write_schools,
)
from kosme_web.domain.universities.official_file import OfficialList

FILE = "universities.csv"  # in the data folder: the official list, once it was imported
log = structlog.get_logger()
reading = Lock()  # several requests may ask first


def find_korean(folder: Path, text: str) -> list[School]:
    return korean_index(folder).search(text)


def find_foreign(text: str) -> list[School]:
    with reading:
        index = foreign_index()
    return index.search(text)


def korean_index(folder: Path) -> SchoolIndex:
    """Give the imported list, or the starter list until there is one; an import is noticed at the next search."""
    path = folder / FILE
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        changed = 0
    with reading:
        return _korean(path, changed)


@lru_cache(maxsize=2)
def _korean(path: Path, changed: int) -> SchoolIndex:
    if changed:
        try:
            return SchoolIndex(_offered(read_schools(path)))
        except CodeListError as error:
            log.exception("imported universities cannot be read", error=str(error))
    return SchoolIndex(korean_schools())


def _offered(schools: tuple[School, ...]) -> list[School]:
    """Give the schools that are still there, with the other names that our own list has for them."""
    ours = {school.ko: school for school in korean_schools()}
    there = [school for school in schools if not school.gone_on]
    return [
        replace(school, others=known.others, en=school.en or known.en) if (known := ours.get(school.ko)) else school
        for school in there
    ]


@cache
def foreign_index() -> SchoolIndex:
    try:
        return SchoolIndex(foreign_schools())
    except UniversityDataError as error:
        log.exception("no foreign universities to suggest", error=str(error))
        return SchoolIndex(())


def import_official(folder: Path, content: bytes) -> tuple[OfficialList, list[School]]:
    """Put the official list in the place of what is there; give it, and which schools it no longer has."""
    path = folder / FILE
    new = read_official(content)
    before = read_schools(path) if path.exists() else ()
    schools = merged(before, new)
    _replace(path, write_schools(schools))
    return new, [school for school in schools if school.gone_on]


def _replace(path: Path, text: str) -> None:
    """Write beside and rename: a search sees the old list or the new one, never half of it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
