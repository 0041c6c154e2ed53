"""Both languages side by side: escaped, complete, and one of them first."""

from types import SimpleNamespace

import pytest
from flask import Flask
from markupsafe import Markup

from kosme_web.web.languages import both, both_n, catalogue, only, page_display, page_language, pair

SAVED = '<span lang="ko">저장됨</span><span lang="en">Saved</span>'


def test_a_text_comes_in_both_languages_korean_first() -> None:
    assert both("Saved") == SAVED
    assert both("Saved") is both("Saved")  # made once


def test_what_a_person_typed_is_escaped_within_the_pair() -> None:
    shown = both("Write at most %(most)s characters; there are %(count)s", most="<b>", count="100%")

    assert isinstance(shown, Markup)
    assert shown.count("&lt;b&gt;") == 2
    assert "<b>" not in shown


def test_a_text_that_is_the_same_in_both_stands_once() -> None:
    assert pair(SimpleNamespace(ko="KT & more", en="KT & more")) == "KT &amp; more"


def test_the_number_chooses_the_form_in_each_language() -> None:
    singular, plural = "%(n)s thing", "%(n)s things"

    assert [str(both_n(singular, plural, n)) for n in (1, 2000)] == ["1 thing", "2,000 things"]


def test_one_language_gives_plain_text() -> None:
    assert (only("Saved", "ko"), only("Saved", "en")) == ("저장됨", "Saved")


def test_a_language_without_a_catalogue_stops_the_start() -> None:
    with pytest.raises(FileNotFoundError, match="no compiled catalogue"):
        catalogue("xx")


@pytest.mark.parametrize(
    ("query", "cookie", "browser", "display"),
    [
        ("", "", "", "ko"),
        ("", "", "vi", "ko"),
        ("", "", "en-GB,en;q=0.9,ko;q=0.8", "en"),
        ("", "both", "en", "both"),
        ("?lang=en", "ko", "ko", "en"),
        ("?_lang=both", "ko", "ko", "both"),
        ("?lang=xx", "en", "ko", "en"),
        ("?lang=<script>", "../..", "", "ko"),
    ],
)
def test_what_was_asked_for_comes_before_what_is_remembered(
    app: Flask, query: str, cookie: str, browser: str, display: str
) -> None:
    headers = {"Cookie": f"lang={cookie}", "Accept-Language": browser}
    with app.test_request_context(f"/{query}", headers=headers):
        assert page_display() == display
        assert page_language() == ("en" if display == "en" else "ko")


def test_the_choice_is_remembered_and_rubbish_is_not(app: Flask) -> None:
    client = app.test_client()
    client.get("/?lang=both")
    chosen = client.get_cookie("lang")
    client.get("/?lang=xx")

    assert chosen is not None
    assert chosen.value == "both"
    assert client.get_cookie("lang") == chosen


def test_outside_a_request_korean_comes_first() -> None:
    assert page_language() == "ko"
