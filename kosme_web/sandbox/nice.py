"""NICE: organisation token, crypto token, and the name check of foreigners; decrypts with code of its own."""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.state import MOST, state

CLIENT, SECRET, PRODUCT = "sandbox-nice-client", "sandbox-nice-secret", "2101960011"
TOKEN = "sandbox-nice-access-token"  # noqa: S105
CLOCK_SECONDS = 180
RESULTS = {
    "SANDBOX MISMATCH": ("2", "이름이 다름", "another name"),
    "SANDBOX UNKNOWN": ("3", "등록되지 않은 번호", "no such record"),
    "SANDBOX PROTECTED": ("7", "명의도용 방지 설정", "identity-theft protection"),
    "SANDBOX MISUSE": ("8", "도용 의심 차단", "blocked for suspected misuse"),
    "SANDBOX NINE": ("9", "알 수 없는 결과", "a result nobody knows"),
}
FAULTS = {
    "SANDBOX QUOTA": ("1906", "이용 한도 초과", "quota used up"),
    "SANDBOX CLOSED": ("1711", "이용 시간 아님", "outside service hours"),
    "SANDBOX LYING": ("EAPI2701", "시간 초과인데 결과는 1", "time-out although the result says 1"),
    "SANDBOX DOWN": ("500", "500과 HTML", "500 with HTML"),
    "SANDBOX SLOW": ("slow", "응답 지연", "a slow answer"),
}
blueprint = Blueprint("nice", __name__, url_prefix="/digital/niceid")


def envelope(body: dict[str, Any] | None, code: str = "1200") -> ResponseReturnValue:
    return {"dataHeader": {"GW_RSLT_CD": code, "GW_RSLT_MSG": ""}, "dataBody": body}


@blueprint.post("/oauth/oauth/token")
def organisation_token() -> ResponseReturnValue:
    given = request.authorization
    if given is None or (given.username, given.password) != (CLIENT, SECRET):
        return envelope(None, "1801")
    return envelope({"access_token": TOKEN, "token_type": "bearer", "expires_in": 1_577_836_799, "scope": "default"})


@blueprint.post("/api/v1.0/common/crypto/token")
def crypto_token() -> ResponseReturnValue:
    if code := _refused():
        return envelope(None, code)
    wish = _body()
    version, value = (
        f"{wish.get('req_dtim')}-NC-{secrets.token_hex(6)}",
        base64.b64encode(secrets.token_bytes(32)).decode(),
    )
    tokens = state().crypto_tokens
    tokens[version] = {"seed": f"{wish.get('req_dtim')}{wish.get('req_no')}{value}"}
    while len(tokens) > MOST:
        tokens.popitem(last=False)
    found = {"site_code": "SANDBOX", "token_version_id": version, "token_val": value, "period": 3600}
    return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": "0000", **found})


@blueprint.post("/api/v1.0/name/foreigner/check")
def check() -> ResponseReturnValue:
    if code := _refused():
        return envelope(None, code)
    wish = _body()
    token = state().crypto_tokens.get(str(wish.get("token_version_id")))
    if token is None:
        return envelope({"rsp_cd": "EAPI2500", "res_msg": "token"})
    secret = base64.b64encode(hashlib.sha256(token["seed"].encode()).digest())
    signed = f"{wish['token_version_id']}{wish.get('enc_foreigner_id')}{wish.get('enc_name')}".encode()
    integrity = base64.b64encode(hmac.digest(secret[12:], signed, "sha256")).decode()
    if not hmac.compare_digest(integrity, str(wish.get("integrity_value"))):
        return envelope({"rsp_cd": "EAPI2530", "res_msg": "integrity"})
    number, name = _open(secret, wish["enc_foreigner_id"]).decode(), _open(secret, wish["enc_name"]).decode("euc-kr")
    if not (number.isdecimal() and len(number) == 13 and number[6] in "5678"):  # noqa: PLR2004
        return envelope({"rsp_cd": "EAPI2550", "res_msg": "number"})
    return _judge(name)


def _judge(name: str) -> ResponseReturnValue:
    fault = FAULTS.get(name, ("",))[0]
    if fault == "slow":
        time.sleep(state().slow_seconds)
    if fault == "500":
        return "<h1>Internal Server Error</h1>", 500
    if fault.startswith("EAPI"):
        return envelope({"rsp_cd": fault, "res_msg": "", "result_cd": "1"})
    if fault.isdecimal():
        return envelope(None, fault)
    return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": RESULTS.get(name, ("1",))[0]})


def _open(secret: bytes, sealed: str) -> bytes:
    decryptor = Cipher(algorithms.AES(secret[:16]), modes.CBC(secret[28:44])).decryptor()
    padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    return padded[: -padded[-1]]


def _refused() -> str:
    """Give the gateway's code where token, client, clock or product are not right."""
    kind, _, sealed = request.headers.get("Authorization", "").partition(" ")
    try:
        token, moment, client = base64.b64decode(sealed).decode().split(":")
        is_late = abs(time.time() - int(moment)) > CLOCK_SECONDS
    except ValueError:
        return "1800"
    if kind != "bearer" or token != TOKEN or is_late:
        return "1800"
    if client != CLIENT:
        return "1700"
    return "" if request.headers.get("ProductID") == PRODUCT else "1706"


def _body() -> dict[str, Any]:
    wish = request.get_json(silent=True)
    body = wish.get("dataBody") if isinstance(wish, dict) else None
    return body if isinstance(body, dict) else {}
