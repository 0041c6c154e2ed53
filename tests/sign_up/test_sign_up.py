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
    assert "성명" in BeautifulSoup(answer.text, "html.parser").select_one("label[for=name]").text  # type: ignore[union-attr]


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

    page = BeautifulSoup(answer.text, "html.parser")
    assert "이미 가입한 회원입니다" in answer.text
    assert page.select_one("#page button[formaction='/log-in']")
    assert not page.select("#code")
    assert "알뜰폰은 통신망" not in answer.text


def test_a_proof_serves_its_own_browser_only(visitor: FlaskClient, sandbox: Server, app: Flask) -> None:
    verify(visitor, sandbox.url)

    assert app.test_client().get("/sign-up/member").location == "/sign-up/identity"


def test_a_wrong_code_is_told_at_the_code_with_likely_causes_below(visitor: FlaskClient) -> None:
    visitor.post("/sign-up/identity", data=IDENTITY)

    answer = visitor.post("/sign-up/identity/confirm", data={"code": "abc"})

    code = BeautifulSoup(answer.text, "html.parser").select_one("#code")
    assert answer.status_code == 422
    assert code
    assert (code["aria-invalid"], code.has_attr("autofocus")) == ("true", True)
    assert "알뜰폰은 통신망" in answer.text


def test_whoever_starts_the_verification_again_need_not_type_it_again(visitor: FlaskClient, app: Flask) -> None:
    visitor.post("/sign-up/identity", data=IDENTITY)

    page = BeautifulSoup(visitor.get("/sign-up/identity").text, "html.parser")

    for name, text in IDENTITY.items():
        shown = page.select_one(f"#page [name={name}]:not([type=hidden], [type=radio]), [name={name}][checked]")
        assert shown
        assert str(shown["value"]).casefold() == text.casefold()
    stranger = BeautifulSoup(app.test_client().get("/sign-up/identity").text, "html.parser")
    assert stranger.select_one("#name")["value"] == ""  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "anchors"),
    [
        ({"birth_year": "", "birth_month": "", "birth_day": ""}, ["#birth_year"]),
        ({"birth_month": "", "birth_day": ""}, ["#birth_month"]),
        ({"birth_day": ""}, ["#birth_day"]),
    ],
)
def test_a_date_of_birth_that_is_missing_is_asked_for_once(
    visitor: FlaskClient, typed: dict[str, str], anchors: list[str]
) -> None:
    answer = visitor.post("/sign-up/identity", data=IDENTITY | typed)

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert [link["href"] for link in page.select("#problems a")] == anchors


@pytest.mark.parametrize(
    ("login_id", "answers"), [("vananh97", ["쓸 수 있는"]), ("x", ["4~20자"]), ("", []), ("z" * 21, ["20자까지"])]
)
def test_an_id_is_judged_as_one_leaves_the_field_and_takes_the_place_of_an_older_error(
    visitor: FlaskClient, sandbox: Server, login_id: str, answers: list[str]
) -> None:
    verify(visitor, sandbox.url)

    answer = visitor.post("/sign-up/member/login-id", data={"login_id": login_id}, headers={"HX-Request": "true"})

    told = BeautifulSoup(answer.text, "html.parser").select("#login-id-answer > p")
    assert len(told) == len(answers)
    assert all(text in one.text for one, text in zip(told, answers, strict=True))


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
