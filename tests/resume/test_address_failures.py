"""주소검색: each failure that the contract names, seen from the browser; the way on is always to write by hand."""

import io
import json
from dataclasses import replace

import pytest
import structlog
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from kosme_web.providers.address_search import Refusal
from kosme_web.web import address_search
from kosme_web.web.toolbox import NAME
from tests.conftest import Server
from tests.people import MEMBER, join, new_resume

HTMX = {"HX-Request": "true"}
KEYS = ("sandbox-juso-key", "sandbox-juso-english-key")


@pytest.fixture
def url(visitor: FlaskClient, sandbox: Server) -> str:
    join(visitor, sandbox.url)
    return new_resume(visitor)


def search(client: FlaskClient, url: str, keyword: str, page: int = 1) -> Tag:
    data = {"address_keyword": keyword, "address_page": str(page), "seen": "99"}
    answer = client.post(f"{url}/address/search", data=data, headers=HTMX)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def told(part: Tag) -> str:
    found = part.select_one(".error")
    assert found is not None
    assert found.select_one('[lang="ko"]')
    english = found.select_one('[lang="en"]')
    assert english is not None
    return english.text


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        (" ", "Write a road, a building or a lot number"),
        ("서울특별시", "Write more than the province"),
        ("가", "Write at least 2 characters"),
        ("110", "Write a road or a building besides the number"),
        ("가" * 41, "Write fewer words"),
        ("초북로 12345678901", "Write no number of more than 10 digits"),
        ("!!! 11 ##", "not only signs and digits"),
        ("<script>alert(1)</script>", "Leave out signs such as"),
        ("'; DROP TABLE user", "Leave out signs such as"),
        ("sandbox-system", "juso.go.kr reports a fault of its own"),
        ("sandbox-expired", "Our permit for juso.go.kr has ended"),
        ("sandbox-html", "The address search is not available just now"),
        ("sandbox-truncated", "The address search is not available just now"),
        ("sandbox-huge", "The address search is not available just now"),
        ("sandbox-down", "The address search is not available just now"),
    ],
)
def test_each_error_has_its_own_message_and_what_was_typed_stays_as_text(
    visitor: FlaskClient, url: str, keyword: str, words: str
) -> None:
    part = search(visitor, url, keyword)

    assert words in told(part)
    field = part.select_one("#address-keyword")
    assert field is not None
    assert field["value"] == keyword.strip()
    assert part.select("script") == []


def test_no_two_errors_are_told_alike() -> None:
    texts = [*address_search.REFUSALS.values(), *address_search.FAULTS.values(), address_search.UNAVAILABLE]

    assert address_search.REFUSALS.keys() == set(Refusal)
    assert len(set(texts)) == len(texts) == 13


def test_a_key_that_is_not_approved_is_told_and_wakes_the_operator(app: Flask, visitor: FlaskClient, url: str) -> None:
    toolbox = app.extensions[NAME]
    unknown = replace(toolbox.address_search.service, key="unknown")
    app.extensions[NAME] = replace(toolbox, address_search=replace(toolbox.address_search, service=unknown))
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))

    assert "Our site may not use juso.go.kr just now" in told(search(visitor, url, "초북로"))
    assert json.loads(written.getvalue())["outcome"] == "credentials"


def test_a_page_past_the_end_is_told(visitor: FlaskClient, url: str) -> None:
    assert "There are too many results" in told(search(visitor, url, "초북로", 901))


def test_nothing_found_is_no_error(visitor: FlaskClient, url: str) -> None:
    for keyword in ("없는길이름 12345", "sandbox-nothing"):
        part = search(visitor, url, keyword)

        assert part.select(".error") == []
        assert "Nothing was found" in part.text


def test_the_results_can_be_paged_there_and_back(visitor: FlaskClient, url: str) -> None:
    first, second = search(visitor, url, "Seoul"), search(visitor, url, "Seoul", 2)

    pages = [[str(button["value"]) for button in part.select("[name=address_page]")] for part in (first, second)]
    rows = [{row.text for row in part.select(".results li p")} for part in (first, second)]
    assert pages == [["2"], ["1", "3"]]
    assert len(rows[0]) == 10
    assert rows[1]
    assert not rows[0] & rows[1]


def test_an_apartment_asks_for_building_and_unit(visitor: FlaskClient, url: str) -> None:
    assert "Write building and unit as the detailed address too" in search(visitor, url, "sandbox-apartment").text
    assert "Write building and unit" not in search(visitor, url, "초북로 77").text


def test_a_postal_code_keeps_its_zero(visitor: FlaskClient, url: str) -> None:
    button = search(visitor, url, "세종대로 110").select_one("[name=address_choice]")
    assert button is not None

    assert json.loads(str(button["value"]))["postal_code"] == "04524"


def test_the_key_is_never_in_the_page_or_the_log(visitor: FlaskClient, url: str) -> None:
    written = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    keywords = ("초북로 77", "Chobuk-ro 77", "sandbox-expired", "sandbox-html", "sandbox-down", "<b>")
    pages = [str(search(visitor, url, keyword)) for keyword in keywords]

    assert written.getvalue()
    assert [key for key in KEYS if key in written.getvalue() + "".join(pages)] == []


@pytest.mark.parametrize(
    "choice",
    [
        *("", "no json", "[]", "[" * 20_000, '{"road": "x"}', '{"road": "\ud800"}'),
        '{"road": [1], "english": {}, "postal_code": 4}',
    ],
    ids=range(7),
)
def test_a_chosen_address_that_was_tampered_with_is_text_like_any_other(
    visitor: FlaskClient, url: str, choice: str
) -> None:
    data = {"address_choice": choice.encode("utf-8", "replace").decode(), "seen": "99"}

    assert visitor.post(f"{url}/address/choose", data=data).status_code in (200, 303)
    assert MEMBER["road_address"] in visitor.get(url).text
