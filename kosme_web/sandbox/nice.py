"""NICE: organisation token, crypto token, and the name check; decrypts with code of its own."""

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

CLIENT, SECRET, PRODUCTS = "sandbox-nice-client", "sandbox-nice-secret", ("2101960011", "2101290037")
CLOCK_SECONDS = 180
PERIOD_SECONDS = 3600
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
    "SANDBOX ADDRESS": ("1702", "등록되지 않은 IP", "an address that is not registered"),
    "SANDBOX EMPTY": ("empty", "dataBody 없음", "no dataBody"),
    "SANDBOX EXPIRED": ("EAPI2510", "만료된 암호화 토큰", "an expired crypto token"),
    "SANDBOX LYING": ("EAPI2701", "시간 초과인데 결과는 1", "time-out although the result says 1"),
    "SANDBOX DOWN": ("500", "500과 HTML", "500 with HTML"),
    "SANDBOX HTML": ("html", "점검 중 화면 (200)", "a maintenance page (200)"),
    "SANDBOX SLOW": ("slow", "응답 지연", "a slow answer"),
}
NUMBERS = {"foreigner": ("enc_foreigner_id", "5678"), "national": ("enc_jumin_id", "12349")}
blueprint = Blueprint("nice", __name__, url_prefix="/digital/niceid")


def envelope(body: dict[str, Any] | None, code: str = "1200") -> ResponseReturnValue:
    return {"dataHeader": {"GW_RSLT_CD": code, "GW_RSLT_MSG": ""}, "dataBody": body}


@blueprint.post("/oauth/oauth/token")
def organisation_token() -> ResponseReturnValue:
    given = request.authorization
    if given is None or (given.username, given.password) != (CLIENT, SECRET):
        return envelope(None, "1801")
    if request.form.to_dict() != {"grant_type": "client_credentials", "scope": "default"}:
        return envelope(None, "1500")
    token = {"access_token": state().nice_token, "token_type": "bearer"}
    return envelope({**token, "expires_in": 1_577_836_799, "scope": "default"})


@blueprint.post("/oauth/oauth/token/revokeById")
def revoke() -> ResponseReturnValue:
    """End the organisation token; only then is there a new one."""
    if code := _refused(has_product=False):
        return envelope(None, code)
    state().nice_token = f"sandbox-nice-{secrets.token_hex(8)}"
    return envelope({"result": True})


@blueprint.post("/api/v1.0/common/crypto/token")
def crypto_token() -> ResponseReturnValue:
    if code := _refused():
        return envelope(None, code)
    wish = _body()
    if len(str(wish.get("req_dtim"))) != 14 or not 0 < len(str(wish.get("req_no"))) <= 30:  # noqa: PLR2004
        return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": "0001"})
    if wish.get("enc_mode") != "1":
        return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": "0003"})
    version = f"{wish['req_dtim']}-NC-{secrets.token_hex(6)}"
    value = base64.b64encode(secrets.token_bytes(32)).decode()
    tokens = state().crypto_tokens
    tokens[version] = {"seed": f"{wish['req_dtim']}{wish['req_no']}{value}", "ends_at": time.time() + PERIOD_SECONDS}
    while len(tokens) > MOST:
        tokens.popitem(last=False)
    found = {"site_code": "SANDBOX", "token_version_id": version, "token_val": value, "period": PERIOD_SECONDS}
    return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": "0000", **found})


@blueprint.post("/api/v1.0/name/<any(foreigner, national):kind>/check")
def check(kind: str) -> ResponseReturnValue:
    if code := _refused():
        return envelope(None, code)
    wish, (field, sexes) = _body(), NUMBERS[kind]
    token = state().crypto_tokens.get(str(wish.get("token_version_id")))
    if token is None or token["ends_at"] < time.time():
        return envelope({"rsp_cd": "EAPI2510", "res_msg": "token"})
    secret = base64.b64encode(hashlib.sha256(token["seed"].encode()).digest())
    signed = f"{wish['token_version_id']}{wish.get(field)}{wish.get('enc_name')}".encode()
    integrity = base64.b64encode(hmac.digest(secret[12:], signed, "sha256")).decode()
    if not hmac.compare_digest(integrity, str(wish.get("integrity_value"))):
        return envelope({"rsp_cd": "EAPI2530", "res_msg": "integrity"})
    try:
        number, name = _open(secret, wish[field]).decode("ascii"), _open(secret, wish["enc_name"]).decode("euc-kr")
    except (KeyError, ValueError, IndexError):
        return envelope({"rsp_cd": "EAPI2540", "res_msg": "encryption"})
    if not (number.isdecimal() and len(number) == 13 and number[6] in sexes):  # noqa: PLR2004
        return envelope({"rsp_cd": "EAPI2550", "res_msg": "number"})
    return _judge(name)


def _judge(name: str) -> ResponseReturnValue:
    fault = FAULTS.get(name, ("",))[0]
    if fault == "slow":
        time.sleep(state().slow_seconds)
    if fault in ("500", "html"):
        return "<h1>점검 중</h1>", 500 if fault == "500" else 200
    if fault == "empty":
        return {"dataHeader": {"GW_RSLT_CD": "1200", "GW_RSLT_MSG": ""}}
    if fault.startswith("EAPI"):
        return envelope({"rsp_cd": fault, "res_msg": "", "result_cd": "1"})
    if fault.isdecimal():
        return envelope(None, fault)
    return envelope({"rsp_cd": "P000", "res_msg": "", "result_cd": RESULTS.get(name, ("1",))[0]})


def _open(secret: bytes, sealed: str) -> bytes:
    decryptor = Cipher(algorithms.AES(secret[:16]), modes.CBC(secret[28:44])).decryptor()
    padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    return padded[: -padded[-1]]


def _refused(*, has_product: bool = True) -> str:
    """Give the gateway's code where token, client, clock or product are not right."""
    kind, _, sealed = request.headers.get("Authorization", "").partition(" ")
    try:
        token, moment, client = base64.b64decode(sealed).decode().split(":")
        is_late = abs(time.time() - int(moment)) > CLOCK_SECONDS
    except ValueError:
        return "1800"
    if kind != "bearer" or token != state().nice_token or is_late:
        return "1800"
    if client != CLIENT:
        return "1700"
    return "1706" if has_product and request.headers.get("ProductID") not in PRODUCTS else ""


def _body() -> dict[str, Any]:
    wish = request.get_json(silent=True)
    body = wish.get("dataBody") if isinstance(wish, dict) else None
    return body if isinstance(body, dict) else {}
