"""메시지 보내기: what each failure leads to, and what may not go out at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from pytest_httpserver import HTTPServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import Channel, MessageState, OutboxMessage
from kosme_web.sandbox.state import State
from kosme_web.services import outbox
from kosme_web.web.toolbox import NAME
from tests.outbox import later, member, put, states, work
from tests.providers.wire import nobody


def without(app: Flask, **broken: object) -> None:
    """Have the site's SMS service be another than it is."""
    tools = app.extensions[NAME]
    app.extensions[NAME] = replace(tools, sms=replace(tools.sms, **broken))


def test_a_message_is_accepted_then_delivered(app: Flask, session: Session, memory: State) -> None:
    message = put(session, Channel.SMS)

    assert states(app) == [("ACCEPTED", "")]
    memory.sms_log[memory.sms[0]["message_id"]]["statusCode"] = "4000"
    assert states(app) == []  # until it is reported, or an hour has passed
    with later(hours=1, seconds=1):
        assert states(app) == [("DELIVERED", "")]
        assert states(app) == []
    assert len(memory.sms) == 1
    session.refresh(message)
    assert (message.claimed_until, message.next_try_at) == (None, None)


def test_mail_is_in_the_persons_language(app: Flask, session: Session, memory: State) -> None:
    for language in ("ko", "en", "both"):
        put(session, Channel.MAIL, language=language)

    assert states(app) == [("ACCEPTED", "")] * 3

    korean, english = "회원가입이 완료되었습니다", "Your sign-up is complete"
    told = [mail["subject"] for mail in memory.mail]
    assert told == [f"{korean} / {english}", english, korean]  # the newest first
    assert [(korean in mail["text"], english in mail["html"]) for mail in memory.mail] == [
        (True, True),
        (False, True),
        (True, False),
    ]


def test_back_off_1_5_30_minutes_then_dead(app: Flask, session: Session, memory: State) -> None:
    message = put(session, Channel.MAIL, email="full@example.com")
    elapsed = timedelta(0)
    for minutes in (1, 5, 30):
        with later(seconds=elapsed.total_seconds()):
            assert states(app) == [("QUEUED", "SMTP_452")]
            assert states(app) == []
        elapsed += timedelta(minutes=minutes, seconds=1)
    with later(seconds=elapsed.total_seconds()):
        (last,) = work(app)

    assert (last.state, last.needs_staff) == (MessageState.DEAD, True)
    with later(days=3):
        assert states(app) == []
    session.refresh(message)
    assert message.attempts == 4
    assert not memory.mail


@pytest.mark.parametrize("digits", ["9005", "9006"])
def test_timeout_after_acceptance_no_double_send(app: Flask, session: Session, memory: State, digits: str) -> None:
    without(app, seconds=0.05)
    message = put(session, Channel.SMS, phone_number=f"+82102345{digits}")

    assert [state for state, _ in states(app)] == ["UNKNOWN"]
    assert states(app) == []
    without(app, seconds=5)
    with later(minutes=2):
        assert states(app) == [("ACCEPTED", "")]

    session.refresh(message)
    assert message.provider_id == memory.sms[0]["message_id"]
    assert len(memory.sms) == 1


def test_a_failure_before_acceptance_is_looked_up_and_then_sent_again(
    app: Flask, session: Session, memory: State
) -> None:
    there = app.extensions[NAME].sms.base_url
    without(app, base_url=nobody())
    put(session, Channel.SMS)

    assert [state for state, _ in states(app)] == ["UNKNOWN"]
    with later(minutes=2):
        assert [state for state, _ in states(app)] == ["UNKNOWN"]
    without(app, base_url=there)
    with later(minutes=10):
        assert states(app) == [("QUEUED", ""), ("ACCEPTED", "")]
    assert len(memory.sms) == 1


def test_an_outage_of_an_hour_leaves_a_dead_text_message_that_staff_can_revive(
    app: Flask, session: Session, memory: State
) -> None:
    there = app.extensions[NAME].sms.base_url
    without(app, base_url=nobody())
    message = put(session, Channel.SMS)
    for minutes in (0, 2, 8, 40):
        with later(minutes=minutes):
            work(app)
    session.refresh(message)
    assert message.state == MessageState.DEAD
    session.rollback()
    without(app, base_url=there)

    outbox.retry(session, message.id)

    assert states(app) == [("QUEUED", ""), ("ACCEPTED", "")]
    assert len(memory.sms) == 1


@pytest.mark.parametrize("digits", ["9001", "9002"])
def test_a_refusal_is_the_end(app: Flask, session: Session, memory: State, digits: str) -> None:
    put(session, Channel.SMS, phone_number=f"+82102345{digits}")

    told = states(app)
    for entry in memory.sms_log.values():
        entry["statusCode"] = "3014" if digits == "9002" else entry["statusCode"]
    with later(hours=2):
        told += states(app)

    assert told[-1][0] == "FAILED"
    assert told[-1][1] in ("3010", "3014")
    with later(days=2):
        assert states(app) == []


def test_a_wrong_setting_alarms_and_burns_no_tries(app: Flask, session: Session, memory: State) -> None:
    right = app.extensions[NAME].sms.secret
    without(app, secret="wrong")
    messages = [put(session, Channel.SMS, phone_number=f"+82102345000{n}") for n in range(3)]
    for minutes in range(0, 60, 6):
        with later(minutes=minutes):
            (alarm,) = work(app)  # one try for all three
            assert (alarm.error, alarm.needs_staff) == ("SignatureDoesNotMatch", True)
    without(app, secret=right)

    with later(minutes=70):
        assert states(app) == [("ACCEPTED", "")] * 3
    session.expire_all()
    assert [message.attempts for message in messages] == [0, 0, 0]
    assert len(memory.sms) == 3


