"""내 정보 → 로그인한 기기: each device is named, and logged out from here."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.domain.devices import device_name
from kosme_web.models import LogInSession
from kosme_web.sandbox.state import State
from tests.conftest import Membership, Server
from tests.outbox import work
from tests.people import LOG_IN, somebody_else

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Android · Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "iPhone · Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Windows · Edge"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_called_as_people_know_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    """Another device of the same person."""
    client = app.test_client()
    assert client.post("/log-in", data=LOG_IN, headers={"User-Agent": PHONE}).status_code == 303
    return client


def test_the_devices_are_listed_and_one_is_logged_out(member: FlaskClient, phone: FlaskClient) -> None:
    page = member.get("/account/devices").text
    assert page.count("Android · Chrome") == 1
    assert page.count("이 기기<") == 1
    ways = re.findall(r"/account/devices/[0-9a-f-]{36}/end", page)
    assert len(ways) == 1

    member.post(ways[0])

    assert "Android · Chrome" not in member.get("/account/devices").text
    assert phone.get("/account").status_code == 303
    assert member.get("/account").status_code == 200


@pytest.mark.usefixtures("member")
def test_a_log_in_on_a_new_device_is_told_once_and_its_later_versions_are_not(
    app: Flask, phone: FlaskClient, memory: State
) -> None:
    work(app)
    assert [sms["text"] for sms in memory.sms if "Android · Chrome" in sms["text"]]
    memory.sms.clear()

    phone.post("/log-in", data=LOG_IN, headers={"User-Agent": PHONE.replace("130", "131")})
    phone.post("/log-in", data=LOG_IN)

    assert work(app) == []


def test_all_others_and_then_all_are_logged_out(member: FlaskClient, phone: FlaskClient) -> None:
    member.post("/account/devices/end-others")
    assert [client.get("/account").status_code for client in (member, phone)] == [200, 303]

    phone.post("/log-in", data=LOG_IN)
    answer = member.post("/account/devices/end-all")

    assert answer.location == "/log-in"
    assert "모든 기기에서 로그아웃" in member.get("/log-in").text
    assert [client.get("/account").status_code for client in (member, phone)] == [303, 303]


def test_a_device_of_somebody_else_is_neither_shown_nor_logged_out(
    member: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    stranger = somebody_else(app.test_client(), sandbox.url)
    own = session.scalars(select(LogInSession.id).order_by(LogInSession.created_at)).first()

    assert stranger.get("/account/devices").text.count('class="ready"') == 1
    stranger.post(f"/account/devices/{own}/end")

    assert member.get("/account").status_code == 200
