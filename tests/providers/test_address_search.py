"""주소검색: juso.go.kr (contract: juso.md), against the sandbox and against bare answers."""

import time
import traceback
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kosme_web.providers.address_search import (
    Address,
    AddressSearch,
    CachedAddressSearch,
    KeyExpiredError,
    KeyNotApprovedError,
    Refusal,
    SearchRefusedError,
    SystemFailedError,
)
from kosme_web.providers.http import ProviderAnswerError, ProviderError, ProviderUnavailableError
from tests.conftest import Server
from tests.providers.wire import nobody

KOREAN = {
    "roadAddrPart1": "서울특별시 중구 세종대로 110",
    "roadAddrPart2": " (태평로1가)",
    "engAddr": "110, Sejong-daero, Jung-gu, Seoul",
    "jibunAddr": "서울특별시 중구 태평로1가 31",
    "zipNo": "04524",
}
ENGLISH = {
    "roadAddr": "110, Sejong-daero, Jung-gu, Seoul",
    "korAddr": "서울특별시 중구 세종대로 110 (태평로1가)",
    "jibunAddr": "31, Taepyeongno 1(il)-ga, Jung-gu, Seoul",
    "zipNo": "04524",
}
CITY_HALL = Address(
    road="서울특별시 중구 세종대로 110",
    reference="(태평로1가)",
    english="110, Sejong-daero, Jung-gu, Seoul",
    lot="서울특별시 중구 태평로1가 31",
    postal_code="04524",
)


def service(url: str, seconds: float = 2) -> AddressSearch:
    return AddressSearch(url, "sandbox-juso-key", "sandbox-juso-english-key", seconds)


def results(rows: object, code: str = "0", total: object = "1") -> dict[str, Any]:
    return {"results": {"common": {"errorCode": code, "totalCount": total}, "juso": rows}}


def scripted(httpserver: HTTPServer, answer: object) -> AddressSearch:
    for name in ("addrLinkApi", "addrEngApi"):
        httpserver.expect_request(f"/addrlink/{name}.do", method="POST").respond_with_json(answer)
    return service(httpserver.url_for("").rstrip("/"))


@pytest.fixture
def juso(sandbox: Server) -> AddressSearch:
    return service(sandbox.url)


@pytest.mark.parametrize("keyword", ["초북로 77", "Chobuk-ro 77"])
def test_the_example_of_the_manual_is_found_in_either_language(juso: AddressSearch, keyword: str) -> None:
    found = juso.search(keyword)

    assert found.total >= 1
    assert found.rows[0].road == "경상남도 진주시 초북로 77"
    assert "Chobuk-ro" in found.rows[0].english
    assert len(found.rows[0].postal_code) == 5


def test_nothing_found_is_an_answer_too(juso: AddressSearch) -> None:
    found = juso.search("없는길이름 12345")

    assert (found.total, found.rows) == (0, ())


def test_pages_follow_one_another_without_overlap(juso: AddressSearch) -> None:
    first, second = juso.search("경상남도 진주시", 1, 1), juso.search("경상남도 진주시", 2, 1)

    assert first.total == second.total >= 2
    assert len(first.rows) == len(second.rows) == 1
    assert not set(first.rows) & set(second.rows)


@pytest.mark.parametrize(
    ("keyword", "page", "refusal"),
    [
        ("", 1, Refusal.EMPTY),
        ("가", 1, Refusal.TOO_SHORT),
        ("서울특별시", 1, Refusal.TOO_BROAD),
        ("110", 1, Refusal.ONLY_DIGITS),
        ("가" * 41, 1, Refusal.TOO_LONG),
        ("a" * 81, 1, Refusal.TOO_LONG),
        ("초북로 12345678901", 1, Refusal.LONG_NUMBER),
        ("!!! 11 ##", 1, Refusal.ONLY_SIGNS),
        ("초북로", 901, Refusal.TOO_FAR),
    ],
)
def test_each_refusal_has_its_name(juso: AddressSearch, keyword: str, page: int, refusal: Refusal) -> None:
    with pytest.raises(SearchRefusedError) as caught:
        juso.search(keyword, page)

    assert caught.value.refusal is refusal


@pytest.mark.parametrize("refusal", list(Refusal))
def test_each_code_of_the_contract_that_a_person_can_act_on_is_read(httpserver: HTTPServer, refusal: Refusal) -> None:
    with pytest.raises(SearchRefusedError) as caught:
        scripted(httpserver, results(None, refusal.value)).search("초북로")

    assert caught.value.refusal is refusal


@pytest.mark.parametrize("code", ["-999", "E0001", "E0014", "E0007", "", 0, None])
def test_any_other_code_breaks_the_contract(httpserver: HTTPServer, code: str) -> None:
    with pytest.raises(ProviderAnswerError):
        scripted(httpserver, results([KOREAN], code)).search("초북로")


@pytest.mark.parametrize(
    "keyword", ["Noryangjin-ro 100", "Doreum-ro", "Dongoreum", "Unionpark-ro", "Selectville", "O'Reilly-ro", "서울오르"]
)
def test_a_word_of_sql_within_another_word_is_left_to_juso(httpserver: HTTPServer, keyword: str) -> None:
    scripted(httpserver, results(None)).search(f"  {keyword}  ")

    assert httpserver.log[0][0].form["keyword"] == keyword


@pytest.mark.parametrize(
    "keyword", ["<script>", "초북로'; DROP TABLE user; --", "100%", "a=b", "[x]", "Seoul OR 1", "union select", "Fetch"]
)
def test_signs_and_whole_words_that_juso_refuses_are_refused_without_asking(keyword: str) -> None:
    with pytest.raises(SearchRefusedError) as caught:
        service(nobody()).search(keyword)

    assert caught.value.refusal is Refusal.BAD_SIGN


