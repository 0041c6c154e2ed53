"""Dates, months, phone numbers and sizes as each language writes them."""

from datetime import UTC, date, datetime

from markupsafe import Markup

from kosme_web.web import formats


def shown(ko: str, en: str) -> Markup:
    return Markup('<span lang="ko">{}</span><span lang="en">{}</span>').format(ko, en)


def test_a_day_and_a_month_are_written_as_each_language_does() -> None:
    assert formats.day(date(2026, 3, 4)) == shown("2026.03.04", "4 Mar 2026")
    assert formats.month(date(2024, 12, 1)) == shown("2024.12", "Dec 2024")


def test_a_moment_is_that_of_korea() -> None:
    assert formats.moment(datetime(2026, 12, 31, 15, 5, tzinfo=UTC)) == shown("2027.01.01 00:05", "1 Jan 2027 00:05")


def test_a_phone_number_is_written_for_callers_at_home_and_abroad() -> None:
    assert formats.phone("+821012345678") == shown("010-1234-5678", "+82 10 1234 5678")


def test_a_size_has_its_thousands_apart() -> None:
    assert formats.count(5_242_880) == "5,242,880"
