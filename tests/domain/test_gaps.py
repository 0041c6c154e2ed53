"""공백 기간: what no study or work covers since the first entry, each month once."""

import pytest

from kosme_web.domain.gaps import gaps
from kosme_web.domain.months import Period, YearMonth

NOW = YearMonth(2026, 11)


def period(text: str) -> Period:
    """Read 2020.03-2021.02; without an end it goes on."""
    start, _, end = text.partition("-")
    months = [YearMonth(*map(int, part.split("."))) for part in (start, end) if part]
    return Period(*months)


@pytest.mark.parametrize(
    ("covered", "found"),
    [
        ([], []),
        (["2020.03-"], []),
        (["2027.03-"], []),
        (["2020.03-2026.10"], []),
        (["2020.03-2026.09"], ["2026.10-2026.10"]),
        (["2020.03-2024.02", "2024.03-"], []),
        (["2020.03-2024.02", "2024.05-"], ["2024.03-2024.04"]),
        (["2024.05-", "2020.03-2024.02"], ["2024.03-2024.04"]),
        (["2020.01-2020.12", "2020.03-2020.05", "2021.02-"], ["2021.01-2021.01"]),
        (["2020.01-2020.12", "2027.03-"], ["2021.01-2026.10"]),
        (["2019.12-2019.12", "2020.02-2020.02", "2020.04-"], ["2020.01-2020.01", "2020.03-2020.03"]),
    ],
)
def test_months_that_nothing_covers_are_found_once_and_in_order(covered: list[str], found: list[str]) -> None:
    assert gaps([period(text) for text in covered], NOW) == [period(text) for text in found]
