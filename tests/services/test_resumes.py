"""등록된 이력서: the order of schools and jobs (domain.md 6)."""

from dataclasses import replace
from datetime import date
from itertools import permutations

from kosme_web.services.resumes import WorkDetails, newest_first

JOB = WorkDetails(
    company_name="",
    industry=None,
    sub_industry=None,
    sido=None,
    sigungu=None,
    work_country=None,
    started_on=date(2020, 1, 1),
    ended_on=None,
    is_current=False,
    company_department="",
    rank=None,
    rank_other="",
    job_title=None,
    duties="",
    leave_reason=None,
    leave_reason_other="",
)


def job(name: str, started_on: date, ended_on: date | None) -> WorkDetails:
    return replace(JOB, company_name=name, started_on=started_on, ended_on=ended_on, is_current=ended_on is None)


def order(jobs: tuple[WorkDetails, ...]) -> str:
    return "".join(one.company_name for one in newest_first(jobs, "started_on", "ended_on"))


def test_what_goes_on_comes_first_then_the_latest_end_then_the_latest_start() -> None:
    jobs = (
        job("a", date(2024, 3, 1), None),
        job("b", date(2020, 3, 1), None),
        job("c", date(2023, 5, 1), date(2024, 2, 1)),
        job("d", date(2021, 1, 1), date(2024, 2, 1)),
        job("e", date(2023, 6, 1), date(2023, 12, 1)),
    )

    assert {order(mixed) for mixed in permutations(jobs)} == {"abcde"}


def test_what_is_equal_stays_as_it_was_entered() -> None:
    first, second = (job(name, date(2020, 1, 1), date(2021, 1, 1)) for name in "ab")

    assert (order((first, second)), order((second, first))) == ("ab", "ba")
