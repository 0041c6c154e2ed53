"""문자메시지: what a phone can show, and how long it is."""

import pytest

from kosme_web.domain.sms_text import SmsTextError, SmsType, plain, sms_type

HANGUL = "가"  # two bytes in EUC-KR


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HANGUL * 44 + "a", SmsType.SMS),  # 89 bytes
        (HANGUL * 45, SmsType.SMS),  # 90
        (HANGUL * 45 + "a", SmsType.LMS),  # 91
        ("a" * 90, SmsType.SMS),
        (HANGUL * 1000, SmsType.LMS),  # 2,000
        ("", SmsType.SMS),
    ],
)
def test_89_90_91_bytes_in_euc_kr(text: str, kind: SmsType) -> None:
    assert sms_type(text) is kind


@pytest.mark.parametrize("text", ["สวัสดี", "Nguyễn", "똠", "한\N{GRINNING FACE}", HANGUL * 1000 + "a"])
def test_what_no_text_message_can_hold_is_refused(text: str) -> None:
    with pytest.raises(SmsTextError):
        sms_type(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nguyễn Văn Đức", "Nguyen Van Duc"),
        ("G\N{MODIFIER LETTER TURNED COMMA}ulom", "G'ulom"),
        ("résumé \N{EN DASH} 이력서", "resume - 이력서"),
        ("「Привет」 ½ Ω", "「Привет」 ½ Ω"),  # all of it in EUC-KR
        ("ᄒ\u1161\u11ab", "한"),  # typed in its parts
    ],
)
def test_letters_outside_euc_kr_become_plain_ones(text: str, shown: str) -> None:
    assert plain(text) == shown
    assert sms_type(shown) is SmsType.SMS


def test_letters_without_a_plain_form_stay_and_are_refused_later() -> None:
    assert plain("สวัสดี") != ""
    with pytest.raises(SmsTextError):
        sms_type(plain("สวัสดี"))
