"""SOLAPI: text messages (contract: messaging.md A). Accepted is not delivered; the report comes later."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from requests import Request

from kosme_web.domain.sms_text import SmsTextError, SmsType, sms_type
from kosme_web.providers.http import ProviderError, Reply, ask
from kosme_web.providers.messages.errors import (
    MessageConfigurationError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
)

OUR_FIELD = "outboxId"  # comes back in answers and reports
UNDER_WAY, DELIVERED = ("2000", "3000"), "4000"
UNREGISTERED_SENDER = "1062"
OURS_TO_MEND = {"InvalidAPIKey", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "NotEnoughBalance"}
AGAIN = {"DuplicatedSignature"}  # another salt will do
CLOCKS_DIFFER = timedelta(minutes=15)
MOST_LISTED = 100
PROBLEMS = (KeyError, TypeError, ValueError, AttributeError)


class SmsStatus(StrEnum):
    ACCEPTED = "ACCEPTED"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Sms:
    """One message; the number in digits as it is dialled in Korea. A subject stands above long messages only."""

    outbox_id: str
    to: str
    text: str = field(repr=False)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SmsResult:
    status: SmsStatus
    message_id: str
    code: str


def signature(secret: str, date: str, salt: str) -> str:
    return hmac.new(secret.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class SmsService:
    """One account of SOLAPI with its registered sender number."""

    base_url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    sender: str
    seconds: float = 5

    def send(self, messages: Sequence[Sms]) -> dict[str, SmsResult]:
        """Hand the messages over once and give the result of each by its outbox id; raises MessageError."""
        wish = {
            "messages": [self._wish(message) for message in messages],
            "allowDuplicates": False,
            "showMessageList": True,
        }
        try:
            reply = self._ask("POST", "/messages/v4/send-many/detail", json=wish)
            if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise MessageLostError(str(reply.status))
            answer = reply.json()
        except ProviderError as error:
            raise _lost(error) from None
        if reply.status != HTTPStatus.OK:
            raise _failure(reply.status, answer)
        results = _results((answer.get("failedMessageList"), answer.get("messageList")))
        if any(result.code == UNREGISTERED_SENDER for result in results.values()):
            raise MessageConfigurationError(UNREGISTERED_SENDER)
        return results

    def look_up(self, message: Sms, message_id: str | None, since: datetime) -> SmsResult | None:
        """Ask what became of a message: by its id, or by our field among all that went to the number since then."""
        known = {"messageId": message_id} if message_id else {"to": message.to}
        moments = {"startDate": since - CLOCKS_DIFFER, "endDate": datetime.now(UTC) + CLOCKS_DIFFER}
        query = {**known, "dateType": "CREATED", "limit": str(MOST_LISTED)}
        query |= {name: moment.isoformat(timespec="seconds") for name, moment in moments.items()}
        try:
            reply = self._ask("GET", "/messages/v4/list", params=query)
            answer = reply.json()
        except ProviderError as error:
            raise MessageTemporaryError(type(error).__name__) from None
        if reply.status != HTTPStatus.OK:
            raise _failure(reply.status, answer)
        found = answer.get("messageList")
        return _results((list(found.values()) if isinstance(found, dict) else None,)).get(message.outbox_id)

    def _wish(self, message: Sms) -> dict[str, Any]:
        try:
            kind = sms_type(message.text)
        except SmsTextError:
            raise MessageRefusedError("TEXT") from None
        subject = {"subject": message.subject} if kind is SmsType.LMS and message.subject else {}
        return {
            "to": message.to,
            "from": self.sender,
            "text": message.text,
            "country": "82",
            "type": kind,
            "customFields": {OUR_FIELD: message.outbox_id},
            **subject,
        }

    def _ask(self, method: str, path: str, **content: Any) -> Reply:  # noqa: ANN401  as of Request
        date, salt = datetime.now(UTC).isoformat(timespec="seconds"), secrets.token_hex(16)
        signed = signature(self.secret, date, salt)
        header = f"HMAC-SHA256 ApiKey={self.key}, Date={date}, salt={salt}, signature={signed}"
        call = Request(method, f"{self.base_url}{path}", headers={"Authorization": header}, **content)
        return ask(call, seconds=self.seconds)


def _lost(error: ProviderError) -> MessageLostError:
    return error if isinstance(error, MessageLostError) else MessageLostError(type(error).__name__)


def _failure(status: int, answer: dict[str, Any]) -> ProviderError:
    code = str(answer.get("errorCode", status))[:40]
    if code in AGAIN or status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return MessageTemporaryError(code)
    is_ours = code in OURS_TO_MEND or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    return MessageConfigurationError(code) if is_ours else MessageRefusedError(code)


def _results(lists: Iterable[object]) -> dict[str, SmsResult]:
    """Read the lists of an answer; what is not by the contract is left out, and so remains unknown."""
    entries = [entry for found in lists if isinstance(found, list) for entry in found]
    results: dict[str, SmsResult] = {}
    for entry in entries:
        try:
            result = _result(str(entry["messageId"]), str(entry["statusCode"]))
            results.setdefault(str(entry["customFields"][OUR_FIELD]), result)
        except PROBLEMS:
            continue
    return results


def _result(message_id: str, code: str) -> SmsResult:
    known = dict.fromkeys(UNDER_WAY, SmsStatus.ACCEPTED) | {DELIVERED: SmsStatus.DELIVERED}
    return SmsResult(known.get(code, SmsStatus.FAILED), message_id[:80], code[:40])
