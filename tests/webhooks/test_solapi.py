"""전송 결과 보고: SOLAPI's reports come twice, too early, for nobody, or from somebody else."""

import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Channel, DeliveryReport, MessageState, OutboxMessage
from kosme_web.sandbox.state import State
from kosme_web.services import outbox
from kosme_web.web import request_log
from kosme_web.web.toolbox import NAME
from tests.conftest import serve
from tests.outbox import put, work

URL = "/webhooks/solapi/sandbox-webhook-secret"


@pytest.fixture
def service(app: Flask) -> FlaskClient:
    """Someone without a browser: no cookie, no CSRF token."""
    return app.test_client()


def report(message_id: str, outbox_id: object = "", event: str = "E1") -> list[dict[str, Any]]:
    data = {"messageId": message_id, "statusCode": "4000", "customFields": {"outboxId": str(outbox_id)}}
    return [{"eventDataId": event, "data": data, "retryCount": 0}]


def sent(app: Flask, session: Session, memory: State) -> OutboxMessage:
    message = put(session, Channel.SMS)
    work(app)
    session.refresh(message)
    assert memory.sms
    return message


def becomes(memory: State, message: OutboxMessage, code: str) -> None:
    memory.sms_log[str(message.provider_id)]["statusCode"] = code


def state(session: Session, message: OutboxMessage) -> str:
    session.refresh(message)
    return message.state


def test_a_report_leads_to_a_look_up_which_tells(
    app: Flask, service: FlaskClient, session: Session, memory: State
) -> None:
    message = sent(app, session, memory)
    becomes(memory, message, "4000")
    session.rollback()

    assert service.post(URL, json=report(str(message.provider_id))).status_code == 200
    work(app)

    assert state(session, message) == MessageState.DELIVERED


def test_a_report_that_lies_changes_nothing(app: Flask, service: FlaskClient, session: Session, memory: State) -> None:
    message = sent(app, session, memory)
    session.rollback()

    service.post(URL, json=report(str(message.provider_id)))  # 4000, says the report; 2000, says the service
    work(app)

    assert state(session, message) == MessageState.ACCEPTED


def test_report_before_our_commit(app: Flask, service: FlaskClient, session: Session, memory: State) -> None:
    message = put(session, Channel.SMS)
    sms = app.extensions[NAME].sms

    class Faster:
        """The service whose report is here before its answer."""

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            return getattr(sms, name)

        def send(self, messages: Any) -> Any:  # noqa: ANN401
            results = sms.send(messages)
            message_id = results[str(message.id)].message_id
            memory.sms_log[message_id]["statusCode"] = "4000"
            assert service.post(URL, json=report(message_id, message.id)).status_code == 200
            return results

    app.extensions[NAME] = replace(app.extensions[NAME], sms=Faster())
    session.rollback()

    assert [one.state for one in work(app)] == [MessageState.ACCEPTED, MessageState.DELIVERED]

    assert state(session, message) == MessageState.DELIVERED


def test_report_twice(app: Flask, service: FlaskClient, session: Session, memory: State) -> None:
    message = sent(app, session, memory)
    session.rollback()
    both = [*report(str(message.provider_id)), *report(str(message.provider_id))]

    assert service.post(URL, json=both).status_code == 200
    assert len(work(app)) == 1
    assert service.post(URL, json=both).status_code == 200

    assert work(app) == []
    assert [one.event_id for one in session.scalars(select(DeliveryReport))] == ["E1"]


def test_report_of_an_unknown_id(app: Flask, service: FlaskClient, session: Session, memory: State) -> None:
    message = sent(app, session, memory)
    session.rollback()

    for other in ("", "not an id", "00000000-0000-7000-8000-000000000000", message.user_id):
        assert service.post(URL, json=report("M4V-of-nobody", other, event=f"E-{other}")).status_code == 200

    assert work(app) == []
    assert state(session, message) == MessageState.ACCEPTED


@pytest.mark.parametrize("secret", ["wrong", "sandbox-webhook-secre", "한글", "%00"])
def test_report_with_a_wrong_secret(
    app: Flask, service: FlaskClient, session: Session, memory: State, secret: str
) -> None:
    message = sent(app, session, memory)
    session.rollback()

    answer = service.post(f"/webhooks/solapi/{secret}", json=report(str(message.provider_id)))

    assert answer.status_code == 404
    assert session.scalars(select(DeliveryReport)).all() == []
    assert work(app) == []


def test_4000_after_failure(app: Flask, service: FlaskClient, session: Session, memory: State) -> None:
    message = sent(app, session, memory)
    session.rollback()
    for code, expected in (("3014", "FAILED"), ("4000", "DELIVERED"), ("3014", "DELIVERED")):
        becomes(memory, message, code)
        service.post(URL, json=report(str(message.provider_id), event=code + expected))
        work(app)

        assert state(session, message) == expected
        session.rollback()


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"[null, 1, [], {}]",
        b'[{"eventDataId": 1, "data": {"messageId": "M"}}]',
        b'[{"eventDataId": "E", "data": {"messageId": null}}]',
        b'[{"eventDataId": "E", "data": "M"}]',
        b'[{"eventDataId": "", "data": {"messageId": "M"}}]',
        b'[{"eventDataId": "\\ud800", "data": {"messageId": "M"}}]',
        b'[{"eventDataId": "\\u0000", "data": {"messageId": "M"}}]',
        b'[{"eventDataId": "' + b"e" * 81 + b'", "data": {"messageId": "M"}}]',
    ],
)
def test_an_event_that_is_not_by_the_contract_is_passed_over(
    service: FlaskClient, session: Session, body: bytes
) -> None:
    assert service.post(URL, data=body, content_type="application/json").status_code == 200
    assert session.scalars(select(DeliveryReport)).all() == []


@pytest.mark.parametrize("fields", [None, "text", [], {"outboxId": 1}, {"outboxId": ["x"]}, {}])
def test_our_own_field_may_be_missing_or_spoilt(service: FlaskClient, session: Session, fields: object) -> None:
    events = report("M")
    events[0]["data"]["customFields"] = fields

    assert service.post(URL, json=events).status_code == 200
    assert len(session.scalars(select(DeliveryReport)).all()) == 1


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b"1", b'"text"', b"[" * 100_000])
def test_what_is_no_list_is_a_bad_request(service: FlaskClient, body: bytes) -> None:
    assert service.post(URL, data=body, content_type="application/json").status_code == 400


def test_the_secret_is_in_no_log(service: FlaskClient, app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    request_log.configure("INFO")
    service.post(URL, json=[])
    request_log.configure("ERROR")

    told = capsys.readouterr().err
    assert "/webhooks/solapi/<secret>" in told
    assert app.extensions[NAME].settings.solapi_webhook_secret not in told


@pytest.mark.parametrize(("digits", "expected"), [("9007", "DELIVERED"), ("9008", "DELIVERED"), ("9002", "FAILED")])
def test_the_sandbox_reports_what_became_of_a_message(
    app: Flask, session: Session, memory: State, digits: str, expected: str
) -> None:
    message = put(session, Channel.SMS, phone_number=f"+82102345{digits}")
    session.rollback()
    for site in serve(app):
        memory.report_url, memory.report_seconds = f"{site.url}{URL}", 0.05
        deadline = time.monotonic() + 20
        while state(session, message) != expected and time.monotonic() < deadline:
            session.rollback()
            work(app)
            time.sleep(0.02)
        memory.report_url, memory.report_seconds = "", 1.0
    assert state(session, message) == expected
    assert outbox.listed(session, MessageState(expected)) == [message]
    assert len(memory.sms) == 1
