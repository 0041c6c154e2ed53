"""이름: foreign names as people and offices write them, and when two spellings are the same name (domain.md 3)."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

SIGNS = " -'\N{RIGHT SINGLE QUOTATION MARK}."
SPLIT = re.compile(r"[\s\-]+")
MOST = 100
DOTTED_I = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
# of Uzbek, Hawaiian and others, and what keyboards have in their place
APOSTROPHES = str.maketrans(
    dict.fromkeys("\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{LEFT SINGLE QUOTATION MARK}`´", "'")
)
# letters that no accent comes off: as passports write them, and the second way for those that have two
PLAIN = {
    "\N{LATIN CAPITAL LETTER SHARP S}": "SS",
    "Ø": "O",
    "Æ": "AE",
    "Œ": "OE",
    "Ł": "L",
    "Đ": "D",
    "Ð": "D",
    "Þ": "TH",
}
LONG = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Ø": "OE", "Å": "AA", "Ñ": "N"}


class NameProblem(StrEnum):
    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    SIGNS = "SIGNS"


def clean(text: str) -> str:
    """Compose, trim, and leave one blank where there were several; no invisible signs, and one kind of apostrophe."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen.translate(APOSTROPHES)).split())


def upper(text: str) -> str:
    """Capitals as on a card; both kinds of Turkish i become I, and a German sharp s becomes SS."""
    return clean(clean(text).upper()).replace(DOTTED_I, "I")


def english_name_problem(text: str) -> NameProblem | None:
    """Give what is wrong with a name in Latin letters; a single letter and a single word are legal names."""
    name = upper(text)
    if not name:
        return NameProblem.EMPTY
    if len(name) > MOST:  # counted in capitals, which is what is kept
        return NameProblem.TOO_LONG
    apart = unicodedata.normalize("NFD", clean(text))
    is_written_so = all(sign in SIGNS or _is_latin(sign) or _is_accent(sign) for sign in apart)
    if not is_written_so or _is_accent(apart[0]) or not any(map(_is_latin, apart)):
        return NameProblem.SIGNS
    return None


def in_document(english_name: str, name: str) -> str:
    """Give the name as public documents write it since 2024: SURNAME GIVEN(한글), the Hangul without blanks."""
    hangul = "".join(clean(name).split())
    return f"{upper(english_name)}({hangul})" if has_hangul(hangul) else upper(english_name)


def has_hangul(text: str) -> bool:
    return any(unicodedata.name(sign, "").startswith("HANGUL") for sign in text)


def is_english_name(text: str) -> bool:
    return english_name_problem(text) is None


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")


def _is_accent(sign: str) -> bool:
    return unicodedata.combining(sign) > 0


def keys(text: str) -> frozenset[str]:
    """Give what a name may be compared by: signs, case and accents gone, its parts in any order or written as one."""
    found = set()
    for table in (PLAIN, {**PLAIN, **LONG}):
        parts = _parts(text, table)
        turns = (parts, parts[1:] + parts[:1], parts[-1:] + parts[:-1])  # as it is, first part last, last part first
        found |= {"|".join(sorted(parts)), *("".join(turn) for turn in turns)}
    return frozenset(found - {""})


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are one name: given-first or surname-first, hyphen or blank, one umlaut or AE."""
    return bool(keys(first) & keys(second))


def plain(text: str, table: Mapping[str, str] = PLAIN) -> str:
    """Give the capitals of a name without accents, letters that have none to lose as the table writes them."""
    known = "".join(table.get(sign, sign) for sign in unicodedata.normalize("NFKC", upper(text)))
    apart = unicodedata.normalize("NFKD", known)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not _is_accent(sign)))


def _parts(text: str, table: Mapping[str, str]) -> tuple[str, ...]:
    words = ("".join(filter(_is_kept, word)) for word in SPLIT.split(plain(text, table)))
    return tuple(word for word in words if word)


def _is_kept(sign: str) -> bool:
    """Whether it is a letter or a digit; a modifier letter, such as the apostrophe of Uzbek, is a sign."""
    return sign.isalnum() and unicodedata.category(sign) != "Lm"
