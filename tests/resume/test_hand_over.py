"""휴대전화로 이어서 쓰기 (N28): a code opens one résumé, at one field, once, soon, and for one person."""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from time_machine import travel

from kosme_web.models import HandOver
from kosme_web.web.formats import clock
from tests.conftest import Membership, Server
from tests.people import LOG_IN, new_resume, somebody_else

HTMX = {"HX-Request": "true"}
ROW = "0123456789ab"


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@pytest.fixture
def phone(app: Flask, membership: Membership) -> FlaskClient:
    """Another device of the same person, logged in."""
    client = app.test_client()
    membership.give(client)
    return client


def code_of(client: FlaskClient, url: str, at: str = "photo", headers: dict[str, str] | None = None) -> str:
    """Show a code and give the path of its address."""
    answer = client.post(f"{url}/hand-over", data={"at": at, "seen": "99"}, headers=headers or HTMX)
    assert answer.status_code == 200
    link = BeautifulSoup(answer.text, "html.parser").select_one("#hand-over a")
    assert link
    return urlsplit(str(link["href"])).path


def open_at(client: FlaskClient, path: str) -> str:
    return str(client.post(path).location)


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_the_code_is_a_picture_and_an_address_and_the_page_is_saved_before(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    """With htmx it is a part for the dialog; without it the page with all that was typed in it."""
    now = datetime.now(UTC)
    with travel(now, tick=False):
        data = {"at": "photo", "title": "통역사", "registration_front": "970314", "seen": "99"}
        answer = visitor.post(f"{url}/hand-over", data=data, headers=headers)

    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("#hand-over svg path")
    assert not page.select("#hand-over [style]")
    assert str(page.select_one("#hand-over a")["href"]).startswith("http://localhost/resume/hand-over/")  # type: ignore[index]
    assert clock(now + timedelta(minutes=5)) in page.select_one("#hand-over").text  # type: ignore[union-attr]
    assert 'value="통역사"' in visitor.get(url).text
    assert ('value="970314"' in answer.text) != bool(headers)


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("photo", "#photo"),
        ("title", "#title"),
        (f"work-{ROW}-company_name", f"?open={ROW}#work-{ROW}-company_name"),
        ("", ""),
        ("<script>", ""),
        ("x" * 81, ""),
    ],
)
def test_another_device_goes_on_at_the_same_field(
    visitor: FlaskClient, phone: FlaskClient, url: str, at: str, place: str
) -> None:
    visitor.post(url, data={"title": "통역사 <b>", "seen": "99"})
    path = code_of(visitor, url, at)

    asked = phone.get(path)

    assert asked.status_code == 200
    assert "통역사 &lt;b&gt;" in asked.text
    assert open_at(phone, path) == url + place


def test_looking_at_the_address_does_not_use_it_up_and_opening_it_does(
    visitor: FlaskClient, phone: FlaskClient, url: str
) -> None:
    path = code_of(visitor, url)
    for _ in range(3):
        assert phone.get(path).status_code == phone.head(path).status_code == 200
    assert open_at(phone, path) == f"{url}#photo"

    again = [phone.post(path), phone.get(path), visitor.get(path)]

    assert [answer.status_code for answer in again] == [404] * 3
    assert "이 코드는 더 이상 쓸 수 없습니다" in again[0].text
    assert "This code opens nothing any more" in again[0].text


def test_after_five_minutes_a_code_opens_nothing(visitor: FlaskClient, phone: FlaskClient, url: str) -> None:
    path = code_of(visitor, url)

    with travel(datetime.now(UTC) + timedelta(minutes=4, seconds=55)):
        assert phone.get(path).status_code == 200
    with travel(datetime.now(UTC) + timedelta(minutes=5, seconds=1)):
        assert (phone.get(path).status_code, phone.post(path).status_code) == (404, 404)


def test_a_code_is_of_no_use_to_another_person(
    visitor: FlaskClient, phone: FlaskClient, url: str, app: Flask, sandbox: Server
) -> None:
    visitor.post(url, data={"title": "통역사", "seen": "99"})
    path = code_of(visitor, url)
    stranger = somebody_else(app.test_client(), sandbox.url)

    told = [stranger.get(path), stranger.post(path)]

    assert [answer.status_code for answer in told] == [404, 404]
    assert "통역사" not in told[0].text
    assert open_at(phone, path) == f"{url}#photo"  # nothing was used up


def test_a_phone_that_is_not_logged_in_logs_in_and_goes_on(visitor: FlaskClient, url: str, app: Flask) -> None:
    path, phone = code_of(visitor, url), app.test_client()

    asked = phone.get(path)
    (way_on,) = parse_qs(urlsplit(asked.location).query)["next"]
    logged_in = phone.post("/log-in", data={**LOG_IN, "next": way_on})

    assert urlsplit(asked.location).path == "/log-in"
    assert logged_in.location == path
    assert phone.get(path).status_code == 200
    assert open_at(phone, path) == f"{url}#photo"


def test_a_code_of_a_deleted_resume_opens_nothing(visitor: FlaskClient, phone: FlaskClient, url: str) -> None:
    path = code_of(visitor, url)
    visitor.post(f"{url}/delete")

    assert phone.get(path).status_code == 404


def test_the_code_is_kept_as_a_hash_and_reaches_no_log_and_no_cache(
    visitor: FlaskClient, phone: FlaskClient, url: str, session: Session
) -> None:
    written = io.StringIO()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(written), wrapper_class=structlog.make_filtering_bound_logger(0)
    )
    path = code_of(visitor, url)
    secret = path.rpartition("/")[2]

    page = phone.get(path)
    phone.post(path)

    (kept,) = session.scalars(select(HandOver)).all()
    assert kept.token_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(vars(kept))
    assert "/resume/hand-over/<secret>" in written.getvalue()
    assert secret not in written.getvalue()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_codes_that_are_over_are_forgotten_with_the_next_one(visitor: FlaskClient, url: str, session: Session) -> None:
    code_of(visitor, url)
    with travel(datetime.now(UTC) + timedelta(minutes=6)):
        code_of(visitor, url)

    assert len(session.scalars(select(HandOver)).all()) == 1


def test_codes_and_guesses_are_bounded_and_nothing_typed_is_lost(visitor: FlaskClient, url: str) -> None:
    for _ in range(30):
        code_of(visitor, url)
    answer = visitor.post(f"{url}/hand-over", data={"title": "서른한 번째", "seen": "99"}, headers=HTMX)

    assert answer.status_code == 429
    assert 'value="서른한 번째"' in visitor.get(url).text
    guesses = [visitor.get(f"/resume/hand-over/guess{number}").status_code for number in range(61)]
    assert guesses == [404] * 60 + [429]
