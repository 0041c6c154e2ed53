"""Without the script, what was typed survives an ended log-in, a stale token, or a lost cookie (N9, S4)."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.models import DraftField
from tests.conftest import Membership, Server
from tests.people import LOG_IN, MEMBER, NUMBER, new_resume, verify
from tests.site.page_checks import problems

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
TYPED = {
    "title": '통역사 <b>"quoted"</b> & more',
    "english_name": "Nguyen Van Anh",
    "registration_front": NUMBER[0],
    "registration_back": NUMBER[1],
    "seen": "99",
}
SOMEBODY = {**LOG_IN, "login_id": "thibe2000", "name": "Tran Thi Be"}


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(ZoneInfo("UTC")), tick=False) as clock:
        yield clock


def form_of(answer: TestResponse) -> tuple[str, dict[str, list[str]]]:
    """Give where the page's form goes, and what it would send."""
    form = BeautifulSoup(answer.text, "html.parser").select_one("form#page")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name]"):
        sent.setdefault(str(field["name"]), []).append(str(field.get("value", "")))
    return str(form["action"]), sent


def press(client: FlaskClient, answer: TestResponse, **typed: str) -> TestResponse:
    action, sent = form_of(answer)
    return client.post(action, data={**sent, **typed}, headers=OURS)


def kept(session: Session) -> dict[str, str]:
    """Give what the one draft holds."""
    session.rollback()
    session.expire_all()
    return {field.name: field.value for field in session.scalars(select(DraftField)) if field.value}


def end_log_in(ending: str, clock: time_machine.Traveller, client: FlaskClient) -> None:
    """Let the log-in end, in one of its ways, while the page is open."""
    if ending == "idle":
        clock.shift(timedelta(hours=13))
    elif ending == "elsewhere":
        other = client.application.test_client()
        cookie = client.get_cookie("session")
        assert cookie is not None
        other.set_cookie("session", cookie.value)
        other.post("/log-out")
    else:
        client.delete_cookie("session")


@pytest.mark.parametrize("ending", ["idle", "elsewhere", "the cookie is gone"])
def test_what_was_typed_when_the_log_in_ended_is_saved_after_the_same_person_has_logged_in(  # noqa: PLR0913, PLR0917
    app: Flask, visitor: FlaskClient, url: str, session: Session, clock: time_machine.Traveller, ending: str
) -> None:
    """S4, N9 without the script; with the forgery check on."""
    token = form_of(visitor.get(url))[1]["csrf_token"]
    end_log_in(ending, clock, visitor)
    app.config["WTF_CSRF_ENABLED"] = True

    ended = visitor.post(url, data={**TYPED, "csrf_token": token}, headers=OURS)
    assert ended.status_code == 401
    assert problems(ended.text) == []
    assert "통역사" not in str(kept(session))
    wrong = press(visitor, ended, **{**LOG_IN, "password": "not this one, sorry"})
    assert wrong.status_code == 422
    again = press(visitor, wrong, **LOG_IN)
    assert (again.status_code, problems(again.text)) == (200, [])
    saved = press(visitor, again)

    assert (saved.status_code, NUMBER[1] in saved.text) == (200, True)  # without consent it is echoed, as ever
    assert kept(session)["title"] == TYPED["title"]
    assert kept(session)["english_name"] == TYPED["english_name"]


def test_the_page_of_an_ended_log_in_shows_nothing_of_what_was_typed_to_whoever_reads_it(
    visitor: FlaskClient, url: str, tmp_path: Path
) -> None:
    visitor.delete_cookie("session")

    ended = visitor.post(url, data=TYPED, headers=OURS)

    assert ended.headers["Cache-Control"] == "private, no-store"
    for secret in ("통역사", *NUMBER):
        assert secret not in ended.text
    for file in tmp_path.glob("kosme.db*"):
        assert NUMBER[1].encode() not in file.read_bytes()


