"""아이디, 비밀번호: length, well-known words and own data decide; no rule of composition does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosme_web.domain.credentials import (
    PasswordProblem,
    is_login_id,
    login_id_key,
    password_problem,
    plain_password,
)

OWN = ["VanAnh97", "NGUYEN", "VAN", "ANH", "NGUYEN VAN ANH", "19970314", "970314", "12345678"]


def judged(password: str) -> PasswordProblem | None:
    return password_problem(password, OWN, shortest=12)


@pytest.mark.parametrize(
    "password",
    [
        "seven purple kites over Jinju",
        "correct horse battery",
        "xK9#mQ2$vL7p",
        "839201746583",
        "김치찌개는 정말 맛있어요",
        "sparkling river 82",  # holds PARK and more
        "nguyen likes walking at dawn",
        "🙂🐶🌸🚲🏝🎻🌋🎈🥁🧭🪁🪵",
        "z" + "Ab3x" * 31 + "end",
    ],
)
def test_a_long_password_of_any_composition_is_accepted(password: str) -> None:
    assert judged(password) is None


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password1234!",
        "P@ssw0rd2024!",
        "Pa$5w0rd2024!",
        "samsungs1987",
        "p a s s w o r d 1 2 3 4",
        "welcome12345678",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "123456789012",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "!@#$%^&*()_+",
        "iloveyou vietnam",
        "dkssudgktpdy1",  # 안녕하세요 on a Latin keyboard
        "qlalfqjsgh1234",  # 비밀번호
        "사랑해요대한민국안녕하세요",
    ],
)
def test_a_password_of_well_known_parts_is_refused(password: str) -> None:
    assert judged(password) is PasswordProblem.COMMON


@pytest.mark.parametrize(
    "password",
    ["NGUYENVANANH", "Nguyen-Van-Anh!", "NguyenVanAnh1997", "vananh97kosme", "19970314nguyen!", "nguyenpassword1"],
)
def test_a_password_of_own_data_is_refused(password: str) -> None:
    assert judged(password) is PasswordProblem.OWN_DATA
    assert password_problem(password, [], shortest=12) is not PasswordProblem.OWN_DATA


def test_length_is_counted_in_composed_characters() -> None:
    eleven = "\u1112\u1161\u11ab" * 11
    assert judged(eleven) is PasswordProblem.TOO_SHORT
    assert judged("kite over se") is None
    assert judged("kite over s") is PasswordProblem.TOO_SHORT
    assert judged("kite" + "Ab3x" * 31) is None
    assert judged("kites" + "Ab3x" * 31) is PasswordProblem.TOO_LONG
    assert plain_password("e\u0301") == "\u00e9"


def test_the_shortest_length_is_a_setting() -> None:
    assert password_problem("kite sea", [], shortest=8) is None
    assert password_problem("kite sea", [], shortest=9) is PasswordProblem.TOO_SHORT


@given(st.text(st.characters(exclude_categories=[]), max_size=140), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_is_judged_alike_however_it_is_composed(password: str, own: list[str]) -> None:
    found = password_problem(password, own, shortest=12)
    assert found == password_problem(plain_password(password), own, shortest=12)


@pytest.mark.parametrize("login_id", ["abcd", "VanAnh97", "a1b2", "0123", "A" * 20])
def test_four_to_twenty_letters_and_digits_are_an_id(login_id: str) -> None:
    assert is_login_id(login_id)


@pytest.mark.parametrize(
    "login_id",
    [
        "",
        "abc",
        "A" * 21,
        "van anh",
        "van-anh",
        "반안안안",
        "\uff41\uff42\uff43\uff44",
        "abcd\n",
        "Admin",
        "KOSME",
        "café1",
    ],
)
def test_another_text_or_a_reserved_word_is_no_id(login_id: str) -> None:
    assert not is_login_id(login_id)


def test_an_id_is_the_same_in_capitals_and_wide_letters() -> None:
    assert login_id_key("VanAnh97") == login_id_key("vananh97") == login_id_key("\uff36\uff41\uff4eanh97")