def test_messages_that_meet_a_resting_service_wait_and_lose_no_try(app: Flask, session: Session, memory: State) -> None:
    there = app.extensions[NAME].sms.base_url
    without(app, base_url=nobody())
    messages = [put(session, Channel.SMS, phone_number=f"+82102345000{n}") for n in range(7)]

    told = work(app)

    assert [one.error for one in told[5:]] == ["RESTING"] * 2
    assert [one.state for one in told] == ["UNKNOWN"] * 5 + ["QUEUED"] * 2
    session.expire_all()
    assert [message.attempts for message in messages] == [1] * 5 + [0] * 2
    without(app, base_url=there)
    app.extensions[NAME].sms.service.breaker.succeed()  # as after its rest
    with later(minutes=2):
        work(app)
    assert len(memory.sms) == 7


def test_a_queue_that_waits_for_its_channel_does_not_hold_up_the_other(
    app: Flask, session: Session, memory: State
) -> None:
    without(app, secret="wrong")
    put(session, Channel.SMS)
    put(session, Channel.MAIL)

    assert [state for state, _ in states(app)] == ["QUEUED", "ACCEPTED"]
    assert len(memory.mail) == 1


def test_a_message_that_ends_each_worker_that_takes_it_is_laid_before_staff(
    app: Flask, session: Session, memory: State
) -> None:
    put(session, Channel.SMS)
    with app.app_context(), Session(db.engine) as worker:
        for minutes in (0, 8, 16, 24):
            with later(minutes=minutes):
                assert outbox.claim(worker) is not None  # and nothing more is heard of this worker
            if minutes < 24:
                with later(minutes=minutes + 4):
                    found = outbox.claim(worker)
                    assert found is not None
                    outbox.settle(worker, found, {"state": MessageState.QUEUED})
    with later(minutes=28):
        (last,) = work(app)

    assert (last.state, last.error, last.needs_staff) == ("DEAD", "INTERRUPTED", True)
    assert not memory.sms


def test_a_message_that_is_never_reported_is_asked_after_for_three_days(
    app: Flask, session: Session, memory: State
) -> None:
    there = app.extensions[NAME].sms.base_url
    message = put(session, Channel.SMS)
    assert states(app) == [("ACCEPTED", "")]
    without(app, base_url=nobody())
    with later(hours=2):
        assert states(app) == [("ACCEPTED", "ProviderUnavailableError")]
    without(app, base_url=there)
    with later(hours=4):
        assert states(app) == [("ACCEPTED", "")]
        memory.sms_log.clear()  # the service forgets
    with later(hours=6):
        assert states(app) == [("ACCEPTED", "")]
    with later(days=4):
        assert states(app) == [("ACCEPTED", "")]
    with later(days=9):
        assert states(app) == []
    session.refresh(message)
    assert message.attempts == 0


def test_an_answer_that_does_not_mention_the_message_is_no_acceptance(
    app: Flask, session: Session, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/messages/v4/send-many/detail").respond_with_json({"messageList": []})
    without(app, base_url=httpserver.url_for(""))
    put(session, Channel.SMS)

    assert states(app) == [("UNKNOWN", "NOT_MENTIONED")]


def test_mail_that_is_refused_bounces_and_stays_so(app: Flask, session: Session) -> None:
    put(session, Channel.MAIL, email="nobody@example.com")

    assert states(app) == [("FAILED", "SMTP_550")]
    with later(days=2):
        assert states(app) == []


def test_mail_whose_answer_is_lost_is_not_sent_again(app: Flask, session: Session, memory: State) -> None:
    put(session, Channel.MAIL, email="dropped@example.com")

    (lost,) = work(app)

    assert (lost.state, lost.needs_staff) == ("UNKNOWN", True)
    with later(days=2):
        assert states(app) == []
    assert len(memory.mail) == 1


def test_what_no_text_message_can_show_goes_by_mail(app: Flask, session: Session, memory: State) -> None:
    user = member(session)
    notice = outbox.Notice("resume:1", "RESUME_PUBLISHED", {"title": "วิศวกร <b>"})
    outbox.put(session, user, Channel.SMS, notice)
    session.commit()

    assert states(app) == [("FAILED", "TEXT"), ("ACCEPTED", "")]

    assert not memory.sms
    assert "วิศวกร <b>" in memory.mail[0]["text"]
    assert "วิศวกร &lt;b&gt;" in memory.mail[0]["html"]


def test_a_mistake_in_one_text_does_not_stop_the_others(app: Flask, session: Session, memory: State) -> None:
    outbox.put(session, member(session), Channel.MAIL, outbox.Notice("x", "NO_SUCH_KIND"))
    session.commit()
    put(session, Channel.MAIL)

    assert states(app) == [("QUEUED", "RENDER_KeyError"), ("ACCEPTED", "")]
    assert len(memory.mail) == 1


def test_the_same_event_is_told_once(session: Session) -> None:
    user = member(session)
    for _ in range(2):
        for channel in Channel:
            outbox.put(session, user, channel, outbox.Notice("once", "WELCOME"))
    outbox.put(session, member(session, email=None), Channel.MAIL, outbox.Notice("no address", "WELCOME"))
    session.commit()

    assert [one.channel for one in session.scalars(select(OutboxMessage))] == list(Channel)
