"""PortOne V2: phone identity verification, by SMS and in the PASS app, and in the agency's own window."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.portone_person import CENTURIES, LOST, NO_DI, NO_PHONE, UNDERAGE, shown
from kosme_web.sandbox.state import Verification, state

SECRET = "sandbox-portone-secret"  # noqa: S105  opens nothing but this sandbox
CODE_SECONDS, MOST_WRONG, MOST_SENDS = 300, 5, 5
OPERATORS = ("SKT", "KT", "LGU", "SKT_MVNO", "KT_MVNO", "LGU_MVNO")
NOT_OWNER, WRONG_CARRIER, DOWN, CRASH, BUSY, SLOW, GARBLED = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007",
)  # fmt: skip
MAGIC = {
    NOT_OWNER: ("명의자가 다름", "not the owner of the line"),
    WRONG_CARRIER: ("통신사가 다름", "another carrier"),
    DOWN: ("인증기관 장애 (502)", "the agency is down (502)"),
    CRASH: ("500과 HTML", "500 with HTML"),
    BUSY: ("요청이 너무 많음 (429)", "too many requests (429)"),
    SLOW: ("문자는 오지만 응답 지연", "the message comes, the answer is slow"),
    GARBLED: ("깨진 JSON", "broken JSON"),
    NO_DI: ("결과에 DI 없음", "a result without DI"),
    NO_PHONE: ("결과에 휴대폰번호 없음", "a result without a phone number"),
    UNDERAGE: ("14세로 확인됨", "verified as 14 years old"),
    LOST: ("확인은 되지만 첫 응답이 사라짐", "confirmed, but the first answer is lost (500)"),
}
# which agency answers, and whether the channel is live: chosen by the channel's key
CHANNELS = ("sandbox-channel", "sandbox-live", "sandbox-danal", "sandbox-inicis")
blueprint = Blueprint("portone", __name__)


def refuse(status: int, kind: str, message: str = "", **more: str) -> ResponseReturnValue:
    return {"type": kind, "message": message, **more}, status


@blueprint.before_request
def authorize() -> ResponseReturnValue | None:
    if not request.path.startswith("/identity-verifications/"):
        return None
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if (kind, given) == ("PortOne", SECRET) or (kind == "Bearer" and given in state().access_tokens):
        return None
    return refuse(401, "UNAUTHORIZED", "wrong secret")


@blueprint.post("/login/api-secret")
def log_in() -> ResponseReturnValue:
    return _tokens() if _wish().get("apiSecret") == SECRET else refuse(401, "UNAUTHORIZED", "wrong secret")


@blueprint.post("/token/refresh")
def refresh() -> ResponseReturnValue:
    """Give new tokens for a refresh token, which dies of it."""
    if state().refresh_tokens.pop(str(_wish().get("refreshToken")), None) is None:
        return refuse(401, "UNAUTHORIZED", "wrong refresh token")
    return _tokens()


def _tokens() -> ResponseReturnValue:
    access, again = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    state().access_tokens[access] = state().refresh_tokens[again] = True
    return {"accessToken": access, "refreshToken": again}


@blueprint.post("/identity-verifications/<verification_id>/send")
def send(verification_id: str) -> ResponseReturnValue:
    wish = _wish()
    problem = _malformed(wish)
    if problem:
        return refuse(400, "INVALID_REQUEST", problem)
    if wish.get("channelKey") not in CHANNELS:
        return refuse(404, "CHANNEL_NOT_FOUND")
    if verification_id in state().verifications:
        return refuse(409, "IDENTITY_VERIFICATION_ALREADY_SENT")
    failing = FAULTS.get(wish["customer"]["phoneNumber"][-4:])
    if failing:
        return failing()
    verification = Verification(
        verification_id, wish["customer"], wish["operator"], wish["method"], _new_code(), time.monotonic()
    )
    verification.store, verification.channel = str(wish.get("storeId", "")), wish["channelKey"]
    state().remember(verification)
    _deliver(verification)
    if verification.magic == SLOW:
        time.sleep(state().slow_seconds)
    return {}


def _malformed(wish: dict[str, Any]) -> str:
    customer, method = wish.get("customer"), wish.get("method")
    needed = ("name", "phoneNumber", "ipAddress", *(["identityNumber"] if method == "SMS" else []))
    if not isinstance(customer, dict) or not all(isinstance(customer.get(name), str) for name in needed):
        return "customer"
    if method not in ("SMS", "APP") or wish.get("operator") not in OPERATORS:
        return "operator or method"
    if not customer["phoneNumber"].isdecimal() or not isinstance(wish.get("bypass", {}), dict):
        return "phoneNumber or bypass"
    digits = customer.get("identityNumber", "0000001")
    return "" if len(digits) == 7 and digits.isdecimal() and digits[6] in CENTURIES else "identityNumber"  # noqa: PLR2004


FAULTS: dict[str, Callable[[], ResponseReturnValue]] = {
    NOT_OWNER: lambda: refuse(
        502, "PG_PROVIDER", "명의자가 일치하지 않습니다", pgCode="B123", pgMessage="명의자 불일치"
    ),
    WRONG_CARRIER: lambda: refuse(
        502, "PG_PROVIDER", "통신사 정보가 다릅니다", pgCode="B131", pgMessage="통신사 불일치"
    ),
    DOWN: lambda: ("", 502),
    CRASH: lambda: ("<h1>Internal Server Error</h1>", 500),
    BUSY: lambda: Response('{"type": "TOO_MANY_REQUESTS"}', 429, {"Retry-After": "30"}, mimetype="application/json"),
    GARBLED: lambda: Response('{"identityVer', mimetype="application/json"),
}


@blueprint.post("/identity-verifications/<verification_id>/resend")
def resend(verification_id: str) -> ResponseReturnValue:
    verification = _found(verification_id, request.args.get("storeId", ""))
    if verification is None:
        return refuse(404, "IDENTITY_VERIFICATION_NOT_SENT")
    if verification.status == "VERIFIED":
        return refuse(409, "IDENTITY_VERIFICATION_ALREADY_VERIFIED")
    with state().lock:
        verification.sends += 1
        if verification.sends > MOST_SENDS:
            return refuse(400, "MAX_TRANSACTION_COUNT_REACHED")
        verification.code, verification.sent_at = _new_code(), time.monotonic()
    _deliver(verification)
    return {}


@blueprint.post("/identity-verifications/<verification_id>/confirm")
def confirm(verification_id: str) -> ResponseReturnValue:
    verification = _found(verification_id, str(_wish().get("storeId", "")))
    if verification is None:
        return refuse(404, "IDENTITY_VERIFICATION_NOT_SENT")
    with state().lock:
        if verification.status == "VERIFIED":
            return refuse(409, "IDENTITY_VERIFICATION_ALREADY_VERIFIED")
        if verification.status == "FAILED":
            return refuse(400, "MAX_TRANSACTION_COUNT_REACHED")
        problem = _unproven(verification, str(_wish().get("otp", "")))
        if problem:
            return refuse(502, "PG_PROVIDER", problem, pgCode="B301", pgMessage=problem)
        verification.settle("VERIFIED")
    if verification.magic == LOST:
        return "<h1>Internal Server Error</h1>", 500
    return {"identityVerification": shown(verification)}


def _unproven(verification: Verification, code: str) -> str:
    if verification.method == "APP":
        told = {"waiting": "PASS 앱에서 아직 승인하지 않았습니다", "denied": "PASS 앱에서 거절했습니다"}
        return told.get(verification.approval, "")
    if time.monotonic() - verification.sent_at > CODE_SECONDS:
        return "인증번호 유효시간이 지났습니다"
    if not secrets.compare_digest(code.encode("utf-8", "replace"), verification.code.encode()):
        verification.wrong_codes += 1
        if verification.wrong_codes >= MOST_WRONG:
            verification.settle("FAILED")
        return "인증번호가 다릅니다"
    return ""


@blueprint.get("/identity-verifications/<verification_id>")
def fetch(verification_id: str) -> ResponseReturnValue:
    verification = _found(verification_id, request.args.get("storeId", ""))
    return shown(verification) if verification else refuse(404, "IDENTITY_VERIFICATION_NOT_FOUND")


def _found(verification_id: str, store: str) -> Verification | None:
    """An id is known to its store only, and the store is looked for in its own place: body or query."""
    verification = state().verifications.get(verification_id)
    return verification if verification is not None and verification.store == store else None


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _deliver(verification: Verification) -> None:
    if verification.method == "SMS":
        state().receive_sms(
            verification.customer["phoneNumber"],
            f"[KOSME] 인증번호 [{verification.code}]를 입력해 주세요.",
            verification_id=verification.id,
        )


def _wish() -> dict[str, Any]:
    wish = request.get_json(silent=True)
    return wish if isinstance(wish, dict) else {}
