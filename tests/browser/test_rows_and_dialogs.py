"""Rows and dialogs with the script (L5, R1, R3, R6, R8, W1): focus, double clicks, syllables, the keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, Request, Route, expect

from tests.browser.applicant import HANGUL, VISIBLE_TEXT, Applicant, values_of
from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
ADD_SCHOOL = "한국 대학교 추가"


def schools(page: Page) -> list[str]:
    return list(page.eval_on_selector_all("details[id^=education-]", "all => all.map((one) => one.id)"))


def delay(page: Page, path: str, seconds: float) -> None:
    """Let the server's answer to that path come late."""

    def late(route: Route) -> None:
        page.wait_for_timeout(seconds * 1000)
        route.continue_()

    page.route(re.compile(path), late)


def test_an_added_row_takes_the_focus_and_sends_nothing_of_the_others(resume_page: Page, sandbox: Server) -> None:
    """R1: two rows with unsaved text, and a photo that could not be sent."""
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=True)
    applicant.add_school(coursework="통계")
    applicant.add_school(coursework="품질")
    resume_page.route("**/photo", lambda route: route.abort())
    resume_page.locator("#photo-file").set_input_files(FilePayload(name="me.png", mimeType="image/png", buffer=b"x"))
    expect(resume_page.locator("#status")).to_contain_text("쓴 내용은 그대로 있습니다")
    others = schools(resume_page)
    sent: list[Request] = []
    resume_page.on("request", lambda request: sent.append(request) if request.url.endswith("/add") else None)

    resume_page.get_by_role("button", name=ADD_SCHOOL).click()

    expect(resume_page.locator("details[id^=education-]")).to_have_count(3)
    (added,) = set(schools(resume_page)) - set(others)
    expect(resume_page.locator(f"#{added}-university")).to_be_focused()
    (request,) = sent
    assert set(re.findall('name="([^"]*)"', request.post_data or "")) == {"csrf_token", "seen", "_lang", "row_id"}
    expect(resume_page.locator("#status")).to_contain_text("입력란을 추가했습니다")
    assert [field.input_value() for field in resume_page.locator("[name$=coursework]").all()] == ["통계", "품질", ""]
    ids = resume_page.eval_on_selector_all("[id]", "all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_a_double_click_adds_one_row(resume_page: Page) -> None:
    """R3."""
    resume_page.get_by_role("button", name=ADD_SCHOOL).dblclick()

    resume_page.wait_for_load_state("networkidle")
    resume_page.reload()
    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)


def test_an_add_whose_answer_was_lost_and_that_is_pressed_again_adds_one_row(resume_page: Page) -> None:
    """R3: the server did it, the answer never came."""

    def lose(route: Route) -> None:
        assert route.fetch().status == 201
        route.abort()

    resume_page.route(re.compile("/education/add$"), lose)
    add = resume_page.get_by_role("button", name=ADD_SCHOOL)
    add.click()
    expect(resume_page.locator("#status")).to_contain_text("쓴 내용은 그대로 있습니다")
    resume_page.unroute_all()

    add.click()

    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)
    resume_page.reload()
    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)


@pytest.mark.parametrize("between", ["nothing", "a switch", "a reload"])
def test_a_removed_row_comes_back_to_its_place_with_all_its_values(
    resume_page: Page, sandbox: Server, between: str
) -> None:
    """R6: and the focus never falls out of the page."""
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=True)
    applicant.add_school(coursework="통계")
    applicant.add_school(coursework="품질", university="한양대학교")
    rows = resume_page.locator("[id=education] :is(details, .gone)[id^=education-]")
    ids = [row.get_attribute("id") for row in rows.all()]
    before = values_of(resume_page)
    focused = "document.activeElement !== document.body"

    rows.first.get_by_role("button", name="삭제").click()
    expect(resume_page.locator(".gone")).to_be_visible()
    assert resume_page.evaluate(focused)
    if between == "a switch":
        resume_page.locator("header label:has([name=_lang][value=en])").click()
    if between == "a reload":
        resume_page.locator(".bar button").click()
        expect(resume_page.locator("#status")).to_contain_text("저장됨")
        resume_page.reload()
    resume_page.locator(".gone button").click()

    expect(resume_page.locator(".gone")).to_have_count(0)
    assert resume_page.evaluate(focused)
    assert [row.get_attribute("id") for row in rows.all()] == ids
    after = values_of(resume_page)
    assert {name: after[name] for name in after if name.startswith("education-")} == {
        name: before[name] for name in before if name.startswith("education-")
    }


def test_a_row_that_arrives_during_a_syllable_leaves_it_alone(resume_page: Page) -> None:
    delay(resume_page, "/education/add$", 0.6)
    resume_page.get_by_role("button", name=ADD_SCHOOL).click(no_wait_after=True)
    title = resume_page.locator("#title")
    title.focus()
    keyboard = resume_page.context.new_cdp_session(resume_page)
    keyboard.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})

    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)
    keyboard.send("Input.insertText", {"text": "한글"})

    expect(title).to_have_value("한글")
    expect(title).to_be_focused()
    expect(resume_page.locator("[id$=-university]")).to_have_value("")


def test_a_switch_before_the_row_arrives_turns_it_over_too(resume_page: Page) -> None:
    """L5."""
    delay(resume_page, "/education/add$", 0.8)
    resume_page.get_by_role("button", name=ADD_SCHOOL).click(no_wait_after=True)

    resume_page.locator("header label:has([name=_lang][value=en])").click()

    row = resume_page.locator("details[id^=education-]")
    expect(row).to_have_count(1)
    expect(row.get_by_label("Korean university name")).to_be_visible()
    expect(resume_page.locator("#status")).to_contain_text("A place for another entry was added")
    assert [text for text in resume_page.evaluate(VISIBLE_TEXT) if HANGUL.search(text)] == []


