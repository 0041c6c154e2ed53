"""아이디, 비밀번호: what may be one (NIST SP 800-63B-4: length and a block list, no rules of composition)."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

LOGIN_ID = re.compile(r"[A-Za-z0-9]{4,20}")
RESERVED = frozenset({"admin", "administrator", "kosme", "manager", "master", "root", "support", "system", "test"})
LONGEST = 128
OWN_PART = 4  # characters of own data that make a password guessable


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
    rest = folded
    for part in sorted((_bare(part) for part in own), key=len, reverse=True):
        if len(part) >= OWN_PART:
            rest = rest.replace(part, "")
    if len(rest) < len(folded) and len(rest) < shortest // 2:
        return PasswordProblem.OWN_DATA
    return PasswordProblem.COMMON if _is_common(folded) else None


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _is_common(folded: str) -> bool:
    """Whether nothing is left of it without well-known words, runs of keys and repeated signs."""
    rest = folded
    for word in _words():
        rest = rest.replace(word, "")
    return len(set(folded)) < OWN_PART or len(_bare(rest)) < OWN_PART


@cache
def _words() -> tuple[str, ...]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return tuple(sorted(text.split(), key=len, reverse=True))
