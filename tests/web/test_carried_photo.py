"""Without the script, a chosen photo survives an ended log-in, a stale token or a busy site, as the texts do (N9)."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.orm import Session
from urllib3 import encode_multipart_formdata
from werkzeug.test import TestResponse

from kosme_web.config import Settings
from kosme_web.extensions import db
from tests.people import LOG_IN
from tests.photos import picture, shown
from tests.site.page_checks import problems
from tests.web.carrying import OURS, TYPED, form_of, kept, press

MEGABYTE = 1_048_576
CAME_ALONG, LEFT_BEHIND = "도 함께 왔습니다", "선택한 파일은 함께 오지 못했습니다"
NAME = "나 <b>.png"


def send(client: FlaskClient, url: str, content: bytes | None = None) -> TestResponse:
    photo = picture(NAME)[0].read() if content is None else content
    body, kind = encode_multipart_formdata({**TYPED, "photo": (NAME, photo)})
    return client.post(url, data=body, content_type=kind, headers=OURS)


def send_again(client: FlaskClient, page: TestResponse) -> TestResponse:
    """Press the button as a browser does: in parts."""
    action, sent = form_of(page)
    return client.post(action, data=sent, headers=OURS, content_type="multipart/form-data")


def test_a_photo_of_an_ended_log_in_is_sealed_for_its_person_and_stored_nowhere_until_it_is_sent_again(
    visitor: FlaskClient, url: str, session: Session, settings: Settings
) -> None:
    visitor.delete_cookie("session")

    ended = send(visitor, url)
    last = BeautifulSoup(ended.text, "html.parser").select("#page input")[-1]
    assert (ended.status_code, problems(ended.text), last["name"]) == (401, [], "carried_photo")
    assert "iVBORw0KGgo" not in ended.text  # how a PNG begins, in letters
    wrong = press(visitor, ended, **{**LOG_IN, "password": "not this one, sorry"})
    again = press(visitor, wrong, **LOG_IN)
    assert (again.status_code, problems(again.text), CAME_ALONG in again.text) == (200, [], True)
    assert "나 &lt;b&gt;.png" in again.text
    assert list(settings.data_dir.glob("photos/*.jpg")) == []
    send_again(visitor, again)

    assert (shown(visitor, url), kept(session)["title"]) == (NAME, TYPED["title"])


@pytest.mark.parametrize("fault", ["cut off", "of another page", "too late"])
def test_a_photo_that_cannot_be_opened_costs_no_text(
    visitor: FlaskClient, url: str, session: Session, clock: time_machine.Traveller, fault: str
) -> None:
    visitor.delete_cookie("session")
    (photo,) = form_of(send(visitor, url))[1]["carried_photo"]
    clock.shift(timedelta(days=2 if fault == "too late" else 0))
    ended = send(visitor, url)
    wrong = {"cut off": photo[:-40], "of another page": ended.text[:80], "too late": photo}[fault]

    again = press(visitor, ended, carried_photo=wrong, **LOG_IN)
    send_again(visitor, again)

    assert LEFT_BEHIND in again.text
    assert (shown(visitor, url), kept(session)["title"]) == ("", TYPED["title"])


def test_the_photo_of_one_person_is_not_opened_for_another(visitor: FlaskClient, url: str) -> None:
    visitor.delete_cookie("session")
    nobodys = "/resume/00000000-0000-7000-8000-000000000000"
    (of_somebody_else,) = form_of(send(visitor, nobodys))[1]["carried_photo"]

    again = press(visitor, send(visitor, url), carried_photo=of_somebody_else, **LOG_IN)

    assert LEFT_BEHIND in again.text


def test_a_stale_token_and_then_an_ended_log_in_cost_presses_and_no_photo(
    app: Flask, visitor: FlaskClient, url: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    stale = send(visitor, url)
    visitor.delete_cookie("session")
    again = press(visitor, send_again(visitor, stale), **LOG_IN)
    assert len(form_of(again)[1]["carried_photo"]) == 1
    send_again(visitor, again)

    assert (stale.status_code, CAME_ALONG in stale.text, shown(visitor, url)) == (400, True, NAME)


def test_a_busy_database_costs_no_photo_though_it_was_read_already(
    app: Flask, visitor: FlaskClient, url: str, session: Session
) -> None:
    with app.app_context():
        engine = db.engine

    def hurry(connection: object, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")  # type: ignore[attr-defined]

    event.listen(engine, "checkout", hurry)
    session.execute(text("BEGIN IMMEDIATE"))
    busy = send(visitor, url)
    session.rollback()
    event.remove(engine, "checkout", hurry)
    send_again(visitor, busy)

    assert (busy.status_code, CAME_ALONG in busy.text, shown(visitor, url)) == (503, True, NAME)


def test_what_is_no_picture_or_too_large_or_too_often_sent_is_named_and_not_carried(
    visitor: FlaskClient, url: str
) -> None:
    png = picture(NAME)[0].read()
    visitor.delete_cookie("session")
    refused = [b"x", b"%PDF-1.7", png + b"\0" * 5 * MEGABYTE]
    told = [form_of(send(visitor, url, content))[1].get("carried_photo") for content in refused]
    often = [form_of(send(visitor, url))[1].get("carried_photo") for _ in range(13)]

    assert told == [None] * 3
    assert [photo is None for photo in often] == [False] * 12 + [True]
    assert LEFT_BEHIND in press(visitor, send(visitor, url), **LOG_IN).text


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\xff" * 900, b"<svg><script/></svg>", b""])
def test_a_hostile_picture_meets_the_same_decoder_on_this_way(
    visitor: FlaskClient, url: str, session: Session, content: bytes
) -> None:
    """Its bytes, and letters that a script of somebody's own made up."""
    visitor.delete_cookie("session")
    ended = send(visitor, url, content)
    again = press(visitor, ended, **LOG_IN)
    letters = {} if content else {"carried_photo": "가=", "carried_photo_name": "../x"}
    action, sent = form_of(again)

    answer = visitor.post(action, data={**sent, **letters}, headers=OURS, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert (shown(visitor, url), kept(session)["title"]) == ("", TYPED["title"])
