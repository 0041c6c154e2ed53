"""Finds a university by what has been typed of it: in either language, shortened, by initials, in mid-syllable."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

from kosme_web.domain.universities.school import School

MOST = 8
ENOUGH = 500  # schools: more would be no help to anyone
LONGEST = 100  # characters of a query that are looked at
LETTERS = str.maketrans(
    {"đ": "d", "ø": "o", "ł": "l", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)  # which no decomposition takes apart
PAIRS = ("ㄳㄱㅅ", "ㄵㄴㅈ", "ㄶㄴㅎ", "ㄺㄹㄱ", "ㄻㄹㅁ", "ㄼㄹㅂ", "ㄽㄹㅅ", "ㄾㄹㅌ", "ㄿㄹㅍ", "ㅀㄹㅎ", "ㅄㅂㅅ")
APART = str.maketrans({pair[0]: pair[1:] for pair in PAIRS})  # keyboards put two typed consonants together
FIRST = re.compile("[\u1100-\u1112]+")  # initial consonants, one for each syllable
FINALS = str.maketrans("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ")
PLAIN = re.compile("[^a-z0-9]+")
WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = {"of", "and", "the", "for", "at", "in", "de"}


def key_of(text: str) -> str:
    """Give the letters and digits of a text without case, width and accents; Hangul in its single letters."""
    if text.isascii():
        return PLAIN.sub("", text.casefold())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS).translate(APART))
    return "".join(sign for sign in apart if sign.isalnum() and not unicodedata.combining(sign))


def acronym(name: str) -> str:
    """Give the first letters of a name's words: "Seoul National University" is SNU."""
    return key_of("".join(word[0] for word in WORD.findall(name.casefold()) if word not in SMALL_WORDS))


class SchoolIndex:
    """All schools of a list, ready to be searched; it never changes.

    The keys of all schools are one text, each key between line breaks: looking through it is a matter of a moment.
    """

    def __init__(self, schools: Iterable[School]) -> None:
        self.schools = tuple(schools)
        self.names = Keys(map(keys_of, self.schools))
        self.initials = Keys(map(initials_of, self.schools))

    def search(self, query: str) -> list[School]:
        """Give the schools that were most likely meant, the likeliest first."""
        words = [key for key in map(key_of, query[:LONGEST].split()) if key]
        if not words:
            return []
        if all(map(FIRST.fullmatch, words)):
            found = self.initials.having(["".join(words)])
        else:
            found = self.names.having(words) or self.names.having([*words[:-1], unfinished(words[-1])])
        ordered = sorted(found, key=lambda place: (found[place], self._order(place), place))
        return [self.schools[place] for place in ordered[:MOST]]

    def _order(self, place: int) -> tuple[bool, int]:
        """Graduate schools after their universities, branches after the main campus: their names are longer."""
        school = self.schools[place]
        return bool(school.ko and not school.kind), len(school.ko or school.foreign)


class Keys:
    """What each of many things is found by."""

    def __init__(self, keys: Iterable[Iterable[str]]) -> None:
        parts = ["\n{}\n\n".format("\n".join(dict.fromkeys(filter(None, each)))) for each in keys]
        self.text = "".join(parts)
        self.ends = list(accumulate(map(len, parts)))

    def having(self, words: list[str]) -> dict[int, int]:
        """Give the place of each thing that all words stand in, and how well they meet its keys: 0 is best."""
        whole = "".join(words)
        forms = (f"\n{whole}\n", f"\n{whole}", whole)
        found: dict[int, int] = {}
        for rank, form in enumerate(forms):
            for place in islice(self._places(form), ENOUGH):
                found.setdefault(place, rank)
        rarest = min(words, key=self.text.count)
        for place in self._places(rarest) if len(words) > 1 and len(found) < ENOUGH else ():
            if all(self.text.find(word, *self._bounds(place)) >= 0 for word in words):
                found.setdefault(place, len(forms))
        return found

    def _places(self, text: str) -> Iterator[int]:
        at = self.text.find(text)
        while at >= 0:
            place = bisect_right(self.ends, at)
            yield place
            at = self.text.find(text, self.ends[place])

    def _bounds(self, place: int) -> tuple[int, int]:
        return self.ends[place - 1] if place else 0, self.ends[place]


def keys_of(school: School) -> list[str]:
    names = school.names + school.others
    return [*map(key_of, names), acronym(school.en or school.foreign)]


def initials_of(school: School) -> list[str]:
    return ["".join(FIRST.findall(key_of(name))) for name in school.names + school.others if not name.isascii()]


def unfinished(key: str) -> str:
    """Give the key as it goes on if its last consonant begins the next syllable: 잏 on the way to 이화."""
    return key[:-1] + key[-1].translate(FINALS)
