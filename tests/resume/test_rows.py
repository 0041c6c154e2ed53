"""학력사항, 경력사항: rows come and go, and nothing typed is lost (acceptance R1 to R7, W3)."""

from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Draft
from tests.conftest import Membership
from tests.people import new_resume

HTMX = {"HX-Request": "true"}
ROW, OTHER = "0" * 11 + "1", "0" * 11 + "2"
both_ways = pytest.mark.parametrize("headers", [pytest.param(HTMX, id="htmx"), pytest.param({}, id="no-javascript")])
kinds = pytest.mark.parametrize(
    ("kind", "name"), [("education", "university"), ("overseas", "university"), ("work", "company_name")]
)


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


def texts(client: FlaskClient, url: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(url).text, "html.parser")
    return {str(one["name"]): str(one.get("value", "")) for one in page.select("#page input[name]")}


@kinds
@both_ways
def test_adding_twice_with_one_id_adds_one_row(
    visitor: FlaskClient, url: str, kind: str, name: str, headers: dict[str, str]
) -> None:
    for _ in range(2):
        answer = visitor.post(f"{url}/{kind}/add", data={"row_id": ROW}, headers=headers)

    assert answer.status_code == (HTTPStatus.CREATED if headers else HTTPStatus.SEE_OTHER)
    assert visitor.get(url).text.count(f'name="{kind}-{ROW}-{name}"') == 1


@kinds
@both_ways
@pytest.mark.parametrize("change", ["remove", "reset"])
def test_what_was_removed_or_reset_comes_back(  # noqa: PLR0913, PLR0917
    visitor: FlaskClient, url: str, kind: str, name: str, change: str, headers: dict[str, str]
) -> None:
    visitor.post(f"{url}/{kind}/add", data={"row_id": ROW})
    field = f"{kind}-{ROW}-{name}"
    visitor.post(f"{url}/{kind}/{ROW}/{change}", data={field: "서울"}, headers=headers)
    assert texts(visitor, url).get(field, "") == ""

    visitor.post(f"{url}/{kind}/{ROW}/undo", headers=headers)

    assert texts(visitor, url)[field] == "서울"


def test_without_the_script_any_button_keeps_what_was_typed_elsewhere(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/education/add", data={"row_id": ROW})
    page = texts(visitor, url)
    typed = {"title": "기계 엔지니어", f"education-{ROW}-university": "서울대학교"}

    answer = visitor.post(f"{url}/work/add", data={**page, **typed, "row_id": OTHER})

    assert answer.location == f"{url}?open={OTHER}#work-{OTHER}"
    assert texts(visitor, url).items() >= typed.items()


@both_ways
def test_one_row_too_many_is_refused_and_the_text_that_came_along_is_kept(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    for number in range(10):
        visitor.post(f"{url}/education/add", data={"row_id": f"{number:012x}"})

    data = {"row_id": "f" * 12, "title": "통역사", "seen": "99"}
    answer = visitor.post(f"{url}/education/add", data=data, headers=headers)

    assert answer.status_code == (HTTPStatus.CONFLICT if headers else HTTPStatus.SEE_OTHER)
    assert visitor.get(url).text.count('<details class="entry"') == 10
    assert texts(visitor, url)["title"] == "통역사"


@pytest.mark.parametrize("row_id", ["²", "99999999999", "../x", "", "0" * 13, "G" * 12])
def test_a_strange_row_id_is_not_found_and_writes_no_row(
    visitor: FlaskClient, url: str, session: Session, row_id: str
) -> None:
    assert visitor.post(f"{url}/education/add", data={"row_id": row_id}).status_code == 404
    assert visitor.post(f"{url}/education/{ROW}/remove").status_code == 404
    assert session.scalars(select(Draft)).one().rows == {}


def test_a_stranger_gets_404_and_a_visitor_goes_to_the_log_in(visitor: FlaskClient, url: str, app: Flask) -> None:
    assert app.test_client().get(url).location == f"/log-in?next={url}"
    assert app.test_client().post(f"{url}/education/add", headers=HTMX).status_code == 401
    assert visitor.get("/resume/00000000-0000-7000-8000-000000000000").status_code == 404


def test_two_devices_may_edit_different_fields_and_choose_where_they_met(visitor: FlaskClient, url: str) -> None:
    seen = texts(visitor, url)["seen"]
    visitor.post(url, data={"title": "하나", "seen": seen})

    visitor.post(url, data={"title": "둘", "english_name": "ANH", "seen": seen})

    page = texts(visitor, url)
    assert (page["title"], page["english_name"]) == ("하나", "ANH")
    assert "둘" in visitor.get(url).text
    visitor.post(f"{url}/choose/theirs", data={"field": "title"})
    assert texts(visitor, url)["title"] == "둘"


def test_a_newcomer_keeps_the_jobs_hidden(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/work/add", data={"row_id": ROW})
    visitor.post(url, data={"career_kind": ["", "NEWCOMER"], f"work-{ROW}-company_name": "동진정밀"})

    visitor.post(url, data={"career_kind": ["", "EXPERIENCED"], "seen": "99"})

    assert texts(visitor, url)[f"work-{ROW}-company_name"] == "동진정밀"


def test_a_text_that_is_too_long_is_shown_again_and_the_rest_is_saved(visitor: FlaskClient, url: str) -> None:
    answer = visitor.post(url, data={"title": "가" * 20_001, "english_name": "ANH", "seen": "99"})

    assert answer.status_code == 200
    assert "가" * 20_001 in answer.text
    assert texts(visitor, url)["english_name"] == "ANH"


def test_the_row_is_the_same_alone_and_in_the_page(visitor: FlaskClient, url: str) -> None:
    visitor.post(f"{url}/education/add", data={"row_id": ROW})
    answer: Any = visitor.post(f"{url}/education/{ROW}/reset", headers=HTMX)

    row = answer.text[: answer.text.index("<hx-partial")].strip()

    assert row in visitor.get(url).text
    assert answer.headers["Kosme-Partial"] == "true"
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "private, no-store"
