"""본인인증 in the agency's own window: what the page may load, and what the server believes of what came of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.app import create_app
from kosme_web.extensions import db, limiter
from kosme_web.models import IdentityVerification
from kosme_web.models.base import now
from kosme_web.web.headers import POLICY
from tests.conftest import Server, StrictClient, settings_for
from tests.people import MEMBER
from tests.site.page_checks import problems

CLAIM = {
    "name": "Nguyen Van Anh",
    "birth_year": "1997",
    "birth_month": "3",
    "birth_day": "14",
    "phone_number": "010-2345-6789",
}
WINDOW, BACK, MEMBER_FORM = "/sign-up/identity/window", "/sign-up/identity/return", "/sign-up/member"
SEVEN = "9703146"


@pytest.fixture
def app(tmp_path: Path, sandbox: Server, template_database: Path) -> Iterator[Flask]:
    (tmp_path / "kosme.db").write_bytes(template_database.read_bytes())
    window = {"portone_mode": "window", "portone_sdk_url": f"{sandbox.url}/v2/browser-sdk.js"}
    app = create_app(replace(settings_for(tmp_path, sandbox), **window))  # type: ignore[arg-type]
    app.test_client_class = StrictClient
    limiter.reset()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def wish_of(client: FlaskClient) -> dict[str, str]:
    """Give what the page would call the SDK with."""
    button = BeautifulSoup(client.get(WINDOW).text, "html.parser").select_one("#open-window")
    assert button is not None
    found: dict[str, str] = json.loads(str(button["data-wish"]))
    return found


def ask(client: FlaskClient, **claim: str) -> dict[str, str]:
    assert client.post("/sign-up/identity", data={**CLAIM, **claim}).location == WINDOW
    return wish_of(client)


def press(sandbox: Server, wish: dict[str, str], press: str = "verify", **person: str) -> str:
    """Do in the agency's window what a person does there; give the way back that the browser is sent on."""
    typed = {"name": "NGUYEN VAN ANH", "phoneNumber": "01023456789", "digits": SEVEN, "operator": "KT_MVNO"}
    carried = {name: wish[name] for name in ("storeId", "channelKey", "identityVerificationId", "redirectUrl")}
    form = {**carried, **typed, **person, "press": press}
    answer = requests.post(f"{sandbox.url}/window/answer", data=form, allow_redirects=False, timeout=30)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def rows(session: Session) -> list[IdentityVerification]:
    session.rollback()
    return list(session.scalars(select(IdentityVerification).order_by(IdentityVerification.created_at)))


def test_the_way_through_the_window_ends_in_the_member_form(visitor: FlaskClient, sandbox: Server) -> None:
    wish = ask(visitor)
    assert wish["redirectUrl"] == f"http://localhost{BACK}"

    assert visitor.get(press(sandbox, wish)).location == MEMBER_FORM
    assert visitor.post(MEMBER_FORM, data=MEMBER).location == "/sign-up/complete"


def test_before_the_window_opens_nothing_is_asked_that_the_agency_asks_itself(visitor: FlaskClient) -> None:
    page = BeautifulSoup(visitor.get("/sign-up/identity").text, "html.parser")

    names = {str(field["name"]) for field in page.select("#page [name]")} - {"csrf_token", "attempt"}
    assert names == CLAIM.keys()


