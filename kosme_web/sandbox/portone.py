"""PortOne V2: phone identity verification, by SMS and in the PASS app."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.state import Verification, state

SECRET = "sandbox-portone-secret"  # noqa: S105  opens nothing but this sandbox
CODE_SECONDS, MOST_WRONG, MOST_SENDS = 300, 5, 5
CENTURIES = {"1": 19, "2": 19, "5": 19, "6": 19, "3": 20, "4": 20, "7": 20, "8": 20}
NOT_OWNER, WRONG_CARRIER, DOWN, CRASH, BUSY, SLOW, GARBLED = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007",
)  # fmt: skip
NO_DI, NO_PHONE, UNDERAGE = "0008", "0009", "0010"
MAGIC = {
    NOT_OWNER: ("명의자가 다름", "not the owner of the line"),
    WRONG_CARRIER: ("통신사가 다름", "another carrier"),
    DOWN: ("인증기관 장애 (502)", "the agency is down (502)"),
    CRASH: ("500과 HTML", "500 with HTML"),
    BUSY: ("요청이 너무 많음 (429)", "too many requests (429)"),
    SLOW: ("응답 지연", "a slow answer"),
    GARBLED: ("깨진 JSON", "broken JSON"),
    NO_DI: ("결과에 DI 없음", "a result without DI"),
    NO_PHONE: ("결과에 휴대폰번호 없음", "a result without a phone number"),
    UNDERAGE: ("14세로 확인됨", "verified as 14 years old"),
}
blueprint = Blueprint("portone", __name__)


def refuse(status: int, kind: str, message: str = "", **more: str) -> ResponseReturnValue:
    return {"type": kind, "message": message, **more}, status


@blueprint.before_request
def authorize() -> ResponseReturnValue | None:
    if request.path == "/login/api-secret":
        return None
    if request.headers.get("Authorization") not in (f"PortOne {SECRET}", f"Bearer {SECRET}"):
        return refuse(401, "UNAUTHORIZED", "wrong secret")
    return None


@blueprint.post("/login/api-secret")
def log_in() -> ResponseReturnValue:
    if _wish().get("apiSecret") != SECRET:
        return refuse(401, "UNAUTHORIZED", "wrong secret")
    return {"accessToken": SECRET, "refreshToken": SECRET}


@blueprint.post("/identity-verifications/<verification_id>/send")
def send(verification_id: str) -> ResponseReturnValue:
    wish = _wish()
    customer = wish.get("customer")
    needed = ("name", "phoneNumber", "ipAddress", "identityNumber")
    if not isinstance(customer, dict) or not all(isinstance(customer.get(name), str) for name in needed):
        return refuse(400, "INVALID_REQUEST", "customer")
    if wish.get("method") not in ("SMS", "APP") or not str(wish.get("operator", "")).startswith(("SKT", "KT", "LGU")):
        return refuse(400, "INVALID_REQUEST", "operator or method")
    if len(customer["identityNumber"]) != 7 or customer["identityNumber"][6] not in CENTURIES:  # noqa: PLR2004
        return refuse(400, "INVALID_REQUEST", "identityNumber")
    if verification_id in state().verifications:
        return refuse(409, "IDENTITY_VERIFICATION_ALREADY_SENT")
    failing = FAULTS.get(customer["phoneNumber"][-4:])
    if failing:
        return failing()
    verification = Verification(
        verification_id, customer, wish["operator"], wish["method"], _new_code(), time.monotonic()
    )
    state().remember(verification)
    _deliver(verification)
    return {}


def _slow() -> ResponseReturnValue:
    time.sleep(state().slow_seconds)
    return {}


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
    SLOW: _slow,
    GARBLED: lambda: Response('{"identityVer', mimetype="application/json"),
}


@blueprint.post("/identity-verifications/<verification_id>/resend")
def resend(verification_id: str) -> ResponseReturnValue:
    verification = state().verifications.get(verification_id)
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
    verification = state().verifications.get(verification_id)
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
        verification.status = "VERIFIED"
    return {"identityVerification": shown(verification)}


def _unproven(verification: Verification, code: str) -> str:
    if verification.method == "APP":
        return "" if verification.approval == "approved" else "PASS 앱에서 아직 승인하지 않았습니다"
    if time.monotonic() - verification.sent_at > CODE_SECONDS:
        return "인증번호 유효시간이 지났습니다"
    if not secrets.compare_digest(code.encode("utf-8", "replace"), verification.code.encode()):
        verification.wrong_codes += 1
        if verification.wrong_codes >= MOST_WRONG:
            verification.status = "FAILED"
        return "인증번호가 다릅니다"
    return ""


@blueprint.get("/identity-verifications/<verification_id>")
def fetch(verification_id: str) -> ResponseReturnValue:
    verification = state().verifications.get(verification_id)
    return shown(verification) if verification else refuse(404, "IDENTITY_VERIFICATION_NOT_FOUND")


def shown(verification: Verification) -> dict[str, Any]:
    """Give the object of the contract for its status."""
    moment = datetime.now(UTC).isoformat()
    answer = {
        "status": verification.status,
        "id": verification.id,
        "channel": {"type": "TEST", "pgProvider": "SANDBOX", "pgMerchantId": "sandbox"},
        "requestedAt": moment,
        "updatedAt": moment,
        "statusChangedAt": moment,
    }
    customer = {"name": verification.customer["name"], "phoneNumber": verification.customer["phoneNumber"]}
    if verification.status != "VERIFIED":
        return {**answer, "requestedCustomer": customer}
    return {**answer, "verifiedCustomer": _verified(verification, customer), "verifiedAt": moment, "version": "V2"}


def _verified(verification: Verification, customer: dict[str, str]) -> dict[str, Any]:
    digits, magic = verification.customer["identityNumber"], customer["phoneNumber"][-4:]
    century = datetime.now(UTC).year - 14 if magic == UNDERAGE else CENTURIES[digits[6]] * 100 + int(digits[:2])
    person = "|".join(("".join(sorted(customer["name"].upper().split())), digits))
    found = {
        **customer,
        "operator": verification.operator,
        "birthDate": f"{century}-{digits[2:4]}-{digits[4:6]}",
        "gender": "MALE" if int(digits[6]) % 2 else "FEMALE",
        "isForeigner": digits[6] in "5678",
        "ci": base64.b64encode(hashlib.sha512(f"ci|{person}".encode()).digest()).decode(),
        "di": hashlib.sha256(f"di|{person}".encode()).hexdigest(),
    }
    left_out = {NO_DI: "di", NO_PHONE: "phoneNumber"}.get(magic)
    return {name: value for name, value in found.items() if name != left_out}


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _deliver(verification: Verification) -> None:
    if verification.method == "SMS":
        text = f"[KOSME] 인증번호 [{verification.code}]를 입력해 주세요."
        sent_at = datetime.now(UTC).isoformat(timespec="seconds")
        state().sms.appendleft(
            {
                "to": verification.customer["phoneNumber"],
                "text": text,
                "sent_at": sent_at,
                "verification_id": verification.id,
            }
        )


def _wish() -> dict[str, Any]:
    wish = request.get_json(silent=True)
    return wish if isinstance(wish, dict) else {}
