"""이름: what may be a name in Latin letters, and which spellings are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosme_web.domain.names import NameProblem, clean, english_name_problem, is_english_name, keys, same_name, upper

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
LATIN = st.text(st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"]), min_size=1, max_size=12)
NAMES = st.lists(LATIN, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "NGUYEN VAN ANH",
        "Nguyễn Văn Ánh",
        "O'Brien",
        "O\u2019Brien",
        "Jean-Luc",
        "'t Hooft",
        "\u0149",
        "J. R. Smith",
        "Çağla Şahin",
        "Łukasz Żółć",
        "A",
        "  Sukarno  ",
        "A" * 100,
        "Nguye\u0302\u0303n",
        "O\u02bbg\u02bbiloy",
        "Fa\u02bcasavalu",
        "D`Angelo",
        "Tom\u200b",
    ],
)
def test_a_name_in_latin_letters_is_accepted(text: str) -> None:
    assert english_name_problem(text) is None
    assert is_english_name(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NameProblem.EMPTY),
        (" \t ", NameProblem.EMPTY),
        ("A" * 101, NameProblem.TOO_LONG),
        ("ß" * 51, NameProblem.TOO_LONG),
        ("소여톰", NameProblem.SIGNS),
        ("Иван", NameProblem.SIGNS),
        ("Tom2", NameProblem.SIGNS),
        ("Tom, Sawyer", NameProblem.SIGNS),
        ("Tom<b>", NameProblem.SIGNS),
        ("-", NameProblem.SIGNS),
        ("\u0301Tom", NameProblem.SIGNS),
        ("Tom\ud800", NameProblem.SIGNS),
    ],
)
def test_another_text_is_refused_with_its_reason(text: str, problem: NameProblem) -> None:
    assert english_name_problem(text) is problem
    assert not is_english_name(text)


def test_a_name_is_composed_and_its_blanks_are_counted_once() -> None:
    assert clean("  Nguye\u0302\u0303n \u00a0 Van\n") == "Nguyễn Van"


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("nguyen  van anh", "NGUYEN VAN ANH"),
        ("Strauß", "STRAUSS"),
        ("Y\u0131ld\u0131z", "YILDIZ"),
        ("İpek", "IPEK"),
        ("i\u0307pek", "IPEK"),
        ("José", "JOSÉ"),
    ],
)
def test_a_name_is_capitalised_as_on_a_card(text: str, capitals: str) -> None:
    assert upper(text) == capitals


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("NGUYEN VAN ANH", "Nguyễn Văn Anh"),
        ("NGUYEN VAN ANH", "anh nguyen van"),
        ("NGUYEN VAN ANH", "Van Anh Nguyen"),
        ("NGUYEN VANANH", "NGUYEN VAN ANH"),
        ("VANANH NGUYEN", "NGUYEN VAN-ANH"),
        ("VAN ANH NGUYEN", "NGUYEN VANANH"),
        ("SAWYER TOM", "Tom Sawyer"),
        ("O'BRIEN", "O\u2019Brien"),
        ("OBRIEN", "O'Brien"),
        ("Müller", "MUELLER"),
        ("Müller", "MULLER"),
        ("SØREN", "Soeren"),
        ("SØREN", "Soren"),
        ("Ångström", "AANGSTROEM"),
        ("Strauß", "STRAUSS"),
        ("Peña", "PENA"),
        ("Đặng", "DANG"),
        ("Y\u0131ld\u0131z", "YILDIZ"),
        ("İpek", "ipek"),
        ("J.R. Smith", "JR SMITH"),
        ("O\u02bbktam", "O'ktam"),
        ("김한글", "김 한글"),
        ("김한글", "한글 김"),
        ("김한글", "\u1100\u1175\u11b7\u1112\u1161\u11ab\u1100\u1173\u11af"),
    ],
)
def test_two_spellings_are_one_name(first: str, second: str) -> None:
    assert same_name(first, second)
    assert same_name(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("NGUYEN VAN ANH", "NGUYEN VAN"),
        ("NGUYEN VAN ANH", "NGUYEN VAN AN"),
        ("SAWYER TOM", "SAWYER TIM"),
        ("ANNA", "ANA"),
        ("MULLER", "MUELLER"),
        ("김한글", "김한길"),
        ("김한글", "KIM HANGEUL"),
        ("TOM", ""),
        ("", ""),
        ("-", "."),
    ],
)
def test_two_names_stay_two(first: str, second: str) -> None:
    assert not same_name(first, second)
    assert not same_name(second, first)


@given(NAMES)
def test_a_name_is_itself_in_capitals_and_in_any_order(name: str) -> None:
    parts = name.split()
    assert same_name(name, name)
    assert same_name(name, upper(name))
    assert same_name(name, " ".join(reversed(parts)))


@given(ANY_TEXT, ANY_TEXT)
def test_comparing_any_texts_gives_the_same_answer_both_ways(first: str, second: str) -> None:
    assert same_name(first, second) == same_name(second, first) == bool(keys(first) & keys(second))


@given(ANY_TEXT | NAMES)
def test_cleaning_and_capitals_are_done_after_one_time(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert upper(upper(text)) == upper(text)


@given(NAMES)
def test_a_good_name_is_still_good_in_capitals(name: str) -> None:
    assert english_name_problem(name) == english_name_problem(upper(name))
