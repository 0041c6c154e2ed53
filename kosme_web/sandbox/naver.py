"""NAVER Login, classic OAuth 2: errors inside 200, a wrapped profile, and a notice when somebody ends the link."""

import base64
import hashlib
import hmac
import secrets
import time
from os import urandom

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox import sns
from kosme_web.sandbox.state import state

CLIENT, SECRET = "sandbox-naver-client", "sandbox-naver-secret"
ITEMS = {
    "name": ("이름", "name", True),
    "email": ("연락처 이메일", "contact e-mail", False),
    "mobile": ("휴대전화번호", "mobile number", False),
}
FAULTS = {
    "secret-200": ("200에 담긴 오류", "an error inside 200"),
    "secret-401": ("401 invalid_client", "401 invalid_client"),
    "expired": ("토큰 만료 (024)", "token expired (024)"),
    "expired-gateway": ("토큰 만료, 게이트웨이 형식", "token expired, the gateway's form"),
    "no-response": ("response 없음", "no response in the profile"),
    "resultcode": ("resultcode가 00이 아님", "a resultcode other than 00"),
    "no-id": ("id 없음", "no id"),
    "id-64": ("64자 id", "an id of 64 characters"),
    "revoke-503": ("연결 끊기 503", "revoking answers 503"),
}
blueprint = Blueprint("naver", __name__, url_prefix="/naver")


@blueprint.route("/oauth2.0/authorize", methods=["GET", "POST"])
def authorize() -> ResponseReturnValue:
    wish = request.args
    is_whole = wish.get("state") and wish.get("response_type") == "code"
    if wish.get("client_id") != CLIENT or not is_whole or not sns.is_registered(wish.get("redirect_uri", "")):
        return sns.error_page("NAVER", "invalid_request")
    return sns.ask_consent("naver", ITEMS, FAULTS)


@blueprint.route("/oauth2.0/token", methods=["GET", "POST"])
def token() -> ResponseReturnValue:
    form = request.values
    if form.get("client_id") != CLIENT or form.get("client_secret") != SECRET or not form.get("state"):
        return {"error": "invalid_request", "error_description": "wrong client or no state"}
    grant = sns.take_code("naver", form)
    if grant is None:
        return {"error": "invalid_request", "error_description": "no valid data in session"}
    if grant.fault == "secret-200":
        return {"error": "unauthorized_client", "error_description": "Client authentication failed."}
    if grant.fault == "secret-401":
        return {"error": "invalid_client", "error_description": "Client authentication failed."}, 401
    if failing := sns.failing("token", grant.fault):
        return failing
    access = sns.keep(grant, f"AAAA+/{secrets.token_urlsafe(24)}=")
    refresh = sns.keep(grant, secrets.token_urlsafe(24))
    return {"access_token": access, "refresh_token": refresh, "token_type": "bearer", "expires_in": "3600"}


@blueprint.post("/oauth2.0/revoke")
def revoke() -> ResponseReturnValue:
    form = request.form
    if form.get("client_id") != CLIENT or form.get("client_secret") != SECRET:
        return {"error": "unauthorized_client", "error_description": "Client authentication failed."}, 401
    grant = sns.granted("naver", form.get("token", ""))
    if grant is not None:
        if grant.fault == "revoke-503":
            return {"error": "temporarily_unavailable"}, 503
        sns.forget("naver", grant.person)
    return ""


@blueprint.get("/v1/nid/me")
def profile() -> ResponseReturnValue:
    if not request.headers.get("Authorization"):
        return {"errorMessage": "Not Exist Client ID", "errorCode": "028"}, 401
    grant = sns.granted("naver", sns.bearer())
    if grant is None or grant.fault == "expired":
        return {"resultcode": "024", "message": "Authentication failed"}, 401
    if grant.fault == "expired-gateway":
        return {"errorMessage": "Authentication failed", "errorCode": "024"}, 401
    if failing := sns.failing("profile", grant.fault):
        return failing
    known = sns.PEOPLE[grant.person]
    found = {"id": naver_id(grant.person), "gender": "U"}
    values = {"name": known["name"], "email": known["email"], "mobile": known["phone"]}
    found |= {name: text for name, text in values.items() if text and (name in grant.items or ITEMS[name][2])}
    if grant.fault == "id-64":
        found["id"] = (found["id"] + "_-" * 32)[:64]
    if grant.fault == "no-id":
        del found["id"]
    if grant.fault == "resultcode":
        return {"resultcode": "024", "message": "failed", "response": found}
    return {"resultcode": "00", "message": "success", **({} if grant.fault == "no-response" else {"response": found})}


def naver_id(person: str) -> str:
    """Give an id as NAVER's are: letters, digits, ``_`` and ``-``, and long."""
    digest = hashlib.sha256(f"{CLIENT}|{person}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@blueprint.post("/people/<person>/unlink")
def unlink(person: str) -> ResponseReturnValue:
    """연결 끊기: the person ends the link at NAVER, which tells the site once."""
    consent = state().consents.get(("naver", person)) or abort(404)
    sns.tell(consent, "POST", "/social/naver/unlinked", data=notice(naver_id(person), int(time.time())))
    return redirect("/", 303)


def notice(user_id: str, timestamp: int) -> dict[str, str]:
    """Seal and sign who it was, as the contract has it."""
    key = hashlib.md5(SECRET.encode(), usedforsecurity=False).digest()
    vector = urandom(16)
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    sealed = encryptor.update(padder.update(user_id.encode()) + padder.finalize()) + encryptor.finalize()
    unique = base64.urlsafe_b64encode(vector + sealed).rstrip(b"=").decode()
    signed = f"clientId={CLIENT}&encryptUniqueId={unique}&timestamp={timestamp}"
    signature = base64.urlsafe_b64encode(hmac.digest(key, signed.encode(), "sha256")).rstrip(b"=").decode()
    return {"clientId": CLIENT, "encryptUniqueId": unique, "timestamp": str(timestamp), "signature": signature}
