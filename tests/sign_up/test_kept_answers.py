"""회원정보 입력 when the verification has run out: what was typed is there again after it, for the same person only."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import Server
from tests.people import MEMBER, verify

TYPED = {**MEMBER, "detail_address": "세종2관 306호 <A>"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(ZoneInfo("UTC")), tick=True) as clock:
        yield clock


def answers(client: FlaskClient) -> dict[str, str]:
    """Give what the member form holds: its texts, its ticks and its chosen options."""
    form = BeautifulSoup(client.get("/sign-up/member").text, "html.parser").select_one("form#page")
    assert form is not None
    texts = {str(one["name"]): str(one["value"]) for one in form.select("input[name]:not([type=hidden])[value]")}
    ticked = {str(one["name"]): str(one["value"]) for one in form.select("[name][checked]")}
    chosen = {str(one.find_parent("select")["name"]): str(one["value"]) for one in form.select("option[selected]")}  # type: ignore[index]
    boxes = {str(one["name"]) for one in form.select("[type=radio][name], [type=checkbox][name]")}
    return {name: text for name, text in texts.items() if name not in boxes} | ticked | chosen


@pytest.mark.parametrize("path", ["member", "member/address", "member/address/choose"])
def test_all_but_the_password_is_there_again_after_another_verification(
    visitor: FlaskClient, sandbox: Server, clock: time_machine.Traveller, path: str
) -> None:
    verify(visitor, sandbox.url)
    clock.shift(timedelta(hours=2, minutes=1))

    answer = visitor.post(f"/sign-up/{path}", data=TYPED)
    told = visitor.get(answer.location).text
    verify(visitor, sandbox.url, attempt="2")

    assert "쓴 내용" in told or "나머지 내용은 그대로" in told
    held = answers(visitor)
    assert {name: held[name] for name in MEMBER if name != "password"} == {
        name: text for name, text in TYPED.items() if name != "password"
    }
    assert MEMBER["password"] not in str(held)
    cookie = visitor.get_cookie("session")
    assert cookie is not None
    assert len(cookie.value) < 3500


def test_it_is_there_for_the_same_person_only_and_for_an_hour(
    visitor: FlaskClient, sandbox: Server, clock: time_machine.Traveller
) -> None:
    held = []
    claims = (("Tran Thi Be", "010-9876-5432", 0), ("Nguyen Van Anh", "010-2345-6789", 61))
    for attempt, (name, phone, minutes) in enumerate(claims):
        verify(visitor, sandbox.url, attempt=f"before {attempt}")
        clock.shift(timedelta(hours=2, minutes=1))
        visitor.post("/sign-up/member", data=TYPED)
        clock.shift(timedelta(minutes=minutes))
        verify(visitor, sandbox.url, name=name, phone_number=phone, attempt=f"after {attempt}")
        held.append(answers(visitor).get("email", ""))

    assert held == ["", ""]


def test_who_lost_the_cookie_too_finds_it_all_the_same(visitor: FlaskClient, sandbox: Server) -> None:
    verify(visitor, sandbox.url)
    visitor.delete_cookie("session")

    visitor.post("/sign-up/member", data=TYPED)
    verify(visitor, sandbox.url)

    assert answers(visitor)["email"] == MEMBER["email"]


def test_more_than_a_cookie_holds_is_said_to_be_lost_and_nothing_is_typed_twice_in_vain(visitor: FlaskClient) -> None:
    answer = visitor.post("/sign-up/member", data={**TYPED, "english_address": "x" * 1600})

    assert "다시 써 주세요" in visitor.get(answer.location).text
    assert "member_form" not in str(visitor.get("/sign-up/identity").headers)
