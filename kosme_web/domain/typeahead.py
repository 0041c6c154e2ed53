"""Finds a thing by what has been typed of its names: parts of them, initials, a syllable that is not finished."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

ENOUGH = 500  # things: more would be no help to anyone
LONGEST = 100  # characters of a query that are looked at
LETTERS = {"đ": "d", "ø": "o", "ł": "l", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}  # have no accent to take away
PAIRS = ("ㄳㄱㅅ", "ㄵㄴㅈ", "ㄶㄴㅎ", "ㄺㄹㄱ", "ㄻㄹㅁ", "ㄼㄹㅂ", "ㄽㄹㅅ", "ㄾㄹㅌ", "ㄿㄹㅍ", "ㅀㄹㅎ", "ㅄㅂㅅ")
SINGLE = str.maketrans(LETTERS | {pair[0]: pair[1:] for pair in PAIRS})  # keyboards join consonants that were typed
FIRST = re.compile("[\u1100-\u1112]+")  # initial consonants, one for each syllable
FINALS = str.maketrans("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ")
SIGNS = re.compile(r"[\W_]+")


def key_of(text: str) -> str:
    """Give the letters and digits of a text without case, width and accents; Hangul in its single letters."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(SINGLE))  # accents are signs of their own now
    return SIGNS.sub("", plain)


class Typeahead:
    """What each of many things is called, ready to be searched; it never changes."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        all_names = list(names)
        self.keys = Keys(map(key_of, each) for each in all_names)
        self.initials = Keys(map(initials_of, each) for each in all_names)

    def search(self, query: str) -> dict[int, int]:
        """Give the places of the things that may be meant, each with how well it meets the query: 0 is best."""
        words = [key for key in map(key_of, query[:LONGEST].split()) if key]
        if not words:
            return {}
        if all(map(FIRST.fullmatch, words)):
            return self.initials.having(["".join(words)])
        return self.keys.having(words) or self.keys.having([*words[:-1], unfinished(words[-1])])


class Keys:
    """All keys of all things in one text, each between line breaks: looking through it takes no time."""

    def __init__(self, keys: Iterable[Iterable[str]]) -> None:
        parts = ["\n{}\n\n".format("\n".join(dict.fromkeys(filter(None, each)))) for each in keys]
        self.text = "".join(parts)
        self.ends = list(accumulate(map(len, parts)))

    def having(self, words: list[str]) -> dict[int, int]:
        """Give the place of each thing that all words stand in: its whole name, its beginning, within it, or apart."""
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


def initials_of(name: str) -> str:
    return "" if name.isascii() else "".join(FIRST.findall(key_of(name)))


def unfinished(key: str) -> str:
    """Give the key as it goes on if its last consonant begins the next syllable: 잏 on the way to 이화."""
    return key[:-1] + key[-1].translate(FINALS)
