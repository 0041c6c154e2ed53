"""학력사항: what the end of a period must be for each way studies end (codelists.md 3.3)."""

from enum import StrEnum

from kosme_web.domain.months import YearMonth

ENDED = frozenset({"GRADUATED", "DROPPED", "COMPLETED"})
GOING_ON = frozenset({"ENROLLED", "LEAVE"})


class EducationProblem(StrEnum):
    END_MISSING = "END_MISSING"
    END_BEFORE_START = "END_BEFORE_START"
    END_IN_FUTURE = "END_IN_FUTURE"
    END_IN_PAST = "END_IN_PAST"


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
