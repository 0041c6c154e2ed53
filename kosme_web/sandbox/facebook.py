"""Facebook Login and Graph: error objects with numbers, a proof of the secret, signed requests to the site."""

import base64
import hashlib
import hmac
import json
import secrets
import time

import requests
from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox import sns
from kosme_web.sandbox.state import Grant, state

CLIENT, SECRET = "sandbox-facebook-client", "sandbox-facebook-secret"
VERSION = "v24.0"
ITEMS = {
    "public_profile": ("이름", "name", True),
    "email": ("이메일", "e-mail", False),
}
FAULTS = {
    "dialog-code": ("콜백에 error_code", "error_code and error_message in the callback"),
    "secret": ("client_secret 오류 (1)", "wrong client_secret (code 1)"),
    "36009": ("코드 만료 (100/36009)", "code expired (100/36009)"),
    "no-expires": ("expires_in 없음", "a token without expires_in"),
    "190": ("토큰 만료 (190)", "token expired (190)"),
    "4": ("사용량 초과 (4)", "rate limited (4)"),
    "2": ("일시 장애 (2), 계속", "out of order (2), for good"),
    "2-once": ("일시 장애 (2), 한 번", "out of order (2), once"),
    "proof": ("appsecret_proof 오류", "wrong appsecret_proof"),
    "no-id": ("id 없음", "no id"),
    "unlink-500": ("연결 끊기 500", "unlinking answers 500"),
}
blueprint = Blueprint("facebook", __name__, url_prefix="/facebook")


def refuse(code: int, status: int = 400, subcode: int = 0, message: str = "sandbox") -> ResponseReturnValue:
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "sandbox"}
    return {"error": {**error, **({"error_subcode": subcode} if subcode else {})}}, status


@blueprint.before_request
def check_version() -> ResponseReturnValue | None:
    version = (request.view_args or {}).get("version", VERSION)
    return None if version == VERSION else refuse(2635)


@blueprint.route("/<version>/dialog/oauth", methods=["GET", "POST"])
def dialog(version: str) -> ResponseReturnValue:  # noqa: ARG001  checked for all
    wish = request.args
    if wish.get("client_id") != CLIENT or not sns.is_registered(wish.get("redirect_uri", "")):
        return sns.error_page("Facebook", "URL blocked")
    if request.form.get("fault") == "dialog-code" and request.form.get("answer") == "agree":
        return sns.back(error_code="1349048", error_message="Can't load URL")
    return sns.ask_consent("facebook", ITEMS, FAULTS)


@blueprint.route("/<version>/oauth/access_token", methods=["GET", "POST"])
def token(version: str) -> ResponseReturnValue:  # noqa: ARG001  checked for all
    form = request.values
    if form.get("client_id") != CLIENT or form.get("client_secret") != SECRET:
        return refuse(1, message="Error validating client secret.")
    grant = sns.take_code("facebook", form)
    if grant is None or form.get("redirect_uri") != grant.redirect_uri:
        return refuse(100, subcode=36009, message="This authorization code has been used.")
    known = {"secret": refuse(1), "36009": refuse(100, subcode=36009)}
    if failing := known.get(grant.fault) or sns.failing("token", grant.fault):
        return failing
    answer = {"access_token": sns.keep(grant, f"EAAG{secrets.token_urlsafe(24)}"), "token_type": "bearer"}
    return answer if grant.fault == "no-expires" else {**answer, "expires_in": 5183944}


def proven() -> Grant | None:
    """Give the grant of a token that came with the proof of the secret."""
    token = request.args.get("access_token", "")
    made = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    grant = sns.granted("facebook", token)
    is_right = hmac.compare_digest(made, request.args.get("appsecret_proof", ""))
    return grant if is_right and grant is not None and grant.fault != "proof" else None


@blueprint.get("/<version>/me")
def me(version: str) -> ResponseReturnValue:  # noqa: ARG001  checked for all
    grant = proven()
    if grant is None:
        return refuse(100, message="Invalid appsecret_proof provided in the API argument")
    fault = grant.fault
    if fault == "2-once":
        grant.fault = ""
    faults = {"190": refuse(190, subcode=463), "4": refuse(4), "2": refuse(2, 500), "2-once": refuse(2, 500)}
    if failing := faults.get(fault) or sns.failing("profile", fault):
        return failing
    known = sns.PEOPLE[grant.person]
    found = {"id": user_id(grant.person), "name": known["name"] or "Facebook User"}
    if known["email"] and "email" in grant.items:
        found["email"] = known["email"]
    asked = request.args.get("fields", "id,name").split(",")
    return {name: text for name, text in found.items() if name in asked and not (fault == "no-id" and name == "id")}


@blueprint.get("/<version>/me/permissions")
def permissions(version: str) -> ResponseReturnValue:  # noqa: ARG001  checked for all
    grant = proven()
    if grant is None:
        return refuse(190)
    given = {name: name in grant.items or ITEMS[name][2] for name in ITEMS}
    rows = [{"permission": name, "status": "granted" if is_given else "declined"} for name, is_given in given.items()]
    return {"data": rows}


@blueprint.delete("/<version>/<user>/permissions")
def unlink_by_site(version: str, user: str) -> ResponseReturnValue:  # noqa: ARG001  checked for all
    if request.args.get("access_token") == f"{CLIENT}|{SECRET}":
        return unlink_by_app(user)
    grant = proven()
    if grant is None or user not in ("me", user_id(grant.person)):
        return refuse(190)
    if grant.fault == "unlink-500":
        return refuse(2, 500)
    sns.forget("facebook", grant.person)
    return {"success": True}


def unlink_by_app(user: str) -> ResponseReturnValue:
    """End the link of the account that is named, for the app itself, which has to give the proof, too."""
    made = hmac.new(SECRET.encode(), f"{CLIENT}|{SECRET}".encode(), hashlib.sha256).hexdigest()
    person = sns.linked_person("facebook", CLIENT, user)
    if person is None or not hmac.compare_digest(made, request.args.get("appsecret_proof", "")):
        return refuse(100, subcode=33)
    sns.forget("facebook", person)
    return {"success": True}


def user_id(person: str) -> str:
    return str(sns.subject_of("facebook", CLIENT, person))


def signed_request(person: str) -> str:
    second = int(time.time())
    wish = {"algorithm": "HMAC-SHA256", "issued_at": second, "expires": second + 3600, "user_id": user_id(person)}
    payload = base64.urlsafe_b64encode(json.dumps(wish).encode()).rstrip(b"=")
    signature = hmac.digest(SECRET.encode(), payload, "sha256")
    return f"{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}.{payload.decode()}"


@blueprint.post("/people/<person>/unlink")
def unlink(person: str) -> ResponseReturnValue:
    """The person removes the app, which Facebook tells the site."""
    consent = state().consents.get(("facebook", person)) or abort(404)
    sns.tell(consent, "POST", "/social/facebook/unlinked", data={"signed_request": signed_request(person)})
    return redirect("/", 303)


@blueprint.post("/people/<person>/delete")
def delete(person: str) -> ResponseReturnValue:
    """The person wants the data deleted; the page that the site names has to be there."""
    consent = state().consents.get(("facebook", person)) or abort(404)
    sns.tell(consent, "POST", "/social/facebook/deletion", data={"signed_request": signed_request(person)})
    try:
        page = requests.get(json.loads(consent.told.partition(" ")[2])["url"], timeout=3)
        consent.told += f" → {page.status_code}"
    except (requests.RequestException, ValueError, KeyError) as error:
        consent.told += f" → {type(error).__name__}"
    return redirect("/", 303)
