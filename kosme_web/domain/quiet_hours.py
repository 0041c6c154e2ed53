"""야간 전송 제한: advertising rests between 21:00 and 08:00 by Korean time (정보통신망법 50조 3항)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
EVENING, MORNING = time(21), time(8)


def next_morning(moment: datetime) -> datetime:
    """Give the next 08:00 in Korea after the moment."""
    local = moment.astimezone(SEOUL)
    today = datetime.combine(local.date(), MORNING, SEOUL)
    return today if local < today else today + timedelta(days=1)


def is_quiet(moment: datetime) -> bool:
    local = moment.astimezone(SEOUL).time()
    return local >= EVENING or local < MORNING
