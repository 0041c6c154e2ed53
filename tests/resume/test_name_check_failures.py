"""외국인 실명 인증: each failure that the contract names, seen from the browser, and what is left behind by it."""

import io
import sqlite3
from pathlib import Path

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftNumber
from kosme_web.web.toolbox import NAME
from tests.conftest import Server
from tests.people import NUMBER, join, new_resume

FRONT, BACK = NUMBER
CHECK = {"check_front": FRONT, "check_back": BACK, "check_name": "NGUYEN VAN ANH"}
DONE = "실명 확인이 완료되었습니다"
LATER = "The check could not be made just now"


@pytest.fixture
def url(visitor: FlaskClient, sandbox: Server) -> str:
    join(visitor, sandbox.url)
    return new_resume(visitor)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SANDBOX CLOSED", "NICE makes no checks at this hour"),
        ("SANDBOX ADDRESS", LATER),
        ("SANDBOX EMPTY", LATER),
        ("SANDBOX EXPIRED", LATER),
        ("SANDBOX HTML", LATER),
    ],
)
def test_whatever_keeps_nice_from_answering_is_told_and_the_resume_is_still_saved(
    visitor: FlaskClient, url: str, name: str, told: str
) -> None:
    answer = visitor.post(f"{url}/name-check/run", data={**CHECK, "check_name": name})

    assert (answer.status_code, told in answer.text) == (422, True)
    assert f'value="{name}"' in answer.text
    assert visitor.post(url, data={"title": "통역사", "seen": "99"}).status_code == 303
    assert 'value="통역사"' in visitor.get(url).text


@pytest.mark.parametrize("name", ["nguyen van anh", "  NGUYEN   VAN  ANH  ", "Nguyen Van Anh"])
def test_a_blank_or_a_small_letter_more_makes_no_other_name(visitor: FlaskClient, url: str, name: str) -> None:
    assert DONE in visitor.post(f"{url}/name-check/run", data={**CHECK, "check_name": name}).text


def test_a_number_with_a_hyphen_in_the_first_box_is_read(visitor: FlaskClient, url: str) -> None:
    pasted = {**CHECK, "check_front": f"{FRONT}-{BACK}", "check_back": ""}

    assert DONE in visitor.post(f"{url}/name-check/run", data=pasted).text


@pytest.mark.parametrize(
    "back",
    ["612345", "61234567", "1123456", "2123456", "3123456", "4123456", "9123456", "abcdefg"],
    ids=["12 digits", "14 digits", "citizen 1", "citizen 2", "citizen 3", "citizen 4", "citizen 9", "letters"],
)
def test_a_number_that_cannot_be_a_foreigners_is_refused_without_asking_nice(
    app: Flask, visitor: FlaskClient, url: str, back: str
) -> None:
    breaker = app.extensions[NAME].name_check.service.breaker
    breaker.fail(60)  # whoever asks now is told that NICE is away

    answer = visitor.post(f"{url}/name-check/run", data={**CHECK, "check_back": back})

    assert answer.status_code == 422
    assert LATER not in answer.text
    assert 'id="check-error"' in answer.text


def test_a_date_that_does_not_exist_is_refused(visitor: FlaskClient, url: str) -> None:
    answer = visitor.post(f"{url}/name-check/run", data={**CHECK, "check_front": "971332"})

    assert 'id="check-error"' in answer.text


@pytest.mark.parametrize("back", ["6123450", "6123451", "6123459"])
def test_a_number_given_since_2020_that_fails_the_old_checksum_is_accepted(
    visitor: FlaskClient, url: str, back: str
) -> None:
    assert DONE in visitor.post(f"{url}/name-check/run", data={**CHECK, "check_back": back}).text


def test_after_ten_checks_a_day_the_next_is_refused_without_asking_nice(visitor: FlaskClient, url: str) -> None:
    answers = [visitor.post(f"{url}/name-check/run", data=CHECK) for _ in range(11)]

    assert [DONE in answer.text for answer in answers] == [True] * 10 + [False]
    assert "The name was checked too often today" in answers[-1].text


def test_a_double_submit_leaves_one_mark(visitor: FlaskClient, url: str, session: Session) -> None:
    consent = {"registration_front": FRONT, "registration_back": BACK, "unique_identifier_consent": ["", "1"]}
    visitor.post(url, data={**consent, "seen": "99"})

    for _ in range(2):
        visitor.post(f"{url}/name-check/run", data={"check_name": "NGUYEN VAN ANH"})

    assert [kept.checked_name for kept in session.scalars(select(DraftNumber))] == ["NGUYEN VAN ANH"]


def test_a_dump_of_the_database_and_the_log_hold_no_number_after_the_run(
    visitor: FlaskClient, url: str, tmp_path: Path
) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    for name in ("NGUYEN VAN ANH", "SANDBOX MISMATCH", "SANDBOX DOWN", "SANDBOX LYING", "SANDBOX ADDRESS"):
        visitor.post(f"{url}/name-check/run", data={**CHECK, "check_name": name})

    with sqlite3.connect(tmp_path / "kosme.db") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "vananh97" in dump
    assert '"outcome": "credentials"' in written.getvalue()
    assert BACK not in dump + written.getvalue()
    assert BACK.encode() not in files
