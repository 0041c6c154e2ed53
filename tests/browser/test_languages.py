"""The language switch (L1 to L4, L6 to L9, L12): it turns the page over and touches nothing else."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.applicant import HANGUL, VISIBLE_TEXT, Applicant, values_of
from tests.browser.hand import Hand
from tests.browser.saving import is_saved
from tests.conftest import Server
from tests.people import new_resume

pytestmark = pytest.mark.browser
only_with_javascript = pytest.mark.parametrize("javascript", [True], ids=["javascript"])


def turn(page: Page, lang: str) -> None:
    page.locator(f"header label:has([name=_lang][value={lang}])").click()


def fill(page: Page) -> None:
    for name, text in {"visa_expires_year": "2099", "visa_expires_month": "3", "visa_expires_day": "14"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#title").fill('학력 <span lang="en">x</span> & "q"')
    page.locator("#nationality").select_option("VN")
    page.locator("#registration_front").fill("970314")
    page.locator("#registration_back").fill("6123456")
    page.locator("#unique_identifier_consent").check()
    page.locator("label.chip:has([name=career_kind][value=NEWCOMER])").click()


KEEP = "() => { window.kept = [...document.getElementById('page').elements].filter((one) => one.name); }"
ARE_KEPT = """() => window.kept.length > 30 && window.kept.every((one, at) =>
  one === [...document.getElementById('page').elements].filter((now) => now.name)[at])"""


def test_a_switch_changes_every_text_and_no_value_and_sends_nothing(
    resume_page: Page, sandbox: Server, *, javascript: bool
) -> None:
    """L1, L10: text, password, select, radio, tick, date, text area, row and photo stay, in the very same elements."""
    page = resume_page
    Applicant(page, sandbox.url, "ko", has_script=javascript).add_school(coursework="통계\n품질")
    fill(page)
    page.route("**/photo", lambda route: route.abort())  # with the script a chosen photo is sent at once
    page.locator("#photo-file").set_input_files(FilePayload(name="me.png", mimeType="image/png", buffer=b"x"))
    page.evaluate(KEEP)
    if javascript:
        is_saved(page)
    before, requests = values_of(page), []
    page.on("request", lambda request: requests.append(request.url))

    turn(page, "en")

    assert values_of(page) == before
    assert page.evaluate("document.getElementById('photo-file').files.length") == 1
    assert page.evaluate(ARE_KEPT)
    assert requests == []
    assert [text for text in page.evaluate(VISIBLE_TEXT) if HANGUL.search(text)] == []
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Resume for Foreigner"))
    if javascript:
        expect(page).to_have_title(re.compile("Resume for Foreigner"))
        assert page.evaluate("document.documentElement.lang") == "en"
    turn(page, "ko")
    assert values_of(page) == before
    assert page.locator("span[lang=en]").locator("visible=true").count() == 0


@only_with_javascript
def test_the_title_the_document_language_and_the_cookie_follow_the_last_of_seven_clicks(resume_page: Page) -> None:
    """L9."""
    resume_page.evaluate(
        """() => { for (const lang of ["en", "ko", "en", "ko", "en", "ko", "en"])
        document.querySelector(`header label:has([value="${lang}"])`).click(); }"""
    )

    expect(resume_page).to_have_title(re.compile("Resume for Foreigner"))
    assert resume_page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in resume_page.evaluate("document.cookie").split("; ")
    heading = resume_page.get_by_role("heading", level=1)
    assert heading.inner_text() == "Resume for Foreigner"


@only_with_javascript
@pytest.mark.parametrize("way", ["click", "tap"])
def test_the_caret_and_the_place_of_the_field_stay(resume_page: Page, way: str) -> None:
    """L2."""
    resume_page.set_viewport_size({"width": 360, "height": 3000})  # so that the header can be pressed without scrolling
    field = resume_page.locator("#english_name")
    field.focus()
    field.evaluate("field => field.setSelectionRange(3, 5)")
    top = field.evaluate("field => field.getBoundingClientRect().top")

    switch = resume_page.locator("header label:has([name=_lang][value=en])")
    switch.tap() if way == "tap" else switch.click()

    expect(resume_page.locator("html")).to_have_attribute("lang", "en")
    caret = "field => [field.selectionStart, field.selectionEnd, document.activeElement === field]"
    assert field.evaluate(caret) == [3, 5, True]
    assert abs(field.evaluate("field => field.getBoundingClientRect().top") - top) < 2


@only_with_javascript
def test_a_syllable_in_composition_goes_on(resume_page: Page) -> None:
    """L3."""
    title, sent = resume_page.locator("#title"), []
    title.fill("김")
    is_saved(resume_page)
    title.evaluate(
        """field => { window.told = [];
        for (const type of ["compositionstart", "compositionend"])
          field.addEventListener(type, () => window.told.push(type)); }"""
    )
    resume_page.on("request", lambda request: sent.append(request.url))
    keyboard = resume_page.context.new_cdp_session(resume_page)
    keyboard.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})

    turn(resume_page, "en")
    keyboard.send("Input.imeSetComposition", {"text": "한그", "selectionStart": 2, "selectionEnd": 2})

    assert resume_page.evaluate("window.told") == ["compositionstart"]
    assert sent == []
    keyboard.send("Input.insertText", {"text": "한글"})
    expect(title).to_have_value("김한글")
    assert resume_page.evaluate("window.told").count("compositionstart") == 1


@only_with_javascript
def test_an_option_shows_its_other_name_and_keeps_its_code(resume_page: Page) -> None:
    """L4."""
    nationality = resume_page.locator("#nationality")
    nationality.select_option("VN")

    turn(resume_page, "en")

    expect(nationality).to_have_value("VN")
    assert nationality.evaluate("field => field.selectedOptions[0].value === field.value")
    assert nationality.evaluate("field => field.selectedOptions[0].text") == "Vietnam · 베트남"


@only_with_javascript
def test_the_switch_works_without_a_network(resume_page: Page) -> None:
    """L8."""
    origin = resume_page.evaluate("performance.timeOrigin")
    resume_page.context.set_offline(True)

    turn(resume_page, "en")

    expect(resume_page.get_by_role("heading", level=1)).to_contain_text("Resume for")
    assert resume_page.evaluate("performance.timeOrigin") == origin


@only_with_javascript
def test_an_error_with_a_number_in_it_is_turned_over_in_its_place(newcomer_page: Page) -> None:
    """L6."""
    page = newcomer_page
    page.goto("/sign-up/member")
    page.locator("#password").fill("short")
    page.locator("#page button[type=submit]").last.click()
    error = page.locator("#password-error")
    expect(error).to_contain_text("12자 이상")
    error.evaluate("error => { window.error = error; }")

    turn(page, "en")

    expect(error).to_contain_text("at least 12")
    expect(error.locator("[lang=ko]")).not_to_be_visible()
    assert page.evaluate("window.error === document.getElementById('password-error')")
    assert "password-error" in str(page.locator("#password").get_attribute("aria-describedby")).split()


@only_with_javascript
@pytest.mark.parametrize(("jobs", "told"), [(1, "1 job is saved"), (2, "2 jobs are saved")])
def test_one_and_two_entries_have_their_own_form_of_the_word(
    member_page: Page, hand: Hand, jobs: int, told: str
) -> None:
    """L6."""
    url = new_resume(hand)
    for number in range(jobs):
        hand.post(f"{url}/work/add", data={"row_id": f"{number:012x}"})
    hand.post(url, data={"career_kind": "NEWCOMER", "seen": "99"})
    member_page.goto(url)
    expect(member_page.locator(".newcomer")).to_contain_text(f"경력 {jobs}건")

    turn(member_page, "en")

    expect(member_page.locator(".newcomer")).to_contain_text(told)


@only_with_javascript
def test_what_a_person_opened_scrolled_stretched_and_typed_stays(resume_page: Page, sandbox: Server) -> None:
    """L7: an entry, a scroll box, a text area pulled by hand, a dialog with text in it; Ctrl+Z goes on."""
    page = resume_page
    school = Applicant(page, sandbox.url, "ko", has_script=True).add_school()
    area = school.locator("textarea")
    height = stretch(page, area)
    box = page.locator(".legal").first
    box.evaluate("box => box.scrollTo(0, 40)")
    page.locator("#address-search").click()
    keyword = page.locator("#address-keyword")
    expect(keyword).to_be_focused()
    page.keyboard.type("초북로 77")
    keyword.evaluate("field => { field.setSelectionRange(3, 3); }")
    page.keyboard.type("X")

    page.locator("#dialog label:has([value=en])").click()

    expect(page.locator("#dialog-name")).to_contain_text("Address search")
    assert page.evaluate("document.getElementById('dialog').open")
    expect(keyword).to_have_value("초북로X 77")
    assert school.get_attribute("open") is not None
    assert box.evaluate("box => box.scrollTop") == 40
    assert area.evaluate("area => area.offsetHeight") == height
    page.keyboard.press("Control+z")
    expect(keyword).to_have_value("초북로 77")


def stretch(page: Page, area: Locator) -> float:
    """Pull a text area by its corner, and give its new height."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=3)
    page.mouse.up()
    height = float(area.evaluate("area => area.offsetHeight"))
    assert height > box["height"] + 40
    return height


@pytest.mark.parametrize("own", ["학력", '<span lang="en">x</span>', '<b>x</b> & "q"'])
@only_with_javascript
def test_a_persons_own_text_is_neither_hidden_nor_read_as_markup(resume_page: Page, sandbox: Server, own: str) -> None:
    """L12."""
    school = Applicant(resume_page, sandbox.url, "ko", has_script=True).add_school()
    school.locator("[name$=university]").fill(own)
    resume_page.locator(".bar button").click()
    expect(resume_page.locator("#status")).to_contain_text("저장됨")
    resume_page.reload()
    name = resume_page.locator("details[id^=education-] summary bdi").first

    for lang in ("ko", "en", "both"):
        turn(resume_page, lang)
        expect(name).to_be_visible()
        assert name.text_content() == own
        assert name.locator("*").count() == 0
        expect(resume_page.locator("[name$=university]")).to_have_value(own)


def test_both_languages_stand_together_on_demand(resume_page: Page) -> None:
    turn(resume_page, "both")

    heading = resume_page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("외국인 이력서 작성하기")
    assert "Resume for Foreigner" in heading.inner_text()
    assert resume_page.evaluate("document.documentElement.scrollWidth") <= 360
