"""W4: axe in both languages, 320 px with text of twice the size, and large targets, on every page in each state."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.applicant import Applicant
from tests.browser.hand import Hand
from tests.conftest import Server
from tests.people import IDENTITY
from tests.site.filled import filled_resume

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
AXE = Path("node_modules/axe-core/axe.min.js")
FOUND = """() => axe.run({ resultTypes: ["violations"], preload: false })
  .then((found) => found.violations.map((one) => one.id + ' ' + one.nodes[0].html.slice(0, 200)))"""
# what can be pressed, with the label around it; a link within a sentence is as large as its words (WCAG 2.5.8)
SMALL = """() => {
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")) {
    if (one.matches("[aria-hidden=true]")) continue;
    const target = one.closest("label") ?? one;
    const { width, height } = target.getBoundingClientRect();
    const isShown = one.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
    if (isShown && getComputedStyle(target).display !== "inline" && Math.min(width, height) < 43.9)
      small.push(`${width} x ${height} ${target.outerHTML.slice(0, 120)}`);
  }
  return small;
}"""
PUBLIC = ["/", "/sign-up", "/sign-up/identity", "/log-in", "/legal/terms", "/legal/privacy", "/nowhere"]


def check(page: Page) -> None:
    """Hold the page as it stands against axe, small targets, and narrow screens with text of twice the size."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for lang in ("en", "both", "ko"):
        page.evaluate(
            "lang => [...document.querySelectorAll('[name=_lang]')].find((one) => one.value === lang).click()", lang
        )
        if lang != "both":
            assert page.evaluate(FOUND) == [], lang
            assert page.evaluate(SMALL) == [], lang
        for width, size in ((320, ""), (320, "125%")):  # 62.5% is the size that a person has chosen
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


def test_the_sign_up_is_accessible_from_the_code_to_the_errors_of_the_member_form(newcomer_page: Page) -> None:
    page = newcomer_page
    page.goto("/sign-up/member")
    check(page)
    page.locator("#page button[type=submit]").last.click()
    expect(page.locator("#problems a").first).to_be_visible()
    check(page)
    page.goto("/sign-up/complete")
    check(page)


@pytest.mark.parametrize("method", ["SMS", "PASS_QR"])
def test_the_confirmation_of_an_identity_is_accessible(page: Page, newcomer: Hand, site: Server, method: str) -> None:
    newcomer.post("/sign-up/identity", data={**IDENTITY, "verify_method": method})
    newcomer.lead(page, site.url)
    page.goto("/sign-up/identity/confirm")
    expect(page).to_have_url(f"{site.url}/sign-up/identity/confirm")

    check(page)


def test_the_list_the_answers_and_the_published_resume_are_accessible(member_page: Page, hand: Hand) -> None:
    url = filled_resume(hand)
    hand.post(f"{url}/publish", data={"seen": "99"})
    for path in (f"{url}/published", f"{url}/check", "/resume"):
        member_page.goto(path)
        check(member_page)


def test_the_resume_is_accessible_with_rows_dialogs_and_errors(resume_page: Page, sandbox: Server) -> None:
    applicant = Applicant(resume_page, sandbox.url, "ko", has_script=True)
    applicant.add_school()
    applicant.add_job()
    resume_page.locator("details[id^=education-]").get_by_role("button", name="삭제").click()
    expect(resume_page.locator(".gone")).to_be_visible()
    check(resume_page)
    for opener in ("#name-check-open", "#address-search", "[id$=position-open]"):
        resume_page.locator(opener).click()
        expect(resume_page.locator("#dialog")).to_be_visible()
        check(resume_page)
        resume_page.keyboard.press("Escape")
    applicant.lang = "ko"
    applicant.button("publish").click()
    expect(resume_page.locator("#problems")).to_be_visible()
    check(resume_page)


def test_suggestions_are_accessible(resume_page: Page) -> None:
    resume_page.get_by_role("button", name="한국 대학교 추가").click()
    resume_page.locator("[name$=university]").press_sequentially("서울")
    resume_page.get_by_role("option").locator("visible=true").first.wait_for()
    resume_page.keyboard.press("ArrowDown")
    check(resume_page)
    expect(resume_page.locator(".options")).to_be_visible()
