"""What somebody typed, taken apart: 진주 초북로 77-3, 77 Chobuk-ro, 52852, 경남진주시초북로77."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kosme_web.address_index.regions import Regions, key_of

HANGUL = re.compile("[가-힣]")
DASHES = re.compile("[\u2010-\u2015\u2212\u301c~]")
ASIDE = re.compile(r"\([^)]*\)?")  # the reference part: (초전동), (52852)
SIGNS = re.compile(r"[^\w\s-]|_")
ZIP = re.compile(r"[0-9]{5}")
NUMBER = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?(?:번지?)?")
GLUED = re.compile(r"(.*(?:로|길|리|동|가|읍|면|ro|gil))(산?[0-9]{1,5}(?:-[0-9]{1,5})?)(?:번지?)?")
DETAIL = re.compile(r"(지하)?[0-9]+(층|호|동)")
UNDERGROUND = re.compile(r"(지하|underground|b(?=[0-9]))(.*)")
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """The words in their order, and the first number of a house or a lot."""

    words: tuple[str, ...]
    zip: str | None
    main: int | None
    sub: int | None
    is_underground: bool
    is_mountain: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: this is the road (or the building), the rest are regions."""

    road: str
    regions: tuple[str, ...]


def parse(text: str) -> Question:
    """Take the text apart; half-width, composed, without marks and without floor and unit."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", text)).casefold()
    tokens = SIGNS.sub(" ", ASIDE.sub(" ", plain.replace("'", "").replace("\u2019", ""))).split()
    zips: list[str] = []
    words: list[str] = []
    numbers: list[str] = []
    marks: set[str] = set()
    for token in tokens:
        _sort(token, zips, words, numbers, marks)
    found = NUMBER.fullmatch(numbers[0]) if numbers else None
    return Question(
        tuple(words[:MOST_WORDS]),
        zips[0] if zips else None,
        int(found[1]) if found else None,
        int(found[2]) if found and found[2] else None,
        "underground" in marks,
        "mountain" in marks,
    )


def _sort(text: str, zips: list[str], words: list[str], numbers: list[str], marks: set[str]) -> None:
    word = text
    under = UNDERGROUND.fullmatch(word)
    if under and (not under[2] or NUMBER.fullmatch(under[2])):
        marks.add("underground")
        word = under[2]
    if re.fullmatch("산([0-9].*)?", word):
        marks.add("mountain")
        word = word[1:]
    glued = GLUED.fullmatch(word)
    if ZIP.fullmatch(word):
        zips.append(word)
    elif NUMBER.fullmatch(word):
        numbers.append(word)
    elif glued:
        words.append(key_of(glued[1]))
        _sort(glued[2], zips, words, numbers, marks)
    elif key_of(word) and not DETAIL.fullmatch(word):
        words.append(key_of(word))


def readings(question: Question, regions: Regions) -> Iterator[Reading]:
    """Give the ways to read the words, those with the longest road first; at last, all of them as regions."""
    words = question.words
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            others = (*words[:start], *words[start + length :])
            if all(word in regions.by_name for word in others):
                yield from _peeled("".join(words[start : start + length]), others, regions)
    if words and all(word in regions.by_name for word in words):
        yield Reading("", words)


def _peeled(road: str, others: tuple[str, ...], regions: Regions) -> Iterator[Reading]:
    """Give the road as it is, then, for what was written without blanks, without the regions in front of it."""
    yield Reading(road, others)
    if not HANGUL.search(road):
        return
    for end in range(min(len(road), 12), 1, -1):
        if road[:end] in regions.by_name:
            rest = road[end:]
            yield from _peeled(rest, (*others, road[:end]), regions) if rest else (Reading("", (*others, road[:end])),)
