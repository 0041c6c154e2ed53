"""외국인등록번호: the given vectors (no real person), every refusal, and silence about the digits."""

import traceback
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosme_web.domain.registration_number import Problem, RegistrationNumber, RegistrationNumberError, Sex

TODAY = date(2026, 11, 24)


def why_refused(text: str, on: date = TODAY) -> Problem | None:
    try:
        RegistrationNumber.parse(text).check(on)
    except RegistrationNumberError as error:
        return error.problem
    return None


@pytest.mark.parametrize(
    ("text", "birth_date", "sex"),
    [
        ("911124-5689073", date(1991, 11, 24), Sex.MALE),
        ("950101-5123484", date(1995, 1, 1), Sex.MALE),
        ("950101-6123484", date(1995, 1, 1), Sex.FEMALE),
        ("000229-7000067", date(2000, 2, 29), Sex.MALE),
        ("010505-8123465", date(2001, 5, 5), Sex.FEMALE),
        ("010505-8123460", date(2001, 5, 5), Sex.FEMALE),
    ],
)
def test_a_good_number_tells_birth_and_sex(text: str, birth_date: date, sex: Sex) -> None:
    number = RegistrationNumber.parse(text)
    assert (number.birth_date, number.sex) == (birth_date, sex)
    assert why_refused(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "9111245689073",
        " 911124 5689073 ",
        "911124\u20135689073",
        "911124\u22125689073",
        "9 1 1 1 2 4 - 5 6 8 9 0 7 3",
        "\uff19\uff11\uff11\uff11\uff12\uff14\uff0d\uff15\uff16\uff18\uff19\uff10\uff17\uff13",
        "\u200b911124-5689073\ufeff",
    ],
)
def test_a_number_is_read_however_it_is_pasted(text: str) -> None:
    assert RegistrationNumber.parse(text).digits == "9111245689073"


@pytest.mark.parametrize("last", "0123456789")
def test_no_last_digit_is_refused(last: str) -> None:
    assert why_refused(f"010505-812346{last}") is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.LENGTH),
        ("911124-568907", Problem.LENGTH),
        ("911124-56890731", Problem.LENGTH),
        ("911124-568907a", Problem.NOT_DIGITS),
        ("911124-*******", Problem.NOT_DIGITS),
        ("٩١١١٢٤٥٦٨٩٠٧٣", Problem.NOT_DIGITS),
        ("911324-5689073", Problem.IMPOSSIBLE_DATE),
        ("911100-5689073", Problem.IMPOSSIBLE_DATE),
        ("000229-5000067", Problem.IMPOSSIBLE_DATE),
        ("261125-7000067", Problem.FUTURE),
        ("151123-5000067", Problem.TOO_OLD),
        ("111125-7000067", Problem.UNDER_15),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text: str, problem: Problem) -> None:
    assert why_refused(text) is problem


@pytest.mark.parametrize("seventh", "123490")
def test_a_citizens_number_is_recognised(seventh: str) -> None:
    assert why_refused(f"911124-{seventh}689073") is Problem.CITIZEN


def test_the_fifteenth_birthday_and_the_age_of_110_are_still_accepted() -> None:
    assert why_refused("111124-7000067") is None
    assert why_refused("151125-5000067") is None


def test_a_view_sees_the_front_and_nothing_of_the_back() -> None:
    number = RegistrationNumber.parse("970314-6123456")
    assert number.masked == "970314-•••••••"
    assert repr(number) == str(number) == "RegistrationNumber()"


@given(st.text() | st.text("0123456789-", max_size=20) | st.from_regex(r"[0-9]{6}-[5-8][0-9]{6}", fullmatch=True))
def test_a_text_is_read_or_refused_without_a_word_of_it(text: str) -> None:
    assert outcome(text) in {*Problem, text[:6]}


def outcome(text: str) -> str:
    try:
        return f"{RegistrationNumber.parse(text).birth_date:%y%m%d}"
    except RegistrationNumberError as error:
        return "".join(traceback.format_exception_only(error)).rpartition(" ")[2].strip()


@given(st.text(st.characters(categories=["Cs"]), max_size=20))
def test_a_lone_surrogate_is_refused(text: str) -> None:
    with pytest.raises(RegistrationNumberError):
        RegistrationNumber.parse(text)
