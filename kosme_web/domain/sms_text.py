"""문자메시지: the letters that a text message can show (EUC-KR), and whether it is a short or a long one."""

import unicodedata
from enum import StrEnum

SMS_BYTES, LMS_BYTES = 90, 2000
BYTES_OF_A_LETTER = 2  # Python writes the rarer syllables with eight, which no phone puts together again
PLAIN = {
    "\N{NO-BREAK SPACE}": " ",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{BULLET}": "\N{MIDDLE DOT}",
    "Đ": "D",
    "đ": "d",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "\N{MODIFIER LETTER TURNED COMMA}": "'",
}


class SmsType(StrEnum):
    SMS = "SMS"
    LMS = "LMS"


class SmsTextError(ValueError):
    """The text cannot be shown on a phone, or is too long even for a long message."""


def plain(text: str) -> str:
    """Give the text as a phone can show it: accents come off, typographic signs become plain ones (Nguyễn → Nguyen)."""
    return "".join(letter if _is_shown(letter) else _plainer(letter) for letter in unicodedata.normalize("NFC", text))


def sms_type(text: str) -> SmsType:
    """Give the kind of message that the text needs; SmsTextError for letters that remain, and for too many."""
    if not all(map(_is_shown, text)):
        raise SmsTextError("letters outside EUC-KR")
    length = len(text.encode("euc_kr"))
    if length > LMS_BYTES:
        raise SmsTextError("too long")
    return SmsType.SMS if length <= SMS_BYTES else SmsType.LMS


def _is_shown(letter: str) -> bool:
    try:
        return len(letter.encode("euc_kr")) <= BYTES_OF_A_LETTER
    except UnicodeEncodeError:
        return False


def _plainer(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter)
    return PLAIN.get(letter) or "".join(part for part in apart if not unicodedata.combining(part))
