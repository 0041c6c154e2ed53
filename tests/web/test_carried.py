"""Without the script, what was typed survives an ended log-in, a stale token, or a lost cookie (N9, S4)."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import Server
from tests.people import LOG_IN, MEMBER, NUMBER, verify
from tests.site.page_checks import problems
from tests.web.carrying import OURS, TYPED, form_of, kept, press

SOMEBODY = {**LOG_IN, "login_id": "thibe2000", "name": "Tran Thi Be"}


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
