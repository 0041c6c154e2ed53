"""The database locked, full or away, and the disk full: a clear answer, and what was typed stays in the page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm import Session

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db, limiter
from kosme_web.models import DraftField
from tests.conftest import Membership, StrictClient
from tests.people import new_resume
from tests.site.page_checks import problems
from tests.web.carrying import OURS, press

TYPED = {"title": "통역사", "seen": "99"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@pytest.fixture
def pragma(engine: Engine) -> Iterator[list[str]]:
    """What each connection is told when it is taken: to wait less for a lock, or that the disk ends here."""
    told: list[str] = []

    def tell(connection: object, *_: object) -> None:
        for one in told:
            connection.execute(f"PRAGMA {one}")  # type: ignore[attr-defined]

    event.listen(engine, "checkout", tell)
    yield told
    event.remove(engine, "checkout", tell)


def titles(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(DraftField.value).where(DraftField.name == "title")))


def test_a_locked_database_keeps_what_was_typed_in_the_page_until_it_is_free(
    visitor: FlaskClient, url: str, session: Session, pragma: list[str]
) -> None:
    pragma.append("busy_timeout=20")
    session.execute(text("BEGIN IMMEDIATE"))

    busy = visitor.post(url, data=TYPED, headers=OURS)
    part = visitor.post(url, data=TYPED, headers=HTMX)
    session.rollback()
    saved = press(visitor, busy)

    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in (busy, part)] == [(503, "10")] * 2
    assert problems(busy.text) == []
    assert "지금은 이용이 많습니다" in busy.text or "busy" in busy.text
    assert (saved.status_code, titles(session)) == (303, ["통역사"])


def test_a_full_disk_is_told_and_keeps_what_was_typed_in_the_page(
    visitor: FlaskClient, url: str, session: Session, pragma: list[str]
) -> None:
    long = {**TYPED, "coursework": "", "english_name": "x" * 19_000, "detail_address": "y" * 19_000}
    pages = session.scalar(text("PRAGMA page_count"))
    pragma.append(f"max_page_count={pages}")

    full = visitor.post(url, data=long, headers=OURS)
    part = visitor.post(url, data=long, headers=HTMX)
    pragma[:] = ["max_page_count=1000000"]
    saved = press(visitor, full)

    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in (full, part)] == [(507, "300")] * 2
    assert "There is no room to save anything at the moment" in full.text
    assert problems(full.text) == []
    assert (saved.status_code, titles(session)) == (303, ["통역사"])


@pytest.fixture
def without_database(settings: Settings, membership: Membership) -> FlaskClient:
    """The member's browser before a site whose PostgreSQL does not answer."""
    app = create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/gone"))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = StrictClient
    limiter.reset()
    client = app.test_client()
    membership.give(client)
    return client


def test_without_its_database_the_site_still_says_so_and_brings_back_what_was_typed(
    without_database: FlaskClient,
) -> None:
    page = "/resume/00000000-0000-7000-8000-000000000000"

    answers = [
        without_database.get("/resume"),
        without_database.post(page, data=TYPED, headers=OURS),
        without_database.post(page, data=TYPED, headers=HTMX),
        without_database.get("/session", headers=HTMX),
    ]

    assert [answer.status_code for answer in answers] == [503] * 4
    assert all(problems(answer.text) == [] for answer in answers)
    assert 'value="통역사"' in answers[1].text
    assert "Kosme-Partial" in answers[2].headers


@pytest.mark.parametrize("error", [InterfaceError("SELECT 1", {}, Exception("closed")), NoConnectionError()], ids=str)
def test_a_broken_connection_and_none_that_is_free_are_a_busy_database_too(
    app: Flask, visitor: FlaskClient, error: Exception
) -> None:
    def fail() -> NoReturn:
        raise error

    app.add_url_rule("/fail", view_func=fail)

    assert visitor.get("/fail").status_code == 503


def test_a_crash_keeps_what_was_typed_in_the_page(app: Flask, visitor: FlaskClient) -> None:
    def fail() -> NoReturn:
        raise ValueError

    app.add_url_rule("/fail", view_func=fail, methods=["POST"])

    answer = visitor.post("/fail", data=TYPED, headers=OURS)

    assert (answer.status_code, 'value="통역사"' in answer.text) == (500, True)
