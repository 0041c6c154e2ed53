"""주소검색: the shapes in which juso answers, as XML and as JSON, and addresses that are unlike most."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer

from kosme_web.providers.address_search import Address, AddressSearch, SearchRefusedError, SystemFailedError
from kosme_web.providers.http import ProviderAnswerError
from tests.conftest import Server

ROW = {
    "roadAddrPart1": "서울특별시 중구 세종대로 110",
    "roadAddrPart2": " (태평로1가)",
    "engAddr": "110, Sejong-daero, Jung-gu, Seoul",
    "jibunAddr": "서울특별시 중구 태평로1가 31",
    "zipNo": "04524",
}
FIELDS = """roadAddr roadAddrPart1 roadAddrPart2 jibunAddr engAddr zipNo admCd rnMgtSn bdMgtSn detBdNmList bdNm bdKdcd
siNm sggNm emdNm liNm rn udrtYn buldMnnm buldSlno mtYn lnbrMnnm lnbrSlno emdNo hstryYn relJibun hemdNm"""
COMMON = "<common><errorCode>{code}</errorCode><totalCount>{total}</totalCount></common>"


@pytest.fixture
def answering(httpserver: HTTPServer) -> Callable[[str], AddressSearch]:
    """Give the adapter before a service that answers so."""

    def serve(body: str) -> AddressSearch:
        httpserver.expect_request("/addrlink/addrLinkApi.do").respond_with_data(body, content_type="text/xml")
        return AddressSearch(httpserver.url_for("").rstrip("/"), "key", "english-key", seconds=2)

    return serve


def xml(rows: str = "", code: str = "0", total: str = "1", before: str = '<?xml version="1.0"?>') -> str:
    return f"{before}<results>{COMMON.format(code=code, total=total)}{rows}</results>"


def juso(**more: str) -> str:
    return "<juso>" + "".join(f"<{name}>{text}</{name}>" for name, text in {**ROW, **more}.items()) + "</juso>"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_xml_is_read_like_json(answering: Callable[[str], AddressSearch], count: int) -> None:
    found = answering(xml(juso() * count, total=str(count))).search("세종대로")

    city_hall = Address(ROW["roadAddrPart1"], "(태평로1가)", ROW["engAddr"], ROW["jibunAddr"], "04524")
    assert (found.total, found.rows) == (count, (city_hall,) * count)


def test_the_sandbox_answers_in_xml_where_that_is_set(sandbox: Server) -> None:
    search = AddressSearch(sandbox.url, "sandbox-juso-key", "sandbox-juso-english-key")

    for keyword in ("초북로 77", "Chobuk-ro 77"):
        assert replace(search, result_type="xml").search(keyword) == search.search(keyword)


def test_codes_in_xml_are_heard_too(answering: Callable[[str], AddressSearch]) -> None:
    with pytest.raises(SystemFailedError):
        answering(xml(code="-999")).search("초북로")


def test_a_refusal_in_xml_is_heard_too(answering: Callable[[str], AddressSearch]) -> None:
    with pytest.raises(SearchRefusedError):
        answering(xml(code="E0006")).search("초북로")


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>점검 중</body></html>",
        "<!DOCTYPE html><html></html>",
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><results>&a;</results>',
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><results>&x;</results>',
        "<results>",
        "<results/>",
        "<results><common/></results>",
        "<",
        "\ufeff<results",
    ],
)
def test_any_other_document_breaks_the_contract(answering: Callable[[str], AddressSearch], body: str) -> None:
    with pytest.raises(ProviderAnswerError):
        answering(body).search("초북로")


@pytest.mark.parametrize(
    ("row", "road"),
    [
        ({"roadAddrPart1": "세종특별자치시 정부2청사로 13", "sggNm": ""}, "세종특별자치시 정부2청사로 13"),
        ({"roadAddrPart1": "서울특별시 중구 을지로 지하 42", "udrtYn": "1"}, "서울특별시 중구 을지로 지하 42"),
        ({"jibunAddr": "강원특별자치도 평창군 대관령면 횡계리 산 1-1", "mtYn": "1"}, ROW["roadAddrPart1"]),
        (
            {"roadAddrPart1": "경상북도 안동시 풍천면 도청대로 455", "liNm": "갈전리"},
            "경상북도 안동시 풍천면 도청대로 455",
        ),
    ],
    ids=["Sejong without a district", "underground", "on a mountain lot", "eup or myeon and ri"],
)
def test_addresses_unlike_most_are_read(
    answering: Callable[[str], AddressSearch], row: dict[str, str], road: str
) -> None:
    found = answering(xml(juso(**row))).search("세종대로").rows[0]

    assert (found.road, found.postal_code) == (road, "04524")
    assert found.lot == row.get("jibunAddr", ROW["jibunAddr"])


@pytest.mark.parametrize(("kind", "is_apartment"), [("1", True), ("0", False), ("", False)])
def test_an_apartment_building_needs_its_detail(
    answering: Callable[[str], AddressSearch], kind: str, *, is_apartment: bool
) -> None:
    assert answering(xml(juso(bdKdcd=kind))).search("세종대로").rows[0].is_apartment is is_apartment


@pytest.mark.parametrize("keyword", ["sandbox-single", "sandbox-apartment"])
def test_a_single_row_may_be_an_object(sandbox: Server, keyword: str) -> None:
    search = AddressSearch(sandbox.url, "sandbox-juso-key", "sandbox-juso-english-key")

    assert len(search.search(keyword).rows) == 1


def test_every_value_of_the_sandbox_is_a_text_and_every_field_of_the_contract_is_there(sandbox: Server) -> None:
    asked = {"confmKey": "sandbox-juso-key", "keyword": "초북로 77", "addInfoYn": "Y"}
    url = f"{sandbox.url}/addrlink/addrLinkApi.do"
    found: dict[str, Any] = requests.get(url, params={**asked, "resultType": "json"}, timeout=5).json()["results"]
    jsonp = requests.post(url.replace("Api.do", "ApiJsonp.do"), data=asked, timeout=5).text

    values = [*found["common"].values(), *found["juso"][0].values()]
    assert all(isinstance(value, str) for value in values)
    assert set(found["juso"][0]) == set(FIELDS.split())
    assert json.loads(jsonp[1:-1])["results"] == found
    assert requests.get(url, params=asked, timeout=5).headers["Content-Type"] == "text/xml;charset=UTF-8"
