"""The language switch (acceptance L1 to L12): it turns the page over and touches nothing else."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.applicant import Applicant, values_of
from tests.conftest import Server

pytestmark = pytest.mark.browser
only_with_javascript = pytest.mark.parametrize("javascript", [True], ids=["javascript"])
HANGUL = re.compile("[가-힣]")
VISIBLE_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const isOurs = !parent.closest("bdi, option, noscript, template, .lang, textarea");
    if (isOurs && parent.checkVisibility({ visibilityProperty: true }))
      texts.push(walker.currentNode.data.trim());
  }
  return texts.filter(Boolean);
}"""


def turn(page: Page, lang: str) -> None:
    page.locator(f"header label:has([name=_lang][value={lang}])").click()


def fill(page: Page) -> None:
    page.locator("#title").fill('학력 <span lang="en">x</span> & "q"')
    page.locator("#nationality").select_option("VN")
    page.locator("#registration_front").fill("970314")
    page.locator("#registration_back").fill("6123456")
    page.locator("#unique_identifier_consent").check()
    page.locator("label.chip:has([name=career_kind][value=NEWCOMER])").click()


def test_a_switch_changes_every_text_and_no_value_and_sends_nothing(
    resume_page: Page, sandbox: Server, *, javascript: bool
) -> None:
    page = resume_page
    Applicant(page, sandbox.url, "ko", has_script=javascript).add_school()
    fill(page)
    if not javascript:  # with the script a chosen photo is sent at once
        page.locator("#photo-file").set_input_files(FilePayload(name="me.png", mimeType="image/png", buffer=b"x"))
    before, requests = values_of(page), []
    page.on("request", lambda request: requests.append(request.url))

    turn(page, "en")

    assert values_of(page) == before
    assert requests == []
    if javascript:
        assert [text for text in page.evaluate(VISIBLE_TEXT) if HANGUL.search(text)] == []
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Resume for Foreigner"))
    turn(page, "ko")
    assert values_of(page) == before


@only_with_javascript
def test_the_title_the_document_language_and_the_cookie_follow_the_last_of_seven_clicks(resume_page: Page) -> None:
    resume_page.evaluate(
        """() => { for (const lang of ["en", "ko", "en", "ko", "en", "ko", "en"])
        document.querySelector(`header label:has([value="${lang}"])`).click(); }"""
    )

    expect(resume_page).to_have_title(re.compile("Resume for Foreigner"))
    assert resume_page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in resume_page.evaluate("document.cookie")


@only_with_javascript
def test_the_caret_and_the_place_of_the_field_stay(resume_page: Page) -> None:
    resume_page.set_viewport_size({"width": 360, "height": 3000})  # so that the header can be pressed without scrolling
    field = resume_page.locator("#english_name")
    field.focus()
    field.evaluate("field => field.setSelectionRange(3, 5)")
    top = field.evaluate("field => field.getBoundingClientRect().top")

    turn(resume_page, "en")

    assert field.evaluate("field => [field.selectionStart, field.selectionEnd, document.activeElement === field]") == [
        3,
        5,
        True,
    ]
    assert abs(field.evaluate("field => field.getBoundingClientRect().top") - top) < 2


@only_with_javascript
def test_a_syllable_in_composition_goes_on(resume_page: Page) -> None:
    title = resume_page.locator("#title")
    title.fill("김")
    title.evaluate("field => { window.starts = 0; field.addEventListener('compositionstart', () => window.starts++); }")
    keyboard = resume_page.context.new_cdp_session(resume_page)
    keyboard.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})

    turn(resume_page, "en")
    keyboard.send("Input.imeSetComposition", {"text": "한그", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "한글"})

    expect(title).to_have_value("김한글")
    assert resume_page.evaluate("window.starts") == 1


@only_with_javascript
def test_an_option_shows_its_other_name_and_keeps_its_code(resume_page: Page) -> None:
    nationality = resume_page.locator("#nationality")
    nationality.select_option("VN")

    turn(resume_page, "en")

    expect(nationality).to_have_value("VN")
    assert nationality.evaluate("field => field.selectedOptions[0].text") == "Vietnam · 베트남"


@only_with_javascript
def test_the_switch_works_without_a_network(resume_page: Page) -> None:
    origin = resume_page.evaluate("performance.timeOrigin")
    resume_page.context.set_offline(True)

    turn(resume_page, "en")

    expect(resume_page.get_by_role("heading", level=1)).to_contain_text("Resume for")
    assert resume_page.evaluate("performance.timeOrigin") == origin


@pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])
def test_without_the_script_the_next_save_remembers_the_language(resume_page: Page) -> None:
    turn(resume_page, "en")
    resume_page.locator("#title").fill("통역사")

    resume_page.locator("#title").press("Enter")
    resume_page.wait_for_url("**#status")
    resume_page.goto("/")

    expect(resume_page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])
def test_enter_saves_and_touches_neither_rows_nor_dialogs(resume_page: Page) -> None:
    resume_page.locator("#title").fill("통역사")

    resume_page.locator("#title").press("Enter")
    resume_page.wait_for_url("**#status")

    expect(resume_page.locator("#title")).to_have_value("통역사")
    expect(resume_page.locator("details.entry")).to_have_count(0)


def test_both_languages_stand_together_on_demand(resume_page: Page) -> None:
    turn(resume_page, "both")

    heading = resume_page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("외국인 이력서 작성하기")
    assert "Resume for Foreigner" in heading.inner_text()
    assert resume_page.evaluate("document.documentElement.scrollWidth") <= 360