@pytest.mark.parametrize(
    ("keyword", "path", "key"),
    [
        ("초북로", "/addrlink/addrLinkApi.do", "sandbox-juso-key"),
        ("Chobuk-ro", "/addrlink/addrEngApi.do", "sandbox-juso-english-key"),
    ],
)
def test_each_language_asks_its_own_service_with_its_own_key_in_the_body(
    httpserver: HTTPServer, keyword: str, path: str, key: str
) -> None:
    scripted(httpserver, results(None)).search(keyword, 3, 1000)

    question = httpserver.log[0][0]
    assert (question.path, question.query_string) == (path, b"")
    asked = question.form
    assert (asked["confmKey"], asked["currentPage"], asked["countPerPage"]) == (key, "3", "100")
    assert asked["resultType"] == "json"  # XML is the default of juso


@pytest.mark.parametrize(("rows", "count"), [(None, 0), ([], 0), ([KOREAN], 1), (KOREAN, 1), ([KOREAN, KOREAN], 2)])
def test_all_three_shapes_of_rows_are_read(httpserver: HTTPServer, rows: object, count: int) -> None:
    found = scripted(httpserver, results(rows)).search("세종대로")

    assert found.rows == (CITY_HALL,) * count


def test_the_english_service_gives_the_korean_address_and_its_reference(httpserver: HTTPServer) -> None:
    found = scripted(httpserver, results([ENGLISH])).search("Sejong-daero").rows[0]

    assert (found.road, found.reference) == (CITY_HALL.road, CITY_HALL.reference)
    assert (found.english, found.postal_code) == (CITY_HALL.english, "04524")


def test_an_english_row_without_a_reference_has_none(httpserver: HTTPServer) -> None:
    row = {**ENGLISH, "korAddr": "서울특별시 중구 세종대로 110"}

    found = scripted(httpserver, results([row])).search("Sejong-daero").rows[0]

    assert (found.road, found.reference) == (CITY_HALL.road, "")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"results": None},
        {"results": {"common": {}}},
        results("rows"),
        results([None]),
        results([{}]),
        results([{**KOREAN, "engAddr": None}]),
        results([KOREAN], total="many"),
        results([KOREAN], total=None),
    ],
)
def test_an_answer_of_another_shape_breaks_the_contract(httpserver: HTTPServer, answer: object) -> None:
    with pytest.raises(ProviderAnswerError):
        scripted(httpserver, answer).search("초북로")


@pytest.mark.parametrize(
    ("keyword", "error"),
    [
        ("sandbox-expired", KeyExpiredError),
        ("sandbox-huge", ProviderAnswerError),
        ("sandbox-html", ProviderAnswerError),
        ("sandbox-truncated", ProviderAnswerError),
        ("sandbox-system", SystemFailedError),
        ("sandbox-down", ProviderUnavailableError),
        ("sandbox-slow", ProviderUnavailableError),
    ],
)
def test_each_fault_of_the_sandbox_has_its_name(sandbox: Server, keyword: str, error: type[ProviderError]) -> None:
    juso = service(sandbox.url, 0.05 if keyword == "sandbox-slow" else 2)

    with pytest.raises(error) as caught:
        juso.search(keyword)

    assert "sandbox-juso" not in "".join(traceback.format_exception(caught.value))


def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailableError):
        service(nobody()).search("초북로")


def test_a_wrong_key_breaks_the_contract(sandbox: Server) -> None:
    with pytest.raises(KeyNotApprovedError):
        AddressSearch(sandbox.url, "another", "another").search("초북로")


def test_the_same_question_is_asked_once_a_day(httpserver: HTTPServer) -> None:
    cached = CachedAddressSearch(scripted(httpserver, results([KOREAN])))

    answers = {cached.search("세종대로 110"), cached.search(" 세종대로   110 ")}
    assert len(answers) == len(httpserver.log) == 1

    cached.search("세종대로 110", 2)
    assert len(httpserver.log) == 2


def test_a_question_that_finds_nothing_is_not_kept(httpserver: HTTPServer) -> None:
    cached = CachedAddressSearch(scripted(httpserver, results(None, total="0")))

    cached.search("홍길동 집")
    cached.search("홍길동 집")

    assert len(httpserver.log) == 2


def test_an_answer_that_is_too_old_is_asked_for_again(httpserver: HTTPServer) -> None:
    cached = CachedAddressSearch(scripted(httpserver, results([KOREAN])), seconds=0.01)
    cached.search("세종대로")
    time.sleep(0.02)

    cached.search("세종대로")

    assert len(httpserver.log) == 2


def test_the_memory_is_bounded_and_forgets_the_oldest(httpserver: HTTPServer) -> None:
    cached = CachedAddressSearch(scripted(httpserver, results([KOREAN])), keeps=2)
    for keyword in ("하나로", "둘로", "셋로", "셋로", "하나로"):
        cached.search(keyword)

    assert [question.form["keyword"] for question, _ in httpserver.log] == ["하나로", "둘로", "셋로", "하나로"]


def test_a_failure_is_not_remembered(sandbox: Server) -> None:
    cached = CachedAddressSearch(service(sandbox.url))
    with pytest.raises(ProviderUnavailableError):
        cached.search("sandbox-down")
    with pytest.raises(ProviderUnavailableError):
        cached.search("sandbox-down")


def test_keys_stay_out_of_repr() -> None:
    assert "sandbox-juso" not in repr(service("https://juso.example"))
