"""Logging out: it saves first and leaves nothing in the browser (S8)."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]


def test_logging_out_leaves_nothing_in_the_browser_but_the_language(resume_page: Page) -> None:
    page = resume_page
    page.evaluate("sessionStorage.setItem('kept', '통역사'); localStorage.setItem('kept', '통역사')")
    page.locator("header label:has([name=_lang][value=en])").click()

    page.locator(".menu-open").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(re.compile("/$"))

    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, "lang=en"]


def test_logging_out_waits_for_what_is_not_saved_and_a_second_press_leaves_it(resume_page: Page) -> None:
    page = resume_page
    page.locator("#title").fill("통역사")
    page.evaluate(
        """async () => {
          const { work } = await import(document.querySelector("script[src*='site-']").src);
          Object.assign(work, { isDirty: () => true, flush: async () => false, discard: () => (window.left = true) });
        }"""
    )
    log_out = page.get_by_role("button", name="로그아웃")
    page.locator(".menu-open").click()
    log_out.click()
    expect(page.locator("#status")).to_contain_text("한 번 더 눌러 주세요")
    assert page.evaluate("window.left") is None

    page.locator(".menu-open").click()
    log_out.click()

    page.wait_for_url(re.compile("/$"))
