"""Both catalogues hold every text of the sources, and the Korean one reads as Korean."""

import pytest
from babel.messages.catalog import Catalog

from tools.messages import LANGUAGES, key_of, problems, read, sources, updated, written

SHOWN = ("%(n)s entry", "%(n)s entries")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return sources()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_is_complete_and_consistent(lang: str, wanted: Catalog) -> None:
    assert problems(lang, read(lang), wanted) == []


def test_texts_of_python_and_of_templates_are_found(wanted: Catalog) -> None:
    assert wanted.get("There is no such page")  # errors.py
    assert wanted.get("Skip to content")  # page.html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bringing_a_catalogue_up_to_date_keeps_every_text(lang: str, wanted: Catalog) -> None:
    before = read(lang)
    after = updated(before, wanted, lang)

    assert {key_of(one): one.string for one in after if one.id} == {key_of(one): one.string for one in before if one.id}
    assert written(after) == written(before)


def test_a_new_text_waits_empty_for_its_translator_and_is_its_own_english() -> None:
    wanted = Catalog()
    wanted.add(SHOWN)

    assert updated(Catalog(locale="ko"), wanted, "ko")[SHOWN].string == ("",)
    assert updated(Catalog(locale="en"), wanted, "en")[SHOWN].string == SHOWN


def test_a_catalogue_holds_no_date() -> None:
    assert b"Date" not in written(Catalog(locale="ko"))


@pytest.mark.parametrize(
    ("source", "korean", "problem"),
    [
        ("Save", "", "empty"),
        ("Save", "Save", "not in Korean"),
        ("Save", "저장!", "exclamation mark"),
        ("Save", "저장。", "full-width"),
        ("Save", "당신의 이력서를 저장", "당신"),
        ("Save your résumé", "저장: your own résumé goes here now", "sentence in English"),
        ("%(n)s saved", "저장했습니다", "other values"),
        ("%(n)s saved", "%(m)s건을 저장했습니다", "other values"),
        ("%(n)s saved", "%(n)s건 100% 저장", "% that is no value"),
        (SHOWN, ("",), "empty"),
        (SHOWN, ("항목",), "other values"),
    ],
)
def test_a_mistake_in_a_translation_is_found(
    source: str | tuple[str, str], korean: str | tuple[str], problem: str
) -> None:
    wanted, catalogue = Catalog(), Catalog(locale="ko")
    wanted.add(source)
    catalogue.add(source, korean)

    assert any(problem in line for line in problems("ko", catalogue, wanted))


def test_a_text_that_is_missing_left_over_or_unsure_is_found() -> None:
    wanted, catalogue = Catalog(), Catalog(locale="ko")
    wanted.add("New")
    wanted.add("Changed")
    catalogue.add("Old", "옛것")
    catalogue.add("Changed", "바뀐 것", flags=["fuzzy"])

    told = problems("ko", catalogue, wanted)

    assert told == ["ko: missing: 'New'", "ko: no longer used: 'Old'", "ko: unsure: 'Changed'"]


def test_english_that_differs_from_the_sources_is_found() -> None:
    wanted, english = Catalog(), Catalog(locale="en")
    wanted.add("Save")
    english.add("Save", "Keep")

    assert problems("en", english, wanted) == ["en: English differs from the sources: 'Save'"]


def test_sound_translations_pass() -> None:
    wanted, korean = Catalog(), Catalog(locale="ko")
    pairs: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
        "Save": "저장",
        "LG U+": "LG U+",
        "%(n)s of 100 %%": "100%% 중 %(n)s",
        SHOWN: ("%(n)s건",),
    }
    for source, text in pairs.items():
        wanted.add(source)
        korean.add(source, text)

    assert problems("ko", korean, wanted) == []
