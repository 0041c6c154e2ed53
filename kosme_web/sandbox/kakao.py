"""Kakao Login: OpenID Connect with PKCE and nonce, signed with keys that can change, and the account with consents."""

import base64
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from kosme_web.sandbox import sns
from kosme_web.sandbox.state import Grant, state

CLIENT, SECRET = "sandbox-kakao-client", "sandbox-kakao-secret"
ADMIN_KEY = "sandbox-kakao-admin-key"
APP_ID = 123456
ITEMS = {
    "profile_nickname": ("닉네임", "nickname", True),
    "account_email": ("카카오계정(이메일)", "account e-mail", False),
    "phone_number": ("카카오계정(전화번호)", "phone number", False),
}
FAULTS = {
    "koe010": ("client_secret 오류 (KOE010)", "wrong client_secret (KOE010)"),
    "koe303": ("redirect_uri 다름 (KOE303)", "another redirect_uri (KOE303)"),
    "no-id-token": ("id_token 없음", "no id_token"),
    "alg-none": ("alg none", "id_token: alg none"),
    "alg-hs256": ("HS256 서명", "id_token: HS256 with the client's secret"),
    "bad-signature": ("서명이 틀림", "id_token: a wrong signature"),
    "wrong-key": ("다른 키로 서명", "id_token: signed with another key of the same kid"),
    "unknown-kid": ("모르는 kid", "id_token: an unknown kid"),
    "rotated": ("키를 바꾼 뒤", "id_token: signed with a key that was made after the last one"),
    "expired": ("만료된 id_token", "id_token: expired"),
    "skewed": ("30초 빠른 시계", "id_token: issued by a clock 30 seconds ahead"),
    "wrong-aud": ("다른 aud", "id_token: another aud"),
    "wrong-aud-azp": ("다른 aud, 우리 azp", "id_token: another aud, but our azp"),
    "wrong-iss": ("다른 iss", "id_token: another iss"),
    "wrong-nonce": ("다른 nonce", "id_token: another nonce"),
    "no-nonce": ("nonce 없음", "id_token: no nonce"),
    "other-sub": ("user/me의 id가 다름", "another id in user/me"),
    "email-invalid": ("유효하지 않은 이메일", "an e-mail that is not valid"),
    "email-unverified": ("인증되지 않은 이메일", "an e-mail that is not verified"),
    "no-email": ("이메일 없는 계정", "an account without e-mail"),
    "-401": ("토큰 오류 (-401)", "token expired (-401)"),
    "-402": ("동의 부족 (-402)", "scope not agreed (-402)"),
    "-10": ("사용량 초과 (-10)", "quota (-10)"),
    "-603": ("시간 초과 (-603)", "upstream timeout (-603)"),
    "-9798": ("서비스 점검 (503)", "maintenance (503)"),
    "unlink-500": ("연결 끊기 500", "unlinking answers 500"),
}
KAPI = {"-401": 401, "-402": 403, "-10": 400, "-603": 400, "-9798": 503}
blueprint = Blueprint("kakao", __name__, url_prefix="/kakao")


@cache
def key(number: int) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": f"sandbox-{number}", "use": "sig", "alg": "RS256"})


def current() -> int:
    """Say how often the key has been changed."""
    return int(state().crypto_tokens.get("kakao-key", {}).get("number", 0))


def issuer() -> str:
    return f"{request.host_url}kakao"


@blueprint.get("/.well-known/openid-configuration")
def discovery() -> ResponseReturnValue:
    base = issuer()
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "userinfo_endpoint": f"{base}/v1/oidc/userinfo",
        "jwks_uri": f"{base}/.well-known/jwks.json",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
    }


@blueprint.get("/.well-known/jwks.json")
def jwks() -> ResponseReturnValue:
    return {"keys": [key(current()).as_dict(private=False)]}


@blueprint.post("/keys/rotate")
def rotate() -> ResponseReturnValue:
    state().crypto_tokens["kakao-key"] = {"number": current() + 1}
    return redirect("/", 303)


