"""본인인증: each failure that the contract names, seen from the browser, and what is left behind by it."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import requests
import structlog
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from kosme_web.models.base import now
from kosme_web.sandbox.portone_person import LEFT_OUT
from kosme_web.web import request_log
from tests.conftest import Server
from tests.people import IDENTITY, MEMBER, join, last_code, verify
from tests.sign_up.asking import MEMBER_FORM, ask, at_the_agency, change, confirm, verification

SEVEN = "9703146"  # what the agency is sent of the registration number


def test_wrong_otp_is_told_in_both_languages_and_in_the_words_of_the_agency(
    visitor: FlaskClient, session: Session
) -> None:
    ask(visitor)

    answer = confirm(visitor, "abc")

    assert "인증번호가 다르거나 유효시간이 지났습니다" in answer.text
    assert "The code is not the one we sent" in answer.text
    assert '<bdi lang="ko">인증번호가 다릅니다</bdi>' in answer.text
    assert 'value="abc"' in answer.text
    assert verification(session).verified_at is None


def test_too_many_wrong_codes_end_it_whatever_code_follows(visitor: FlaskClient, sandbox: Server) -> None:
    ask(visitor)
    for _ in range(5):
        confirm(visitor, "abc")

    answer = confirm(visitor, last_code(sandbox.url))

    assert answer.status_code == 422
    assert "Too many wrong codes" in answer.text


def test_an_expired_code_is_told_without_asking_the_agency(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    ask(visitor)
    with time_machine.travel(now() + timedelta(minutes=6)):
        answer = confirm(visitor, last_code(sandbox.url))

    assert "The time for this code is over" in answer.text
    assert verification(session).try_count == 0


def test_confirm_before_send_leads_to_the_beginning(visitor: FlaskClient) -> None:
    assert confirm(visitor, "012345").location == "/sign-up/identity"


def test_resending_too_often_is_refused(visitor: FlaskClient) -> None:
    ask(visitor)
    answers = [visitor.post("/sign-up/identity/resend") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [303] * 4 + [422]
    assert "The code was sent too often" in answers[-1].text


@pytest.mark.parametrize(
    ("press", "told"), [(None, "PASS 앱에서 아직 승인하지 않았습니다"), ("deny", "PASS 앱에서 거절했습니다")]
)
def test_app_not_yet_approved_or_denied_is_told_and_stays_open(
    visitor: FlaskClient, sandbox: Server, session: Session, press: str | None, told: str
) -> None:
    ask(visitor, verify_method="PASS_APP")
    page = f"{sandbox.url}/pass/{verification(session).id}"
    if press:
        requests.post(page, data={"answer": press}, timeout=30)

    answer = confirm(visitor)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert "The PASS app has not approved yet" in answer.text

    requests.post(page, data={"answer": "approve"}, timeout=30)
    assert confirm(visitor).location == MEMBER_FORM


@pytest.mark.parametrize(("digits", "told"), [("0001", "명의자 불일치"), ("0002", "통신사 불일치")])
def test_carrier_or_owner_mismatch_shows_what_the_agency_says(visitor: FlaskClient, digits: str, told: str) -> None:
    answer = visitor.post("/sign-up/identity", data={**IDENTITY, "phone_number": f"0102345{digits}"})

    assert answer.status_code == 422
    assert f'<bdi lang="ko">{told}</bdi>' in answer.text
    assert "Your carrier could not confirm this person" in answer.text


def test_a_used_proof_is_no_proof(visitor: FlaskClient, sandbox: Server) -> None:
    verify(visitor, sandbox.url)
    visitor.post(MEMBER_FORM, data=MEMBER)

    assert visitor.get(MEMBER_FORM).location == "/sign-up/identity"
    assert confirm(visitor, last_code(sandbox.url)).location == "/sign-up/identity"


@pytest.mark.parametrize(("field", "text"), [("name", "LE VAN BE"), ("phoneNumber", "01099998888")])
def test_verified_but_name_or_phone_differs_from_the_form_is_refused_and_ends(
    visitor: FlaskClient, sandbox_app: Flask, session: Session, field: str, text: str
) -> None:
    ask(visitor)
    found = at_the_agency(sandbox_app, session)
    found.customer[field] = text

    answer = confirm(visitor, found.code)

    assert "The verified person differs from what you wrote" in answer.text
    assert text not in answer.text
    assert verification(session).ended_at is not None
    assert visitor.get(MEMBER_FORM).location == "/sign-up/identity"


def test_a_test_channel_proves_nobody_in_production(
    app: Flask, visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    change(app, accepts_test_channel=False)
    ask(visitor)

    answer = confirm(visitor, last_code(sandbox.url))

    assert answer.status_code == 503
    assert verification(session).verified_at is None


@pytest.mark.parametrize("digits", ["0008", "0009"])
def test_optional_fields_that_are_absent_hinder_nobody_and_one_person_stays_one(
    app: Flask, visitor: FlaskClient, sandbox: Server, digits: str
) -> None:
    claim = {"phone_number": f"0102345{digits}"}
    verify(visitor, sandbox.url, **claim)
    visitor.post(MEMBER_FORM, data=MEMBER)
    again = app.test_client()
    ask(again, **claim)

    assert "You are a member already" in confirm(again, last_code(sandbox.url)).text


def test_a_person_without_di_and_ci_is_told_to_the_operator(
    visitor: FlaskClient, sandbox: Server, sandbox_app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(visitor)
    request_log.configure("WARNING")
    monkeypatch.setitem(LEFT_OUT, at_the_agency(sandbox_app, session).channel, ("di", "ci"))
    with capture_logs() as lines:
        assert confirm(visitor, last_code(sandbox.url)).location == MEMBER_FORM

    assert [line["event"] for line in lines if line["log_level"] == "warning"] == ["identity without DI and CI"]


def test_a_duplicate_person_is_told_so_without_telling_whose_account(
    visitor: FlaskClient, sandbox: Server, app: Flask
) -> None:
    join(visitor, sandbox.url)
    again = app.test_client()
    ask(again, phone_number="010-9876-5432")

    answer = confirm(again, last_code(sandbox.url))

    assert "You are a member already" in answer.text
    assert MEMBER["login_id"] not in answer.text


def test_a_foreign_name_in_latin_capitals_with_several_spaces_is_the_same_name(
    visitor: FlaskClient, sandbox: Server, sandbox_app: Flask, session: Session
) -> None:
    ask(visitor, name="nguyen van-anh")
    at_the_agency(sandbox_app, session).customer["name"] = "NGUYEN   VAN  ANH"

    assert confirm(visitor, last_code(sandbox.url)).location == MEMBER_FORM


def test_identity_number_is_never_in_logs_database_or_error_pages(
    app: Flask, visitor: FlaskClient, sandbox: Server, tmp_path: Path
) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    verify(visitor, sandbox.url)
    pages = [
        visitor.post("/sign-up/identity", data={**IDENTITY, "phone_number": f"0102345000{digit}"}).text
        for digit in range(1, 8)
    ]
    app.view_functions["sign_up.enter_details"] = lambda: str(1 // int("0"))
    pages.append(visitor.get(MEMBER_FORM).text)

    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("kosme.db*"))
    assert "crash" in written.getvalue()
    assert len(kept) > 100_000
    assert not re.search(SEVEN, written.getvalue() + "".join(pages))
    assert SEVEN.encode() not in kept


def test_a_bad_secret_is_an_alarm_for_the_operator_and_temporarily_unavailable_for_the_person(
    app: Flask, visitor: FlaskClient
) -> None:
    change(app, secret="revoked")
    with capture_logs() as lines:
        answer = visitor.post("/sign-up/identity", data=IDENTITY)

    assert answer.status_code == 503
    assert "Verification is temporarily unavailable" in answer.text
    alarms = [line for line in lines if line["log_level"] == "error"]
    assert [(line["provider"], line["outcome"], line["reason"]) for line in alarms] == [
        ("portone", "credentials", "401")
    ]
