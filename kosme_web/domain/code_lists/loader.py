"""Reads a code list from its file and fails loudly: a missing name or a dangling code never reaches a page.

A file ``data/<name>.csv`` has the columns ``code,ko,en`` and, where its list needs them:
``ko_full,en_full`` (the official name, for documents) · ``parent`` (a code of another list) · ``valid_from,valid_to``
(first and last day in force) · ``replaced_by`` · ``stopped_on`` (no longer issued, but its holders still choose it) ·
``shown`` (``no``: readable, never offered). The order of the lines is the order of the list.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kosme_web.domain.code_lists.code_list import LANGUAGES, Code, CodeList

DATA = Path(__file__).parent / "data"
REQUIRED = ("code", *LANGUAGES)
FULL = {lang: f"{lang}_full" for lang in LANGUAGES}
COLUMNS = {*REQUIRED, *FULL.values(), "parent", "valid_from", "valid_to", "replaced_by", "stopped_on", "shown"}
SHOWN = {"": True, "no": False}


class CodeListError(ValueError):
    """A list's file is wrong; the message names the file and the line."""


def load(name: str, *, folder: Path = DATA, parents: CodeList | None = None) -> CodeList:
    """Read and check one list; ``parents`` is the list its ``parent`` column points into."""
    path = folder / f"{name}.csv"
    rows: dict[str, Code] = {}
    lines: dict[str, int] = {}
    seen: set[tuple[str, str, str]] = set()
    for line, record in records(path):
        try:
            row = _row(record)
            _check(row, rows, seen, parents)
        except ValueError as error:
            raise CodeListError(f"{path.name}, line {line}: {error}") from None
        rows[row.code], lines[row.code] = row, line
    for code, row in rows.items():
        if row.replaced_by and (row.replaced_by not in rows or row.replaced_by == code):
            raise CodeListError(f"{path.name}, line {lines[code]}: no successor {row.replaced_by!r}")
    if not rows:
        raise CodeListError(f"{path.name}: has no rows")
    return CodeList(name, rows)


def records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each line's number and its texts by column, composed and trimmed; no column too many or too few."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise CodeListError(f"{path.name}: is not UTF-8") from None
    reader = csv.reader(lines)
    header = next(reader, [])
    if len(set(header)) != len(header) or not header:
        raise CodeListError(f"{path.name}, line 1: a column stands twice, or there is none")
    for texts in reader:
        if len(texts) != len(header):
            raise CodeListError(f"{path.name}, line {reader.line_num}: {len(texts)} of {len(header)} columns")
        composed = (unicodedata.normalize("NFC", text).strip() for text in texts)
        yield reader.line_num, dict(zip(header, composed, strict=True))


def _row(record: Mapping[str, str]) -> Code:
    if not set(REQUIRED) <= record.keys() <= COLUMNS:
        raise ValueError(f"the columns are {', '.join(record)}")
    if record.get("shown", "") not in SHOWN:
        raise ValueError(f"shown is {record['shown']!r}, not empty or no")
    return Code(
        code=record["code"],
        names={lang: record[lang] for lang in LANGUAGES},
        full_names={lang: record.get(column, "") or record[lang] for lang, column in FULL.items()},
        parent=record.get("parent", ""),
        valid_from=_day(record.get("valid_from", "")),
        valid_to=_day(record.get("valid_to", "")),
        replaced_by=record.get("replaced_by", ""),
        stopped_on=_day(record.get("stopped_on", "")),
        is_shown=SHOWN[record.get("shown", "")],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _check(row: Code, rows: Mapping[str, Code], seen: set[tuple[str, str, str]], parents: CodeList | None) -> None:
    if not row.code or not row.code.isascii() or row.code in rows:
        raise ValueError(f"code {row.code!r} is empty, not ASCII, or stands twice")
    if row.parent not in (parents or ("",)):
        raise ValueError(f"no parent {row.parent!r}")
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise ValueError("ends before it begins")
    for lang, name in row.names.items():
        if not name:
            raise ValueError(f"no {lang} name")
        if (row.parent, lang, name) in seen:
            raise ValueError(f"{name!r} stands twice")
        seen.add((row.parent, lang, name))