@blueprint.route("/oauth/authorize", methods=["GET", "POST"])
def authorize() -> ResponseReturnValue:
    wish = request.args
    if wish.get("client_id") != CLIENT:
        return sns.error_page("kakao", "KOE101")
    if not sns.is_registered(wish.get("redirect_uri", "")) or wish.get("response_type") != "code":
        return sns.error_page("kakao", "KOE006")
    if wish.get("prompt") == "none":
        return sns.back(error="login_required", error_description="user is not logged in")
    return sns.ask_consent("kakao", ITEMS, FAULTS)


def refuse(status: int, error: str, code: str) -> ResponseReturnValue:
    return {"error": error, "error_description": f"sandbox ({code})", "error_code": code}, status


@blueprint.post("/oauth/token")
def token() -> ResponseReturnValue:
    form = request.form
    if form.get("client_id") != CLIENT or form.get("client_secret") != SECRET:
        return refuse(401, "invalid_client", "KOE010")
    grant = sns.take_code("kakao", form)
    if grant is None or not sns.is_proven(grant, form.get("code_verifier", "")):
        return refuse(400, "invalid_grant", "KOE320")
    if form.get("redirect_uri") != grant.redirect_uri or grant.fault == "koe303":
        return refuse(400, "invalid_grant", "KOE303")
    if grant.fault == "koe010":
        return refuse(401, "invalid_client", "KOE010")
    if failing := sns.failing("token", grant.fault):
        return failing
    answer = {
        "token_type": "bearer",
        "access_token": sns.keep(grant, secrets.token_urlsafe(24)),
        "expires_in": 21599,
        "refresh_token": sns.keep(grant, secrets.token_urlsafe(24)),
        "refresh_token_expires_in": 5183999,
        "scope": grant.scope,
    }
    if "openid" in grant.scope.replace(",", " ").split() and grant.fault != "no-id-token":
        answer["id_token"] = id_token(grant)
    return answer


def id_token(grant: Grant) -> str:
    """Sign who it was, or do what the fault says."""
    second = int(time.time())
    claims: dict[str, Any] = {
        "iss": issuer(),
        "aud": grant.client_id,
        "sub": str(sns.subject_of("kakao", CLIENT, grant.person)),
        "iat": second,
        "auth_time": second,
        "exp": second + 21599,
        "nonce": grant.nonce,
    }
    changes: dict[str, dict[str, Any]] = {
        "expired": {"iat": second - 9000, "exp": second - 3600},
        "skewed": {"iat": second + 30},
        "wrong-aud": {"aud": "another-client"},
        "wrong-aud-azp": {"aud": "another-client", "azp": CLIENT},
        "wrong-iss": {"iss": "https://kauth.example.com"},
        "wrong-nonce": {"nonce": "another"},
        "no-nonce": {"nonce": None},
    }
    claims |= changes.get(grant.fault, {})
    claims = {name: value for name, value in claims.items() if value is not None}
    return SIGNERS.get(grant.fault, signed)(claims)


def signed(claims: dict[str, Any], number: int | None = None, kid: str = "") -> str:
    used = key(current() if number is None else number)
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": kid or used.kid}, claims, used)


def rotated(claims: dict[str, Any]) -> str:
    state().crypto_tokens["kakao-key"] = {"number": current() + 1}
    return signed(claims)


def unsigned(claims: dict[str, Any]) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return f"{head}.{signed(claims).split('.')[1]}."


SIGNERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "alg-none": unsigned,
    "alg-hs256": lambda claims: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"]),
    "bad-signature": lambda claims: signed(claims)[:-8] + "AAAAAAAA",
    "wrong-key": lambda claims: signed(claims, -1, str(key(current()).kid)),
    "unknown-kid": lambda claims: signed(claims, -1),
    "rotated": rotated,
}


