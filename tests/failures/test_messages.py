"""When text messages or mail cannot be sent: the sign-up goes on, and each message arrives later, once."""

import time
from collections.abc import Callable
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Channel, MessageState, OutboxMessage
from kosme_web.services import outbox
from tests.failures.conftest import Staging
from tests.failures.gate import Fault
from tests.failures.stage import Stage
from tests.outbox import later, work
from tests.people import MEMBER, verify

LANGUAGES = {"ko": "수신동의", "en": "Your answers about receiving"}
ADAPTERS = {Channel.SMS: "sms", Channel.MAIL: "mail"}
NUMBERS = count(1000)
# after the first try; a text message that may have gone out is looked up first, a mail is laid before staff
SMS_LEFT = {Fault.TOO_MANY: MessageState.QUEUED}
MAIL_LEFT = {Fault.RESET: MessageState.UNKNOWN}


def state_after(channel: Channel, fault: Fault) -> MessageState:
    if channel is Channel.SMS:
        return SMS_LEFT.get(fault, MessageState.UNKNOWN)
    return MAIL_LEFT.get(fault, MessageState.QUEUED)


def sign_up(stage: Stage, client: FlaskClient, channel: Channel) -> float:
    """Have a new person join, with an e-mail address or without, and give how long the last step took."""
    number = next(NUMBERS)
    verify(client, stage.sandbox_url, name=f"Tran {number}", phone_number=f"010-3000-{number}")
    email = f"tran{number}@example.com" if channel is Channel.MAIL else ""
    began = time.monotonic()
    answer = client.post("/sign-up/member", data={**MEMBER, "login_id": f"tran{number}", "email": email})
    took = time.monotonic() - began
    assert answer.location == "/sign-up/complete"
    assert client.get("/sign-up/complete").status_code == 200
    return took


def waiting(session: Session) -> dict[OutboxMessage, MessageState]:
    session.expire_all()
    return {one: one.state for one in session.scalars(select(OutboxMessage))}


def arrived(stage: Stage, channel: Channel, message: OutboxMessage) -> list[str]:
    """Give the texts of that message which the phone, or the mailbox, received."""
    if channel is Channel.SMS:
        return [one["text"] for one in stage.memory.sms if one.get("outbox_id") == str(message.id)]
    return [one["text"] for one in stage.memory.mail if str(message.id) in one["message_id"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", list(Fault), ids=str)
@pytest.mark.parametrize("channel", ADAPTERS, ids=["SOLAPI", "SMTP"])
def test_a_message_outlives_a_failing_service_and_arrives_once(
    staging: Staging, channel: Channel, fault: Fault, language: str, record_property: Callable[[str, object], None]
) -> None:
    stage = staging(fault)
    client = stage.app.test_client()
    client.set_cookie("lang", language)
    with stage.failing(ADAPTERS[channel], fault):
        seconds = sign_up(stage, client, channel)
        record_property(
            "cell", ("SOLAPI text" if channel is Channel.SMS else "SMTP mail", str(fault), language, seconds)
        )
        work(stage.app)

    with stage.database() as session:
        left = waiting(session)
        assert left
        assert set(left.values()) == {state_after(channel, fault)}
        if channel is Channel.MAIL and MessageState.UNKNOWN in left.values():
            for message in left:
                outbox.retry(session, message.id)  # staff found out that it had not come
        for minutes in (6, 180):  # the second time there is nothing more to send
            with later(minutes=minutes):
                work(stage.app)
            texts = [arrived(stage, channel, message) for message in waiting(session)]
            assert [len(found) for found in texts] == [1] * len(left)
            assert any(LANGUAGES[language] in text for (text,) in texts)
        assert set(waiting(session).values()) <= {MessageState.ACCEPTED, MessageState.DELIVERED}
