"""SOLAPI: text messages that are accepted now and reported later, signed, counted and charged as in the contract."""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox import solapi_reports
from kosme_web.sandbox.state import state

KEY, SECRET = "sandbox-solapi-key", "sandbox-solapi-secret"  # they open nothing but this sandbox
SENDERS = {"0212345678"}
WINDOW = timedelta(minutes=15)
MOST_MESSAGES, SMS_BYTES, LMS_BYTES = 10_000, 90, 2_000
PRICES = {"SMS": 18, "LMS": 45}
PATTERN = re.compile(r"HMAC-SHA256 ApiKey=(\S+), Date=(\S+), salt=(\S{12,64}), signature=([0-9a-f]{64})")
REFUSED, FAILS_LATER, BUSY, CRASH, SLOW, LOST, TWICE, MENDED = (
    "9001", "9002", "9003", "9004", "9005", "9006", "9007", "9008",
)  # fmt: skip
MAGIC = {
    REFUSED: ("바로 거절됨 (3010)", "refused at once (3010)"),
    FAILS_LATER: ("접수된 뒤 전송 실패 보고 (3014)", "accepted, then reported as failed (3014)"),
    BUSY: ("요청이 너무 많음 (429)", "too many requests (429)"),
    CRASH: ("접수하지 않고 500", "not accepted, 500"),
    SLOW: ("접수한 뒤 응답 지연", "accepted, a slow answer"),
    LOST: ("접수한 뒤 응답 끊김", "accepted, the answer is lost"),
    TWICE: ("같은 보고가 두 번 옴", "the report comes twice"),
    MENDED: ("실패 보고 뒤에 성공 보고", "reported as failed, then as delivered"),
}
blueprint = Blueprint("solapi", __name__)


def refuse(status: int, code: str, message: str = "") -> ResponseReturnValue:
    return {"errorCode": code, "errorMessage": message}, status


@blueprint.before_request
def authorize() -> ResponseReturnValue | None:
    """Check key, clock, salt and signature in the order of the service's own errors."""
    found = PATTERN.fullmatch(request.headers.get("Authorization", ""))
    if found is None or found[1] != KEY:
        return refuse(403, "InvalidAPIKey")
    date, salt = found[2], found[3]
    right = hmac.new(SECRET.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right, found[4]):
        return refuse(403, "SignatureDoesNotMatch")
    try:
        is_near = abs(datetime.fromisoformat(date) - datetime.now(UTC)) <= WINDOW
    except (ValueError, TypeError):
        is_near = False
    if not is_near:
        return refuse(403, "RequestTimeTooSkewed")
    with state().lock:
        if salt in state().salts:
            return refuse(403, "DuplicatedSignature")
        state().salts[salt] = None
    return None


@blueprint.post("/messages/v4/send-many/detail")
def send_many() -> ResponseReturnValue:
    wish = request.get_json(silent=True)
    messages = wish.get("messages") if isinstance(wish, dict) else None
    if not isinstance(messages, list) or not messages or not all(map(is_message, messages)):
        return refuse(400, "ValidationError", "messages")
    if len(messages) > MOST_MESSAGES:
        return refuse(413, "RecipientsTooMany")
    failing = FAULTS.get(messages[0]["to"][-4:])
    if failing:
        return failing()
    if state().balance < sum(PRICES[kind_of(message)] for message in messages):
        return refuse(402, "NotEnoughBalance")
    entries = [register(message) for message in messages]
    return after_acceptance(messages[0]["to"][-4:], answer_to(entries))


def is_message(message: object) -> bool:
    return (
        isinstance(message, dict)
        and all(isinstance(message.get(name), str) for name in ("to", "from", "text"))
        and message["to"].isascii()
        and message["to"].isdecimal()
        and len(message["to"]) > 0
    )


FAULTS: dict[str, Callable[[], ResponseReturnValue]] = {
    BUSY: lambda: Response('{"errorCode": "TooManyRequests"}', 429, {"Retry-After": "30"}, mimetype="application/json"),
    CRASH: lambda: ("<h1>Internal Server Error</h1>", 500),
}


