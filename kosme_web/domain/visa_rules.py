"""체류비자: whose stay has an end, how near it is, and which type of job seeker a visa suggests (N19, N20)."""

from datetime import date
from enum import StrEnum

PERMANENT = "F-5"
STUDENTS = frozenset({"D-2", "D-4", "D-10"})
MAY_EXTEND_DAYS, STRONG_DAYS = 120, 30


class Expiry(StrEnum):
    """What to say about the end of a stay."""

    SILENT = "SILENT"
    MAY_EXTEND = "MAY_EXTEND"
    STRONG = "STRONG"
    PAST = "PAST"


def needs_expiry(visa: str) -> bool:
    """Permanent residents have no end of stay; their card is renewed, their stay is not (codelists.md 2.4)."""
    return bool(visa) and visa != PERMANENT


def expiry(visa: str, expires_on: date | None, today: date) -> Expiry:
    """Judge the days left. The last day of a stay is still part of it, and F-5 never ends."""
    if expires_on is None or not needs_expiry(visa):
        return Expiry.SILENT
    days = (expires_on - today).days
    if days < 0:
        return Expiry.PAST
    if days <= STRONG_DAYS:
        return Expiry.STRONG
    return Expiry.MAY_EXTEND if days <= MAY_EXTEND_DAYS else Expiry.SILENT


def suggested_seeker_type(visa: str) -> str | None:
    """Give the code of the type that fits; only a suggestion, never put over a choice."""
    if not visa:
        return None
    return "INTL_STUDENT" if visa in STUDENTS else "GENERAL"
