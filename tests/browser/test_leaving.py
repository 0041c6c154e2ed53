"""회원탈퇴 in the browser: asked for in Korean, taken back in English, with the script and without it."""

import re

from playwright.sync_api import Page, expect

from tests.people import MEMBER


def test_a_member_asks_to_leave_and_keeps_the_account_after_all(member_page: Page) -> None:
    page = member_page
    page.goto("/account")
    page.locator("[href$='/account/leave']").click()
    page.locator("#password").fill(MEMBER["password"])
    page.get_by_role("button", name="확인", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("회원탈퇴")
    expect(page.locator("#page [href$='/resume/export']")).to_be_visible()
    page.get_by_role("button", name="탈퇴하기").click()
    expect(page.locator("#problems")).to_be_visible()
    page.locator("label.tick").click()
    page.get_by_role("button", name="탈퇴하기").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("계정이 곧 지워집니다")

    page.goto("/resume")
    page.locator("header label:has([name=_lang][value=en])").click()
    expect(page.locator("#leaving-note")).to_contain_text("Your account will be erased")
    page.get_by_role("button", name="Keep my account").click()

    page.wait_for_url(re.compile("/account$"))
    expect(page.get_by_role("status").first).to_contain_text("You keep your account")
    expect(page.locator("#leaving-note")).to_have_count(0)
