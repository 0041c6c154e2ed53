"""``flask outbox``: what staff see and do."""

from uuid import uuid4

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from kosme_web.models import Channel, MessageState, OutboxMessage
from tests.outbox import put, work


def bury(session: Session, state: MessageState) -> None:
    session.execute(update(OutboxMessage).values(state=state, last_error="SMTP_452", next_try_at=None))
    session.commit()


def test_staff_see_dead_messages_with_their_recipients_masked(app: Flask, session: Session) -> None:
    mail, sms = put(session, Channel.MAIL, email="anh@example.com"), put(session, Channel.SMS)
    bury(session, MessageState.DEAD)
    put(session, Channel.MAIL, email="alive@example.com")

    told = app.test_cli_runner().invoke(args=["outbox", "list"]).output

    assert told.count("\n") == 2
    for shown in (str(mail.id), str(sms.id), "a•••@example.com", "••••6789", "WELCOME", "SMTP_452"):
        assert shown in told
    assert "anh@" not in told
    assert "2345" not in told.replace(str(mail.id), "").replace(str(sms.id), "")


def test_staff_see_any_other_state_too(app: Flask, session: Session) -> None:
    message = put(session, Channel.MAIL)

    assert str(message.id) in app.test_cli_runner().invoke(args=["outbox", "list", "--state", "queued"]).output
    assert app.test_cli_runner().invoke(args=["outbox", "list", "--state", "lost"]).exit_code == 2


def test_a_dead_message_that_is_tried_again_goes_out(app: Flask, session: Session) -> None:
    messages = [put(session, channel) for channel in Channel]
    bury(session, MessageState.DEAD)

    for message in messages:
        assert app.test_cli_runner().invoke(args=["outbox", "retry", str(message.id)]).exit_code == 0
        session.rollback()

    assert sorted(one.state for one in work(app)) == ["ACCEPTED", "ACCEPTED", "QUEUED"]  # the SMS was looked up first


def test_what_needs_no_retry_gets_none(app: Flask, session: Session) -> None:
    message = put(session, Channel.MAIL)
    bury(session, MessageState.FAILED)

    for name in (str(message.id), str(uuid4())):
        answer = app.test_cli_runner().invoke(args=["outbox", "retry", name])
        assert answer.exit_code == 1
        assert "no dead or unknown message" in answer.output
        session.rollback()
    assert work(app) == []
