"""약관과 동의문: what a person reads and decides on, in both languages, with a version and a digest for the record.

The texts are drafts that the agency's legal office has to confirm (docs/legal-texts.md). They are read once, when
this package is imported; a broken file stops the start.
"""

from datetime import date

from kosme_web.domain.legal.legal_text import Block, BlockKind, LegalText, Pair
from kosme_web.domain.legal.loader import load
from kosme_web.domain.legal.mini_format import LegalTextError

REQUIRED_AT_SIGN_UP = ("TOS_PRIVACY", "CORP_INFO", "UID_SIGNUP", "THIRD_PARTY")
CHANNELS = ("MKT_SNS", "MKT_EMAIL")
NIGHT = "MKT_NIGHT"  # asked for in the account only
ADVERTISING = (*CHANNELS, NIGHT)
REQUIRED_AT_PUBLISHING = ("UID_RESUME",)
CONSENTS = (*REQUIRED_AT_SIGN_UP, *ADVERTISING, *REQUIRED_AT_PUBLISHING)
PAGES = ("TERMS", "PRIVACY")  # only read, never decided on

__all__ = [
    "ADVERTISING",
    "CHANNELS",
    "CONSENTS",
    "NIGHT",
    "PAGES",
    "REQUIRED_AT_PUBLISHING",
    "REQUIRED_AT_SIGN_UP",
    "Block",
    "BlockKind",
    "LegalText",
    "LegalTextError",
    "Pair",
    "current",
    "get",
]

_LIBRARY = load((*CONSENTS, *PAGES))


def current(kind: str) -> LegalText:
    """Give the newest version of a text; KeyError for a kind that there is none of."""
    versions = _LIBRARY[kind]
    return versions[max(versions)]


def get(kind: str, version: date) -> LegalText:
    """Give the version a person decided on, however old; KeyError for one that never was."""
    return _LIBRARY[kind][version]
