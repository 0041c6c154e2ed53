"""휴대폰번호: read however it is typed, kept in one form, shown as each language writes it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosme_web.domain.phone_numbers import (
    PhoneNumberError,
    PhoneProblem,
    domestic_digits,
    format_phone,
    parse_mobile,
)


@pytest.mark.parametrize(
    "text",
    [
        "01012345678",
        "010-1234-5678",
        "010 1234 5678",
        "010.1234.5678",
        "(010) 1234-5678",
        "+82 10 1234 5678",
        "+82 (0)10-1234-5678",
        "+82-010-1234-5678",
        "0082 10 1234 5678",
        "82 10 1234 5678",
        "\uff10\uff11\uff10\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18",
        "\u202a010\u20111234\u20135678\u202c",
        " 010-1234-5678\n",
    ],
)
def test_every_way_to_write_a_number_is_one_number(text: str) -> None:
    assert parse_mobile(text) == "+821012345678"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", PhoneProblem.EMPTY),
        (" - ", PhoneProblem.EMPTY),
        ("010-1234-567", PhoneProblem.LENGTH),
        ("010-1234-56789", PhoneProblem.LENGTH),
        ("011-123-4567", PhoneProblem.OLD_PREFIX),
        ("+82 19 1234 5678", PhoneProblem.OLD_PREFIX),
        ("02-123-4567", PhoneProblem.NOT_MOBILE),
        ("070-1234-5678", PhoneProblem.NOT_MOBILE),
        ("+84 90 123 4567", PhoneProblem.NOT_MOBILE),
        ("0084901234567", PhoneProblem.NOT_MOBILE),
        ("010-1234-567x", PhoneProblem.NOT_DIGITS),
        ("010 1234 5678, 010 8765 4321", PhoneProblem.NOT_DIGITS),
        ("٠١٠١٢٣٤٥٦٧٨", PhoneProblem.NOT_DIGITS),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_with_its_reason(text: str, problem: PhoneProblem) -> None:
    with pytest.raises(PhoneNumberError) as caught:
        parse_mobile(text)
    assert caught.value.problem is problem


def test_a_number_is_shown_as_each_language_writes_it() -> None:
    assert format_phone("+821012345678", "ko") == "010-1234-5678"
    assert format_phone("+821012345678", "en") == "+82 10 1234 5678"
    assert domestic_digits("+821012345678") == "01012345678"


@given(st.from_regex(r"010[0-9]{8}", fullmatch=True), st.sampled_from(["ko", "en"]))
def test_what_is_shown_can_be_typed_again(digits: str, lang: str) -> None:
    number = parse_mobile(digits)
    assert domestic_digits(number) == digits
    assert parse_mobile(format_phone(number, lang)) == number


@given(st.text(st.characters(exclude_categories=[])) | st.text("+0128 -", max_size=20))
def test_any_text_is_a_number_or_is_refused_without_its_digits(text: str) -> None:
    assert re.fullmatch(r"\+8210[0-9]{8}|[A-Z_]+", outcome(text))


def outcome(text: str) -> str:
    try:
        return parse_mobile(text)
    except PhoneNumberError as error:
        return str(error)
