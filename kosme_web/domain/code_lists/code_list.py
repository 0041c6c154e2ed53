"""A code list as the program uses it: what may be chosen on a day, what a code is called, what a typed text means."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Code:
    """One row: its names, and the days on which it may be chosen."""

    code: str
    names: Mapping[str, str]
    full_names: Mapping[str, str]
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""
    stopped_on: date | None = None
    is_shown: bool = True

    def is_current(self, on: date) -> bool:
        return self.is_shown and (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, eq=False)
class CodeList:
    """Codes in their order, each with a name in every language; ``aliases`` are other names people type."""

    name: str
    rows: Mapping[str, Code]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that ever was, in the list's order."""
        return tuple(self.rows)

    def label(self, code: str, lang: str) -> str:
        """Give the short name of a code, old or current; KeyError for one that never was."""
        return self.rows[code].names[lang]

    def full_label(self, code: str, lang: str) -> str:
        """Give the official name, for a document."""
        return self.rows[code].full_names[lang]

    def parent(self, code: str) -> str:
        return self.rows[code].parent

    def replaced_by(self, code: str) -> str | None:
        """Give the code that took its place, if one did."""
        return self.rows[code].replaced_by or None

    def is_stopped(self, code: str, on: date) -> bool:
        """Whether it is over, or no longer issued though its holders may still choose it (H-2)."""
        row = self.rows[code]
        return (row.valid_to or date.max) < on or (row.stopped_on or date.max) <= on

    def current(self, on: date) -> tuple[str, ...]:
        """Give what may be chosen on that day."""
        return tuple(code for code, row in self.rows.items() if row.is_current(on))

    def by_name(self, on: date, lang: str) -> tuple[str, ...]:
        """Give what may be chosen on that day in the order of its names: Hangul order, or A to Z without accents."""
        return tuple(sorted(self.current(on), key=lambda code: (fold(self.label(code, lang)), code)))

    def children(self, parent: str, on: date) -> tuple[str, ...]:
        """Give what may be chosen on that day under a code of the parent list."""
        return tuple(code for code in self.current(on) if self.rows[code].parent == parent)

    @cached_property
    def by_text(self) -> Mapping[str, str]:
        """What each folded text means. A code comes before names; a name of two codes means neither."""
        meant: dict[str, set[str]] = defaultdict(set)
        for code, row in self.rows.items():
            for ko, en in ((row.names[lang] for lang in LANGUAGES), (row.full_names[lang] for lang in LANGUAGES)):
                for text in (ko, en, ko + en, en + ko):
                    meant[fold(text)].add(code)
        for alias, code in self.aliases.items():
            meant[fold(alias)].add(code)
        named = {text: codes.pop() for text, codes in meant.items() if len(codes) == 1}
        return {**named, **{fold(code): code for code in self.rows}}


def find(code_list: CodeList, text: str) -> str | None:
    """Give the code a person meant: typed as a code, in either language, or as both names in one text."""
    return code_list.by_text.get(fold(text))


def fold(text: str) -> str:
    """Give the letters and digits of a text, without case, width, accents, blanks and signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return "".join(sign for sign in unicodedata.normalize("NFC", bare) if sign.isalnum())
