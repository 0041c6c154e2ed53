"""년도와 월: months as ordered values, periods of them, and their length with overlaps counted once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TypeVar

from kosme_web.domain.typed import bare, is_digits

MONTHS = 12
MOST_DIGITS = 4
Entry = TypeVar("Entry")


class MonthError(ValueError):
    """The two texts name no month."""


@dataclass(frozen=True, order=True, slots=True)
class YearMonth:
    year: int
    month: int

    def __post_init__(self) -> None:
        if not (MINYEAR <= self.year <= MAXYEAR and 1 <= self.month <= MONTHS):
            raise MonthError("no such month")

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, year_text: str, month_text: str) -> "YearMonth":
        """Read a year of four digits and a month, full-width digits and blanks included."""
        year, month = bare(year_text), bare(month_text)
        if not (is_digits(year) and is_digits(month)) or len(year) != MOST_DIGITS or len(month) > MOST_DIGITS:
            raise MonthError("not a year and a month")
        return cls(int(year), int(month))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def index(self) -> int:
        """Months since the year 0, to count with."""
        return self.year * MONTHS + self.month - 1


@dataclass(frozen=True, slots=True)
class Period:
    """From the first month to the last, both included; without a last month it goes on."""

    start: YearMonth
    end: YearMonth | None = None

    def until(self, this_month: YearMonth) -> YearMonth:
        return self.end or this_month

    def months(self, this_month: YearMonth) -> int:
        """Count its months; none, if it has not begun."""
        return max(0, self.until(this_month).index - self.start.index + 1)

    def overlaps(self, other: "Period") -> bool:
        """Whether they share more than the one month in which the first ends and the second begins."""
        return _begins_before_end(self, other) and _begins_before_end(other, self)


def _begins_before_end(period: Period, other: Period) -> bool:
    if other.end is None or period.start < other.end:
        return True
    return period.start == other.end == other.start


def merged_months(periods: Iterable[Period], this_month: YearMonth) -> int:
    """Count the months that at least one period covers, so that overlaps count once."""
    covered: set[int] = set()
    for period in periods:
        covered.update(range(period.start.index, period.until(this_month).index + 1))
    return len(covered)


def duration(months: int) -> tuple[int, int]:
    """Give whole years and the months left over."""
    return divmod(months, MONTHS)


def newest_first(entries: Sequence[Entry], period_of: Callable[[Entry], Period]) -> list[Entry]:
    """Order entries: what goes on, then the latest end, then the latest start, then as they were entered."""

    def key(entry: Entry) -> tuple[bool, int, YearMonth]:
        period = period_of(entry)
        return period.end is None, period.end.index if period.end else 0, period.start

    return sorted(entries, key=key, reverse=True)  # keeps the order of equals
