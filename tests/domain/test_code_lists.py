"""The code lists: complete in both languages, true on the day, and every text a person types finds its code."""

from datetime import date
from itertools import pairwise

import pytest

from kosme_web.domain import code_lists
from kosme_web.domain.code_lists import (
    COUNTRY,
    INDUSTRY,
    NATIONALITY,
    REGION,
    SEEKER_TYPE,
    SIDO,
    SIGUNGU,
    SUB_INDUSTRY,
    VISA,
    VISA_SUBTYPE,
    CodeList,
    find,
)

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
LISTS = [value for value in vars(code_lists).values() if isinstance(value, CodeList)]


@pytest.mark.parametrize("code_list", LISTS, ids=lambda code_list: code_list.name)
def test_every_code_has_a_name_of_its_own_in_both_languages(code_list: CodeList) -> None:
    for lang in ("ko", "en"):
        named = {(code_list.parent(code), code_list.label(code, lang)) for code in code_list.codes}
        assert len(named) == len(code_list)
        assert all(name.strip() for _, name in named)
        assert all(code_list.full_label(code, lang).strip() for code in code_list.codes)


@pytest.mark.parametrize("code_list", LISTS, ids=lambda code_list: code_list.name)
def test_every_current_code_fits_the_columns_that_keep_it(code_list: CodeList) -> None:
    longest = 40 if code_list is SIGUNGU else 20
    assert all(code.isascii() and len(code) <= longest for code in code_list.codes)


LEAST = {
    "admission_kind": 3,
    "career_kind": 2,
    "carrier": 4,
    "consent_kind": 8,
    "consent_state": 4,
    "country": 242,
    "employment_type": 9,
    "gap_reason": 8,
    "graduation_kind": 6,
    "industry": 21,
    "job_title": 17,
    "kiip": 6,
    "language_level": 6,
    "leave_reason": 13,
    "login_method": 5,
    "nationality": 244,
    "network": 3,
    "program_type": 2,
    "rank": 23,
    "referral_route": 14,
    "region": 16,
    "seeker_type": 2,
    "sido": 17,
    "signup_method": 4,
    "sigungu": 230,
    "sub_industry": 77,
    "topik": 13,
    "univ_kind": 7,
    "verify_method": 3,
    "visa": 29,
    "visa_subtype": 33,
}


def test_no_list_is_missing_and_none_has_lost_a_row() -> None:
    """Adding a row is one line in its file, and nothing here; a row that goes away would leave résumés unreadable."""
    counts = {code_list.name: len(code_list.current(AFTER)) for code_list in LISTS}

    assert counts.keys() == LEAST.keys()
    assert {name: count for name, count in counts.items() if count < LEAST[name]} == {}


def test_seventeen_regions_become_sixteen_on_the_day_of_the_merger() -> None:
    assert len(REGION.current(BEFORE)) == 17
    assert len(REGION.current(AFTER)) == 16
    assert {"29", "46"} <= set(SIDO.current(BEFORE))
    assert set(SIDO.current(AFTER)) - set(SIDO.current(BEFORE)) == {"JG"}


def test_a_region_that_is_gone_stays_readable_and_names_its_successor() -> None:
    assert SIDO.label("29", "ko") == "광주"
    assert SIDO.full_label("46", "ko") == "전라남도"
    assert SIDO.replaced_by("29") == SIDO.replaced_by("46") == "JG"
    assert not SIDO.is_stopped("29", BEFORE)
    assert SIDO.is_stopped("29", AFTER)


def test_a_region_is_short_in_a_list_and_official_in_a_document() -> None:
    assert (SIDO.label("11", "ko"), SIDO.full_label("11", "ko")) == ("서울", "서울특별시")
    assert (SIDO.label("52", "en"), SIDO.full_label("52", "en")) == ("Jeonbuk", "Jeonbuk State")
    assert SIDO.full_label("11", "en") == "Seoul"


def test_each_region_has_as_many_districts_as_the_law_gives_it() -> None:
    counts = {code: len(SIGUNGU.children(code, AFTER)) for code in SIDO.current(AFTER)}
    assert counts == {
        "11": 25,
        "26": 16,
        "27": 9,
        "28": 11,
        "30": 5,
        "31": 5,
        "36": 1,
        "41": 31,
        "51": 18,
        "43": 11,
        "44": 15,
        "52": 14,
        "JG": 27,
        "47": 22,
        "48": 18,
        "50": 2,
        "90": 0,
    }
    assert len(SIGUNGU.current(BEFORE)) == 229
    assert (len(SIGUNGU.children("29", BEFORE)), len(SIGUNGU.children("46", BEFORE))) == (5, 22)


def test_incheon_has_its_new_districts_from_the_first_of_july() -> None:
    new = {"28-jemulpo-gu", "28-yeongjong-gu", "28-geomdan-gu"}
    gone = {"28-jung-gu", "28-dong-gu"}
    assert set(SIGUNGU.children("28", AFTER)) - set(SIGUNGU.children("28", BEFORE)) == new
    assert set(SIGUNGU.children("28", BEFORE)) - set(SIGUNGU.children("28", AFTER)) == gone


