"""휴대폰번호: read however it is typed, kept as E.164, shown as each language writes it (domain.md 2)."""

import re
from enum import StrEnum

from kosme_web.domain.typed import bare, is_digits

SIGNS = "()./"
ABROAD = re.compile(r"^(?:\+82|0082|82(?=10))0?")
OLD_PREFIXES = ("011", "016", "017", "018", "019")
ELSEWHERE = re.compile(r"(?:\+|00)\d+")  # the country code of another country
LENGTH = 11


class PhoneProblem(StrEnum):
    EMPTY = "EMPTY"
    NOT_DIGITS = "NOT_DIGITS"
    LENGTH = "LENGTH"
    OLD_PREFIX = "OLD_PREFIX"
    NOT_MOBILE = "NOT_MOBILE"


class PhoneNumberError(ValueError):
    """Not a Korean mobile number in use today, and why."""

    def __init__(self, problem: PhoneProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def parse_mobile(text: str) -> str:
    """Give the number as ``+8210xxxxxxxx``."""
    plain = ABROAD.sub("0", bare(text, SIGNS))
    if not plain:
        raise PhoneNumberError(PhoneProblem.EMPTY)
    if ELSEWHERE.fullmatch(plain):
        raise PhoneNumberError(PhoneProblem.NOT_MOBILE)
    if not is_digits(plain):
        raise PhoneNumberError(PhoneProblem.NOT_DIGITS)
    if plain.startswith(OLD_PREFIXES):
        raise PhoneNumberError(PhoneProblem.OLD_PREFIX)
    if not plain.startswith("010"):
        raise PhoneNumberError(PhoneProblem.NOT_MOBILE)
    if len(plain) != LENGTH:
        raise PhoneNumberError(PhoneProblem.LENGTH)
    return f"+82{plain[1:]}"


def domestic_digits(number: str) -> str:
    """Give ``01012345678`` of ``+821012345678``."""
    return f"0{number.removeprefix('+82')}"


def format_phone(number: str, lang: str) -> str:
    """Give 010-1234-5678 in Korean and +82 10 1234 5678 in every other language."""
    digits = domestic_digits(number)
    parts = digits[:3], digits[3:7], digits[7:]
    return "-".join(parts) if lang == "ko" else f"+82 {parts[0][1:]} {parts[1]} {parts[2]}"
