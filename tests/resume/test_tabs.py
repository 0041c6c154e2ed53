"""Two tabs and strange posts: nothing is written onto another row, and nothing beyond a limit (R4, R5, R7)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Draft, DraftField
from tests.conftest import Membership, Server, serve
from tests.people import new_resume

HTMX = {"HX-Request": "true"}
GONE, OTHER = "1" * 12, "2" * 12
TABS = 6


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@pytest.fixture
def site(app: Flask) -> Iterator[Server]:
    yield from serve(app)


def stored(session: Session) -> dict[str, str]:
    session.rollback()
    session.expire_all()
    return {field.name: field.value for field in session.scalars(select(DraftField)) if field.value}


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "no-javascript"])
def test_a_row_that_another_tab_deleted_leaves_the_others_alone_and_the_person_is_told(
    visitor: FlaskClient, url: str, session: Session, headers: dict[str, str]
) -> None:
    """R4: tab A shows both rows, tab B removes one and publishes without it, A saves."""
    for row in (GONE, OTHER):
        visitor.post(f"{url}/education/add", data={"row_id": row})
    draft = session.scalars(select(Draft)).one()
    del draft.rows[GONE]
    session.commit()
    texts = {f"education-{GONE}-university": "사라진 학교", f"education-{OTHER}-university": "남은 학교"}

    answer = visitor.post(url, data={**texts, "title": "통역사", "seen": "99"}, headers=headers)

    kept = stored(session)
    assert {name: text for name, text in kept.items() if name.startswith("education-")} == {
        f"education-{OTHER}-university": "남은 학교"
    }
    assert kept["title"] == "통역사"
    told = answer.text if headers else visitor.get(answer.location).text
    assert "다른 기기" in told
    assert "another device" in told


@pytest.mark.parametrize("kind", ["education", "work"])
def test_tabs_that_add_at_the_same_instant_never_pass_the_limit(
    visitor: FlaskClient, url: str, site: Server, session: Session, kind: str
) -> None:
    """R5: real requests over real sockets, all let go at once; the losers get a message and no row."""
    limit = {"education": 10, "work": 20}[kind]
    for number in range(limit - 1):
        visitor.post(f"{url}/{kind}/add", data={"row_id": f"{number:012x}"})
    start, cookie = Barrier(TABS), visitor.get_cookie("session")
    assert cookie is not None

    def press(tab: int) -> requests.Response:
        start.wait()
        data, cookies = {"row_id": f"{'f' * 11}{tab}"}, {"session": cookie.value}
        return requests.post(f"{site.url}{url}/{kind}/add", data=data, headers=HTMX, cookies=cookies, timeout=30)

    with ThreadPoolExecutor(TABS) as tabs:
        answers = list(tabs.map(press, range(TABS)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (TABS - 1)
    losers = [answer for answer in answers if answer.status_code == 409]
    assert all("<details" not in answer.text for answer in losers)
    assert all('lang="ko"' in answer.text and answer.headers["HX-Retarget"] == "#status" for answer in losers)
    session.rollback()
    assert len(session.scalars(select(Draft)).one().rows) == limit


@pytest.mark.parametrize("row_id", ["²", "99999999999", "../x", "", "0" * 13, "G" * 12, "0" * 12 + "\n"])
@pytest.mark.parametrize("prefix", ["", "base-"])
def test_a_field_of_a_row_that_cannot_be_is_refused_and_nothing_is_written(
    visitor: FlaskClient, url: str, session: Session, row_id: str, prefix: str
) -> None:
    """R7: no page of ours has such a name."""
    data = {f"{prefix}education-{row_id}-university": "x", "title": "통역사", "seen": "99"}

    for headers in (HTMX, {}):
        assert visitor.post(url, data=data, headers=headers).status_code == 400

    assert stored(session).get("title") is None
    assert session.scalars(select(Draft)).one().rows == {}


def test_the_row_of_another_resume_is_neither_changed_nor_taken_over(
    visitor: FlaskClient, url: str, session: Session
) -> None:
    """R7."""
    visitor.post(f"{url}/education/add", data={"row_id": GONE})
    other = new_resume(visitor)
    name = f"education-{GONE}-university"

    for path in (f"{other}/education/{GONE}/remove", f"{other}/education/{GONE}/reset"):
        assert visitor.post(path, data={name: "x"}, headers=HTMX).status_code == 404
    visitor.post(other, data={name: "x", "seen": "99"})

    assert name not in session.scalars(select(DraftField.name)).all()


def test_five_thousand_rows_are_too_much(visitor: FlaskClient, url: str, session: Session) -> None:
    """R7."""
    data = {f"education-{number:012x}-university": "x" for number in range(5000)}

    answer = visitor.post(url, data=data)

    assert answer.status_code == 413
    assert BeautifulSoup(answer.text, "html.parser").h1
    assert stored(session).keys() == stored(session).keys() - data.keys()
