"""What the three SNS have in common: made-up people, a consent page, codes that serve once, and faults to choose."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.state import MOST, Consent, Grant, state

CODE_SECONDS = 600
PEOPLE: dict[str, dict[str, Any]] = {
    "nguyen": {"name": "NGUYEN VAN ANH", "email": "vananh97@example.com", "phone": "010-2345-6789"},
    "tran": {"name": "Tran Be", "email": "thibe@example.com", "phone": "010-9876-5432"},
    "kim": {"name": "김하늘", "email": "haneul@example.com", "phone": "010-1111-2222"},
    "nobody": {"name": "", "email": "", "phone": ""},
}
NAMES = {"naver": "네이버 · Naver", "kakao": "카카오 · Kakao", "facebook": "페이스북 · Facebook"}
COMMON_FAULTS = {
    "token-slow": ("토큰 응답 지연", "a slow token endpoint"),
    "token-500": ("토큰 500과 HTML", "token endpoint: 500 with HTML"),
    "token-503": ("토큰 503", "token endpoint: 503"),
    "token-html": ("토큰 200과 HTML", "token endpoint: 200 with HTML"),
    "token-list": ("토큰 200과 배열", "token endpoint: 200 with a list"),
    "token-empty": ("access_token 없음", "token endpoint: no access_token"),
    "profile-slow": ("프로필 응답 지연", "a slow profile"),
    "profile-500": ("프로필 500과 HTML", "profile: 500 with HTML"),
    "profile-429": ("프로필 429", "profile: 429"),
    "profile-html": ("프로필 200과 HTML", "profile: 200 with HTML"),
    "profile-huge": ("프로필 1 MB", "profile: 1 MB"),
    "profile-redirect": ("프로필 302", "profile: a redirect"),
    "code-reused": ("이미 쓴 코드", "a code that was used already"),
    "callback-error": ("콜백에 server_error", "server_error in the callback"),
}
HTML = "<!DOCTYPE html><title>error</title>"


def subject_of(service: str, client_id: str, person: str) -> int:
    """Give a person's number at a service, which differs from application to application and needs 64 bits."""
    digest = hashlib.sha256(f"{service}|{client_id}|{person}".encode()).digest()
    return 2**53 + 1 + int.from_bytes(digest[:7], "big") * 2


def error_page(title: str, text: str) -> ResponseReturnValue:
    """Say on the service's own page what is wrong with the request: nobody is sent to an unknown address."""
    return render_template("sns_error.html", title=title, text=text), 400


def is_registered(redirect_uri: str) -> bool:
    """Whether the address is one that a site of ours registers, on whatever host and port it runs."""
    parts = urlsplit(redirect_uri)
    is_ours = parts.path.startswith("/social/") and parts.path.endswith("/callback")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and is_ours


def ask_consent(
    service: str, items: Mapping[str, tuple[str, str, bool]], faults: Mapping[str, tuple[str, str]]
) -> ResponseReturnValue:
    """Show the consent page, or take its answer and go back to the site with a code."""
    if request.method == "POST":
        return _answered(service)
    page = render_template(
        "consent.html", service=NAMES[service], people=PEOPLE, items=items, faults={**COMMON_FAULTS, **faults}
    )
    answer = Response(page)
    parts = urlsplit(request.args["redirect_uri"])
    policy = f"default-src 'none'; style-src 'self'; form-action 'self' {parts.scheme}://{parts.netloc}"
    answer.headers["Content-Security-Policy"] = policy
    return answer


def _answered(service: str) -> ResponseReturnValue:
    wish, form = request.args, request.form
    fault = form.get("fault", "")
    if form.get("answer") != "agree":
        return back(error="access_denied", error_description="User denied access", error_reason="user_denied")
    if fault == "callback-error":
        return back(error="server_error", error_description="sandbox")
    person = form.get("person", "")
    items = frozenset(form.getlist("item"))
    code = new_grant(service, person if person in PEOPLE else "nguyen", items, fault)
    if fault == "code-reused":
        state().grants[code].is_used = True
    return back(code=code, **({"iss": wish["iss"]} if "iss" in wish else {}))


