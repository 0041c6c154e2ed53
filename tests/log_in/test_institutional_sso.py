"""기관 통합 로그인 (R-043, contract: onepass.md), against a real OpenID provider that is not ours."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kosme_web.config import Settings
from kosme_web.config.oauth import OAuthKeys
from tests.conftest import Server, settings_for
from tests.people import join, verify
from tests.social import LINK, SIGN_UP, SOCIAL_MEMBER, leave, linked, path_of, question_of

SCRIPT = Path(__file__).with_name("openid_provider.mjs")
BACK = "http://localhost/social/sso/callback"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    node = shutil.which("node")
    assert node
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = (node, str(SCRIPT), str(port), BACK)
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603  ours
    assert server.stdout is not None
    assert "ready\n" in iter(server.stdout.readline, "")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()
    server.stdout.close()


@pytest.fixture
def settings(tmp_path: Path, sandbox: Server, issuer: str) -> Settings:
    made = settings_for(tmp_path, sandbox)
    keys = OAuthKeys(
        "agency-client",
        "agency-secret",
        url=issuer,
        api_url=issuer,
        scope="openid profile email phone",
        token_auth="client_secret_basic",
        labels=("시험 기관 로그인", "Test agency log-in"),
    )
    return replace(made, oauth={**made.oauth, "sso": keys})


def agree(url: str, person: str = "nguyen") -> str:
    """Log in and consent on the provider's own pages, and give the address, on our side, where that leads."""
    browser = requests.Session()
    answer = browser.get(url, allow_redirects=False, timeout=30)
    for _ in range(12):
        if "Location" in answer.headers:
            url = urljoin(url, answer.headers["Location"])
            if url.startswith(BACK):
                return path_of(url)
            answer = browser.get(url, allow_redirects=False, timeout=30)
            continue
        form = BeautifulSoup(answer.text, "html.parser").select_one("form")
        assert form is not None, answer.text
        hidden = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}
        url = urljoin(url, str(form["action"]))
        data = {**hidden, "login": person, "password": "any"}
        answer = browser.post(url, data=data, allow_redirects=False, timeout=30)
    raise AssertionError(url)


def cancel(url: str) -> str:
    browser = requests.Session()
    page = browser.get(url, timeout=30)
    link = re.search(r'href="([^"]*/abort)"', page.text)
    assert link
    answer = browser.get(urljoin(page.url, link[1]), allow_redirects=False, timeout=30)
    while not answer.headers["Location"].startswith(BACK):
        answer = browser.get(urljoin(url, answer.headers["Location"]), allow_redirects=False, timeout=30)
    return path_of(answer.headers["Location"])


def test_the_button_has_the_label_of_the_settings_and_the_page_says_what_became_of_digital_onepass(
    visitor: FlaskClient,
) -> None:
    page = visitor.get("/log-in").text

    assert '<span lang="ko">시험 기관 로그인</span><span lang="en">Test agency log-in</span>' in page
    assert "디지털원패스 로그인" in page  # what people look for
    assert "디지털원패스는 2025년 12월 30일에 서비스가 종료되었습니다" in page
    assert "/sign-up/social/sso" not in visitor.get("/sign-up").text  # R-010 names three, and this is none of them


def test_the_question_asks_for_everything_the_contract_wants(visitor: FlaskClient) -> None:
    asked = question_of(leave(visitor, "sso"))

    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid profile email phone"
    assert asked["code_challenge_method"] == "S256"
    assert asked["ui_locales"] == "ko en"
    assert asked["redirect_uri"] == BACK
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


def test_a_newcomer_joins_by_the_institution_and_comes_again(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    assert visitor.get(agree(leave(visitor, "sso"))).location == "/social/unknown"
    assert 'value="NGUYEN VAN ANH"' in visitor.get("/sign-up/identity").text  # by userinfo: no id_token says it
    verify(visitor, sandbox.url)
    assert "vananh97@example.com" in visitor.get("/sign-up/member").text
    visitor.post("/sign-up/member", data=SOCIAL_MEMBER)

    again = app.test_client()
    assert again.get(agree(leave(again, "sso"))).location == "/resume"
    assert linked(session) == ["sso"]


def test_a_member_links_the_institution_from_the_account_page(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    button = LINK.format("sso")
    assert button in visitor.get("/account/social").text

    visitor.get(agree(leave(visitor, "sso", LINK)))

    assert linked(session) == ["sso"]
    assert button not in visitor.get("/account/social").text
    again = app.test_client()
    assert again.get(agree(leave(again, "sso"))).location == "/resume"


def test_a_verified_e_mail_links_nothing_by_itself(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    join(app.test_client(), sandbox.url)

    assert visitor.get(agree(leave(visitor, "sso"))).location == "/social/unknown"
    assert linked(session) == []


def test_a_person_of_whom_nothing_is_told_is_asked_by_the_form(visitor: FlaskClient) -> None:
    visitor.get(agree(leave(visitor, "sso", SIGN_UP), "bare"))

    name = BeautifulSoup(visitor.get("/sign-up/identity").text, "html.parser").select_one("#name")
    assert name is not None
    assert name["value"] == ""


def test_a_code_serves_once(visitor: FlaskClient) -> None:
    back = agree(leave(visitor, "sso"))
    with visitor.session_transaction() as held:
        before = dict(held)
    assert visitor.get(back).status_code == 303

    with visitor.session_transaction() as held:
        held.clear()
        held.update(before)  # even a copied cookie brings nothing
    assert visitor.get(back).status_code == 400


def test_an_answer_without_the_issuer_it_promised_is_refused(visitor: FlaskClient) -> None:
    back = agree(leave(visitor, "sso"))
    assert "&iss=" in back

    assert visitor.get(re.sub(r"&iss=[^&]*", "", back)).status_code == 400


def test_who_cancels_is_told_so(visitor: FlaskClient) -> None:
    assert visitor.get(cancel(leave(visitor, "sso"))).location == "/log-in"


class TestWithAWrongSecret:
    @pytest.fixture
    def settings(self, tmp_path: Path, sandbox: Server, issuer: str) -> Settings:
        made = settings_for(tmp_path, sandbox)
        keys = OAuthKeys(
            "agency-client", "wrong", url=issuer, api_url=issuer, scope="openid", labels=("기관", "Agency")
        )
        return replace(made, oauth={**made.oauth, "sso": keys})

    def test_a_wrong_secret_logs_nobody_in(self, visitor: FlaskClient) -> None:
        assert visitor.get(agree(leave(visitor, "sso"))).status_code == 400
