"""Numbers as people type and paste them: full-width digits, blanks, hyphens of every kind, invisible signs."""

import re
import unicodedata

# no database takes NUL, and no HTML, XML or PDF the others; blanks and line breaks are none of them
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
MINUS = "\N{MINUS SIGN}"


def bare(text: str, signs: str = ".") -> str:
    """Give the text without blanks, dashes, invisible signs and ``signs``, its digits and letters of normal width."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in normal if sign not in signs and not _separates(sign))


def is_digits(text: str) -> bool:
    """Whether it is nothing but the digits 0 to 9."""
    return text.isascii() and text.isdecimal()


def _separates(sign: str) -> bool:
    return sign.isspace() or sign == MINUS or unicodedata.category(sign) in ("Pd", "Cf")
