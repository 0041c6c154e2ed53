"""년도와 월: months in order, experience with overlaps counted once, the newest first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosme_web.domain.months import MonthError, Period, YearMonth, duration, merged_months, newest_first

NOW = YearMonth(2026, 11)
YEAR_MONTHS = st.builds(YearMonth, st.integers(1990, 2026), st.integers(1, 12))
PERIODS = st.builds(lambda one, other: Period(min(one, other), max(one, other)), YEAR_MONTHS, YEAR_MONTHS)


def period(start: tuple[int, int], end: tuple[int, int] | None = None) -> Period:
    return Period(YearMonth(*start), YearMonth(*end) if end else None)


@pytest.mark.parametrize(
    ("year", "month"), [("2024", "3"), ("2024", "03"), (" 2024 ", "3 "), ("\uff12\uff10\uff12\uff14", "\uff13")]
)
def test_a_month_is_read_however_it_is_typed(year: str, month: str) -> None:
    assert YearMonth.parse(year, month) == YearMonth(2024, 3)


@pytest.mark.parametrize(
    ("year", "month"),
    [("", "3"), ("2024", ""), ("24", "3"), ("2024", "0"), ("2024", "13"), ("0000", "1"), ("20x4", "3"), ("20244", "3")],
)
def test_what_is_no_month_is_refused(year: str, month: str) -> None:
    with pytest.raises(MonthError):
        YearMonth.parse(year, month)


@given(st.text(st.characters(exclude_categories=[])), st.text("0123456789\uff11 ", max_size=6))
def test_any_two_texts_are_a_month_or_are_refused(year: str, month: str) -> None:
    try:
        parsed = YearMonth.parse(year, month)
    except MonthError:
        return
    assert YearMonth.of(parsed.first_day) == parsed


def test_months_are_ordered_and_know_their_first_day() -> None:
    assert YearMonth(2023, 12) < YearMonth(2024, 1) < YearMonth(2024, 2)
    assert YearMonth(2024, 2).first_day == date(2024, 2, 1)
    assert YearMonth.of(date(2024, 2, 29)) == YearMonth(2024, 2)
    assert YearMonth(2024, 1).index - YearMonth(2023, 12).index == 1


def test_a_period_counts_its_first_and_last_month() -> None:
    assert period((2024, 3), (2024, 3)).months(NOW) == 1
    assert period((2024, 3), (2025, 2)).months(NOW) == 12
    assert period((2026, 10)).months(NOW) == 2
    assert period((2027, 1)).months(NOW) == 0


def test_months_of_two_jobs_at_once_count_once() -> None:
    jobs = [period((2020, 1), (2020, 12)), period((2020, 7), (2021, 6)), period((2026, 11))]
    assert merged_months(jobs, NOW) == 19
    assert merged_months([], NOW) == 0


def test_a_length_is_told_in_years_and_months() -> None:
    assert duration(38) == (3, 2)
    assert duration(11) == (0, 11)
    assert duration(24) == (2, 0)


@given(st.lists(PERIODS, max_size=6))
def test_merged_months_lie_between_the_longest_and_the_sum(periods: list[Period]) -> None:
    lengths = [each.months(NOW) for each in periods]
    assert max(lengths, default=0) <= merged_months(periods, NOW) <= sum(lengths)
    assert merged_months(periods * 2, NOW) == merged_months(periods, NOW)


@pytest.mark.parametrize(
    ("one", "other", "do_overlap"),
    [
        (period((2020, 3), (2022, 2)), period((2021, 3), (2023, 2)), True),
        (period((2020, 3), (2022, 2)), period((2022, 3), (2023, 2)), False),
        (period((2020, 3), (2022, 2)), period((2022, 2), (2023, 2)), False),
        (period((2020, 3), (2022, 2)), period((2020, 3), (2022, 2)), True),
        (period((2020, 3), (2020, 3)), period((2020, 3), (2020, 3)), True),
        (period((2020, 3)), period((2021, 3), (2023, 2)), True),
        (period((2020, 3)), period((2021, 3)), True),
        (period((2020, 3)), period((2019, 3), (2020, 3)), False),
        (period((2020, 3), (2022, 2)), period((2021, 1), (2021, 1)), True),
    ],
)
def test_two_periods_overlap_when_they_share_more_than_the_month_of_change(
    one: Period, other: Period, *, do_overlap: bool
) -> None:
    assert one.overlaps(other) is do_overlap


@given(PERIODS, PERIODS)
def test_overlapping_is_mutual(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one)


def test_the_newest_comes_first() -> None:
    entries = {
        "ended early": period((2015, 3), (2017, 2)),
        "current since 2019": period((2019, 1)),
        "first of two alike": period((2018, 1), (2020, 5)),
        "second of two alike": period((2018, 1), (2020, 5)),
        "current since 2024": period((2024, 1)),
        "ended with them, began later": period((2019, 6), (2020, 5)),
    }
    assert newest_first(list(entries), entries.__getitem__) == [
        "current since 2024",
        "current since 2019",
        "ended with them, began later",
        "first of two alike",
        "second of two alike",
        "ended early",
    ]
