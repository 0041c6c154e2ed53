"""전국대학및전문대학정보표준데이터: the official list of data.go.kr, as CSV (CP949 or UTF-8) or JSON."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kosme_web.domain.code_lists import SIDO, find
from kosme_web.domain.universities.school import School

COLUMNS = (
    *("학교명", "학교 영문명", "본분교구분명", "대학구분명", "학교구분명", "설립형태구분명", "시도코드", "시도명"),
    *("소재지도로명주소", "소재지지번주소", "도로명우편번호", "소재지우편번호", "홈페이지주소", "대표전화번호"),
    *("대표팩스번호", "설립일자", "기준연도", "데이터기준일자", "제공기관코드", "제공기관명"),
)
NAME, ENGLISH, CAMPUS, LEVEL, TYPE, REGION, AS_OF = (COLUMNS[n] for n in (0, 1, 2, 3, 4, 7, 17))
OLD_REGIONS = {"강원도": "51", "전라북도": "52"}  # renamed in 2023 and 2024
MAIN = "본교"


class OfficialFileError(ValueError):
    """The file is not the official list; the message says what is wrong, and in which row."""


@dataclass(frozen=True)
class OfficialList:
    """What the file says, and as of which day."""

    schools: tuple[School, ...]
    as_of: date
    unknown_regions: tuple[str, ...]  # names that no region of ours has


def read_official(content: bytes) -> OfficialList:
    """Read the file whole; anything that is not as the contract has it refuses all of it."""
    schools: dict[tuple[str, str], School] = {}
    days, unknown = [], set()
    for number, row in enumerate(_rows(_text(content)), 1):
        school = _school(row, number)
        schools[school.ko, school.campus] = school
        days.append(_day(row[AS_OF], number))
        if not school.region:
            unknown.add(row[REGION])
    if not schools:
        raise OfficialFileError("the file has no rows")
    return OfficialList(tuple(schools.values()), max(days), tuple(sorted(unknown)))


def merged(before: Iterable[School], new: OfficialList) -> tuple[School, ...]:
    """Put the new list in the place of the one before; a school that has vanished from it stays, marked."""
    there = {(one.ko, one.campus) for one in new.schools}
    gone = [one for one in before if (one.ko, one.campus) not in there]
    return (*new.schools, *(one if one.gone_on else replace(one, gone_on=new.as_of) for one in gone))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OfficialFileError("the file is neither UTF-8 nor CP949")


def _rows(text: str) -> Iterable[Mapping[str, str]]:
    """Give the rows by column; every column must be there, whatever their order."""
    is_json = text.lstrip().startswith(("{", "["))
    header, rows = _json_rows(text) if is_json else _csv_rows(text)
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise OfficialFileError(f"missing: {', '.join(missing)}")
    return rows


def _csv_rows(text: str) -> tuple[list[str], list[dict[str, str]]]:
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""))
    except (csv.Error, ValueError):
        raise OfficialFileError("the file is no CSV") from None
    rows = []
    for number, cells in enumerate(lines, 1):
        if len(cells) != len(header):
            raise OfficialFileError(f"row {number}: {len(cells)} of {len(header)} columns")
        rows.append(dict(zip(map(str.strip, header), map(_clean, cells), strict=True)))
    return [column.strip() for column in header], rows


def _json_rows(text: str) -> tuple[list[str], list[dict[str, str]]]:
    try:
        data: Any = json.loads(text)
        header = [str(one["id"]) for one in data["fields"]]
        rows = [{column: _clean(str(row.get(column) or "")) for column in header} for row in data["records"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise OfficialFileError("the JSON has not the form {fields, records}") from None
    return header, rows


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _school(row: Mapping[str, str], number: int) -> School:
    if not row[NAME]:
        raise OfficialFileError(f"row {number}: no {NAME}")
    if not (row[NAME] + row[ENGLISH]).isprintable():
        raise OfficialFileError(f"row {number}: a control character")
    return School(
        ko=row[NAME],
        en=row[ENGLISH],
        kind=_kind(f"{row[LEVEL]} {row[TYPE]}"),
        region=OLD_REGIONS.get(row[REGION]) or find(SIDO, row[REGION]) or "",
        campus="" if row[CAMPUS] == MAIN else row[CAMPUS],
    )


def _kind(level: str) -> str:
    """Give the kind of a school; that of a graduate school only its student knows."""
    if "대학원" in level:
        return ""
    if any(word in level for word in ("사이버", "방송통신", "원격")):
        return "CYBER"
    if any(word in level for word in ("전문", "기능대학")):
        return "COLLEGE"
    return "UNIV" if "대학" in level else "OTHER"


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text.replace(".", "-"))
    except ValueError:
        raise OfficialFileError(f"row {number}: {AS_OF} is {text!r}") from None
