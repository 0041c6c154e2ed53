"""문자: SOLAPI (contract: messaging.md A), against the sandbox and against bare answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests
from pytest_httpserver import HTTPServer

from kosme_web.providers.messages import (
    MessageAwayError,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
    Sms,
    SmsService,
    SmsStatus,
)
from kosme_web.providers.messages.sms import signature
from kosme_web.sandbox.state import State
from tests.conftest import Server
from tests.providers.wire import nobody

KEY, SECRET, SENDER = "sandbox-solapi-key", "sandbox-solapi-secret", "0212345678"
SEND = "/messages/v4/send-many/detail"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def service(sandbox: Server, memory: State) -> SmsService:
    assert not memory.sms
    return SmsService(sandbox.url, KEY, SECRET, sender=SENDER)


def sms(to: str = "01023456789", text: str = "[KOSME] 안내드립니다") -> Sms:
    return Sms(str(uuid4()), to, text)


def error_of(service: SmsService, message: Sms) -> MessageError:
    with pytest.raises(MessageError) as caught:
        service.send([message])
    return caught.value


def call(sandbox: Server, *, key: str = KEY, secret: str = SECRET, date: datetime, salt: str = "") -> tuple[int, str]:
    """Ask as anyone might, and give status and error code."""
    moment, salt = date.isoformat(), salt or uuid4().hex
    signed = signature(secret, moment, salt)
    header = f"HMAC-SHA256 ApiKey={key}, Date={moment}, salt={salt}, signature={signed}"
    answer = requests.get(f"{sandbox.url}/cash/v1/balance", headers={"Authorization": header}, timeout=5)
    return answer.status_code, answer.json().get("errorCode", "")


def test_signature_vector() -> None:
    salt = "0123456789abcdef0123456789abcdef"

    made = signature("SECRET", "2026-11-22T12:00:00+09:00", salt)

    assert made == "375f36b6d5c4eee882a26087c7c820fa4e42dffeb4d30601ed76ac03aac768ac"


def test_skewed_clock(sandbox: Server) -> None:
    moment = datetime.now(UTC)

    assert call(sandbox, date=moment - timedelta(minutes=14)) == (200, "")
    assert call(sandbox, date=moment - timedelta(minutes=16)) == (403, "RequestTimeTooSkewed")
    assert call(sandbox, date=moment + timedelta(minutes=16)) == (403, "RequestTimeTooSkewed")


def test_reused_salt(sandbox: Server) -> None:
    moment, salt = datetime.now(UTC), uuid4().hex

    assert call(sandbox, date=moment, salt=salt) == (200, "")
    assert call(sandbox, date=moment, salt=salt) == (403, "DuplicatedSignature")


def test_wrong_key_403(service: SmsService, memory: State) -> None:
    no_key = error_of(replace(service, key="another"), sms())
    no_secret = error_of(replace(service, secret="another"), sms())

    assert isinstance(no_key, MessageConfigurationError)
    assert isinstance(no_secret, MessageConfigurationError)
    assert (no_key.code, no_secret.code) == ("InvalidAPIKey", "SignatureDoesNotMatch")
    assert not memory.sms


def test_unregistered_sender(service: SmsService, memory: State) -> None:
    error = error_of(replace(service, sender="0299999999"), sms())

    assert isinstance(error, MessageConfigurationError)
    assert error.code == "1062"
    assert not memory.sms


def test_a_message_is_accepted_which_is_not_delivered(service: SmsService, memory: State) -> None:
    message = sms()

    result = service.send([message])[message.outbox_id]

    assert (result.status, result.code) == (SmsStatus.ACCEPTED, "2000")
    assert [(one["to"], one["text"]) for one in memory.sms] == [(message.to, message.text)]
    assert memory.sms[0]["message_id"] == result.message_id


@pytest.mark.parametrize(("text", "kind"), [("가" * 44 + "a", "SMS"), ("가" * 45, "SMS"), ("가" * 45 + "a", "LMS")])
def test_89_90_91_bytes_in_euc_kr(service: SmsService, memory: State, text: str, kind: str) -> None:
    service.send([sms(text=text)])

    assert [one["type"] for one in memory.sms] == [kind]


def test_non_euc_kr_letters(service: SmsService, memory: State) -> None:
    error = error_of(service, sms(text="สวัสดี"))

    assert isinstance(error, MessageRefusedError)
    assert error.code == "TEXT"
    assert not memory.sms


def test_all_failed_some_failed(service: SmsService, memory: State) -> None:
    bad, good = sms("01023459001"), sms()

    assert service.send([bad])[bad.outbox_id].status is SmsStatus.FAILED
    results = service.send([bad, good])

    assert results[bad.outbox_id].code == "3010"
    assert results[good.outbox_id].status is SmsStatus.ACCEPTED
    assert [one["to"] for one in memory.sms] == [good.to]


def test_no_balance(service: SmsService, memory: State) -> None:
    memory.balance = 17

    error = error_of(service, sms())

    assert isinstance(error, MessageConfigurationError)
    assert error.code == "NotEnoughBalance"
    assert not memory.sms


def test_413(service: SmsService, memory: State) -> None:
    with pytest.raises(MessageRefusedError) as caught:
        service.send([sms(text="a")] * 10_001)

    assert caught.value.code == "RecipientsTooMany"
    assert not memory.sms


@pytest.mark.parametrize("digits", ["9005", "9006"])
def test_timeout_after_acceptance_no_double_send(service: SmsService, memory: State, digits: str) -> None:
    message = sms(f"0102345{digits}")

    assert isinstance(error_of(replace(service, seconds=0.05), message), MessageLostError)
    found = service.look_up(message, None, YESTERDAY)

    assert found is not None
    assert found.message_id == memory.sms[0]["message_id"]
    assert len(memory.sms) == 1


def test_a_look_up_finds_nothing_where_nothing_was_accepted(service: SmsService) -> None:
    message, other = sms("01023459004"), sms("01023459004")

    assert isinstance(error_of(service, message), MessageLostError)
    assert service.look_up(message, None, YESTERDAY) is None
    assert service.look_up(replace(other, to="01011112222"), "M4V-unknown", YESTERDAY) is None


def test_two_messages_to_one_number_are_told_apart_by_our_own_id(service: SmsService) -> None:
    first, second = sms(), sms()
    sent = service.send([first, second])

    found = [service.look_up(one, None, YESTERDAY) for one in (first, second)]

    assert [one and one.message_id for one in found] == [sent[one.outbox_id].message_id for one in (first, second)]


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, "ValidationError", MessageRefusedError),
        (400, "NotEnoughBalance", MessageConfigurationError),
        (402, "NotEnoughBalance", MessageConfigurationError),
        (401, "Unauthorized", MessageConfigurationError),
        (403, "RequestTimeTooSkewed", MessageConfigurationError),
        (403, "DuplicatedSignature", MessageTemporaryError),
        (429, "TooManyRequests", MessageAwayError),
        (500, "InternalError", MessageLostError),
        (503, "Unavailable", MessageLostError),
    ],
)
def test_each_error_says_what_is_to_be_done(
    httpserver: HTTPServer, status: int, code: str, error: type[MessageError]
) -> None:
    httpserver.expect_request(SEND).respond_with_json({"errorCode": code, "errorMessage": "01023456789"}, status)

    told = error_of(SmsService(httpserver.url_for(""), KEY, SECRET, SENDER), sms())

    assert type(told) is error
    assert "0102345" not in str(told)


@pytest.mark.parametrize("answer", ["", "[]", "{", "<h1>OK</h1>", '"text"'])
def test_an_answer_that_cannot_be_read_may_be_an_acceptance(httpserver: HTTPServer, answer: str) -> None:
    httpserver.expect_request(SEND).respond_with_data(answer)

    told = error_of(SmsService(httpserver.url_for(""), KEY, SECRET, SENDER), sms())

    assert type(told) is MessageLostError


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"messageList": None, "failedMessageList": None},
        {"messageList": {}, "failedMessageList": "none"},
        {"messageList": [1, None, [], {}, {"messageId": "M", "statusCode": "2000", "customFields": None}]},
    ],
)
def test_a_message_that_the_answer_does_not_mention_has_no_result(httpserver: HTTPServer, answer: Any) -> None:  # noqa: ANN401
    httpserver.expect_request(SEND).respond_with_json(answer)

    assert SmsService(httpserver.url_for(""), KEY, SECRET, SENDER).send([sms()]) == {}


def test_what_goes_out_is_as_the_contract_says(httpserver: HTTPServer) -> None:
    httpserver.expect_request(SEND).respond_with_json({})
    message = replace(sms(text="가" * 50), subject="제목")

    SmsService(httpserver.url_for(""), KEY, SECRET, SENDER).send([message])

    wish = httpserver.log[0][0].json
    assert wish["allowDuplicates"] is False
    assert wish["messages"] == [
        {
            "to": "01023456789",
            "from": SENDER,
            "text": message.text,
            "country": "82",
            "type": "LMS",
            "subject": "제목",
            "customFields": {"outboxId": message.outbox_id},
        }
    ]


def test_with_nobody_there_it_may_have_been_sent_and_a_look_up_is_to_be_repeated() -> None:
    service = SmsService(nobody(), KEY, SECRET, SENDER)

    assert type(error_of(service, sms())) is MessageLostError
    with pytest.raises(MessageTemporaryError):
        service.look_up(sms(), None, YESTERDAY)


def test_a_look_up_too_is_refused_with_a_wrong_key(service: SmsService) -> None:
    with pytest.raises(MessageConfigurationError):
        replace(service, secret="another").look_up(sms(), None, YESTERDAY)


def test_secrets_and_texts_are_not_shown(service: SmsService) -> None:
    assert "sandbox-solapi" not in repr(service)
    assert "안내" not in repr(sms())
