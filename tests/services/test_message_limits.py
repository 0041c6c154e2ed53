"""What may not go out at all, or not now: advertising without consent or at night, and too much of anything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from kosme_web.models import Channel, Decision, OutboxMessage
from kosme_web.sandbox.state import State
from kosme_web.services import consents
from kosme_web.services.consents import Shown
from kosme_web.services.sending import MOST_A_DAY, MOST_IN_ALL
from tests.outbox import put, states, work

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # in Seoul
LATE_EVENING = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


def advertisement(session: Session, *decisions: Decision) -> OutboxMessage:
    message = put(session, Channel.MAIL, is_advertising=True)
    assert message.user_id is not None
    for decision in decisions:
        consents.record(session, message.user_id, "MKT_EMAIL", decision, Shown("ko", ""))
    session.commit()
    return message


def test_night_time_advertising_held_until_08_00(app: Flask, session: Session, memory: State) -> None:
    with time_machine.travel(LATE_EVENING):
        advertisement(session, Decision.AGREED)
        put(session, Channel.MAIL)  # a notice of the service is no advertising
        assert states(app) == [("QUEUED", "NIGHT"), ("ACCEPTED", "")]
    with time_machine.travel(MORNING - timedelta(seconds=1)):
        assert states(app) == []
    with time_machine.travel(MORNING + timedelta(seconds=1)):
        assert states(app) == [("ACCEPTED", "")]
    assert [mail["subject"].startswith("(광고) ") for mail in memory.mail] == [True, False]


@pytest.mark.parametrize(
    "decisions", [(), (Decision.REFUSED,), (Decision.AGREED, Decision.WITHDRAWN)], ids=["silent", "refused", "withdrew"]
)
def test_opted_out_user(app: Flask, session: Session, memory: State, decisions: tuple[Decision, ...]) -> None:
    with time_machine.travel(NOON):
        advertisement(session, *decisions)

        assert states(app) == [("FAILED", "OPTED_OUT")]
    assert not memory.mail


def test_one_recipient_gets_so_many_a_day_and_the_rest_tomorrow(app: Flask, session: Session, memory: State) -> None:
    most = MOST_A_DAY[Channel.SMS]
    with time_machine.travel(NOON):
        for _ in range(most + 1):
            put(session, Channel.SMS)
        put(session, Channel.SMS, phone_number="+821099998888")

        assert states(app) == [("ACCEPTED", "")] * most + [("QUEUED", "DAILY_CAP"), ("ACCEPTED", "")]
    with time_machine.travel(NOON + timedelta(days=1, minutes=1)):
        assert ("ACCEPTED", "") in states(app)
    assert len(memory.sms) == most + 2


def test_a_flood_of_messages_waits_and_alarms(
    app: Flask, session: Session, memory: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_IN_ALL, Channel.SMS, 1)
    for digits in ("0001", "0002"):
        put(session, Channel.SMS, phone_number=f"+82102345{digits}")
    put(session, Channel.MAIL)

    told = [(one.state, one.error, one.needs_staff) for one in work(app)]

    assert told == [("ACCEPTED", "", False), ("QUEUED", "TOTAL_CAP", True), ("ACCEPTED", "", False)]
    assert len(memory.sms) == 1
