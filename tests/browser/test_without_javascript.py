"""Everything again without the script: Enter saves, and no button loses what was typed (L10, L11, R2, W3)."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.applicant import Applicant, values_of
from tests.browser.hand import Hand
from tests.conftest import Server
from tests.site.filled import filled_resume

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])]
TEXT_FIELDS = (
    "#page :is(input:not([type]), input:is([type=text], [type=tel], [type=email], [type=password])):not([readonly])"
)


def unfold(page: Page) -> None:
    page.evaluate("() => { for (const one of document.querySelectorAll('#page details')) one.open = true; }")


def pressed(page: Page) -> dict[str, str]:
    """Press Enter in each text field, and give where each would have been sent; nothing arrives there."""
    told: dict[str, str] = {}

    def catch(route: Route, request: Request) -> None:
        if request.method != "POST":
            route.continue_()
            return
        sent.append(urlsplit(request.url).path)
        route.fulfill(status=204)  # so that the page stays

    page.route("**/*", catch)
    unfold(page)
    fields = page.locator(TEXT_FIELDS).locator("visible=true")
    for field in fields.all():
        sent: list[str] = []
        with page.expect_request(lambda request: request.method == "POST"):
            field.press("Enter")
        (told[str(field.get_attribute("name"))],) = sent
    return told


@pytest.mark.parametrize("path", ["/log-in", "/sign-up/identity", "/sign-up/member"])
def test_enter_in_any_field_of_the_sign_up_sends_the_form_itself(newcomer_page: Page, path: str) -> None:
    """L11."""
    newcomer_page.goto(path)

    told = pressed(newcomer_page)

    assert len(told) > 1
    assert set(told.values()) == {path}


@pytest.mark.parametrize("part", ["", "address", "name-check", "work/cccccccccccc/position"])
def test_enter_in_any_field_of_the_resume_saves_and_touches_neither_rows_nor_dialogs(
    member_page: Page, hand: Hand, part: str
) -> None:
    """L11: with entries of each kind, and with each part open that has fields of its own."""
    page, url = member_page, filled_resume(hand)
    page.goto(url)
    unfold(page)
    if part:
        page.locator(f"[formaction^='{url}/{part}']").first.click()
        page.wait_for_load_state()

    told = pressed(page)

    assert set(told.values()) == {f"{url}/name-check/run" if part == "name-check" else url}


def test_enter_really_saves_and_the_server_remembers_the_language(resume_page: Page) -> None:
    """L10, L11."""
    resume_page.locator("header label:has([name=_lang][value=en])").click()
    resume_page.locator("#title").fill("통역사")

    resume_page.locator("#title").press("Enter")
    resume_page.wait_for_url("**#status")

    expect(resume_page.locator("#title")).to_have_value("통역사")
    expect(resume_page.locator("details.entry")).to_have_count(0)
    resume_page.goto("/")
    expect(resume_page.locator("html")).to_have_attribute("lang", "en")


def test_a_switch_over_empty_and_wrong_fields_sends_nothing_and_keeps_the_password(newcomer_page: Page) -> None:
    """L10."""
    page = newcomer_page
    page.goto("/sign-up/member")
    page.locator("#password").fill("seven purple kites")
    page.locator("#email").fill("not an address")
    before, sent = values_of(page), []
    page.on("request", lambda request: sent.append(request.url))

    page.locator("header label:has([name=_lang][value=en])").click()

    expect(page.locator("label[for=password] [lang=en]")).to_be_visible()
    assert values_of(page) == before
    assert sent == []


def test_removing_one_row_keeps_what_was_typed_in_the_title_and_the_other_row(
    resume_page: Page, sandbox: Server
) -> None:
    """R2."""
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=False)
    applicant.add_school()
    applicant.add_school()
    unfold(resume_page)
    resume_page.locator("#title").fill("통역사")
    first, second = (resume_page.locator("details[id^=education-]").nth(at) for at in (0, 1))
    first.locator("[name$=university]").fill("서울대학교")
    second.locator("[name$=university]").fill("Hanoi <University>")

    first.get_by_role("button", name="삭제").click()
    resume_page.locator(".gone").wait_for()

    expect(resume_page.locator("#title")).to_have_value("통역사")
    expect(resume_page.locator("details[id^=education-] [name$=university]")).to_have_value("Hanoi <University>")
    resume_page.locator(".gone").get_by_role("button", name="되돌리기").click()
    expect(resume_page.locator("[name$=university]").first).to_have_value("서울대학교")


def test_a_newcomer_who_was_experienced_after_all_finds_the_jobs_as_they_were(
    resume_page: Page, sandbox: Server
) -> None:
    """W3."""
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=False)
    applicant.add_job()
    fields = resume_page.locator("details[id^=work-]").locator("input:not([type=hidden]), textarea, select")
    before = [field.input_value() for field in fields.all()]
    assert "(주)동진정밀" in before

    for kind in ("NEWCOMER", "EXPERIENCED"):
        applicant.choose("career_kind", kind)
        resume_page.locator(".bar button").click()
        resume_page.wait_for_url(re.compile("#"))
        expect(resume_page.locator("details[id^=work-]")).to_be_visible(visible=kind == "EXPERIENCED")

    assert [field.input_value() for field in fields.all()] == before
