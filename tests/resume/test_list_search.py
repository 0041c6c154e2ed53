"""국적 찾기, 업종 찾기: by any part of a name in either language or by the code, with the script and without it."""

from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import Membership
from tests.people import new_resume

HTMX = {"HX-Request": "true"}
ROW = "0" * 12
PREFIX = f"work-{ROW}-"
both_ways = pytest.mark.parametrize("headers", [pytest.param(HTMX, id="htmx"), pytest.param({}, id="no-javascript")])


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    url = new_resume(visitor)
    visitor.post(f"{url}/work/add", data={"row_id": ROW})
    return url


def found(client: FlaskClient, url: str, text: str, headers: dict[str, str]) -> list[str]:
    answer = client.post(url, data={"list_text": text, "title": "품질관리"}, headers=headers)
    assert answer.status_code == HTTPStatus.OK
    return [str(one["value"]) for one in BeautifulSoup(answer.text, "html.parser").select("[name=list_choice]")]


def chosen(client: FlaskClient, url: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(url).text, "html.parser")
    selects = {str(one["name"]).removeprefix(PREFIX): one.select("[selected]") for one in page.select("select")}
    return {name: str(options[0]["value"]) if options else "" for name, options in selects.items()}


def test_a_nationality_is_found_by_either_name_or_by_the_code(visitor: FlaskClient, url: str) -> None:
    assert found(visitor, f"{url}/nationality", "viet", {}) == ["VN"]
    for text in ("viet", "베트", "vn", "베트남 · Vietnam", "ㅂㅌㄴ", "베튼"):
        assert "VN" in found(visitor, f"{url}/nationality", text, HTMX)[:2], text


def test_other_names_find_a_nationality_too_and_nonsense_none(visitor: FlaskClient, url: str) -> None:
    texts = {"usa": ["US"], "터키": ["TR"], "stateless": ["XXA"], "대한민국": [], "xyz": []}

    assert {text: found(visitor, f"{url}/nationality", text, HTMX)[:1] for text in texts} == texts


def test_an_industry_is_found_across_sections_in_both_languages(visitor: FlaskClient, url: str) -> None:
    assert found(visitor, f"{url}/work/{ROW}/industry", "프로그래밍", {}) == ["62"]
    texts = {"프로그래밍": "62", "programming": "62", "62": "62", "음식": "I", "제조업": "C", "ㄱㅅㅇ": "F"}
    for text, code in texts.items():
        assert code in found(visitor, f"{url}/work/{ROW}/industry", text, HTMX), text
    assert found(visitor, f"{url}/work/{ROW}/industry", "xyz", HTMX) == []


def test_before_anything_is_typed_the_sections_are_listed(visitor: FlaskClient, url: str) -> None:
    answer = visitor.post(f"{url}/work/{ROW}/industry", headers=HTMX)

    codes = [str(one["value"]) for one in BeautifulSoup(answer.text, "html.parser").select("[name=list_choice]")]
    assert "".join(codes) == "ABCDEFGHIJKLMNOPQRSTU"


@both_ways
def test_a_nationality_that_is_chosen_is_saved_with_all_else(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    answer = visitor.post(f"{url}/nationality/choose", data={"list_choice": "VN", "title": "품질관리"}, headers=headers)

    assert answer.headers.get("Kosme-Focus") == ("nationality-search" if headers else None)
    assert chosen(visitor, url)["nationality"] == "VN"
    assert "품질관리" in visitor.get(url).text


@both_ways
def test_a_division_brings_its_section_and_stays_where_it_belongs(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    choose = f"{url}/work/{ROW}/industry/choose"
    for choice, told in (("62", ("J", "62")), ("J", ("J", "62")), ("C", ("C", "")), ("99", ("U", "99"))):
        answer = visitor.post(choose, data={"list_choice": choice}, headers=headers)
        now = chosen(visitor, url)
        assert (now["industry"], now["sub_industry"]) == told
    if headers:
        (detail,) = BeautifulSoup(answer.text, "html.parser").select(f"[name={PREFIX}sub_industry] [selected]")
        assert detail["value"] == "99"


@both_ways
def test_a_choice_that_was_never_offered_changes_nothing(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    places = (f"{url}/nationality/choose", f"{url}/work/{ROW}/industry/choose")
    for place, code in zip(places, ("VN", "62"), strict=True):
        visitor.post(place, data={"list_choice": code})

    for choice in ("", "KR", "QQ", "0", "가", "<b>", "x" * 5000):
        for place in places:
            assert visitor.post(place, data={"list_choice": choice}, headers=headers).status_code < 400

    now = chosen(visitor, url)
    assert (now["nationality"], now["industry"], now["sub_industry"]) == ("VN", "J", "62")


def test_without_the_script_the_number_in_the_page_survives_a_search(visitor: FlaskClient, url: str) -> None:
    typed = {"registration_front": "970314", "registration_back": "6123456"}

    for path in ("nationality", "nationality/choose", f"work/{ROW}/industry", f"work/{ROW}/industry/choose"):
        answer = visitor.post(f"{url}/{path}", data={**typed, "list_text": "viet", "list_choice": "VN"})
        assert 'value="6123456"' in answer.text
