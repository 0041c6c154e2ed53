"""경력사항: what a period of work must be (errors), and what looks like a slip (warnings); domain.md 6."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from kosme_web.domain.months import Period, YearMonth
from kosme_web.domain.names import clean


class WorkProblem(StrEnum):
    """What keeps an entry from being published."""

    START_IN_FUTURE = "START_IN_FUTURE"
    END_MISSING = "END_MISSING"
    END_BEFORE_START = "END_BEFORE_START"
    END_IN_FUTURE = "END_IN_FUTURE"


class WorkWarning(StrEnum):
    """What is asked about and never forbidden: students work beside their studies."""

    DUPLICATE = "DUPLICATE"
    OVERLAP = "OVERLAP"


@dataclass(frozen=True, slots=True)
class Job:
    company_name: str
    period: Period


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


def warnings(jobs: Sequence[Job]) -> list[tuple[WorkWarning, int, int]]:
    """Give each two jobs, by their places, that are entered twice or lie over each other; no pair is told twice."""
    found = []
    for (first, one), (second, other) in combinations(enumerate(jobs), 2):
        if one.period == other.period and _company(one) == _company(other):
            found.append((WorkWarning.DUPLICATE, first, second))
        elif one.period.overlaps(other.period):
            found.append((WorkWarning.OVERLAP, first, second))
    return found


def _company(job: Job) -> str:
    return clean(job.company_name).casefold().replace(" ", "")
