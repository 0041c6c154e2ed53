"""본인인증: what is asked or proven twice, at once, too late, or for another number."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import IdentityVerification, User
from kosme_web.models.base import now
from tests.conftest import Server
from tests.people import IDENTITY, MEMBER, last_code, verify
from tests.sign_up.asking import CONFIRM, MEMBER_FORM, ask, at_the_agency, change, confirm, verification


def test_a_sending_whose_answer_got_lost_is_not_sent_again(
    app: Flask, visitor: FlaskClient, sandbox_app: Flask, session: Session
) -> None:
    state = sandbox_app.extensions["state"]
    slow = {**IDENTITY, "phone_number": "010-2345-0006", "attempt": "one-form"}
    change(app, seconds=0.09)
    lost = visitor.post("/sign-up/identity", data=slow)
    sent = len(state.sms)
    assert lost.status_code == 503
    assert 'name="attempt" value="one-form"' in lost.text
    assert session.scalars(select(IdentityVerification)).all() == []
    change(app, seconds=5)

    assert visitor.post("/sign-up/identity", data=slow).location == CONFIRM
    assert visitor.post("/sign-up/identity", data=slow).location == CONFIRM
    assert len(state.sms) == sent
    assert len(session.scalars(select(IdentityVerification)).all()) == 1


def test_a_code_whose_answer_got_lost_counts_when_it_is_sent_again(visitor: FlaskClient, sandbox: Server) -> None:
    ask(visitor, phone_number="010-2345-0011")
    code = last_code(sandbox.url)
    assert confirm(visitor, code).status_code == 503

    assert confirm(visitor, code).location == MEMBER_FORM


def test_asking_for_another_code_after_a_lost_answer_finds_the_proof(visitor: FlaskClient, sandbox: Server) -> None:
    ask(visitor, phone_number="010-2345-0011")
    confirm(visitor, last_code(sandbox.url))

    assert visitor.post("/sign-up/identity/resend").location == MEMBER_FORM


def test_two_tabs_that_confirm_at_once_make_one_account(
    app: Flask, visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    ask(visitor)
    cookie = visitor.get_cookie("session")
    assert cookie is not None
    code, together, answers = last_code(sandbox.url), Barrier(2), []

    def tab(login_id: str) -> None:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        together.wait()
        answers.append(confirm(client, code).location)
        together.wait()
        answers.append(client.post(MEMBER_FORM, data={**MEMBER, "login_id": login_id}).location)

    tabs = [Thread(target=tab, args=(login_id,)) for login_id in ("first2026", "second2026")]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()

    assert answers[:2] == [MEMBER_FORM] * 2
    assert sorted(answers[2:]) == ["/sign-up/complete", "/sign-up/identity"]
    assert len(session.scalars(select(User)).all()) == 1


def test_editing_the_phone_after_the_verification_voids_it(
    visitor: FlaskClient, sandbox: Server, sandbox_app: Flask
) -> None:
    verify(visitor, sandbox.url)
    ask(visitor, phone_number="010-9876-5432")
    assert visitor.get(MEMBER_FORM).location == "/sign-up/identity"

    newest = next(reversed(sandbox_app.extensions["state"].verifications.values()))
    newest.customer["name"] = "SOMEBODY ELSE"
    assert confirm(visitor, newest.code).status_code == 422  # the new one ends, and the old one is not back

    assert visitor.get(MEMBER_FORM).location == "/sign-up/identity"


def test_a_phone_number_posted_with_the_member_form_changes_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    verify(visitor, sandbox.url)

    visitor.post(MEMBER_FORM, data={**MEMBER, "phone_number": "010-9999-9999", "name": "SOMEBODY ELSE"})

    user = session.scalars(select(User)).one()
    assert (user.phone_number, user.name) == ("+821023456789", "NGUYEN VAN ANH")


def test_an_under_age_result_stops_the_sign_up(visitor: FlaskClient, sandbox: Server) -> None:
    ask(visitor, phone_number="010-2345-0010")

    answer = confirm(visitor, last_code(sandbox.url))

    assert "People under 15 may not sign up" in answer.text
    assert visitor.get(MEMBER_FORM).location == "/sign-up/identity"


@pytest.mark.parametrize("minutes", [-3, 20])
def test_a_verification_of_another_time_proves_nothing(
    visitor: FlaskClient, sandbox_app: Flask, session: Session, minutes: int
) -> None:
    ask(visitor, phone_number="010-2345-0011")
    found = at_the_agency(sandbox_app, session)
    confirm(visitor, found.code)
    found.changed_at = (now() + timedelta(minutes=minutes)).isoformat()

    answer = confirm(visitor, found.code)

    assert answer.status_code == 422
    assert verification(session).verified_at is None


def test_an_id_is_made_anew_where_the_first_has_ended(
    visitor: FlaskClient, sandbox: Server, sandbox_app: Flask, session: Session
) -> None:
    form = {**IDENTITY, "attempt": "one-form"}
    visitor.post("/sign-up/identity", data=form)
    at_the_agency(sandbox_app, session).customer["name"] = "LE VAN BE"
    confirm(visitor, last_code(sandbox.url))

    assert visitor.post("/sign-up/identity", data=form).location == CONFIRM
    assert confirm(visitor, last_code(sandbox.url)).location == MEMBER_FORM
