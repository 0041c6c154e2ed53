"""공백 기간: months since the first entry in which nobody studied or worked (N24); a question, never an error."""

from collections.abc import Iterable

from kosme_web.domain.months import MONTHS, Period, YearMonth


def gaps(periods: Iterable[Period], this_month: YearMonth) -> list[Period]:
    """Give what no period covers, from the first one's start until last month, in order."""
    found = []
    ordered = sorted(periods, key=lambda period: period.start)
    covered = ordered[0].start.index - 1 if ordered else 0
    for period in ordered:
        if period.start.index > covered + 1:
            found.append(Period(_month(covered + 1), _month(min(period.start.index, this_month.index) - 1)))
        covered = max(covered, period.until(this_month).index)
    if ordered and covered + 1 < this_month.index:
        found.append(Period(_month(covered + 1), _month(this_month.index - 1)))
    return [gap for gap in found if gap.end and gap.start <= gap.end]


def _month(index: int) -> YearMonth:
    return YearMonth(index // MONTHS, index % MONTHS + 1)
