"""이름 표기: the ways in which offices in Korea write one foreign name (N18)."""

import re
from dataclasses import dataclass

from kosme_web.domain.names import clean, in_document, plain, upper

LINE = 39  # signs that the first line of a passport's zone has for a name (ICAO Doc 9303)
FILLER = "<"
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
WORDS = re.compile(r"([\s\-]+)")
PREFIXED = re.compile(rf"[^G{APOSTROPHES}][{APOSTROPHES}][^{APOSTROPHES}]+")  # O'CONNOR, but not G'ULOMOVA


@dataclass(frozen=True, slots=True)
class NameForms:
    """One name in four ways. Its first word is taken as the family name; a single word leaves the given name empty."""

    card: str  # NGUYEN VAN ANH
    document: str  # NGUYEN VAN ANH(응우옌반아인)
    given_first: str  # Van Anh Nguyen
    machine: str  # NGUYEN<<VAN<ANH<<<…, 39 signs
    is_cut: bool  # the zone has no room for all of it


def forms_of(english_name: str, name: str) -> NameForms:
    """Give the four forms of a name in Latin letters, and of the name in Hangul if there is one."""
    card = upper(english_name)
    family, _, given = card.partition(" ")
    machine = (FILLER * 2).join(filter(None, (_machine(family), _machine(given))))
    return NameForms(
        card=card,
        document=in_document(english_name, name),
        given_first=_as_words(f"{given} {family}".strip()),
        machine=machine[:LINE].ljust(LINE, FILLER),
        is_cut=len(machine) > LINE,
    )


def _machine(text: str) -> str:
    """Write it in A to Z: nothing for an apostrophe, and a filler for a blank, hyphen or stop."""
    kept = "".join(sign for sign in plain(text) if sign not in APOSTROPHES)
    return FILLER.join("".join(sign if "A" <= sign <= "Z" else " " for sign in kept).split())


def _as_words(text: str) -> str:
    """Write each word, and each part of one, with one capital; O'Connor has two, G'ulomova and Yo'ldosh have one."""
    return "".join(_capital(part) for part in WORDS.split(clean(text)))


def _capital(word: str) -> str:
    begins = (0, 2) if PREFIXED.fullmatch(word) else (0,)
    return "".join(sign if place in begins else sign.lower() for place, sign in enumerate(word))
