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
from kosme_web.providers.breaker import ServiceRestsError
from kosme_web.providers.http import ProviderError, Reply
from kosme_web.providers.messages.errors import (
    MessageAwayError,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
)
from kosme_web.providers.service import SECONDS, OutsideService

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
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("solapi"), repr=False, compare=False)

    def send(self, messages: Sequence[Sms]) -> dict[str, SmsResult]:
        """Hand the messages over once and give the result of each by its outbox id.

        Raises MessageError, or ServiceRestsError if nothing was tried.
        """
        wish = {
            "messages": [self._wish(message) for message in messages],
            "allowDuplicates": False,
            "showMessageList": True,
        }
        try:
            answer = self._ask("POST", "/messages/v4/send-many/detail", json=wish)
        except (MessageError, ServiceRestsError):
            raise
        except ProviderError as error:  # no answer, or none that can be read: perhaps it was sent
            raise MessageLostError(type(error).__name__) from None
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
            answer = self._ask("GET", "/messages/v4/list", params=query)
        except (MessageError, ServiceRestsError):
            raise
        except ProviderError as error:
            raise MessageTemporaryError(type(error).__name__) from None
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

    def _ask(self, method: str, path: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401  as of Request
        date, salt = datetime.now(UTC).isoformat(timespec="seconds"), secrets.token_hex(16)
        signed = signature(self.secret, date, salt)
        header = f"HMAC-SHA256 ApiKey={self.key}, Date={date}, salt={salt}, signature={signed}"
        call = Request(method, f"{self.base_url}{path}", headers={"Authorization": header}, **content)
        with self.service.visit(self.seconds) as visit:
            reply = visit.ask(call)
            if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise reply.failure()
            answer = reply.json()
            if reply.status != HTTPStatus.OK:
                raise _failure(reply, answer)
            return answer


def _failure(reply: Reply, answer: dict[str, Any]) -> MessageError:
    code = str(answer.get("errorCode", reply.status))[:40]
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        busy = MessageAwayError(code)
        busy.retry_after = reply.retry_after
        return busy
    if code in AGAIN:
        return MessageTemporaryError(code)
    is_ours = code in OURS_TO_MEND or reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
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
