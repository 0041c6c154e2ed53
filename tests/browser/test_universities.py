"""대학교 명 as a combobox (W2): keys, syllables, late answers, what a pick fills in; and a plain field without it."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from kosme_web.domain.universities import School, SchoolIndex
from kosme_web.services import universities
from tests.browser.hand import Hand
from tests.browser.saving import Late, eventually, is_saved, path_of

ROW = "0123456789ab"
SNU = "서울대학교 (Seoul National University)"
pytestmark = pytest.mark.browser
with_script = pytest.mark.parametrize("javascript", [True], ids=["javascript"])
without_script = pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])


def named(page: Page, name: str, kind: str = "education") -> Locator:
    return page.locator(f"[name={kind}-{ROW}-{name}]")


def options(page: Page) -> Locator:
    return page.get_by_role("option").locator("visible=true")


def add_school(page: Page, hand: Hand, kind: str) -> Locator:
    hand.post(f"{path_of(page)}/{kind}/add", data={"row_id": ROW})
    page.reload()
    return named(page, "university", kind)


@with_script
def test_a_university_is_picked_by_keys_in_either_language_and_undone(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    school = add_school(resume_page, hand, "education")
    school.click()
    expect(school).to_have_role("combobox")
    school.press_sequentially("snu")
    first = options(resume_page).first
    expect(first).to_have_text("서울대학교\n대학교(4년) · 서울", use_inner_text=True)
    expect(school).to_have_attribute("aria-expanded", "true")

    resume_page.context.set_offline(offline=True)
    resume_page.locator("header label:has([value=en])").click()
    assert first.inner_text().split("\n") == ["Seoul National University", "University (4 years) · Seoul"]
    resume_page.context.set_offline(offline=False)

    school.press("ArrowUp")
    expect(school).to_have_attribute("aria-activedescendant", f"suggestion-{options(resume_page).count()}")
    school.press("ArrowDown")
    school.press("ArrowDown")
    expect(school).to_have_attribute("aria-activedescendant", "suggestion-1")
    school.press("Enter")

    expect(school).to_have_value(SNU)
    expect(school).to_be_focused()
    expect(school).to_have_attribute("aria-expanded", "false")
    is_saved(resume_page)
    for name, text in (("university", SNU), ("univ_kind", "UNIV"), ("school_region", "11")):
        expect(named(resume_page, name)).to_have_value(text)
        eventually(partial(stored, f"education-{ROW}-{name}"), text)
    school.press("Control+z")
    expect(school).to_have_value("snu")


@with_script
def test_a_syllable_and_a_late_answer_disturb_nothing(resume_page: Page, hand: Hand) -> None:
    """W2: Enter commits the syllable and neither picks nor submits; the list is of what stands in the field."""
    school = add_school(resume_page, hand, "education")
    keyboard = resume_page.context.new_cdp_session(resume_page)
    late = Late(resume_page, "/universities$")
    school.click()
    keyboard.send("Input.imeSetComposition", {"text": "부", "selectionStart": 1, "selectionEnd": 1})
    late.has(1)
    keyboard.send("Input.insertText", {"text": "부"})
    school.press_sequentially("경")
    late.has_asked("부경")
    late.answer(last_first=True)
    expect(options(resume_page)).to_have_count(1)
    expect(options(resume_page)).to_contain_text("국립부경대학교")
    resume_page.unroute_all()

    school.fill("")
    keyboard.send("Input.imeSetComposition", {"text": "부", "selectionStart": 1, "selectionEnd": 1})
    expect(options(resume_page).first).to_contain_text("부")
    school.press("ArrowDown")
    committing = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    keyboard.send("Input.dispatchKeyEvent", committing)
    keyboard.send("Input.insertText", {"text": "부"})

    expect(school).to_have_value("부")
    expect(options(resume_page).first).to_be_visible()
    assert named(resume_page, "univ_kind").input_value() == ""
    school.press("Escape")
    expect(options(resume_page)).to_have_count(0)
    expect(school).to_have_value("부")


@with_script
def test_what_is_not_in_the_list_is_kept_as_typed_and_a_tap_fills_the_country(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    school = School(foreign="Đại Học Bách Khoa Hà Nội", country="VN")
    monkeypatch.setattr(universities, "foreign_index", lambda: SchoolIndex([school]))
    field = add_school(resume_page, hand, "overseas")
    named(resume_page, "univ_kind", "overseas").select_option("GRAD_M")
    field.press_sequentially("Trường của tôi <b>")
    expect(resume_page.locator(".options")).to_contain_text("목록에 없는 이름입니다")
    is_saved(resume_page)
    eventually(partial(stored, f"overseas-{ROW}-university"), "Trường của tôi <b>")

    field.fill("bach khoa ha noi")
    options(resume_page).filter(has_text="Đại Học Bách Khoa Hà Nội").tap()

    expect(field).to_have_value("Đại Học Bách Khoa Hà Nội")
    expect(named(resume_page, "school_country", "overseas")).to_have_value("베트남 · Vietnam")
    expect(named(resume_page, "univ_kind", "overseas")).to_have_value("GRAD_M")
    is_saved(resume_page)


@without_script
def test_without_the_script_it_is_a_plain_field(resume_page: Page, hand: Hand) -> None:
    school = add_school(resume_page, hand, "education")
    school.fill("나의 대학교")
    school.press("Enter")

    expect(school).to_have_value("나의 대학교")
    assert school.get_attribute("role") is None


@with_script
def test_a_nationality_and_an_industry_are_found_by_typing_a_part_of_either_name(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    hand.post(f"{path_of(resume_page)}/work/add", data={"row_id": ROW})
    resume_page.reload()
    resume_page.locator("#title").fill("품질관리")
    resume_page.locator("label:has([value=EXPERIENCED])").click()
    searched = resume_page.locator("#list-text")
    choices = resume_page.locator("#dialog .results button")

    resume_page.get_by_role("button", name="국적 찾기").click()
    expect(searched).to_be_focused()
    searched.press_sequentially("viet")
    expect(choices).to_have_count(1)
    expect(searched).to_be_focused()
    choices.press("Enter")

    expect(resume_page.locator("#dialog")).to_be_hidden()
    expect(resume_page.locator("#nationality")).to_have_value("VN")
    expect(resume_page.get_by_role("button", name="국적 찾기")).to_be_focused()
    expect(resume_page.locator("#title")).to_have_value("품질관리")

    resume_page.get_by_role("button", name="업종 찾기").click()
    searched.press_sequentially("computer prog")
    expect(choices).to_have_count(1)
    choices.click()
    for name, code in (("industry", "J"), ("sub_industry", "62")):
        expect(named(resume_page, name, "work")).to_have_value(code)
        eventually(partial(stored, f"work-{ROW}-{name}"), code)
    named(resume_page, "industry", "work").select_option("C")
    expect(named(resume_page, "sub_industry", "work")).to_have_value("")
    is_saved(resume_page)
    eventually(partial(stored, "nationality"), "VN")