def after_acceptance(digits: str, answer: dict[str, Any]) -> ResponseReturnValue:
    if digits == SLOW:
        time.sleep(state().slow_seconds)
    if digits == LOST:
        return Response(b"", headers={"Content-Length": "100"})  # promised, never sent: the line breaks
    return answer


def kind_of(message: dict[str, Any]) -> str:
    length = len(message["text"].encode("euc_kr", "replace"))
    return str(message.get("type") or ("SMS" if length <= SMS_BYTES else "LMS"))


def problem_of(message: dict[str, Any]) -> tuple[str, str]:
    """Give the status code of a message that is not taken, and what it means."""
    if message["from"] not in SENDERS:
        return "1062", "발신번호 미등록"
    try:
        length = len(message["text"].encode("euc_kr"))
    except UnicodeEncodeError:
        return "1030", "표현할 수 없는 문자"
    if length > {"SMS": SMS_BYTES, "LMS": LMS_BYTES}.get(kind_of(message), 0):
        return "1027", "길이 초과"
    return ("3010", "수신 거절") if message["to"].endswith(REFUSED) else ("", "")


def register(message: dict[str, Any]) -> dict[str, Any]:
    """Take one message, or not; what is taken lies on the phone from now on."""
    code, meaning = problem_of(message)
    entry = {
        "messageId": f"M4V{secrets.token_hex(13)}",
        "to": message["to"],
        "from": message["from"],
        "type": kind_of(message),
        "country": message.get("country", "82"),
        "accountId": "sandbox",
        "statusCode": code or "2000",
        "statusMessage": meaning or "정상 접수",
        "customFields": message.get("customFields") or {},
        "dateCreated": datetime.now(UTC).isoformat(),
    }
    with state().lock:
        state().remember_sms(entry)
        if not code:
            state().balance -= PRICES[entry["type"]]
            arrive(entry, message)
    if not code:
        solapi_reports.schedule(state(), entry)
    return entry


def arrive(entry: dict[str, Any], message: dict[str, Any]) -> None:
    state().sms.appendleft(
        {
            "to": entry["to"],
            "text": message["text"],
            "sent_at": entry["dateCreated"],
            "type": entry["type"],
            "message_id": entry["messageId"],
            "outbox_id": str(entry["customFields"].get("outboxId", "")),
        }
    )


def answer_to(entries: list[dict[str, Any]]) -> dict[str, Any]:
    failed = [entry for entry in entries if entry["statusCode"] != "2000"]
    taken = [entry for entry in entries if entry["statusCode"] == "2000"]
    count = {
        "total": len(entries),
        "sentTotal": 0,
        "sentFailed": 0,
        "sentSuccess": 0,
        "sentPending": 0,
        "sentReplacement": 0,
        "refund": 0,
        "registeredFailed": len(failed),
        "registeredSuccess": len(taken),
    }
    group = {"count": count, "groupId": f"G4V{secrets.token_hex(13)}", "status": "SENDING", "accountId": "sandbox"}
    names = ("messageId", "statusCode", "statusMessage", "customFields")
    listed = [{name: entry[name] for name in names} for entry in taken]
    return {"failedMessageList": failed, "groupInfo": group, "messageList": listed}


@blueprint.get("/messages/v4/list")
def list_messages() -> ResponseReturnValue:
    """Find messages by id, by number and by when they came."""
    query = request.args
    with state().lock:
        found = [
            entry
            for entry in reversed(state().sms_log.values())
            if query.get("messageId", entry["messageId"]) == entry["messageId"]
            and query.get("to", entry["to"]) == entry["to"]
            and query.get("startDate", "") <= entry["dateCreated"] <= query.get("endDate", "9")
        ]
    shown = found[: request.args.get("limit", 20, type=int)]
    return {"limit": len(shown), "messageList": {entry["messageId"]: entry for entry in shown}}


@blueprint.get("/cash/v1/balance")
def balance() -> ResponseReturnValue:
    return {"balance": state().balance, "point": 0}
