"""Reads a code list from its file and fails loudly: a missing name or a dangling code never reaches a page."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("ko", "en")


class CodeListError(ValueError):
    """A list's file is wrong; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Code:
    """One row: its names, and the days on which it may be chosen."""

    code: str
    names: Mapping[str, str]
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""

    def is_current(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, eq=False)
class CodeList:
    """Codes in their order, each with a name in every language."""

    name: str
    rows: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def label(self, code: str, lang: str) -> str:
        """Give the name of a code, old or current; KeyError for one that never was."""
        return self.rows[code].names[lang]

    def parent(self, code: str) -> str:
        return self.rows[code].parent

    def current(self, on: date) -> tuple[str, ...]:
        """Give what may be chosen on that day."""
        return tuple(code for code, row in self.rows.items() if row.is_current(on))

    def children(self, parent: str, on: date) -> tuple[str, ...]:
        """Give what may be chosen on that day under a code of the parent list."""
        return tuple(code for code in self.current(on) if self.rows[code].parent == parent)

    @cached_property
    def by_text(self) -> Mapping[str, str]:
        texts = {}
        for code, row in self.rows.items():
            for text in (code, *row.names.values(), *_doubles(row.names)):
                texts.setdefault(_fold(text), code)
        return texts


def _doubles(names: Mapping[str, str]) -> Iterable[str]:
    ko, en = (names[lang] for lang in LANGUAGES)
    return f"{ko} · {en}", f"{en} · {ko}"


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def find(code_list: CodeList, text: str) -> str | None:
    """Give the code a person meant: typed as a code, in either language, or as both names in one text."""
    return code_list.by_text.get(_fold(text))


def load(name: str, *, folder: Path = DATA, parents: CodeList | None = None) -> CodeList:
    """Read ``<name>.csv``; columns ``code,ko,en`` and, where a list needs them, parent and days."""
    path = folder / f"{name}.csv"
    rows: dict[str, Code] = {}
    seen: set[tuple[str, str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for number, record in enumerate(csv.DictReader(file), start=2):
            try:
                row = _row(record)
                _check(row, rows, seen, parents)
            except ValueError as error:
                raise CodeListError(f"{path.name}, line {number}: {error}") from None
            rows[row.code] = row
    dangling = {row.replaced_by for row in rows.values() if row.replaced_by} - rows.keys()
    if dangling or not rows:
        raise CodeListError(f"{path.name}: replaced by codes that are not there: {sorted(dangling)}")
    return CodeList(name, rows)


def _row(record: Mapping[str, str | None]) -> Code:
    text = {name: (value or "").strip() for name, value in record.items() if name}
    return Code(
        code=text["code"],
        names={lang: text.get(lang, "") for lang in LANGUAGES},
        parent=text.get("parent", ""),
        valid_from=_day(text.get("valid_from", "")),
        valid_to=_day(text.get("valid_to", "")),
        replaced_by=text.get("replaced_by", ""),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _check(row: Code, rows: Mapping[str, Code], seen: set[tuple[str, str, str]], parents: CodeList | None) -> None:
    if not row.code or row.code in rows:
        raise ValueError(f"code {row.code!r} is empty or stands twice")
    if parents is not None and row.parent not in parents:
        raise ValueError(f"no parent {row.parent!r}")
    for lang, name in row.names.items():
        if not name:
            raise ValueError(f"no {lang} name")
        if (row.parent, lang, name) in seen and row.valid_to is None:
            raise ValueError(f"{name!r} stands twice")
        seen.add((row.parent, lang, name))
