"""학력사항: what a period of study must be (errors), and what looks like a slip (warnings); codelists.md 3.3."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations

from kosme_web.domain.months import Period, YearMonth

ENDED = frozenset({"GRADUATED", "DROPPED", "COMPLETED"})
GOING_ON = frozenset({"ENROLLED", "LEAVE"})
STUDENT_VISA = "D-2"
STUDENT_KINDS = frozenset({"ENROLLED", "LEAVE", "EXPECTED", "COMPLETED"})
FEWEST_MONTHS, MOST_MONTHS = 3, 12 * 12
YOUNGEST = 14
FARTHEST_MONTHS = 6 * 12


class EducationProblem(StrEnum):
    """What keeps an entry from being published."""

    END_MISSING = "END_MISSING"
    END_BEFORE_START = "END_BEFORE_START"
    END_IN_FUTURE = "END_IN_FUTURE"
    END_IN_PAST = "END_IN_PAST"


class EducationWarning(StrEnum):
    """What is asked about and never forbidden."""

    START_IN_FUTURE = "START_IN_FUTURE"
    START_TOO_YOUNG = "START_TOO_YOUNG"
    VERY_SHORT = "VERY_SHORT"
    VERY_LONG = "VERY_LONG"
    EXPECTED_FAR_AWAY = "EXPECTED_FAR_AWAY"


def problem(
    start: YearMonth, end: YearMonth | None, graduation_kind: str, this_month: YearMonth
) -> EducationProblem | None:
    """Give what keeps the period from being published, if anything does."""
    if end is None:
        return None if graduation_kind in GOING_ON else EducationProblem.END_MISSING
    if end < start:
        return EducationProblem.END_BEFORE_START
    if graduation_kind in ENDED and end > this_month:
        return EducationProblem.END_IN_FUTURE
    if graduation_kind not in ENDED and end < this_month:
        return EducationProblem.END_IN_PAST
    return None


def warnings(
    period: Period, graduation_kind: str, this_month: YearMonth, birth_date: date | None = None
) -> list[EducationWarning]:
    """Give what looks like a slip in one entry, in the order of its fields."""
    begins_young = birth_date is not None and period.start < _at_age(birth_date, YOUNGEST)
    months = period.months(this_month)
    is_far = graduation_kind == "EXPECTED" and period.end is not None
    checks = {
        EducationWarning.START_IN_FUTURE: period.start > this_month,
        EducationWarning.START_TOO_YOUNG: begins_young,
        EducationWarning.VERY_SHORT: period.end is not None and months < FEWEST_MONTHS,
        EducationWarning.VERY_LONG: months > MOST_MONTHS,
        EducationWarning.EXPECTED_FAR_AWAY: is_far
        and period.until(this_month).index - this_month.index > FARTHEST_MONTHS,
    }
    return [warning for warning, holds in checks.items() if holds]


def overlaps(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Give the places of each two entries that lie over each other: a question, since exchange students do that."""
    return [
        (first, second) for (first, one), (second, other) in combinations(enumerate(periods), 2) if one.overlaps(other)
    ]


def lacks_current_study(visa: str, graduation_kinds: Iterable[str]) -> bool:
    """Whether a student's visa (D-2) stands beside no study that goes on: worth a gentle note, never an error."""
    return visa == STUDENT_VISA and STUDENT_KINDS.isdisjoint(graduation_kinds)


def _at_age(birth_date: date, years: int) -> YearMonth:
    return YearMonth(birth_date.year + years, birth_date.month)
