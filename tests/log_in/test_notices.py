"""연결끊기 알림: what providers tell us by themselves is believed only with their proof, and erases the link."""

import time
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import User
from kosme_web.sandbox import facebook, kakao, naver, sns
from tests.conftest import Server, serve
from tests.people import IDENTITY, join, last_code
from tests.social import SNS, come_by, join_by, linked


def notices(provider: str, person: str = "nguyen") -> dict[str, Any]:
    """Give the question that a provider sends about a person, as the sandbox signs it."""
    if provider == "naver":
        return {"data": naver.notice(naver.naver_id(person), int(time.time()))}
    if provider == "facebook":
        return {"data": {"signed_request": facebook.signed_request(person)}}
    number = str(sns.subject_of("kakao", kakao.CLIENT, person))
    what = {"app_id": "1", "user_id": number, "referrer_type": "ACCOUNT_DELETE"}
    return {"data": what, "headers": {"Authorization": f"KakaoAK {kakao.ADMIN_KEY}"}}


ANSWERS = {"naver": 204, "kakao": 200, "facebook": 200}


@pytest.mark.parametrize("provider", SNS)
def test_a_notice_erases_the_link_and_not_the_membership_and_may_come_twice(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    join_by(visitor, sandbox.url, provider)
    app.config["WTF_CSRF_ENABLED"] = True  # a provider has no token of ours

    told = [app.test_client().post(f"/social/{provider}/unlinked", **notices(provider)) for _ in range(2)]

    assert [answer.status_code for answer in told] == [ANSWERS[provider]] * 2
    assert linked(session) == []
    assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize("provider", SNS)
def test_a_notice_about_somebody_else_erases_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session, provider: str
) -> None:
    join_by(visitor, sandbox.url, provider)

    answer = visitor.post(f"/social/{provider}/unlinked", **notices(provider, "tran"))

    assert answer.status_code == ANSWERS[provider]
    assert linked(session) == [provider]


@pytest.mark.parametrize(("provider", "status"), [("naver", 403), ("kakao", 403), ("facebook", 400)])
def test_a_notice_without_proof_erases_nothing(
    visitor: FlaskClient, sandbox: Server, session: Session, provider: str, status: int
) -> None:
    join_by(visitor, sandbox.url, provider)
    right = notices(provider)
    wrong = {**right["data"], "signature": "AAAA", "signed_request": "AAAA.AAAA"}

    assert visitor.post(f"/social/{provider}/unlinked", data=wrong).status_code == status
    assert visitor.post(f"/social/{provider}/unlinked").status_code == status
    assert linked(session) == [provider]


@pytest.mark.parametrize("provider", ["naver", "facebook"])
def test_a_notice_that_is_older_than_the_link_is_about_an_earlier_one(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask, provider: str
) -> None:
    old = notices(provider)
    time.sleep(1.1)  # notices count whole seconds
    join_by(visitor, sandbox.url, provider)

    app.test_client().post(f"/social/{provider}/unlinked", **old)

    assert linked(session) == [provider]


def test_kakao_may_tell_by_get_too(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join_by(visitor, sandbox.url, "kakao")
    right = notices("kakao")

    answer = visitor.get("/social/kakao/unlinked", query_string=right["data"], headers=right["headers"])

    assert answer.status_code == 200
    assert linked(session) == []


def test_naver_may_tell_in_the_address_too(visitor: FlaskClient, sandbox: Server, session: Session) -> None:
    join_by(visitor, sandbox.url, "naver")

    answer = visitor.post("/social/naver/unlinked", query_string=notices("naver")["data"])

    assert answer.status_code == 204
    assert linked(session) == []


def test_a_wish_for_deletion_gets_an_address_and_a_code_always_the_same(
    visitor: FlaskClient, sandbox: Server, session: Session
) -> None:
    join_by(visitor, sandbox.url, "facebook")

    first, second = (visitor.post("/social/facebook/deletion", **notices("facebook")).json for _ in range(2))
    unknown = visitor.post("/social/facebook/deletion", **notices("facebook", "tran")).json

    assert first is not None
    assert unknown is not None
    assert first == second
    assert first.keys() == unknown.keys() == {"url", "confirmation_code"}
    assert first["confirmation_code"] != unknown["confirmation_code"]
    assert first["url"] == f"http://localhost/social/facebook/deletion/{first['confirmation_code']}"
    assert linked(session) == []
    page = visitor.get(first["url"])
    assert page.status_code == 200
    assert all(word in page.text for word in ("페이스북 정보를 삭제했습니다", "Your Facebook data were deleted"))


@pytest.mark.parametrize("code", ["ABC123", "0" * 32, "x" * 500, "한글"])
def test_an_invented_code_of_a_deletion_is_not_found(visitor: FlaskClient, code: str) -> None:
    assert visitor.get(f"/social/facebook/deletion/{code}").status_code == 404


@pytest.mark.parametrize("text", ["", "one part", "a.b", "%%%.%%%"])
def test_a_wish_for_deletion_that_nobody_signed_is_refused(visitor: FlaskClient, text: str) -> None:
    assert visitor.post("/social/facebook/deletion", data={"signed_request": text}).status_code == 400


def test_who_has_no_way_in_any_more_is_told_so_and_nothing_is_lost(
    visitor: FlaskClient, sandbox: Server, session: Session, app: Flask
) -> None:
    join_by(visitor, sandbox.url, "kakao")
    visitor.post("/social/kakao/unlinked", **notices("kakao"))
    again = app.test_client()
    come_by(again, "kakao", "/sign-up/social/{}")

    again.post("/sign-up/identity", data=IDENTITY)
    answer = again.post("/sign-up/identity/confirm", data={"code": last_code(sandbox.url)})

    assert "지금은 로그인할 방법이 없습니다" in answer.text
    assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize(
    "button", ["naver unlink 204", "kakao unlink 200", "facebook unlink 200", "facebook delete → 200"]
)
def test_the_buttons_of_the_sandbox_reach_the_site(
    app: Flask, sandbox: Server, sandbox_app: Flask, session: Session, button: str
) -> None:
    provider, what, told = button.split(" ", 2)
    app.config["WTF_CSRF_ENABLED"] = False
    join_by(app.test_client(), sandbox.url, provider)
    consent = sandbox_app.extensions["state"].consents[provider, "nguyen"]
    for site in serve(app):
        consent.site = site.url
        requests.post(f"{sandbox.url}/{provider}/people/nguyen/{what}", timeout=30)

    assert told in consent.told
    assert consent.told in requests.get(sandbox.url, timeout=30).text.replace("&#34;", '"')
    assert linked(session) == []


def test_a_member_with_a_password_keeps_it_when_a_link_ends(visitor: FlaskClient, sandbox: Server) -> None:
    join(visitor, sandbox.url)

    assert visitor.post("/social/kakao/unlinked", **notices("kakao")).status_code == 200
    assert visitor.get("/resume").status_code == 200