def join_somebody_else(client: FlaskClient, sandbox: Server) -> None:
    verify(client, sandbox.url, name="Tran Thi Be", phone_number="010-9876-5432")
    member = {**MEMBER, "login_id": "thibe2000", "email": "thibe@example.com"}
    assert client.post("/sign-up/member", data=member).location == "/sign-up/complete"


@pytest.mark.parametrize("way", ["/log-in/again", "/log-in/go-on"])
def test_another_person_gets_nothing_of_it_and_is_told(
    visitor: FlaskClient, url: str, sandbox: Server, session: Session, way: str
) -> None:
    """S4: one logs in on that very page, one in another tab."""
    join_somebody_else(visitor.application.test_client(), sandbox)
    visitor.delete_cookie("session")
    sealed = form_of(visitor.post(url, data=TYPED, headers=OURS))[1]["carried"]
    if way.endswith("go-on"):
        visitor.post("/log-in", data=SOMEBODY)

    answer = visitor.post(way, data={**SOMEBODY, "carried": sealed}, headers=OURS)

    assert (answer.status_code, answer.location) == (303, "/resume")
    told = visitor.get("/resume").text
    assert "다른 회원으로 로그인했습니다" in told
    assert "통역사" not in answer.text + told
    assert "title" not in kept(session)


def test_after_a_log_in_in_another_tab_the_page_goes_on_at_the_press_of_its_button(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    """As with an SNS account: its way leads over another tab."""
    visitor.delete_cookie("session")
    ended = visitor.post(url, data=TYPED, headers=OURS)
    page = BeautifulSoup(ended.text, "html.parser")
    elsewhere = page.select_one("form[target=_blank]")
    button = page.select_one("button[form=page]")
    assert isinstance(elsewhere, Tag)
    assert isinstance(button, Tag)
    sealed = form_of(ended)[1]["carried"]

    too_early = visitor.post(str(button["formaction"]), data={"carried": sealed}, headers=OURS)
    assert (too_early.status_code, form_of(too_early)[1]["carried"]) == (401, sealed)
    visitor.post("/log-in", data=LOG_IN)
    press(visitor, visitor.post(str(button["formaction"]), data={"carried": sealed}, headers=OURS))

    assert kept(session)["title"] == TYPED["title"]


def test_what_is_carried_is_good_for_a_day_and_only_as_it_was_sealed(
    visitor: FlaskClient, url: str, clock: time_machine.Traveller
) -> None:
    visitor.delete_cookie("session")
    (sealed,) = form_of(visitor.post(url, data=TYPED, headers=OURS))[1]["carried"]
    changed = sealed[:-8] + "AAAA" + sealed[-4:]
    told = []
    for text, days in ((sealed, 0), (changed, 0), ("x", 0), ("", 0), (sealed, 2)):
        clock.shift(timedelta(days=days))
        visitor.post("/log-in", data=LOG_IN)
        told.append(visitor.post("/log-in/go-on", data={"carried": text}, headers=OURS).status_code)

    assert told == [200, 303, 303, 303, 303]


def test_too_many_tries_lose_nothing_either(visitor: FlaskClient, url: str) -> None:
    visitor.delete_cookie("session")
    answer = visitor.post(url, data=TYPED, headers=OURS)
    sealed = form_of(answer)[1]["carried"]
    for _ in range(11):
        answer = press(visitor, answer, **{**LOG_IN, "password": "wrong"})

    assert (answer.status_code, form_of(answer)[1]["carried"]) == (429, sealed)
    assert "Too many tries" in answer.text


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


def test_a_chosen_file_that_cannot_come_along_is_named(visitor: FlaskClient, url: str) -> None:
    visitor.delete_cookie("session")

    ended = visitor.post(url, data={**TYPED, "photo": (io.BytesIO(b"x"), "me.png")}, headers=OURS)

    assert "사진은 함께 오지 못했습니다" in press(visitor, ended, **LOG_IN).text