def back(**answer: str) -> ResponseReturnValue:
    wish = request.args
    said = {**answer, **({"state": wish["state"]} if "state" in wish else {})}
    return redirect(f"{wish['redirect_uri']}?{urlencode(said)}", 302)


def new_grant(service: str, person: str, items: frozenset[str], fault: str) -> str:
    wish = request.args
    parts = urlsplit(wish["redirect_uri"])
    grant = Grant(
        service,
        person,
        wish["client_id"],
        wish["redirect_uri"],
        wish.get("scope", ""),
        wish.get("nonce", ""),
        wish.get("code_challenge", ""),
        fault,
        items,
        time.monotonic(),
    )
    state().consents[service, person] = Consent(service, person, items, f"{parts.scheme}://{parts.netloc}")
    return keep(grant, secrets.token_urlsafe(12))


def keep(grant: Grant, name: str) -> str:
    with state().lock:
        state().grants[name] = grant
        while len(state().grants) > MOST:
            state().grants.popitem(last=False)
    return name


def take_code(service: str, form: Mapping[str, str]) -> Grant | None:
    """Give the grant of a code once; a code of another client or service, or too old, is none."""
    with state().lock:
        grant = state().grants.get(form.get("code", ""))
        is_good = grant is not None and grant.service == service and not grant.is_used
        if grant is None or not is_good or time.monotonic() - grant.made_at > CODE_SECONDS:
            return None
        grant.is_used = True
    return grant


def is_proven(grant: Grant, verifier: str) -> bool:
    """Check PKCE: who began with a challenge has to know what it was made of."""
    if not grant.challenge:
        return True
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return secrets.compare_digest(made, grant.challenge)


def granted(service: str, token: str) -> Grant | None:
    grant = state().grants.get(token)
    return grant if grant is not None and grant.service == service else None


def bearer() -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def linked_person(service: str, client_id: str, subject: str) -> str | None:
    """Give whose number it is, if that person has linked the site."""
    with state().lock:
        people = [person for of, person in state().consents if of == service]
    return next((one for one in people if str(subject_of(service, client_id, one)) == subject), None)


def forget(service: str, person: str) -> None:
    """End a link: its tokens die, and the next log-in asks for consent again."""
    with state().lock:
        state().consents.pop((service, person), None)
        for name in [name for name, one in state().grants.items() if (one.service, one.person) == (service, person)]:
            del state().grants[name]


def failing(step: str, fault: str) -> ResponseReturnValue | None:
    """Give the chosen fault of that step, if it is one that every service has."""
    kinds: dict[str, Callable[[], ResponseReturnValue | None]] = {
        "slow": lambda: time.sleep(state().slow_seconds),
        "500": lambda: (HTML, 500),
        "503": lambda: ("", 503, {"Retry-After": "30"}),
        "429": lambda: ("{}", 429, {"Content-Type": "application/json"}),
        "html": lambda: HTML,
        "list": lambda: Response("[1, 2]", mimetype="application/json"),
        "empty": lambda: {"token_type": "bearer"},
        "huge": lambda: Response('{"a": "' + "x" * 1_048_576 + '"}', mimetype="application/json"),
        "redirect": lambda: redirect("/healthz", 302),
    }
    asked, _, kind = fault.partition("-")
    return kinds[kind]() if asked == step and kind in kinds else None


def tell(consent: Consent, method: str, path: str, **what: Any) -> None:  # noqa: ANN401  as requests takes it
    """Send the site a notice, once; what it answered is shown beside the person."""
    try:
        answer = requests.request(method, f"{consent.site}{path}", timeout=3, allow_redirects=False, **what)
        consent.told = f"{answer.status_code} {answer.text[:200]}"
    except requests.RequestException as error:
        consent.told = type(error).__name__
