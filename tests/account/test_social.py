"""내 정보 → SNS 계정: linking and unlinking after showing again who it is; the last way in stays."""

from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import SocialAccount
from tests.conftest import Server
from tests.people import MEMBER, join
from tests.social import LINK, SNS, answer_at, come_by, join_by, leave, linked

PROVE = "/account/social/{}/prove"
PASSWORD = {"password": MEMBER["password"]}
each_sns = pytest.mark.parametrize("provider", SNS)


def own(session: Session, provider: str) -> UUID:
    session.rollback()
    return session.scalars(select(SocialAccount.id).where(SocialAccount.provider == provider)).one()


def told(client: FlaskClient) -> str:
    return client.get("/account/social").text


@pytest.fixture
def later(visitor: FlaskClient, sandbox: Server) -> FlaskClient:
    """A member whose log-in is more than five minutes old: nothing is proved any more."""
    with time_machine.travel("2026-11-24 09:00:00+09:00"):
        join(visitor, sandbox.url)
    return visitor


@each_sns
def test_a_member_links_an_sns_account_and_logs_in_with_it(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    join(visitor, sandbox.url)

    assert come_by(visitor, provider, LINK).location == "/account/social"

    assert "계정을 연결했습니다" in told(visitor)
    assert linked(session) == [provider]
    assert come_by(app.test_client(), provider).location == "/resume"


def test_linking_needs_a_fresh_proof_and_the_password_is_one(later: FlaskClient, session: Session) -> None:
    with time_machine.travel("2026-11-24 09:10:00+09:00"):
        assert later.post("/account/social/naver/link").location == "/account/social"
        assert "먼저 본인 확인을 해 주세요" in told(later)
        assert later.post("/account/social/prove", data={"password": ""}).status_code == 422
        assert later.post("/account/social/prove", data={"password": "wrong"}).status_code == 422
        assert later.post("/account/social/naver/link").status_code == 303

        assert later.post("/account/social/prove", data=PASSWORD).status_code == 303
        come_by(later, "naver", LINK)

    assert linked(session) == ["naver"]


def test_the_password_may_be_tried_ten_times(visitor: FlaskClient, sandbox: Server) -> None:
    join(visitor, sandbox.url)

    statuses = [visitor.post("/account/social/prove", data={"password": "x"}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_a_member_without_a_password_proves_it_with_the_same_sns_account(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    with time_machine.travel("2026-11-24 09:00:00+09:00"):
        join_by(visitor, sandbox.url, "naver")
    with time_machine.travel("2026-11-24 09:10:00+09:00"):
        assert 'type="password"' not in told(visitor)
        come_by(visitor, "naver", PROVE, person="tran")
        assert "연결된 계정이 아닙니다" in told(visitor)
        assert visitor.post("/account/prove", data={"password": "nobody has this password"}).status_code == 422
        assert visitor.post("/account/social/kakao/link").status_code == 303

        come_by(visitor, "naver", PROVE)
        come_by(visitor, "kakao", LINK)

    assert linked(session) == ["kakao", "naver"]


def test_an_account_of_another_member_is_not_linked(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask
) -> None:
    join(visitor, sandbox.url)
    join_by(app.test_client(), sandbox.url, "naver", name="Tran Thi Be", phone_number="010-9876-5432")

    come_by(visitor, "naver", LINK)

    assert "다른 회원에게 연결되어" in told(visitor)
    assert linked(session) == ["naver"]


def test_the_same_account_is_linked_once(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join(visitor, sandbox.url)

    for _ in range(2):
        come_by(visitor, "naver", LINK)

    assert linked(session) == ["naver"]


def test_a_link_that_was_begun_by_another_member_is_not_made(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    back = answer_at(leave(visitor, "naver", LINK))
    with visitor.session_transaction() as held:
        states = {name: value for name, value in held.items() if name.startswith("_state_")}
    visitor.post("/log-out")
    join_by(visitor, sandbox.url, "kakao", person="tran", name="Tran Thi Be", phone_number="010-9876-5432")
    with visitor.session_transaction() as held:
        held.update(states)

    assert visitor.get(back).location == "/account/social"

    assert linked(session) == ["kakao"]


def test_a_link_that_is_ended_by_logging_out_on_the_way_is_not_made(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    back = answer_at(leave(visitor, "naver", LINK))
    visitor.post("/log-out")

    assert visitor.get(back).status_code == 400
    assert linked(session) == []


@each_sns
def test_unlinking_ends_the_link_here_and_there(
    visitor: FlaskClient, sandbox: Server, sandbox_app: Flask, session: Session, provider: str
) -> None:
    join(visitor, sandbox.url)
    come_by(visitor, provider, LINK)

    come_by(visitor, f"{own(session, provider)}", "/account/social/{}/unlink")

    assert "계정 연결을 끊었습니다" in told(visitor)
    assert linked(session) == []
    assert (provider, "nguyen") not in sandbox_app.extensions["state"].consents


@pytest.mark.parametrize(
    ("provider", "fault"), [("naver", "revoke-503"), ("kakao", "unlink-500"), ("facebook", "unlink-500")]
)
def test_a_provider_that_does_not_answer_at_unlinking_is_told(
    visitor: FlaskClient, sandbox: Server, session: Session, provider: str, fault: str
) -> None:
    join(visitor, sandbox.url)
    come_by(visitor, provider, LINK)

    come_by(visitor, f"{own(session, provider)}", "/account/social/{}/unlink", fault=fault)

    assert "이 사이트에서는 연결을 지웠지만" in told(visitor)
    assert linked(session) == []


def test_unlinking_with_another_account_at_the_provider_changes_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    come_by(visitor, "naver", LINK)

    come_by(visitor, f"{own(session, 'naver')}", "/account/social/{}/unlink", person="tran")

    assert "바뀐 내용은 없습니다" in told(visitor)
    assert linked(session) == ["naver"]


def test_who_cannot_log_in_at_the_provider_any_more_removes_the_link_here(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join(visitor, sandbox.url)
    come_by(visitor, "naver", LINK)
    account = own(session, "naver")

    back = visitor.get(answer_at(leave(visitor, str(account), "/account/social/{}/unlink"), "cancel"))
    page = visitor.get(back.location).text
    assert f"/account/social/{account}/remove" in page
    assert "그 계정에 더는 로그인할 수 없다면" in page  # why there is a second button now
    visitor.post(f"/account/social/{account}/remove")

    assert linked(session) == []


def test_the_last_way_to_log_in_cannot_be_removed(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join_by(visitor, sandbox.url, "kakao")
    account = own(session, "kakao")

    for action in ("unlink", "remove"):
        assert visitor.post(f"/account/social/{account}/{action}").location == "/account/social"
        assert "유일한 방법이라서" in told(visitor)
    assert linked(session) == ["kakao"]


def test_of_two_sns_accounts_one_may_go(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join_by(visitor, sandbox.url, "kakao")
    come_by(visitor, "naver", LINK)

    visitor.post(f"/account/social/{own(session, 'kakao')}/remove")
    visitor.post(f"/account/social/{own(session, 'naver')}/remove")

    assert linked(session) == ["naver"]


def test_unlinking_needs_a_fresh_proof(later: FlaskClient, session: Session) -> None:
    with time_machine.travel("2026-11-24 09:01:00+09:00"):
        come_by(later, "naver", LINK)
    with time_machine.travel("2026-11-24 09:10:00+09:00"):
        for action in ("unlink", "remove"):
            later.post(f"/account/social/{own(session, 'naver')}/{action}")

    assert linked(session) == ["naver"]


def test_the_account_of_another_member_is_not_found(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask
) -> None:
    join(visitor, sandbox.url)
    join_by(app.test_client(), sandbox.url, "naver", name="Tran Thi Be", phone_number="010-9876-5432")

    statuses = {
        visitor.post(f"/account/social/{own(session, 'naver')}/{what}").status_code for what in ("unlink", "remove")
    }

    assert statuses == {404}
    assert linked(session) == ["naver"]


def test_the_same_person_may_be_linked_again_after_unlinking(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask
) -> None:
    join(visitor, sandbox.url)
    come_by(visitor, "naver", LINK)
    come_by(visitor, f"{own(session, 'naver')}", "/account/social/{}/unlink")

    come_by(visitor, "naver", LINK)

    assert linked(session) == ["naver"]
    assert come_by(app.test_client(), "naver").location == "/resume"
