"""Dates, months, phone numbers and sizes as each language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from kosme_web.domain.phone_numbers import format_phone
from kosme_web.web.languages import each

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


def day(value: date) -> Markup:
    return each(lambda lang: day_in(value, lang))


def month(value: date) -> Markup:
    return each(lambda lang: month_in(value, lang))


def moment(value: datetime) -> Markup:
    """A moment by Korean time, to the minute."""
    local = value.astimezone(SEOUL)
    return each(lambda lang: f"{day_in(local.date(), lang)} {local:%H:%M}")


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


FILTERS = {"day": day, "month": month, "moment": moment, "lately": lately, "phone": phone, "count": count}
