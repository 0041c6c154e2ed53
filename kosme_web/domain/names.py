"""이름: foreign names as people and offices write them, and when two spellings are the same name (domain.md 3)."""

import re
import unicodedata

SIGNS = " -'’."
SPLIT = re.compile(r"[\s\-]+")
PLAIN = {
    "ß": "SS",
    "ẞ": "SS",
    "Ø": "O",
    "Æ": "AE",
    "Œ": "OE",
    "Ł": "L",
    "Đ": "D",
    "Ð": "D",
    "Þ": "TH",
    "İ": "I",
    "ı": "I",
}
LONG = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Ø": "OE", "Å": "AA"}
MOST = 100


def clean(text: str) -> str:
    """Compose, trim, and leave one blank where there were several."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def upper(text: str) -> str:
    """Capitals as on a card; a Turkish ı becomes I, ß becomes SS."""
    return clean(text).upper().replace("İ", "I") if "i̇" not in text else clean(text.replace("i̇", "i")).upper()


def is_english_name(text: str) -> bool:
    """Whether it is written in Latin letters, of 1 to 100 characters; one letter is a legal name."""
    name = clean(text)
    if not 1 <= len(name) <= MOST or not any(map(str.isalpha, name)):
        return False
    return all(sign in SIGNS or _is_latin(sign) for sign in unicodedata.normalize("NFD", name))


def _is_latin(character: str) -> bool:
    if unicodedata.combining(character):
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


def _parts(text: str, table: dict[str, str]) -> tuple[str, ...]:
    capitals = "".join(table.get(sign, PLAIN.get(sign, sign)) for sign in unicodedata.normalize("NFC", text).upper())
    bare = "".join(sign for sign in unicodedata.normalize("NFD", capitals) if not unicodedata.combining(sign))
    words = (re.sub(r"[^\w]", "", word) for word in SPLIT.split(unicodedata.normalize("NFC", bare)))
    return tuple(word for word in words if word)


def keys(text: str) -> frozenset[str]:
    """Give what a name may be compared by: signs, case and accents gone, in any order of its parts."""
    found = set()
    for table in ({}, LONG):
        parts = _parts(text, table)
        found |= {
            "|".join(sorted(parts)),
            "".join(parts),
            "".join(parts[1:] + parts[:1]),
            "".join(parts[-1:] + parts[:-1]),
        }
    return frozenset(found - {""})


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are one name: given-first or surname-first, hyphen or blank, Ä or AE."""
    return bool(keys(first) & keys(second))
