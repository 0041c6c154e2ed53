"""회원가입, 로그인: a newcomer proves a phone, joins, and logs in."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Consent, IdentityVerification, LogInSession, User
from tests.conftest import Server
from tests.people import IDENTITY, LOG_IN, MEMBER, join, last_code, verify


def test_a_newcomer_joins_and_logs_in_with_the_name_in_another_order(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)

    user = session.scalars(select(User)).one()
    assert (user.name, user.phone_number) == ("NGUYEN VAN ANH", "+821023456789")
    assert MEMBER["password"] not in user.password_hash
    decisions = {consent.kind: consent.decision for consent in session.scalars(select(Consent))}
    assert decisions["MKT_SNS"] == "REFUSED"
    assert decisions["TOS_PRIVACY"] == "AGREED"
    assert len(decisions) == 6
    assert visitor.get("/resume").status_code == 200


@pytest.mark.parametrize("wrong", [{"login_id": "nobody99"}, {"password": "something else!"}, {"name": "TRAN"}])
def test_whatever_is_wrong_at_the_log_in_the_answer_is_the_same(
    visitor: FlaskClient, sandbox: Server, app: Flask, wrong: dict[str, str]
) -> None:
    join(visitor, sandbox.url)

    answer = app.test_client().post("/log-in", data=LOG_IN | wrong)

    assert answer.status_code == 422
    assert "세 가지를 모두 확인해 주세요" in answer.text


def test_logging_out_ends_the_session_for_a_copied_cookie_too(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    cookie = visitor.get_cookie("session")
    assert cookie is not None

    visitor.post("/log-out")
    visitor.set_cookie("session", cookie.value)

    assert visitor.get("/resume").location == "/log-in?next=/resume"
    assert session.scalars(select(LogInSession)).one().ended_at is not None


def test_an_error_keeps_everything_that_was_typed(visitor: FlaskClient, sandbox: Server) -> None:
    verify(visitor, sandbox.url)

    answer = visitor.post("/sign-up/member", data={**MEMBER, "password": "short", "mkt_sns": ""})

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("#road_address")["value"] == MEMBER["road_address"]  # type: ignore[index]
    assert page.select_one("#password")["value"] == "short"  # type: ignore[index]
    assert len(page.select("#problems a")) == 2
    assert page.select_one("[name=mkt_email][value=AGREED]").has_attr("checked")  # type: ignore[union-attr]


def test_no_consent_and_no_answer_starts_ticked(visitor: FlaskClient, sandbox: Server) -> None:
    verify(visitor, sandbox.url)

    page = BeautifulSoup(visitor.get("/sign-up/member").text, "html.parser")

    assert [one["name"] for one in page.select("input[checked]")] == ["_lang"]


def test_agreeing_to_all_without_the_script_never_answers_for_the_messages(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    verify(visitor, sandbox.url)
    unticked = {name: text for name, text in MEMBER.items() if name not in ("tos_privacy", "mkt_sns")}

    answer = visitor.post("/sign-up/member", data={**unticked, "agree_all": "1"})

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert [link["href"] for link in page.select("#problems a")] == ["#mkt_sns"]
    assert session.scalars(select(User)).all() == []


def test_one_person_has_one_account(visitor: FlaskClient, sandbox: Server, app: Flask) -> None:
    join(visitor, sandbox.url)
    again = app.test_client()
    again.post("/sign-up/identity", data=IDENTITY)

    answer = again.post("/sign-up/identity/confirm", data={"code": last_code(sandbox.url)})

    assert "이미 가입한 회원입니다" in answer.text


def test_a_proof_serves_its_own_browser_only(visitor: FlaskClient, sandbox: Server, app: Flask) -> None:
    verify(visitor, sandbox.url)

    assert app.test_client().get("/sign-up/member").location == "/sign-up/identity"


def test_a_wrong_code_is_told_with_likely_causes(visitor: FlaskClient) -> None:
    visitor.post("/sign-up/identity", data=IDENTITY)

    answer = visitor.post("/sign-up/identity/confirm", data={"code": "abc"})

    assert answer.status_code == 422
    assert "알뜰폰은 통신망" in answer.text


@pytest.mark.parametrize(
    ("digits", "status"), [("0001", 422), ("0003", 503), ("0004", 503), ("0005", 503), ("0007", 503)]
)
def test_a_failing_agency_loses_nothing_and_writes_nothing(
    visitor: FlaskClient, session: Session, digits: str, status: int
) -> None:
    answer = visitor.post("/sign-up/identity", data={**IDENTITY, "phone_number": f"0102345{digits}"})

    assert answer.status_code == status
    assert 'value="Nguyen Van Anh"' in answer.text
    assert session.scalars(select(IdentityVerification)).all() == []