def test_a_district_code_begins_with_its_region_and_moves_only_within_the_successor() -> None:
    for code in SIGUNGU.codes:
        assert code.startswith(f"{SIGUNGU.parent(code)}-")
        successor = SIGUNGU.replaced_by(code)
        if successor:
            region = SIGUNGU.parent(code)
            assert SIGUNGU.parent(successor) == (SIDO.replaced_by(region) or region)


def test_every_section_of_industry_has_divisions_and_every_division_a_section() -> None:
    assert sum(len(SUB_INDUSTRY.children(section, AFTER)) for section in INDUSTRY.codes) == 77
    assert all(SUB_INDUSTRY.children(section, AFTER) for section in INDUSTRY.codes)
    assert SUB_INDUSTRY.parent("62") == "J"


def test_short_stays_are_readable_but_not_offered() -> None:
    assert len([code for code in VISA.codes if code != "C-2"]) == 37
    assert not {"A-1", "B-2", "C-2", "C-4"} & set(VISA.current(AFTER))
    assert VISA.label("C-3", "ko") == "C-3 단기방문"
    assert VISA.replaced_by("C-2") == "C-3"
    assert VISA.replaced_by("C-3") is None


def test_h_2_is_marked_as_stopped_and_can_still_be_chosen() -> None:
    assert "H-2" in VISA.current(AFTER)
    assert not VISA.is_stopped("H-2", date(2026, 2, 11))
    assert VISA.is_stopped("H-2", date(2026, 2, 12))
    assert [code for code in VISA.current(AFTER) if VISA.is_stopped(code, AFTER)] == ["H-2"]


def test_every_visa_with_subtypes_offers_not_sure_last() -> None:
    parents = {VISA_SUBTYPE.parent(code) for code in VISA_SUBTYPE.codes}
    assert parents == {"D-2", "D-4", "D-8", "D-10", "E-7", "F-2"}
    for parent in parents:
        assert VISA_SUBTYPE.label(VISA_SUBTYPE.children(parent, AFTER)[-1], "en") == "Not sure"


def test_the_student_type_has_the_exact_words_of_the_manual() -> None:
    assert SEEKER_TYPE.label("INTL_STUDENT", "en") == "Foreign students, Including Graduates"
    assert SEEKER_TYPE.label("INTL_STUDENT", "ko") == "외국인 유학생"


def test_nationality_is_without_korea_groups_and_uninhabited_places() -> None:
    assert not {"KR", "EU", "UN", "ZZ", "XA", "AQ", "BV", "IC"} & set(NATIONALITY.codes)
    assert {"XK", "TW", "PS", "KP"} <= set(NATIONALITY.codes)


def test_nationality_names_what_cldr_words_otherwise() -> None:
    assert NATIONALITY.label("CD", "ko") == "콩고민주공화국"
    assert NATIONALITY.label("HK", "en") == "Hong Kong"
    assert NATIONALITY.codes[-2:] == ("XXB", "XXA")


def test_a_stateless_person_has_a_nationality_entry_but_a_school_has_a_country() -> None:
    assert set(NATIONALITY.codes) - set(COUNTRY.codes) == {"XXA", "XXB"}


def test_countries_stand_in_the_order_of_the_language() -> None:
    korean = [NATIONALITY.label(code, "ko") for code in NATIONALITY.by_name(AFTER, "ko")]
    english = NATIONALITY.by_name(AFTER, "en")
    assert korean[:2] == ["가나", "가봉"]
    assert english[:3] == ("AF", "AX", "AL")
    assert set(english) == set(NATIONALITY.current(AFTER))
    initials = [NATIONALITY.label(code, "en")[0].replace("Å", "A") for code in english]
    assert all(first <= second for first, second in pairwise(initials))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VN", "VN"),
        ("베트남", "VN"),
        ("Vietnam", "VN"),
        (" viet  NAM ", "VN"),
        ("베트남 · Vietnam", "VN"),
        ("Vietnam · 베트남", "VN"),
        ("\uff36\uff4e", "VN"),
        ("cote d'ivoire", "CI"),
        ("Guinea Bissau", "GW"),
        ("USA", "US"),
        ("u.s.a.", "US"),
        ("터키", "TR"),
        ("Turkiye", "TR"),
        ("Congo", None),
        ("Korea", None),
        ("대한민국", None),
        ("XXA", None),
        ("", None),
        ("·", None),
        ("\ud800", None),
    ],
)
def test_a_country_is_found_however_it_is_typed(text: str, code: str | None) -> None:
    assert find(COUNTRY, text) == code


def test_every_country_is_found_by_all_of_its_names() -> None:
    for code in COUNTRY.codes:
        ko, en = COUNTRY.label(code, "ko"), COUNTRY.label(code, "en")
        assert {find(COUNTRY, text) for text in (code, ko, en, f"{ko} · {en}", f"{en} · {ko}")} == {code}


def test_a_name_of_two_districts_finds_neither() -> None:
    assert find(SIGUNGU, "중구") is None
    assert find(SIGUNGU, "종로구") == "11-jongno-gu"


def test_an_unknown_code_has_no_name() -> None:
    with pytest.raises(KeyError):
        SIDO.label("99", "ko")
    assert "99" not in SIDO
    assert None not in SIDO