@blueprint.route("/v2/user/me", methods=["GET", "POST"])
def user() -> ResponseReturnValue:
    grant = sns.granted("kakao", sns.bearer())
    if grant is None or grant.fault in KAPI:
        code = "-401" if grant is None else grant.fault
        more = {"api_type": "SCOPE", "required_scopes": ["account_email"]} if code == "-402" else {}
        return {"code": int(code), "msg": "sandbox", **more}, KAPI[code]
    if failing := sns.failing("profile", grant.fault):
        return failing
    number = sns.subject_of("kakao", CLIENT, grant.person) + (2 if grant.fault == "other-sub" else 0)
    return {"id": number, "connected_at": "2026-04-11T01:45:28Z", "kakao_account": account(grant)}


def account(grant: Grant) -> dict[str, Any]:
    """Give each item with whether it has been agreed to; what has not is absent."""
    known = sns.PEOPLE[grant.person]
    found: dict[str, Any] = {"profile_nickname_needs_agreement": not known["name"]}
    if known["name"]:
        found["profile"] = {"nickname": known["name"], "is_default_nickname": False}
    has_email = bool(known["email"]) and grant.fault != "no-email"
    found |= {"has_email": has_email, "email_needs_agreement": has_email and "account_email" not in grant.items}
    if has_email and "account_email" in grant.items:
        flags = {
            "is_email_valid": grant.fault != "email-invalid",
            "is_email_verified": grant.fault != "email-unverified",
        }
        email = known["email"] if all(flags.values()) else f"{known['email'][:2]}***@example.com"
        found |= {**flags, "email": email}
    if known["phone"]:
        found["phone_number_needs_agreement"] = "phone_number" not in grant.items
        if "phone_number" in grant.items:
            found["phone_number"] = f"+82 {known['phone'][1:]}"
    return found


@blueprint.get("/v1/oidc/userinfo")
def userinfo() -> ResponseReturnValue:
    grant = sns.granted("kakao", sns.bearer())
    if grant is None or grant.fault == "-401":
        return {"code": -401, "msg": "this access token does not exist"}, 401
    if failing := sns.failing("profile", grant.fault):
        return failing
    number = sns.subject_of("kakao", CLIENT, grant.person) + (2 if grant.fault == "other-sub" else 0)
    return {"sub": str(number), "nickname": sns.PEOPLE[grant.person]["name"]}


@blueprint.post("/v1/user/unlink")
def unlink_by_site() -> ResponseReturnValue:
    if request.headers.get("Authorization", "") == f"KakaoAK {ADMIN_KEY}":
        return unlink_by_admin()
    grant = sns.granted("kakao", sns.bearer())
    if grant is None:
        return {"code": -401, "msg": "this access token does not exist"}, 401
    if grant.fault == "unlink-500":
        return Response(sns.HTML, 500)
    sns.forget("kakao", grant.person)
    return {"id": sns.subject_of("kakao", CLIENT, grant.person)}


def unlink_by_admin() -> ResponseReturnValue:
    """End the link of the account that is named, if it has any."""
    wanted = request.form.get("target_id", "") if request.form.get("target_id_type") == "user_id" else ""
    person = sns.linked_person("kakao", CLIENT, wanted)
    if person is None:
        return {"code": -101, "msg": "NotRegisteredUserException"}, 400
    sns.forget("kakao", person)
    return {"id": int(wanted)}


@blueprint.post("/people/<person>/unlink")
def unlink(person: str) -> ResponseReturnValue:
    """연결 해제: the person ends the link at Kakao, which tells the site."""
    consent = state().consents.get(("kakao", person)) or abort(404)
    what = {"app_id": APP_ID, "user_id": sns.subject_of("kakao", CLIENT, person), "referrer_type": "UNLINK_FROM_APPS"}
    headers = {"Authorization": f"KakaoAK {ADMIN_KEY}"}
    sns.tell(consent, "POST", "/social/kakao/unlinked", data=what, headers=headers)
    return redirect("/", 303)
