"""내 정보: password, e-mail, phone and details, each changed by plain posts, confirmed, and told."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import OutboxMessage, User
from kosme_web.sandbox.state import State
from tests.conftest import Membership, Server
from tests.outbox import later, work
from tests.people import IDENTITY, LOG_IN, MEMBER, last_code
from tests.recovery import PASSWORD
from tests.social import answer_at, join_by, leave

NEW_EMAIL = "van.anh@example.org"
PASSWORDS = {"password": MEMBER["password"], "new_password": PASSWORD}


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    assert visitor.post("/account/prove", data={"password": MEMBER["password"]}).location == "/account"
    return visitor


def kinds(session: Session) -> list[tuple[str, str]]:
    """Give kind and channel of the security messages in the outbox."""
    session.rollback()
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.event_key.like("security:%")))
    return sorted((one.kind, one.channel.lower()) for one in found)


def user_of(session: Session) -> User:
    session.rollback()
    return session.scalars(select(User)).one()


def mailed_code(app: Flask, memory: State) -> str:
    work(app)
    found = re.search("[0-9]{6}", memory.mail[0]["text"])
    assert found is not None
    return found[0]


def verified_again(client: FlaskClient, sandbox: Server, **claim: str) -> None:
    client.post("/account/identity", data={**IDENTITY, **claim})
    answer = client.post("/account/identity/confirm", data={"code": last_code(sandbox.url)})
    assert answer.location == "/account/phone"


def test_the_menu_leads_to_the_account_and_the_account_to_every_page(member: FlaskClient) -> None:
    assert 'href="/account"' in member.get("/").text
    page = BeautifulSoup(member.get("/account").text, "html.parser")

    links = {str(link["href"]) for link in page.select("main a")}
    assert {"/account/phone", "/account/email", "/account/details", "/account/password", "/account/devices"} <= links
    assert {member.get(link).status_code for link in links} == {200}


def test_a_new_password_needs_the_old_one_and_ends_the_other_log_ins(
    member: FlaskClient, app: Flask, session: Session
) -> None:
    other = app.test_client()
    assert other.post("/log-in", data=LOG_IN).status_code == 303
    for wrong in ({"password": "wrong"}, {"new_password": "short"}, {"new_password": "nguyen van anh 97"}):
        assert member.post("/account/password", data={**PASSWORDS, **wrong}).status_code == 422

    assert member.post("/account/password", data=PASSWORDS).location == "/account"

    assert "비밀번호가 변경되었습니다" in member.get("/account").text
    assert other.get("/account").status_code == 303
    assert other.post("/log-in", data={**LOG_IN, "password": PASSWORD}).status_code == 303
    assert kinds(session) == [("PASSWORD_CHANGED", "sms")]


def test_the_old_password_may_be_guessed_ten_times(member: FlaskClient) -> None:
    guesses = [member.post("/account/password", data={**PASSWORDS, "password": "x"}).status_code for _ in range(10)]

    assert guesses == [422] * 9 + [429]  # one was used up by the proof before


def test_a_member_without_a_password_sets_one_with_an_id(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    join_by(visitor, sandbox.url, "kakao")
    for login_id in ("x", ""):
        assert visitor.post("/account/password", data={"login_id": login_id, "password": PASSWORD}).status_code == 422
    keys = {"login_id": "vananh97", "password": PASSWORD}
    with later(minutes=6):  # the proof of the log-in is over: the form keeps what was typed
        answer = visitor.post("/account/password", data=keys)
        assert (answer.status_code, 'value="vananh97"' in answer.text) == (403, True)
        assert visitor.get("/account/password").location == "/account/prove?next=/account/password"
        way = leave(visitor, "kakao", "/account/social/{}/prove", next="/account/password")
        assert visitor.get(answer_at(way)).location == "/account/password"
        assert visitor.post("/account/password", data=keys).location == "/account"

    assert app.test_client().post("/log-in", data={**LOG_IN, "password": PASSWORD}).status_code == 303
    assert ("PASSWORD_SET", "sms") in kinds(session)


@pytest.mark.usefixtures("membership")
def test_an_id_that_is_taken_is_not_given_twice(app: Flask, sandbox: Server) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    join_by(client, sandbox.url, "kakao", name="Tran Thi Be", phone_number="010-9876-5432")

    answer = client.post("/account/password", data={"login_id": MEMBER["login_id"].upper(), "password": PASSWORD})

    assert (answer.status_code, "이미 쓰고 있는" in answer.text or "다른 아이디" in answer.text) == (422, True)


def test_an_e_mail_address_counts_once_its_code_was_typed_and_both_addresses_learn_of_it(
    member: FlaskClient, app: Flask, session: Session, memory: State
) -> None:
    assert member.post("/account/email", data={"email": "nobody"}).status_code == 422
    assert member.post("/account/email", data={"email": NEW_EMAIL, "_lang": "en"}).location == "/account/email/code"
    code = mailed_code(app, memory)
    assert memory.mail[0]["to"] == NEW_EMAIL
    assert user_of(session).email == MEMBER["email"]
    assert code not in str([one.parameters for one in session.scalars(select(OutboxMessage))])

    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert member.post("/account/email/code", data={"code": wrong}).status_code == 422
    assert member.post("/account/email/code", data={"code": code}).location == "/account"

    assert user_of(session).email == NEW_EMAIL
    assert kinds(session) == [("EMAIL_CHANGED", "mail"), ("EMAIL_CHANGED", "sms")]
    work(app)
    assert memory.mail[0]["to"] == MEMBER["email"]
    assert member.post("/account/email/code", data={"code": code}).location == "/account/email"  # once


def test_a_code_has_five_tries_and_one_hour(member: FlaskClient, app: Flask, session: Session, memory: State) -> None:
    member.post("/account/email", data={"email": NEW_EMAIL})
    code = mailed_code(app, memory)
    with later(hours=1, seconds=1):
        membership_is_asked = member.post("/account/email/code", data={"code": code})
    for _ in range(5):
        member.post("/account/email/code", data={"code": "0"})

    told = [membership_is_asked.status_code, member.post("/account/email/code", data={"code": code}).status_code]

    assert told == [303, 303]
    assert user_of(session).email == MEMBER["email"]


def test_a_second_wish_makes_the_code_of_the_first_void(
    member: FlaskClient, app: Flask, session: Session, memory: State
) -> None:
    member.post("/account/email", data={"email": NEW_EMAIL})
    member.post("/account/email", data={"email": NEW_EMAIL})  # pressed twice
    first = mailed_code(app, memory)
    assert [mail["to"] for mail in memory.mail].count(NEW_EMAIL) == 1
    member.post("/account/email", data={"email": "other@example.org"})

    assert member.post("/account/email/code", data={"code": first}).status_code == 422
    assert member.post("/account/email/code", data={"code": mailed_code(app, memory)}).status_code == 303
    assert user_of(session).email == "other@example.org"


def test_ten_codes_an_hour_are_sent_and_no_more(member: FlaskClient) -> None:
    sent = [member.post("/account/email", data={"email": NEW_EMAIL}).status_code for _ in range(11)]

    assert sent == [303] * 10 + [429]


def test_an_e_mail_address_can_be_removed_and_security_notices_then_come_by_text_message(
    member: FlaskClient, app: Flask, session: Session, memory: State
) -> None:
    member.post("/account/email", data={"email": MEMBER["email"]})
    member.post("/account/email/code", data={"code": mailed_code(app, memory)})
    member.post("/account/devices/end-others")
    assert kinds(session) == [("LOGGED_OUT_EVERYWHERE", "mail")]  # to the address that is confirmed now

    assert member.post("/account/email", data={"email": ""}).location == "/account"

    assert (user_of(session).email, user_of(session).email_confirmed_at) == (None, None)
    member.post("/account/devices/end-others")
    assert kinds(session).count(("LOGGED_OUT_EVERYWHERE", "sms")) == 1


def test_the_phone_number_is_changed_by_the_member_verified_again_and_told_at_both_ends(
    member: FlaskClient, sandbox: Server, session: Session
) -> None:
    verified_again(member, sandbox, phone_number="010-7777-6543")
    assert "010-7777-6543" in member.get("/account/phone").text
    assert user_of(session).phone_number == "+821023456789"

    assert member.post("/account/phone").location == "/account"

    assert user_of(session).phone_number == "+821077776543"
    assert kinds(session) == [("PHONE_CHANGED", "mail"), ("PHONE_CHANGED", "sms")]
    assert session.scalars(select(OutboxMessage.recipient).where(OutboxMessage.kind == "PHONE_CHANGED")).all()[0]
    assert member.post("/account/phone").location == "/account/phone"  # the proof is used


def test_the_phone_number_of_another_person_is_not_taken(
    member: FlaskClient, sandbox: Server, session: Session
) -> None:
    verified_again(member, sandbox, name="Tran Thi Be", phone_number="010-9876-5432")

    member.post("/account/phone")

    assert "바뀐 내용은 없습니다" in member.get("/account/phone").text
    assert user_of(session).phone_number == "+821023456789"


def test_nobody_else_is_verified_for_a_membership(visitor: FlaskClient) -> None:
    assert visitor.get("/account/identity").location == "/log-in?next=/account/identity"
    assert visitor.post("/account/identity", data=IDENTITY).location == "/log-in"


def test_details_are_changed_and_begin_the_next_resume(member: FlaskClient, session: Session) -> None:
    chosen = '{"road": "경상남도 진주시 초북로 77", "english": "77, Chobuk-ro", "postal_code": "52852"}'
    typed = {"detail_address": "306-602", "seeker_type": "GENERAL", "program_type": "GENERAL", "language": "en"}
    assert "초북로" in member.post("/account/details/address/choose", data={**typed, "address_choice": chosen}).text
    for wrong in ({"road_address": ""}, {"language": "fr"}, {"seeker_type": "X"}):
        place = {"road_address": "x", **typed, **wrong}
        assert member.post("/account/details", data=place).status_code == 422
    place = {"road_address": "경상남도 진주시 초북로 77", "found_address": "경상남도 진주시 초북로 77"}
    place |= {"english_address": "77, Chobuk-ro", "postal_code": "52852"}

    assert member.post("/account/details", data={**place, **typed}).location == "/account"

    user = user_of(session)
    assert (user.english_address, user.postal_code, user.language) == ("77, Chobuk-ro", "52852", "en")
    assert "77, Chobuk-ro" in member.get("/account/details").text
    assert "초북로 77" in member.get(member.post("/resume/new").location).text
    member.post("/account/password", data=PASSWORDS)
    assert session.scalars(select(OutboxMessage.language).order_by(OutboxMessage.id.desc())).first() == "en"


def test_the_address_search_of_the_account_works_with_and_without_the_script(member: FlaskClient) -> None:
    for path in ("/account/details/address", "/account/details/address/search"):
        data = {"address_keyword": "초북로 77", "detail_address": "306-602"}
        assert 'value="306-602"' in member.post(path, data=data).text
        part = member.post(path, data=data, headers={"HX-Request": "true"})
        assert ("<html" in part.text, part.headers["Kosme-Partial"]) == (False, "true")
    answer = member.post("/account/details/address/choose", data={}, headers={"HX-Request": "true"})
    assert answer.headers["Kosme-Dialog"] == "close"
