"""경력사항: what a period of work must be (domain.md 6)."""

from enum import StrEnum

from kosme_web.domain.months import YearMonth


class WorkProblem(StrEnum):
    START_IN_FUTURE = "START_IN_FUTURE"
    END_MISSING = "END_MISSING"
    END_BEFORE_START = "END_BEFORE_START"
    END_IN_FUTURE = "END_IN_FUTURE"


def problem(start: YearMonth, end: YearMonth | None, *, is_current: bool, this_month: YearMonth) -> WorkProblem | None:
    """Give what keeps the period from being published, if anything does."""
    if start > this_month:
        return WorkProblem.START_IN_FUTURE
    if is_current:
        return None
    if end is None:
        return WorkProblem.END_MISSING
    if end < start:
        return WorkProblem.END_BEFORE_START
    return WorkProblem.END_IN_FUTURE if end > this_month else None
