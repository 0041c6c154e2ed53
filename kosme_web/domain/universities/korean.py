"""The list of Korean universities as a file of ours: the starter list, and what an import writes in its place."""

import csv
import io
from collections.abc import Container, Iterable, Mapping
from datetime import date
from pathlib import Path

from kosme_web.domain.code_lists import SIDO, UNIV_KIND, CodeListError
from kosme_web.domain.code_lists.loader import records
from kosme_web.domain.universities.school import School

STARTER = Path(__file__).parent / "data" / "korean.csv"
REQUIRED = ("ko", "en", "kind", "region", "others")
IMPORTED = ("campus", "gone_on")


def korean_schools() -> tuple[School, ...]:
    """Give the starter list."""
    return read_schools(STARTER)


def read_schools(path: Path) -> tuple[School, ...]:
    """Read and check a list; a wrong line is named."""
    schools: dict[tuple[str, str], School] = {}
    for line, record in records(path):
        try:
            school = _school(record, schools)
        except ValueError as error:
            raise CodeListError(f"{path.name}, line {line}: {error}") from None
        schools[school.ko, school.campus] = school
    if not schools:
        raise CodeListError(f"{path.name}: has no rows")
    return tuple(schools.values())


def _school(record: Mapping[str, str], before: Container[tuple[str, str]]) -> School:
    if not set(REQUIRED) <= record.keys() <= {*REQUIRED, *IMPORTED}:
        raise ValueError(f"the columns are {', '.join(record)}")
    is_import = "campus" in record
    if not record["ko"] or not (record["en"] or is_import):
        raise ValueError("no name")
    if record["kind"] not in UNIV_KIND and not (is_import and not record["kind"]):
        raise ValueError(f"no kind {record['kind']!r}")
    if record["region"] and record["region"] not in SIDO:
        raise ValueError(f"no region {record['region']!r}")
    if (record["ko"], record.get("campus", "")) in before:
        raise ValueError(f"{record['ko']!r} stands twice")
    return School(
        ko=record["ko"],
        en=record["en"],
        kind=record["kind"],
        region=record["region"],
        others=tuple(filter(None, record["others"].split("|"))),
        campus=record.get("campus", ""),
        gone_on=date.fromisoformat(record["gone_on"]) if record.get("gone_on") else None,
    )


def write_schools(schools: Iterable[School]) -> str:
    """Give the text of a list's file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*REQUIRED, *IMPORTED])
    for one in schools:
        gone = one.gone_on.isoformat() if one.gone_on else ""
        writer.writerow([one.ko, one.en, one.kind, one.region, "|".join(one.others), one.campus, gone])
    return text.getvalue()
