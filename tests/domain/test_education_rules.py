"""학력사항: the end of a period for each way studies end, and what is only asked about."""

from datetime import date

import pytest

from kosme_web.domain.code_lists import GRADUATION_KIND
from kosme_web.domain.education_rules import (
    ENDED,
    GOING_ON,
    EducationProblem,
    EducationWarning,
    lacks_current_study,
    overlaps,
    problem,
    warnings,
)
from kosme_web.domain.months import Period, YearMonth

NOW = YearMonth(2026, 11)
LAST_MONTH, NEXT_MONTH = YearMonth(2026, 10), YearMonth(2026, 12)
START = YearMonth(2023, 3)


def test_the_rules_know_every_way_studies_end() -> None:
    assert {*ENDED, *GOING_ON, "EXPECTED"} == set(GRADUATION_KIND.codes)


@pytest.mark.parametrize("kind", ["GRADUATED", "DROPPED", "COMPLETED"])
def test_studies_that_ended_need_an_end_no_later_than_this_month(kind: str) -> None:
    assert problem(START, None, kind, NOW) is EducationProblem.END_MISSING
    assert problem(START, LAST_MONTH, kind, NOW) is None
    assert problem(START, NOW, kind, NOW) is None
    assert problem(START, NEXT_MONTH, kind, NOW) is EducationProblem.END_IN_FUTURE


def test_an_expected_graduation_needs_an_end_no_earlier_than_this_month() -> None:
    assert problem(START, None, "EXPECTED", NOW) is EducationProblem.END_MISSING
    assert problem(START, LAST_MONTH, "EXPECTED", NOW) is EducationProblem.END_IN_PAST
    assert problem(START, NOW, "EXPECTED", NOW) is None
    assert problem(START, NEXT_MONTH, "EXPECTED", NOW) is None


@pytest.mark.parametrize("kind", ["ENROLLED", "LEAVE"])
def test_studies_that_go_on_have_no_end_or_a_coming_one(kind: str) -> None:
    assert problem(START, None, kind, NOW) is None
    assert problem(START, NEXT_MONTH, kind, NOW) is None
    assert problem(START, LAST_MONTH, kind, NOW) is EducationProblem.END_IN_PAST


@pytest.mark.parametrize("kind", GRADUATION_KIND.codes)
def test_no_study_ends_before_it_begins(kind: str) -> None:
    assert problem(START, YearMonth(2023, 2), kind, NOW) is EducationProblem.END_BEFORE_START


def asked(start: tuple[int, int], end: tuple[int, int] | None, kind: str = "GRADUATED") -> list[EducationWarning]:
    period = Period(YearMonth(*start), YearMonth(*end) if end else None)
    return warnings(period, kind, NOW, date(2003, 5, 17))


@pytest.mark.parametrize(
    ("start", "end", "kind", "warning"),
    [
        ((2020, 3), (2020, 4), "DROPPED", EducationWarning.VERY_SHORT),
        ((2014, 1), None, "ENROLLED", EducationWarning.START_TOO_YOUNG),
        ((2017, 4), (2021, 2), "GRADUATED", EducationWarning.START_TOO_YOUNG),
        ((2026, 12), None, "ENROLLED", EducationWarning.START_IN_FUTURE),
        ((2024, 3), (2032, 12), "EXPECTED", EducationWarning.EXPECTED_FAR_AWAY),
    ],
)
def test_a_likely_slip_is_asked_about(
    start: tuple[int, int], end: tuple[int, int] | None, kind: str, warning: EducationWarning
) -> None:
    assert warning in asked(start, end, kind)


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ((2020, 3), (2020, 5), "DROPPED"),
        ((2017, 5), (2021, 2), "GRADUATED"),
        ((2026, 11), None, "ENROLLED"),
        ((2024, 3), (2032, 11), "EXPECTED"),
    ],
)
def test_what_is_just_within_the_bounds_is_not_asked_about(
    start: tuple[int, int], end: tuple[int, int] | None, kind: str
) -> None:
    assert asked(start, end, kind) == []


def test_more_than_twelve_years_are_asked_about() -> None:
    twelve_years = Period(YearMonth(2010, 3), YearMonth(2022, 2))
    assert warnings(twelve_years, "GRADUATED", NOW) == []
    longer = Period(YearMonth(2010, 3), YearMonth(2022, 3))
    assert warnings(longer, "GRADUATED", NOW) == [EducationWarning.VERY_LONG]


def test_without_a_birth_date_nobody_is_too_young() -> None:
    assert warnings(Period(YearMonth(1990, 3), YearMonth(1994, 2)), "GRADUATED", NOW) == []


def test_overlapping_schools_are_named_by_their_places() -> None:
    first = Period(YearMonth(2019, 3), YearMonth(2023, 2))
    second = Period(YearMonth(2023, 3), None)
    exchange = Period(YearMonth(2021, 9), YearMonth(2022, 2))
    assert overlaps([first, second, exchange]) == [(0, 2)]


def test_a_student_visa_without_study_that_goes_on_is_noted() -> None:
    assert lacks_current_study("D-2", ["GRADUATED", "DROPPED"])
    assert lacks_current_study("D-2", [])
    assert not lacks_current_study("D-2", ["GRADUATED", "COMPLETED"])
    assert not lacks_current_study("D-10", ["GRADUATED"])
