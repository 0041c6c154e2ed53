"""개인정보 가리기 (N26): a helper sees and changes the rest, and nothing hidden is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftField, DraftNumber, ShareLink, User
from tests.conftest import Membership
from tests.people import LOG_IN, MEMBER, NUMBER, new_resume
from tests.site.filled import BASICS, EVERYTHING, HTMX, filled_resume

NOBODYS = "00000000-0000-7000-8000-000000000000"
SECRETS = ("2345-6789", "2345 6789", MEMBER["email"], "용소로", f"{NUMBER[0]}-•", NUMBER[1])


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


def visible(client: FlaskClient, *paths: str) -> list[str]:
    pages = [client.get(path, follow_redirects=True).text for path in paths]
    return [secret for secret in SECRETS if any(secret in page for page in pages)]


def fields(session: Session) -> dict[str, str]:
    session.rollback()
    return {one.name: one.value for one in session.scalars(select(DraftField))}


def test_number_phone_e_mail_and_address_are_off_every_page_until_the_password_is_given(member: FlaskClient) -> None:
    url = filled_resume(member)
    member.post(f"{url}/publish", data=EVERYTHING)
    pages = ("/resume", url, f"{url}/check", f"{url}/published", "/account", "/account/details", "/account/email")
    assert {"2345-6789", "용소로", f"{NUMBER[0]}-•"} <= set(visible(member, *pages))

    assert member.post(f"{url}/hide", data=EVERYTHING).location == f"{url}#status"

    assert visible(member, *pages) == []
    assert "개인정보를 가렸습니다" in member.get(url).text
    assert member.get(f"{url}/published").location == f"/account/prove?next={url}/published"
    assert member.post("/account/prove", data={"password": "wrong", "next": url}).status_code == 422
    assert visible(member, url) == []

    assert member.post("/account/prove", data={"password": MEMBER["password"], "next": url}).location == url
    assert "용소로" in visible(member, url)
    assert member.get(f"{url}/published").status_code == 200


def test_what_a_helper_saves_leaves_what_is_hidden_as_it_was(member: FlaskClient, session: Session) -> None:
    url = filled_resume(member)
    before = fields(session)
    member.post(f"{url}/hide", data={**EVERYTHING, "title": "새 제목"})
    assert fields(session) == {**before, "title": "새 제목"}

    member.post(url, data={"title": "도움 받은 제목", "seen": "99"})
    member.post(f"{url}/autosave", data={"title": "또 다른 제목", "seen": "99"}, headers=HTMX)

    assert fields(session) == {**before, "title": "또 다른 제목"}
    session.rollback()
    assert len(session.scalars(select(DraftNumber)).all()) == 1


def test_a_number_that_lives_in_the_page_only_is_not_lost_to_hiding(member: FlaskClient) -> None:
    url = new_resume(member)
    typed = {"registration_front": NUMBER[0], "registration_back": NUMBER[1], "seen": "99"}

    answer = member.post(f"{url}/hide", data=typed)

    assert answer.status_code == 200
    assert NUMBER[1] in answer.text
    assert "아직 가리지 않았습니다" in answer.text
    assert 'name="phone_number"' in member.get(url).text


def test_the_account_hides_too_and_a_form_that_was_open_keeps_its_text(member: FlaskClient, session: Session) -> None:
    assert member.post("/account/hide").location == "/resume"

    answer = member.post(
        "/account/details", data={"road_address": "어느 길 1"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, "어느 길 1" in answer.text) == (403, True)
    assert session.scalars(select(User.road_address)).one() == MEMBER["road_address"]
    assert member.get("/account").location == "/account/prove?next=/account"


def test_hiding_outdoes_a_fresh_proof_and_leaves_other_devices_alone(member: FlaskClient, app: Flask) -> None:
    member.post("/account/prove", data={"password": MEMBER["password"]})
    other = app.test_client()
    other.post("/log-in", data=LOG_IN)

    member.post("/account/hide")

    assert member.get("/account/email").location.startswith("/account/prove")
    assert other.get("/account").status_code == 200
    assert BASICS["phone_number"] in other.get("/account").text


def test_nothing_hidden_is_shared_or_put_back_by_a_helper(member: FlaskClient, session: Session) -> None:
    url = filled_resume(member)
    member.post(f"{url}/publish", data=EVERYTHING)
    member.post("/account/hide")

    for post in ("share", "version/1/restore", f"share/{NOBODYS}/revoke"):
        answer = member.post(f"{url}/{post}", data={"days": "7", "shows_contact": "1"})
        assert answer.location == f"/account/prove?next={url}/versions"
        assert not any(secret in answer.text for secret in SECRETS)
    assert session.scalars(select(ShareLink)).all() == []
    for post in ("address/choose", "name-check", "name-check/run"):
        answer = member.post(f"{url}/{post}", data={"seen": "99"}, headers=HTMX)
        assert (answer.status_code, [one for one in SECRETS if one in answer.text]) == (403, [])
