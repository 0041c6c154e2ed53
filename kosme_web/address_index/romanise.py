"""Korean names in Latin letters by the rule of 2000; not the official names, which differ here and there."""

import re
import unicodedata
from functools import lru_cache

ONSETS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
VOWELS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
# by final consonant: alone or before a consonant, then before a vowel
FINALS = (
    *(("", ""), ("k", "g"), ("k", "kk"), ("k", "gs"), ("n", "n"), ("n", "nj"), ("n", "n"), ("t", "d"), ("l", "r")),
    *(("k", "lg"), ("m", "lm"), ("l", "lb"), ("l", "ls"), ("l", "lt"), ("p", "lp"), ("l", "r"), ("m", "m")),
    *(("p", "b"), ("p", "bs"), ("t", "s"), ("t", "ss"), ("ng", "ng"), ("t", "j"), ("t", "ch"), ("k", "k")),
    *(("t", "t"), ("p", "p"), ("t", "")),
)
NASAL = {"k": "ng", "t": "n", "p": "m", "l": "l"}
BASE, LAST = 0xAC00, 0xD7A3
VOWELLESS, N, R, M, I = 11, 2, 5, 6, 20  # noqa: E741  places in ONSETS and VOWELS
SUFFIXES = {"대로": "daero", "로": "ro", "길": "gil"}
ROAD_PART = re.compile(r"(?P<digits>\d*)(?P<stem>.*?)(?P<suffix>대로|로|길)?(?=\d|$)")
PLACE = re.compile(r"(?P<stem>.+?)(?P<suffix>특별자치시|특별자치도|특별시|광역시|시|도|군|구|읍|면|동|리|가)$")
PLACES = {"시": "si", "군": "gun", "구": "gu", "읍": "eup", "면": "myeon", "동": "dong", "리": "ri", "가": "ga"}


@lru_cache(maxsize=65_536)
def romanised(text: str) -> str:
    """Write Hangul as it is spoken: 종로 Jongno, 신림 Sillim, 독립 Dongnip. All else stays as it is."""
    parts = []
    letters = unicodedata.normalize("NFC", text)
    for place, letter in enumerate(letters):
        if not BASE <= ord(letter) <= LAST:
            parts.append(letter)
            continue
        before, after = letters[place - 1 : place], letters[place + 1 : place + 2]
        parts.append(_onset(_final_of(before), letter) + VOWELS[_vowel(letter)] + _coda(letter, after))
    return "".join(parts)


def _place(letter: str) -> int:
    return ord(letter) - BASE


def _vowel(letter: str) -> int:
    return _place(letter) % 588 // 28


def _is_hangul(letter: str) -> bool:
    return bool(letter) and BASE <= ord(letter) <= LAST


def _final_of(letter: str) -> str:
    return FINALS[_place(letter) % 28][0] if _is_hangul(letter) else ""


def _onset(final: str, letter: str) -> str:
    """The first sound of a syllable, as the one before makes it: l or n in place of r, l in place of n."""
    onset = _place(letter) // 588
    if onset == R and final:
        return "l" if final in ("l", "n") else "n"
    return "l" if onset == N and final == "l" else ONSETS[onset]


def _coda(letter: str, after: str) -> str:
    """The last sound of a syllable, as the next one makes it."""
    alone, before_vowel = FINALS[_place(letter) % 28]
    if not _is_hangul(after):
        return alone
    onset = _place(after) // 588
    if onset == VOWELLESS:
        is_palatal = _vowel(after) == I and before_vowel in ("d", "t")
        return {"d": "j", "t": "ch"}[before_vowel] if is_palatal else before_vowel
    if onset == R and alone == "n":
        return "l"
    return NASAL.get(alone, alone) if onset in (N, R, M) else alone


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def road_in_latin(road: str) -> str:
    """초북로77번길 → Chobuk-ro 77beon-gil."""
    words = []
    for part in ROAD_PART.finditer(road):
        digits, stem, suffix = part["digits"], romanised(part["stem"]), SUFFIXES.get(part["suffix"] or "", "")
        if digits or stem or suffix:
            name = digits + (stem if digits else capitalised(stem))
            words.append(f"{name}-{suffix}" if name and suffix else name or capitalised(suffix))
    return " ".join(words)


def place_in_latin(place: str) -> str:
    """진주시 → Jinju-si; 태평로1가 → Taepyeongno 1-ga; of two names, as in 수원시 장안구, the smaller comes first."""
    return ", ".join(_one_place(name) for name in reversed(place.split()))


def _one_place(name: str) -> str:
    found = PLACE.match(name)
    if not found or found["suffix"] not in PLACES:
        return capitalised(romanised(name))
    stem = re.sub(r"(?<=\D)(?=\d)", " ", found["stem"])
    return f"{capitalised(romanised(stem))}-{PLACES[found['suffix']]}"
