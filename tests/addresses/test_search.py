"""The search in our own copy of the addresses: in whatever order and form somebody asks, on either database."""

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kosme_web.address_index import AddressIndex, QuestionError, Why, kozip
from kosme_web.address_index.building import build
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.importing import take_in
from kosme_web.address_index.romanise import place_in_latin, road_in_latin, romanised
from kosme_web.address_index.storage import BusyError, alone
from tests.addresses import files

CHOBUK = "경상남도 진주시 초북로 77"
CITY_HALL = "서울특별시 중구 세종대로 110"
DOLPYEONG = "강원특별자치도 강릉시 강동면 돌평길 58-16"
ASKED = {
    "초북로 77": [CHOBUK, f"{CHOBUK}-3"],
    "초북로77-3": [f"{CHOBUK}-3"],
    "진주 초북로 77-3": [f"{CHOBUK}-3"],
    "경상남도 진주시 초북로 77 (초전동, 오피스타운) 101동 202호": [CHOBUK, f"{CHOBUK}-3"],
    "경남진주시초북로77-3": [f"{CHOBUK}-3"],
    "진주시 초전동 초북로 20번길 5": ["경상남도 진주시 초북로20번길 5-3"],
    "초북로 20": ["경상남도 진주시 초북로20번길 5-3"],
    "초북로 \uff17\uff17\u2212\uff13": [f"{CHOBUK}-3"],
    unicodedata.normalize("NFD", "진주 초북로 77-3"): [f"{CHOBUK}-3"],
    "77 Chobuk-ro": [CHOBUK, f"{CHOBUK}-3"],
    "77-3, Chobuk-ro, Jinju-si, Gyeongsangnam-do": [f"{CHOBUK}-3"],
    "jinju CHOBUK ro 77-3": [f"{CHOBUK}-3"],
    "Chobuk-ro 20beon-gil, Gyeongnam": ["경상남도 진주시 초북로20번길 5-3"],
    "Jinju Chobuk": [CHOBUK, f"{CHOBUK}-3", "경상남도 진주시 초북로20번길 5-3"],
    "초북": [CHOBUK, f"{CHOBUK}-3", "경상남도 진주시 초북로20번길 5-3"],
    "52731 77": [CHOBUK, f"{CHOBUK}-3"],
    "04524": [CITY_HALL],
    "04524 세종대로": [CITY_HALL],
    "Sejong-daero 110": [CITY_HALL],
    "서울 세종대로": [CITY_HALL],
    "부산 세종대로": [],
    "서울특별시청": [CITY_HALL],
    "서울 중구": [CITY_HALL, "서울특별시 중구 을지로 지하 42"],
    "Busan Jung-gu": ["부산광역시 중구 중앙대로 110"],
    "을지로 지하42": ["서울특별시 중구 을지로 지하 42"],
    "세종대로 지하 110": [],
    "underground 42 Eulji-ro": ["서울특별시 중구 을지로 지하 42"],
    "강원도 강릉시 강동면 돌평길 58-16": [DOLPYEONG],
    "강원특별자치도 강릉 돌평길": [DOLPYEONG],
    "Gangwon-do Gangneung Dolpyeong": [DOLPYEONG],
    "강동면 산 735-1": [DOLPYEONG],
    "강동면 735-1": [],
    "초전동 1635-2번지": [CHOBUK],
    "세종 한누리대로 1811": ["세종특별자치시 한누리대로 1811"],
    "초북로 9999": [],
    "no such road": [],
    "<script>alert(1)</script>": [],
}
REFUSED = {
    "": Why.EMPTY,
    " . ": Why.TOO_SHORT,
    "초": Why.TOO_SHORT,
    "110": Why.ONLY_DIGITS,
    "서울특별시": Why.TOO_BROAD,
    "Seoul": Why.TOO_BROAD,
    "초북로 " * 40: Why.TOO_LONG,
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AddressIndex]:
    folder = tmp_path_factory.mktemp("addresses")
    url = f"sqlite:///{folder / 'a.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    index = AddressIndex(url)
    assert index.search("초북로 77") is None
    report = take_in(index.engine, "epost", files.zipped(folder / "a.zip", a=files.epost_text()), "", lambda _: None)
    assert (report.read, report.inserted, report.merged, report.total) == (8, 8, 0, 8)
    yield index
    index.engine.dispose()


