"""axe, narrow screens and large text on every page and state (acceptance W4)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.applicant import Applicant
from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
AXE = Path("node_modules/axe-core/axe.min.js")
FOUND = "axe.run().then((found) => found.violations.map((one) => one.id + ' ' + one.nodes[0].html.slice(0, 200)))"
PUBLIC = ["/", "/sign-up", "/sign-up/identity", "/log-in", "/legal/terms", "/legal/privacy", "/nowhere"]


def check(page: Page) -> None:
    """Hold the page as it stands against axe, at 320 px, and with text of twice the size."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(FOUND) == []
    for lang in ("en", "both", "ko"):
        page.evaluate(
            "lang => [...document.querySelectorAll('[name=_lang]')].find((one) => one.value === lang).click()", lang
        )
        for width, size in ((320, ""), (360, "125%")):
            page.set_viewport_size({"width": width, "height": 740})
            page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (lang, width, size)
        page.evaluate("document.documentElement.style.removeProperty('font-size')")
    page.set_viewport_size({"width": 360, "height": 740})


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_accessible(page: Page, path: str) -> None:
    page.goto(path)

    check(page)


@pytest.mark.parametrize("path", ["/sign-up/identity", "/log-in"])
def test_errors_are_accessible_and_take_the_focus(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("#page button[type=submit]").last.click()

    expect(page.locator("#problems a").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "problems"
    check(page)


def test_the_resume_is_accessible_with_rows_dialogs_and_errors(resume_page: Page, sandbox: Server) -> None:
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=True)
    check(resume_page)
    applicant.add_school()
    applicant.add_job()
    check(resume_page)
    resume_page.locator("details[id^=education-]").get_by_role("button", name="삭제").click()
    expect(resume_page.locator(".gone")).to_be_visible()
    check(resume_page)
    resume_page.locator("#name-check-open").click()
    expect(resume_page.locator("#check_name")).to_be_visible()
    check(resume_page)
    resume_page.keyboard.press("Escape")
    applicant.lang = "ko"
    applicant.button("publish").click()
    expect(resume_page.locator("#problems")).to_be_visible()
    check(resume_page)
