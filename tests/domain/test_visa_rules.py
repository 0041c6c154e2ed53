"""체류비자: whose stay ends, how near the end is, and what a visa suggests."""

from datetime import date, timedelta

import pytest

from kosme_web.domain.code_lists import SEEKER_TYPE, VISA
from kosme_web.domain.visa_rules import Expiry, expiry, needs_expiry, suggested_seeker_type

TODAY = date(2026, 11, 24)


def test_every_visa_but_the_permanent_one_needs_an_end() -> None:
    assert [visa for visa in VISA.codes if not needs_expiry(visa)] == ["F-5"]
    assert not needs_expiry("")


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (121, Expiry.SILENT),
        (120, Expiry.MAY_EXTEND),
        (31, Expiry.MAY_EXTEND),
        (30, Expiry.STRONG),
        (0, Expiry.STRONG),
        (-1, Expiry.PAST),
    ],
)
def test_the_days_left_decide_what_is_said(days: int, state: Expiry) -> None:
    assert expiry("D-10", TODAY + timedelta(days=days), TODAY) is state


def test_nothing_is_said_without_an_end() -> None:
    assert expiry("D-10", None, TODAY) is Expiry.SILENT
    assert expiry("F-5", TODAY - timedelta(days=1), TODAY) is Expiry.SILENT


def test_a_visa_suggests_a_type_of_the_list() -> None:
    suggested = {visa: suggested_seeker_type(visa) for visa in VISA.codes}
    assert {visa for visa, kind in suggested.items() if kind == "INTL_STUDENT"} == {"D-2", "D-4", "D-10"}
    assert all(kind in SEEKER_TYPE for kind in suggested.values())
    assert suggested_seeker_type("") is None
