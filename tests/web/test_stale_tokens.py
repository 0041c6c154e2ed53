"""A stale token or a post that is not ours: nothing typed is lost, and nothing strange is carried (S5)."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import Membership, Server
from tests.people import LOG_IN, MEMBER, verify
from tests.site.page_checks import problems
from tests.web.carrying import HTMX, OURS, TYPED, form_of, kept, press

FORGED = [
    {},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_post_that_no_page_of_ours_sent_is_carried_nowhere(
    app: Flask, visitor: FlaskClient, url: str, session: Session, headers: dict[str, str]
) -> None:
    """Neither to the log-in, where its texts would become the victim's, nor to a button that would send them."""
    app.config["WTF_CSRF_ENABLED"] = True
    stale = visitor.post(url, data=TYPED, headers=headers)
    form = visitor.post("/sign-up/identity", data={"name": "Mallory"}, headers=headers)
    visitor.delete_cookie("session")
    ended = visitor.post(url, data=TYPED, headers=headers)
    log_in = visitor.post("/log-in", data={**LOG_IN, "login_id": "mallory"}, headers=headers)
    go_on = visitor.post("/log-in/go-on", data={"carried": "x"}, headers=headers)

    assert [answer.status_code for answer in (stale, form, ended, log_in, go_on)] == [400, 400, 303, 400, 400]
    for answer in (stale, form, ended, log_in, go_on):
        assert not {"통역사", "Mallory", "mallory"} & set(re.findall(r"\w+", answer.text))
    assert "title" not in kept(session)


@pytest.mark.parametrize("headers", [OURS, {"Origin": "http://localhost"}], ids=["new browser", "old browser"])
def test_a_stale_token_costs_one_press_and_no_text(
    app: Flask, visitor: FlaskClient, url: str, session: Session, headers: dict[str, str]
) -> None:
    """S5: the token was made before a new log-in in another tab."""
    token = form_of(visitor.get(url))[1]["csrf_token"]
    visitor.post("/log-out")
    visitor.post("/log-in", data=LOG_IN)
    app.config["WTF_CSRF_ENABLED"] = True
    typed = {**TYPED, "title": "두 줄\n텍스트", "unique_identifier_consent": ["", "1"], "csrf_token": token}

    refused = visitor.post(url, data=typed, headers=headers)
    assert (refused.status_code, problems(refused.text)) == (400, [])
    assert "title" not in kept(session)
    saved = press(visitor, refused)

    assert saved.status_code == 303
    assert kept(session)["title"] == "두 줄\n텍스트"
    assert kept(session)["unique_identifier_consent"] == "1"


def test_a_form_that_was_open_for_twelve_hours_is_saved(
    app: Flask, visitor: FlaskClient, url: str, session: Session, clock: time_machine.Traveller
) -> None:
    """S5."""
    app.config["WTF_CSRF_ENABLED"] = True
    token = form_of(visitor.get(url))[1]["csrf_token"]
    clock.shift(timedelta(hours=12))

    answer = visitor.post(url, data={"title": "통역사", "csrf_token": token, "seen": "99"})

    assert answer.status_code == 303
    assert kept(session)["title"] == "통역사"


def test_a_page_with_the_script_is_given_a_fresh_token(app: Flask, visitor: FlaskClient, url: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    person = BeautifulSoup(visitor.get(url).text, "html.parser").body

    stale = visitor.post(url, data={"title": "통역사", "csrf_token": "x"}, headers=HTMX)
    fresh = {"title": "통역사", "csrf_token": stale.headers["Kosme-Csrf"], "seen": "99"}

    assert person is not None
    assert (stale.status_code, stale.headers["Kosme-Person"]) == (400, person["data-person"])
    assert visitor.post(url, data=fresh, headers=HTMX).status_code == 200


def test_a_member_form_with_a_stale_token_comes_back_whole_with_its_password(
    app: Flask, visitor: FlaskClient, sandbox: Server
) -> None:
    """S4 of the manual: the one page where a password is typed for the first time."""
    verify(visitor, sandbox.url)
    app.config["WTF_CSRF_ENABLED"] = True

    refused = visitor.post("/sign-up/member", data={**MEMBER, "csrf_token": "x"}, headers=OURS)

    assert refused.status_code == 400
    assert press(visitor, refused).location == "/sign-up/complete"


def test_a_password_is_repeated_nowhere_else(app: Flask, visitor: FlaskClient, membership: Membership) -> None:
    membership.give(visitor)
    app.config["WTF_CSRF_ENABLED"] = True

    answer = visitor.post("/account/social/prove", data={"password": MEMBER["password"]}, headers=OURS)

    assert answer.status_code == 400
    assert MEMBER["password"] not in answer.text


def test_a_log_in_with_a_stale_token_is_the_form_again(
    app: Flask, visitor: FlaskClient, membership: Membership
) -> None:
    membership.give(visitor)
    visitor.post("/log-out")
    app.config["WTF_CSRF_ENABLED"] = True

    answer = visitor.post("/log-in", data={**LOG_IN, "next": "/resume"}, headers=OURS)

    assert (answer.status_code, form_of(answer)[1]["login_id"]) == (400, [LOG_IN["login_id"]])
    assert press(visitor, answer).location == "/resume"


def test_a_post_to_no_resume_at_all_is_answered_as_if_there_were_one(visitor: FlaskClient) -> None:
    nobodys = "/resume/00000000-0000-7000-8000-000000000000"

    assert visitor.post(nobodys, data=TYPED, headers=OURS).status_code == 401
    assert visitor.post("/resume/new", headers=OURS).location == "/log-in"


def test_whose_log_in_it_was_is_not_told_by_the_page(visitor: FlaskClient, url: str) -> None:
    visitor.delete_cookie("session")

    first, second = (form_of(visitor.post(url, data=TYPED, headers=OURS))[1]["carried"] for _ in range(2))

    assert first != second
