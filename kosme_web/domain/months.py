"""년도와 월: months as ordered values, and the length of several periods with overlaps counted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class YearMonth:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def index(self) -> int:
        """Months since the year 0, to count with."""
        return self.year * 12 + self.month - 1


def merged_months(periods: Iterable[tuple[YearMonth, YearMonth]]) -> int:
    """Count the months that at least one period covers, first and last included."""
    covered: set[int] = set()
    for start, end in periods:
        covered.update(range(start.index, end.index + 1))
    return len(covered)
