"""아이디, 비밀번호: what may be one (NIST SP 800-63B-4: length and a block list, no rules of composition)."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import punctuation

LOGIN_ID = re.compile(r"[A-Za-z0-9]{4,20}")
RESERVED = frozenset({"admin", "administrator", "kosme", "manager", "master", "root", "support", "system", "test"})
LONGEST = 128
OWN_PART = 4  # characters of own data that make a password guessable
LEAST_REST = 4  # characters that must be left of a password without its guessable parts
RUN = 4  # signs that follow each other on a keyboard or in the alphabet
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LOOK_ALIKES = str.maketrans("@$013457", "asoleast")


class PasswordProblem(StrEnum):
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    COMMON = "COMMON"
    OWN_DATA = "OWN_DATA"


def login_id_key(login_id: str) -> str:
    """Give what must be unique: the same for every spelling in capitals or wide letters."""
    return unicodedata.normalize("NFKC", login_id).casefold()


def is_login_id(text: str) -> bool:
    return bool(LOGIN_ID.fullmatch(text)) and login_id_key(text) not in RESERVED


def plain_password(text: str) -> str:
    """Give the one form that is hashed, however the keyboard composed it."""
    return unicodedata.normalize("NFC", text)


def password_problem(password: str, own: Iterable[str], *, shortest: int) -> PasswordProblem | None:
    """Give why the password is refused, if it is; ``own`` is what others may know of the person."""
    text = plain_password(password)
    if len(text) < shortest:
        return PasswordProblem.TOO_SHORT
    if len(text) > LONGEST:
        return PasswordProblem.TOO_LONG
    folded = "".join(text.casefold().split())
    if _is_guessable(folded):
        return PasswordProblem.COMMON
    plain = _unsigned(folded)
    rest = _without(plain, own)
    if len(rest) < len(plain) and (len(rest) < shortest // 2 or _is_guessable(rest)):
        return PasswordProblem.OWN_DATA
    return None


def _without(plain: str, own: Iterable[str]) -> str:
    parts = ("".join(_unsigned(plain_password(part).casefold()).split()) for part in own)
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= OWN_PART:
            plain = plain.replace(part, "")
    return plain


def _unsigned(text: str) -> str:
    return "".join(sign for sign in text if sign not in punctuation)


def _is_guessable(folded: str) -> bool:
    """Whether hardly anything is left without well-known words, runs of keys, years and repeated signs."""
    undated = YEAR.sub("", folded)
    spellings = (undated, undated.translate(LOOK_ALIKES))
    return len(set(folded)) < OWN_PART or any(len(set(_rest(spelling))) < LEAST_REST for spelling in spellings)


def _rest(text: str) -> str:
    """Give the signs that no word of the list and no run of keys accounts for."""
    for word in _words():
        text = text.replace(word, "")
    return _unsigned(_without_runs(text))


def _without_runs(text: str) -> str:
    kept: list[str] = []
    place = 0
    while place < len(text):
        length = _run_length(text, place)
        if length < RUN:
            kept.append(text[place])
            length = 1
        place += length
    return "".join(kept)


def _run_length(text: str, place: int) -> int:
    """Count the signs from there on that stand side by side in one row, forwards or backwards."""
    longest = 1
    for row in _rows():
        length = 1
        while place + length < len(text) and text[place : place + length + 1] in row:
            length += 1
        longest = max(longest, length)
    return longest


@cache
def _rows() -> tuple[str, ...]:
    return ROWS + tuple(row[::-1] for row in ROWS)


@cache
def _words() -> tuple[str, ...]:
    """Give the longest first, so that no word is broken by a shorter one in it."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return tuple(sorted(text.split(), key=len, reverse=True))