def test_only_the_page_of_the_window_admits_the_sdk_and_nothing_but_it(visitor: FlaskClient, sandbox: Server) -> None:
    ask(visitor)
    answer = visitor.get(WINDOW)
    others = [visitor.get(path) for path in ("/", "/sign-up/identity", "/log-in", f"{BACK}?identityVerificationId=x")]

    assert answer.headers["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'self' {sandbox.url}; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' {sandbox.url}; manifest-src 'self'; worker-src 'self'; frame-src {sandbox.url}; "
        f"form-action 'self' {sandbox.url}; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert f'<script src="{sandbox.url}/v2/browser-sdk.js" defer></script>' in answer.text
    assert {other.headers["Content-Security-Policy"] for other in others} == {POLICY}


def test_the_pages_of_this_mode_are_sound_and_in_both_languages(visitor: FlaskClient, sandbox: Server) -> None:
    asking = visitor.get("/sign-up/identity")
    wish = ask(visitor)
    pages = [asking, visitor.get(WINDOW), *(visitor.get(press(sandbox, wish, how)) for how in ("cancel", "fail"))]

    assert [problems(page.text) for page in pages] == [[]] * 4


def test_the_page_holds_no_secret_and_no_number(visitor: FlaskClient) -> None:
    ask(visitor)
    html = visitor.get(WINDOW).text

    assert "sandbox-portone-secret" not in html
    assert SEVEN not in html


def test_without_the_script_the_page_says_that_this_step_needs_it(visitor: FlaskClient) -> None:
    ask(visitor)
    page = BeautifulSoup(visitor.get(WINDOW).text, "html.parser")

    notice = page.select_one("noscript")
    assert notice is not None
    assert "자바스크립트를 켜야 합니다" in notice.text
    assert "This one step needs JavaScript" in notice.text
    button = page.select_one("[data-script]:has(#open-window)")
    assert button is not None
    assert button.has_attr("hidden")


def test_an_id_that_this_browser_did_not_ask_for_proves_nothing(
    app: Flask, visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    stranger = app.test_client()
    way_back = press(sandbox, ask(stranger))
    ask(visitor, name="Tran Thi Be")

    assert visitor.get(way_back).location == WINDOW
    assert [one.verified_at for one in rows(session)] == [None, None]
    assert app.test_client().get(way_back).location == "/sign-up/identity"


def test_an_id_that_was_used_proves_nothing_again(visitor: FlaskClient, sandbox: Server) -> None:
    way_back = press(sandbox, ask(visitor))
    visitor.get(way_back)
    visitor.post(MEMBER_FORM, data=MEMBER)

    assert visitor.get(way_back).location == "/sign-up/identity"


@pytest.mark.parametrize("said", ["", "&code=", "&transactionType=IDENTITY_VERIFICATION&status=VERIFIED"])
def test_the_word_of_the_browser_proves_nothing(visitor: FlaskClient, session: Session, said: str) -> None:
    wish = ask(visitor)

    answer = visitor.get(f"{BACK}?identityVerificationId={wish['identityVerificationId']}{said}")

    assert answer.status_code == 422
    assert "The verification is not finished yet" in answer.text
    assert rows(session)[0].verified_at is None


def test_a_verification_that_is_not_recent_proves_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    way_back = press(sandbox, ask(visitor))
    with time_machine.travel(now() + timedelta(minutes=11)):
        answer = visitor.get(way_back)

    assert answer.status_code == 422
    assert [(one.verified_at, one.ended_at is None) for one in rows(session)] == [(None, False)]


def test_a_window_that_was_closed_can_be_opened_again(visitor: FlaskClient, sandbox: Server) -> None:
    wish = ask(visitor)
    answer = visitor.get(press(sandbox, wish, "cancel"))
    assert (answer.status_code, wish_of(visitor)) == (422, wish)

    assert visitor.get(press(sandbox, wish)).location == MEMBER_FORM


def test_a_failed_verification_keeps_what_was_typed_and_asks_anew(visitor: FlaskClient, sandbox: Server) -> None:
    wish = ask(visitor)
    answer = visitor.get(press(sandbox, wish, "fail"))

    assert answer.status_code == 422
    assert '<bdi lang="ko">본인인증에 실패했습니다</bdi>' in answer.text
    assert 'value="NGUYEN VAN ANH"' in answer.text
    assert 'value="1997"' in answer.text
    assert ask(visitor)["identityVerificationId"] != wish["identityVerificationId"]


@pytest.mark.parametrize("person", [{"name": "LE VAN BE"}, {"phoneNumber": "01099998888"}, {"digits": "9803146"}])
def test_another_person_than_the_form_says_is_refused(
    visitor: FlaskClient, sandbox: Server, session: Session, person: dict[str, str]
) -> None:
    answer = visitor.get(press(sandbox, ask(visitor), **person))

    assert "The verified person differs from what you wrote" in answer.text
    assert [(one.verified_at, one.ended_at is None) for one in rows(session)] == [(None, False)]


def test_a_test_channel_proves_nobody_in_production(app: Flask, sandbox: Server) -> None:
    settings = replace(app.extensions["kosme_web"].settings, is_production=True)
    live = create_app(settings)
    live.config["WTF_CSRF_ENABLED"] = False
    client = live.test_client()

    answer = client.get(press(sandbox, ask(client)))

    assert answer.status_code == 503
    assert "Verification is temporarily unavailable" in answer.text
    with live.app_context():
        db.engine.dispose()


def test_a_question_of_our_own_pages_opens_no_window(visitor: FlaskClient) -> None:
    assert visitor.get(WINDOW).location == "/sign-up/identity"
    ask(visitor)

    assert visitor.get("/sign-up/identity/confirm").location == WINDOW


def test_fields_and_frames_of_the_agency_are_settings(app: Flask, visitor: FlaskClient, sandbox: Server) -> None:
    toolbox = app.extensions["kosme_web"]
    more = {"portone_bypass": {"kcpV2": {"media_type": "MC02"}}, "portone_window_origins": ("https://a.example",)}
    app.extensions["kosme_web"] = replace(toolbox, settings=replace(toolbox.settings, **more))

    wish = ask(visitor)

    assert wish["bypass"] == more["portone_bypass"]
    policy = visitor.get(WINDOW).headers["Content-Security-Policy"]
    assert f"frame-src {sandbox.url} https://a.example;" in policy
    assert f"script-src 'self' {sandbox.url};" in policy
