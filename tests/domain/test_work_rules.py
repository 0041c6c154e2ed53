"""경력사항: what a period of work must be, and which entries are asked about."""

import pytest

from kosme_web.domain.months import Period, YearMonth
from kosme_web.domain.work_rules import Job, WorkProblem, WorkWarning, problem, warnings

NOW = YearMonth(2026, 11)
START, END = YearMonth(2024, 3), YearMonth(2025, 2)


@pytest.mark.parametrize(
    ("start", "end", "is_current", "found"),
    [
        (START, END, False, None),
        (START, START, False, None),
        (START, NOW, False, None),
        (NOW, None, True, None),
        (START, END, True, None),
        (YearMonth(2026, 12), None, True, WorkProblem.START_IN_FUTURE),
        (YearMonth(2026, 12), YearMonth(2027, 1), False, WorkProblem.START_IN_FUTURE),
        (START, None, False, WorkProblem.END_MISSING),
        (START, YearMonth(2024, 2), False, WorkProblem.END_BEFORE_START),
        (START, YearMonth(2026, 12), False, WorkProblem.END_IN_FUTURE),
    ],
)
def test_a_period_of_work_is_judged(
    start: YearMonth, end: YearMonth | None, found: WorkProblem | None, *, is_current: bool
) -> None:
    assert problem(start, end, is_current=is_current, this_month=NOW) is found


def test_the_same_company_and_months_twice_is_asked_about_once() -> None:
    period = Period(START, END)
    assert warnings([Job("Kosme  Lab", period), Job("KOSME LAB", period)]) == [(WorkWarning.DUPLICATE, 0, 1)]


def test_two_companies_at_one_time_overlap() -> None:
    jobs = [Job("A", Period(START, END)), Job("B", Period(END, None)), Job("C", Period(YearMonth(2024, 6), None))]
    assert warnings(jobs) == [(WorkWarning.OVERLAP, 0, 2), (WorkWarning.OVERLAP, 1, 2)]


def test_jobs_one_after_another_are_not_asked_about() -> None:
    assert warnings([Job("A", Period(START, END)), Job("A", Period(YearMonth(2025, 3), None))]) == []
