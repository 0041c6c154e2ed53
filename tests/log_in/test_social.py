"""SNS 회원가입, SNS 로그인 (R-010…R-015, R-042): from the button to the membership, and the same button again."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Consent, LogInSession, SocialAccount, User
from tests.conftest import Server
from tests.people import IDENTITY, MEMBER, join, last_code, verify
from tests.people import LOG_IN as LOG_IN_FORM
from tests.social import LOG_IN, SIGN_UP, SNS, SOCIAL_MEMBER, answer_at, come_by, join_by, leave, linked

each_sns = pytest.mark.parametrize("provider", SNS)


def value_of(text: str, selector: str) -> str:
    field = BeautifulSoup(text, "html.parser").select_one(selector)
    assert field is not None
    return str(field.get("value", ""))


@each_sns
def test_a_newcomer_joins_with_an_sns_account_and_is_logged_in(
    visitor: FlaskClient, sandbox: Server, session: Session, provider: str
) -> None:
    join_by(visitor, sandbox.url, provider)

    user, account = session.scalars(select(User)).one(), session.scalars(select(SocialAccount)).one()
    assert (user.login_id, user.login_id_key, user.password_hash) == (None, None, None)
    assert (account.user_id, account.provider) == (user.id, provider)
    assert (user.referral_route, user.seeker_type) == (MEMBER["referral_route"], MEMBER["seeker_type"])
    decisions = {consent.kind: consent.decision for consent in session.scalars(select(Consent))}
    assert len(decisions) == 6
    assert visitor.get("/resume").status_code == 200
    assert "이제 이력서를 작성해" in visitor.get("/sign-up/complete").text


@each_sns
def test_a_known_sns_account_logs_in_whichever_button_is_pressed(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    join_by(visitor, sandbox.url, provider)

    for start in (SIGN_UP, LOG_IN):
        again = app.test_client()
        assert come_by(again, provider, start).location == "/resume"
        assert again.get("/resume").status_code == 200
    assert len(session.scalars(select(User)).all()) == 1


@each_sns
def test_an_unknown_account_at_the_log_in_is_offered_both_ways_on(
    visitor: FlaskClient, session: Session, provider: str
) -> None:
    answer = come_by(visitor, provider)

    page = visitor.get(answer.location).text
    assert answer.location == "/social/unknown"
    assert "/sign-up/identity" in page
    assert "/log-in?next=/account/social/confirm" in page
    assert session.scalars(select(LogInSession)).all() == []


@pytest.mark.parametrize(
    ("provider", "phone"),
    [
        ("naver", "010-2345-6789"),
        ("kakao", "010-2345-6789"),
        ("facebook", ""),
    ],
)
def test_what_the_profile_knows_stands_in_the_forms(
    visitor: FlaskClient, sandbox: Server, provider: str, phone: str
) -> None:
    come_by(visitor, provider, SIGN_UP)

    question = visitor.get("/sign-up/identity").text
    verify(visitor, sandbox.url)
    form = visitor.get("/sign-up/member").text

    assert (value_of(question, "#name"), value_of(question, "#phone_number")) == ("NGUYEN VAN ANH", phone)
    assert value_of(form, "#email") == "vananh97@example.com"
    assert "login_id" not in form
    assert 'type="password"' not in form


@each_sns
def test_a_person_without_name_and_e_mail_is_asked_by_the_form(
    visitor: FlaskClient, sandbox: Server, session: Session, provider: str
) -> None:
    come_by(visitor, provider, SIGN_UP, person="nobody")

    assert value_of(visitor.get("/sign-up/identity").text, "#phone_number") == ""
    verify(visitor, sandbox.url)
    assert value_of(visitor.get("/sign-up/member").text, "#email") == ""
    assert visitor.post("/sign-up/member", data={**SOCIAL_MEMBER, "email": ""}).location == "/sign-up/complete"
    assert session.scalars(select(User)).one().email is None


def test_an_error_in_the_form_keeps_the_sns_account_and_what_was_typed(visitor: FlaskClient, sandbox: Server) -> None:
    come_by(visitor, "kakao", SIGN_UP)
    verify(visitor, sandbox.url)

    answer = visitor.post("/sign-up/member", data={**SOCIAL_MEMBER, "mkt_sns": "", "email": "other@example.com"})

    assert answer.status_code == 422
    assert value_of(answer.text, "#email") == "other@example.com"
    assert visitor.post("/sign-up/member", data=SOCIAL_MEMBER).location == "/sign-up/complete"


def test_an_identity_that_was_verified_for_general_sign_up_is_asked_for_once_only(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    verify(visitor, sandbox.url)

    come_by(visitor, "naver", SIGN_UP)

    assert visitor.get("/sign-up/identity").location == "/sign-up/member"
    assert visitor.post("/sign-up/member", data=SOCIAL_MEMBER).location == "/sign-up/complete"
    assert linked(session) == ["naver"]


def test_who_changes_their_mind_goes_on_with_an_id_and_a_password(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    come_by(visitor, "naver", SIGN_UP)
    assert (
        'formaction="/sign-up/general"' in visitor.get("/sign-up").text
        or "/sign-up/general" in visitor.get("/sign-up").text
    )

    visitor.post("/sign-up/general")
    join(visitor, sandbox.url)

    assert linked(session) == []
    assert session.scalars(select(User)).one().login_id == MEMBER["login_id"]


def test_an_sns_sign_up_that_is_given_up_leaves_nothing_behind(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    come_by(visitor, "naver", SIGN_UP)
    verify(visitor, sandbox.url)

    assert session.scalars(select(User)).all() == []
    assert linked(session) == []


@each_sns
def test_an_e_mail_of_an_existing_account_links_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    join(visitor, sandbox.url)
    stranger = app.test_client()

    answer = come_by(stranger, provider)

    assert answer.location == "/social/unknown"
    assert stranger.get("/resume").status_code == 303
    assert linked(session) == []


def already_member(client: FlaskClient, sandbox: Server) -> str:
    client.post("/sign-up/identity", data=IDENTITY)
    answer = client.post("/sign-up/identity/confirm", data={"code": last_code(sandbox.url)})
    assert answer.status_code == 422
    return answer.text


@each_sns
def test_a_person_who_has_an_account_logs_in_once_and_then_decides_about_the_link(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    join(visitor, sandbox.url)
    again = app.test_client()
    come_by(again, provider, SIGN_UP)

    assert 'name="next" value="/account/social/confirm"' in already_member(again, sandbox)
    form = {**LOG_IN_FORM, "next": "/account/social/confirm"}
    assert again.post("/log-in", data=form).location == "/account/social/confirm"
    assert linked(session) == []
    assert "NGUYEN VAN ANH" in again.get("/account/social/confirm").text
    again.post("/account/social/confirm")

    assert linked(session) == [provider]
    assert visitor.get("/resume").status_code == 303  # linking ends the other log-ins
    assert come_by(app.test_client(), provider).location == "/resume"
    assert len(session.scalars(select(User)).all()) == 1


def test_a_link_that_was_not_wanted_is_not_made(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join(visitor, sandbox.url)
    visitor.post("/log-out")
    come_by(visitor, "naver")
    visitor.post("/log-in", data={**LOG_IN_FORM, "next": "/account/social/confirm"})

    visitor.post("/account/social/decline")
    visitor.post("/account/social/confirm")

    assert linked(session) == []


def test_a_log_in_that_was_not_for_linking_forgets_the_sns_account(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    visitor.post("/log-out")
    come_by(visitor, "naver")
    visitor.post("/log-in", data=LOG_IN_FORM)

    assert visitor.get("/account/social/confirm").location == "/account/social"
    visitor.post("/account/social/confirm")
    assert linked(session) == []


def test_two_windows_that_sign_up_with_one_sns_account_make_one_link(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask
) -> None:
    come_by(visitor, "kakao", SIGN_UP)
    verify(visitor, sandbox.url)
    other = app.test_client()
    join_by(other, sandbox.url, "kakao", name="Tran Thi Be", phone_number="010-9876-5432")

    answer = visitor.post("/sign-up/member", data=SOCIAL_MEMBER)

    assert answer.location == "/log-in"
    assert "이미 회원에게 연결된 SNS 계정입니다" in visitor.get("/log-in").text
    assert len(session.scalars(select(User)).all()) == 1


def test_the_sns_account_stands_in_the_resume_where_the_id_would_be(visitor: FlaskClient, sandbox: Server) -> None:
    join_by(visitor, sandbox.url, "kakao")

    page = visitor.get(visitor.post("/resume/new").location).text

    field = BeautifulSoup(page, "html.parser").select_one("#member-id")
    assert field is not None
    assert "카카오 계정" in str(field)


@each_sns
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/resume/x\ny"])
def test_the_way_on_after_the_log_in_never_leads_to_another_site(
    visitor: FlaskClient, sandbox: Server, app: Flask, provider: str, target: str
) -> None:
    join_by(visitor, sandbox.url, provider)
    again = app.test_client()

    assert again.get(answer_at(leave(again, provider, next=target))).location == "/resume"


def test_the_way_on_after_the_log_in_is_the_page_that_was_asked_for(
    visitor: FlaskClient, sandbox: Server, app: Flask
) -> None:
    join_by(visitor, sandbox.url, "naver")
    again = app.test_client()

    assert again.get(answer_at(leave(again, "naver", next="/account/social"))).location == "/account/social"


@each_sns
def test_the_language_survives_the_way_to_the_provider_and_back(visitor: FlaskClient, provider: str) -> None:
    answer = visitor.get(answer_at(leave(visitor, provider, _lang="en")))

    assert '<html lang="en">' in visitor.get(answer.location).text


def test_too_many_ways_to_a_provider_from_one_address_have_to_wait(visitor: FlaskClient) -> None:
    statuses = {visitor.post("/log-in/social/naver").status_code for _ in range(121)}

    assert statuses == {200, 429}


@pytest.mark.parametrize(("lang", "account"), [("ko", "네이버 계정을"), ("en", "your Naver account")])
def test_the_log_in_before_a_link_names_the_account_in_a_whole_sentence(
    visitor: FlaskClient, lang: str, account: str
) -> None:
    come_by(visitor, "naver")

    page = BeautifulSoup(visitor.get("/log-in?next=/account/social/confirm").text, "html.parser")

    told = page.select_one(f"main .note span[lang={lang}]")
    assert told is not None
    assert account in told.text