def test_the_address_dialog_goes_by_the_keyboard(resume_page: Page) -> None:
    """W1: and the page's own form is not sent; whoever types slowly is given suggestions on the way."""
    address, sent = resume_page.url, []
    resume_page.on(
        "request", lambda request: sent.append(urlsplit(request.url).path) if request.method == "POST" else None
    )
    resume_page.locator("#address-search").focus()
    resume_page.keyboard.press("Enter")
    expect(resume_page.locator("#address-keyword")).to_be_focused()
    resume_page.keyboard.type("Chobuk-ro 77")
    resume_page.keyboard.press("Enter")
    select = resume_page.get_by_role("button", name="선택", exact=True).first
    expect(select).to_be_visible()
    while not select.evaluate("button => button === document.activeElement"):
        resume_page.keyboard.press("Tab")

    resume_page.keyboard.press("Enter")

    expect(resume_page.locator("#road_address")).to_have_value("경상남도 진주시 초북로 77")
    expect(resume_page.locator("#address-search")).to_be_focused()
    expect(resume_page.locator("#dialog")).not_to_be_visible()
    assert resume_page.url == address
    path = urlsplit(address).path
    steps = [one for one in sent if one != f"{path}/address/suggest"]
    assert steps == [f"{path}/address", f"{path}/address/search", f"{path}/address/choose"]


def test_escape_closes_the_dialog_and_goes_back_to_its_button(resume_page: Page) -> None:
    """W1."""
    resume_page.locator("#address-search").click()
    expect(resume_page.locator("#address-keyword")).to_be_focused()

    resume_page.keyboard.press("Escape")

    expect(resume_page.locator("#dialog")).not_to_be_visible()
    expect(resume_page.locator("#address-search")).to_be_focused()


def test_a_switch_inside_the_dialog_keeps_what_was_typed_there(resume_page: Page) -> None:
    resume_page.locator("#address-search").click()
    resume_page.locator("#address-keyword").fill("초북로")

    resume_page.locator("#dialog label:has([value=en])").click()

    expect(resume_page.locator("#address-keyword")).to_have_value("초북로")
    expect(resume_page.locator("#dialog-name")).to_contain_text("Address search")
    expect(resume_page.locator("html")).to_have_attribute("lang", "en")


def test_an_added_entry_offers_the_whole_lists_in_the_page_language(resume_page: Page) -> None:
    resume_page.locator("header [value=en]").check()
    resume_page.get_by_text("Experienced", exact=True).click()
    resume_page.get_by_role("button", name="Add work experience").click()
    industry = resume_page.locator("select[id$=-industry]")

    expect(industry.locator("option")).to_have_count(22)
    assert industry.evaluate("(select) => select.options[3].text") == "Manufacturing · 제조업"
    industry.select_option("C")
    expect(resume_page.locator("select[id$=-sub_industry] option")).to_have_count(26)
    resume_page.get_by_role("button", name="Save", exact=True).last.click()
    expect(resume_page.locator(".bar")).not_to_have_attribute("data-state", re.compile(".+"))
    resume_page.reload()

    assert industry.input_value() == "C"


def test_a_saving_takes_away_what_has_been_put_right_since_publishing_failed(resume_page: Page) -> None:
    resume_page.get_by_role("button", name="이력서 등록").click()
    title, visa = resume_page.locator("#title"), resume_page.locator("#visa")
    expect(title).to_have_attribute("aria-invalid", "true")
    told = resume_page.locator("#problems li").count()

    title.fill("생산관리")
    resume_page.locator(".bar").get_by_role("button", name="저장").click()

    expect(title).not_to_have_attribute("aria-invalid", "true")
    expect(resume_page.locator("#title-error")).to_have_count(0)
    expect(resume_page.locator("#problems li")).to_have_count(told - 1)
    expect(visa).to_have_attribute("aria-invalid", "true")
    expect(resume_page.locator("#basics-state")).to_contain_text("확인할 것")


def test_a_dialog_begins_at_its_top_and_shows_what_went_wrong(resume_page: Page) -> None:
    resume_page.locator("#name-check-open").click()
    resume_page.locator("#check_front").fill("970314")
    resume_page.locator("#check_back").fill("6123456")
    resume_page.locator("#check_name").fill("SANDBOX PROTECTED")
    resume_page.locator("#dialog").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    resume_page.get_by_role("button", name="실명 확인하기").click()

    expect(resume_page.locator("#dialog .note--bad")).to_be_focused()
    expect(resume_page.locator("#dialog .note--bad h2")).to_be_in_viewport()
    resume_page.locator("#dialog").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    resume_page.keyboard.press("Escape")
    resume_page.locator("#address-search").click()
    expect(resume_page.locator("#dialog-name")).to_be_in_viewport()
    assert resume_page.locator("#dialog").evaluate("one => one.scrollTop") == 0


def test_the_list_of_sections_gives_way_to_the_section_that_was_chosen(resume_page: Page) -> None:
    resume_page.locator("#sections summary").click()

    resume_page.locator("#sections").get_by_role("link", name="학력사항").click()

    expect(resume_page.locator("#sections")).not_to_have_attribute("open", "")
    expect(resume_page.locator("#education-name")).to_be_in_viewport()