def found(index: AddressIndex, question: str) -> list[str]:
    page = index.search(question)
    assert page is not None
    assert page.total == len(page.rows)
    return [row.road for row in page.rows]


def test_each_usual_way_to_ask_finds_the_address_the_exact_one_first(index: AddressIndex) -> None:
    assert {question: found(index, question) for question in ASKED} == ASKED


def test_each_question_that_cannot_be_looked_up_says_why(index: AddressIndex) -> None:
    told = {}
    for question in REFUSED:
        with pytest.raises(QuestionError) as caught:
            index.search(question)
        told[question] = caught.value.why

    assert told == REFUSED
    with pytest.raises(QuestionError):
        index.search("초북로", 901)


def test_two_imports_do_not_meet_and_the_end_of_one_lets_the_next_begin(index: AddressIndex) -> None:
    for _ in range(2):
        with alone(index.engine), pytest.raises(BusyError), alone(index.engine):
            pass


def test_pages_follow_one_another_and_know_the_whole_number(index: AddressIndex) -> None:
    pages = [index.search("초북", number, 2) for number in (1, 2, 3)]

    assert [page and page.total for page in pages] == [3, 3, 3]
    assert [page and len(page.rows) for page in pages] == [2, 1, 0]
    assert len({row.road for page in pages if page for row in page.rows}) == 3


def test_a_database_without_addresses_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "none.db"

    assert AddressIndex(f"sqlite:///{path}").search("초북로 77") is None
    assert not path.exists()


PACKAGE = """{
    "52731": {
        "경상남도": {
            "진주시": [
                "초북로 77|초전동",
                "초북로 77-3|초전동"
            ]
        }
    },
    "39021": {
        "경상북도": {
            "군위군": [
                "광현길 12-5|군위읍 광현리"
            ],
            "안동시": [
                "강남7길 1|정하동"
            ]
        }
    }
}"""


def test_the_addresses_of_the_package_have_english_by_the_rule_and_today_s_provinces(tmp_path: Path) -> None:
    index = AddressIndex(f"sqlite:///{tmp_path / 'a.db'}")
    read: Callable[[], Iterator[Entry]] = lambda: kozip.entries(PACKAGE.splitlines())  # noqa: E731
    build(index.engine, kozip.source(read))

    page = index.search("Gunwi Gwanghyeon")
    assert page is not None
    row = page.rows[0]
    assert (row.road, row.zip, page.as_of) == ("대구광역시 군위군 군위읍 광현길 12-5", "39021", "2021-11")
    assert (row.english, row.is_official) == ("12-5, Gwanghyeon-gil, Gunwi-eup, Gunwi-gun, Daegu", False)
    assert found(index, "초북로 77-3") == [f"{CHOBUK}-3"]
    assert found(index, "경북 군위읍 광현길") == [row.road]
    with pytest.raises(kozip.LayoutError, match="line 5"):
        list(kozip.entries(PACKAGE.replace("초북로 77|", "초북로|").splitlines()))


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("종로", "jongno"),
        ("신림", "sillim"),
        ("왕십리", "wangsimni"),
        ("독립문", "dongnimmun"),
        ("별내", "byeollae"),
        ("압구정", "apgujeong"),
        ("묵호", "mukho"),
        ("해돋이", "haedoji"),
        ("백령", "baengnyeong"),
        ("같이", "gachi"),
    ],
)
def test_names_are_written_as_they_are_spoken(korean: str, latin: str) -> None:
    assert romanised(korean) == romanised(unicodedata.normalize("NFD", korean)) == latin


def test_roads_and_places_keep_their_endings_apart() -> None:
    roads = ("초북로", "종로", "세종대로", "초북로77번길", "논현로8길", "정부2청사로", "강남대로94가길")
    places = ("진주시", "수원시 장안구", "종로구", "태평로1가", "문산읍")

    assert [road_in_latin(road) for road in roads] == [
        *("Chobuk-ro", "Jong-ro", "Sejong-daero", "Chobuk-ro 77beon-gil", "Nonhyeon-ro 8-gil"),
        *("Jeongbu 2cheongsa-ro", "Gangnam-daero 94ga-gil"),
    ]
    latin = ["Jinju-si", "Jangan-gu, Suwon-si", "Jongno-gu", "Taepyeongno 1-ga", "Munsan-eup"]
    assert [place_in_latin(place) for place in places] == latin
