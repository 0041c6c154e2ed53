"""야간 전송 제한: from 21:00 to 08:00 in Korea, wherever the server stands."""

from datetime import UTC, datetime

import pytest

from kosme_web.domain.quiet_hours import is_quiet, next_morning


@pytest.mark.parametrize(
    ("moment", "is_night"),
    [
        (datetime(2026, 11, 24, 11, 59, 59, tzinfo=UTC), False),  # 20:59:59 in Seoul
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), True),  # midnight
        (datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), False),
    ],
)
def test_night_is_by_korean_time(moment: datetime, *, is_night: bool) -> None:
    assert is_quiet(moment) is is_night


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (datetime(2026, 11, 24, 12, 30, tzinfo=UTC), datetime(2026, 11, 24, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), datetime(2026, 11, 24, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), datetime(2026, 11, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_what_is_held_goes_out_at_eight(moment: datetime, morning: datetime) -> None:
    assert next_morning(moment) == morning
