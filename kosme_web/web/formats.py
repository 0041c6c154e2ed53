"""Dates, months, phone numbers and sizes as each language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from kosme_web.domain import months
from kosme_web.domain.phone_numbers import format_phone
from kosme_web.web.languages import each, only_n

SEOUL = ZoneInfo("Asia/Seoul")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def today() -> date:
    """Give the day in Korea: every rule about dates is about that day."""
    return datetime.now(SEOUL).date()


def day_in(day: date, lang: str) -> str:
    """2026.11.22 in Korean, 22 Nov 2026 in English."""
    return f"{day:%Y.%m.%d}" if lang == "ko" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in(month: date, lang: str) -> str:
    """2024.03 in Korean, Mar 2024 in English."""
    return f"{month:%Y.%m}" if lang == "ko" else f"{MONTHS[month.month - 1]} {month.year}"


def duration_in(month_count: int, lang: str) -> str:
    """3년 2개월 in Korean, 3 years 2 months in English."""
    years, rest = months.duration(month_count)
    parts = [only_n("%(n)s year", "%(n)s years", lang, years)] if years else []
    if rest or not years:
        parts.append(only_n("%(n)s month", "%(n)s months", lang, rest))
    return " ".join(parts)


def duration(month_count: int) -> Markup:
    return each(lambda lang: duration_in(month_count, lang))


def day(value: date) -> Markup:
    return each(lambda lang: day_in(value, lang))


def month(value: date) -> Markup:
    return each(lambda lang: month_in(value, lang))


def moment_in(value: datetime, lang: str) -> str:
    """A moment by Korean time, to the minute."""
    local = value.astimezone(SEOUL)
    return f"{day_in(local.date(), lang)} {local:%H:%M}"


def moment(value: datetime) -> Markup:
    return each(lambda lang: moment_in(value, lang))


def clock(value: datetime) -> str:
    """The time of day in Korea, such as 14:32."""
    return f"{value.astimezone(SEOUL):%H:%M}"


def lately(value: datetime) -> Markup | str:
    """The time of day for a moment of today, such as 14:32; the whole moment for an older one."""
    is_today = value.astimezone(SEOUL).date() == datetime.now(SEOUL).date()
    return clock(value) if is_today else moment(value)


def phone(number: str) -> Markup:
    """010-1234-5678 in Korean, +82 10 1234 5678 in English."""
    return each(lambda lang: format_phone(number, lang))


def count(value: int) -> str:
    return f"{value:,}"


FILTERS = {
    "day": day,
    "month": month,
    "duration": duration,
    "moment": moment,
    "lately": lately,
    "phone": phone,
    "count": count,
}
