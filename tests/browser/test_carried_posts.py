"""A whole page posted when the log-in has ended, with the script and without: the browser brings it all back."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftField
from tests.browser.hand import Hand
from tests.people import LOG_IN, NUMBER

pytestmark = pytest.mark.browser


def test_a_page_that_meets_the_end_of_the_log_in_is_saved_after_it(
    resume_page: Page, hand: Hand, session: Session, *, javascript: bool
) -> None:
    """S4, N9: the digits, which nothing may keep yet, are in the page again too."""
    page = resume_page
    page.locator("#title").fill('통역사 "1"')
    page.locator("#registration_front").fill(NUMBER[0])
    page.locator("#registration_back").fill(NUMBER[1])
    page.locator("#address-section [name=detail_address]").fill("세종2관 306호")
    hand.post("/log-out")

    page.get_by_role("button", name="이력서 등록").click()
    expect(page.locator("h1")).to_contain_text("다시 로그인")
    assert NUMBER[1] not in page.content()
    for name, text in LOG_IN.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#page .btn--main").click()
    expect(page.locator("h1")).to_contain_text("다시 로그인했습니다")
    page.get_by_role("button", name="다시 보내기").click()

    expect(page.locator("#problems")).to_be_visible()  # it was judged, as the person wished
    expect(page.locator("#title")).to_have_value('통역사 "1"')
    expect(page.locator("#registration_back")).to_have_value(NUMBER[1])
    found = {field.name: (field.value, field.rival) for field in session.scalars(select(DraftField))}
    assert found["title"] == ('통역사 "1"', None)
    assert found["detail_address"] == ("세종2관 306호", None), javascript


def test_a_stale_token_costs_one_press_and_with_the_script_none(
    resume_page: Page, hand: Hand, session: Session, *, javascript: bool
) -> None:
    """S5: somebody logged in anew in another tab."""
    page = resume_page
    page.locator("#title").fill("통역사")
    hand.delete_cookie("session")
    hand.post("/log-in", data=LOG_IN)
    hand.lead(page, page.url.partition("/resume")[0])

    page.get_by_role("button", name="미리보기").click()
    if not javascript:
        page.get_by_role("button", name="다시 보내기").click()
    page.wait_for_url("**/check")

    assert session.scalars(select(DraftField.value).where(DraftField.name == "title")).all() == ["통역사"]
