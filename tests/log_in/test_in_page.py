"""What an open page learns of its log-in: how long it lasts, whose it is, and how to make it last (S4, S5, H2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import Membership
from tests.people import LOG_IN
from tests.site.page_checks import problems

HTMX = {"HX-Request": "true"}
IDLE = 12 * 3600


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(ZoneInfo("UTC")), tick=False) as clock:
        yield clock


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership, clock: time_machine.Traveller) -> FlaskClient:
    membership.give(visitor)
    clock.shift(timedelta(minutes=10))
    visitor.get("/resume")  # a visit that is noted
    return visitor


def seconds_left(client: FlaskClient) -> int:
    answer = client.get("/session", headers=HTMX)
    assert (answer.status_code, answer.text, "Kosme-Partial" in answer.headers) == (204, "", True)
    return int(answer.headers["Kosme-Seconds"])


def test_asking_how_long_the_log_in_lasts_does_not_make_it_longer(
    member: FlaskClient, clock: time_machine.Traveller
) -> None:
    before = seconds_left(member)
    for _ in range(3):
        clock.shift(timedelta(hours=1))
        seconds_left(member)
        member.get("/session/warning", headers=HTMX)

    assert IDLE <= before <= IDLE + 300
    assert seconds_left(member) == before - 3 * 3600
    clock.shift(timedelta(hours=10))
    assert member.get("/session", headers=HTMX).status_code == 401


def test_one_press_makes_it_last_again_and_so_does_work_in_another_tab(
    member: FlaskClient, clock: time_machine.Traveller
) -> None:
    told = []
    for press in (lambda: member.post("/session/extend", headers=HTMX), lambda: member.get("/account/social")):
        clock.shift(timedelta(hours=11))
        press()
        told.append(seconds_left(member) >= IDLE)

    assert told == [True, True]


def test_it_never_lasts_beyond_its_last_day(member: FlaskClient, clock: time_machine.Traveller) -> None:
    for _ in range(15):
        clock.shift(timedelta(hours=11))
        member.post("/session/extend", headers=HTMX)

    assert seconds_left(member) < 3 * 3600


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["page with the script", "browser"])
def test_whoever_is_not_logged_in_is_told_so(visitor: FlaskClient, headers: dict[str, str]) -> None:
    answers = [visitor.get("/session", headers=headers), visitor.post("/session/extend", headers=headers)]

    assert {answer.status_code for answer in answers} == ({401} if headers else {303})
    assert all("Kosme-Person" not in answer.headers for answer in answers)


def test_the_page_itself_knows_its_person_and_the_end(member: FlaskClient) -> None:
    body, stranger = (
        BeautifulSoup(client.get("/").text, "html.parser").body for client in (member, member.application.test_client())
    )
    assert body is not None
    assert stranger is not None
    assert len(str(body["data-person"])) == 24
    assert IDLE - 1 <= int(str(body["data-seconds"])) <= IDLE + 300
    assert (stranger["data-person"], stranger["data-seconds"]) == ("", "0")


def test_the_log_in_of_the_dialog_answers_with_the_person_and_a_token_that_holds(member: FlaskClient) -> None:
    person = member.get("/session", headers=HTMX).headers["Kosme-Person"]
    member.post("/log-out")
    dialog = member.get("/log-in", headers=HTMX)
    wrong = member.post("/log-in", data={**LOG_IN, "name": "Somebody Else"}, headers=HTMX)
    member.application.config["WTF_CSRF_ENABLED"] = True
    token = BeautifulSoup(dialog.text, "html.parser").select_one("[name=csrf_token]")
    assert token is not None
    right = member.post("/log-in", data={**LOG_IN, "csrf_token": token["value"]}, headers=HTMX)
    go_on = member.post("/resume/new", data={"csrf_token": right.headers["Kosme-Csrf"]})

    assert [answer.status_code for answer in (dialog, wrong, right, go_on)] == [200, 422, 204, 303]
    assert all("<html" not in answer.text for answer in (dialog, wrong))
    assert problems(dialog.text) == problems(wrong.text) == []
    assert right.headers["Kosme-Person"] == person
    assert member.get("/log-in", headers=HTMX).headers["Kosme-Person"] == person  # nothing to ask any more


def test_a_person_has_the_same_mark_in_every_log_in_and_nobody_elses_id_in_it(
    member: FlaskClient, membership: Membership
) -> None:
    other = member.application.test_client()
    other.post("/log-in", data=LOG_IN)
    membership.give(member)

    marks = {client.get("/session", headers=HTMX).headers["Kosme-Person"] for client in (member, other)}

    assert len(marks) == 1


def test_logging_out_has_the_browser_forget_all_but_the_language(member: FlaskClient) -> None:
    member.get("/?lang=en")

    answer = member.post("/log-out")

    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache", "storage"')
    assert member.get_cookie("lang") is not None
    assert member.get("/session", headers=HTMX).status_code == 401


def test_whoever_logged_in_for_another_tab_is_sent_back_to_it(member: FlaskClient) -> None:
    answer = member.get("/log-in/elsewhere")

    assert problems(answer.text) == []
    assert "이 탭을 닫고" in answer.text
