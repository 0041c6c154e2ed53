"""Buttons that are pressed while a save is under way (S1, S3, R1): one person on one page never meets herself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.applicant import Applicant
from tests.browser.hand import Hand
from tests.browser.saving import AUTOSAVE, Late, eventually, is_saved, other_device, press_in
from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]


@pytest.mark.parametrize("button", ["저장", "미리보기"])
def test_a_button_that_sends_the_page_waits_for_the_save_that_is_under_way(
    resume_page: Page, stored: Callable[[str], str | None], button: str
) -> None:
    """S1: were it overtaken on its way, the older text would come as if from another device."""
    held: list[Route] = []
    resume_page.route(AUTOSAVE, lambda route: held.append(route), times=1)  # noqa: PLW0108  a built-in cannot be a handler
    press_in(resume_page, "통역")
    eventually(lambda: len(held), 1, resume_page)
    press_in(resume_page, "사")

    resume_page.get_by_role("button", name=button, exact=True).last.click(no_wait_after=True)
    resume_page.wait_for_timeout(300)  # the time in which it could go ahead
    held[0].continue_()
    if button == "미리보기":
        resume_page.wait_for_url("**/check")
    else:
        is_saved(resume_page)

    assert stored("title") == "통역사"
    expect(resume_page.locator("[id$=-rival], .tag--warn")).to_have_count(0)


def test_entries_come_and_go_while_saves_are_under_way(
    resume_page: Page, sandbox: Server, stored: Callable[[str], str | None]
) -> None:
    """R1: nothing of them is lost, and nothing comes back that was removed."""
    page = resume_page
    late = Late(page)
    press_in(page, "통역사")
    late.has(1)
    school = Applicant(page, sandbox.url, "ko", has_script=True).add_school(coursework="통계")
    late.answer()
    late.has(1)
    row = school.get_attribute("id")
    page.on("request", lambda request: late.answer() if request.url.endswith("/remove") else None)
    school.get_by_role("button", name="삭제").click()
    late.answer()
    expect(page.locator(".gone")).to_be_visible()
    page.unroute_all()

    page.locator(".gone button").click()

    expect(page.locator(f"#{row}-coursework")).to_have_value("통계")
    is_saved(page)
    assert (stored("title"), stored(f"{row}-coursework")) == ("통역사", "통계")
    expect(page.locator("[id$=-rival]")).to_have_count(0)


def test_saving_by_hand_meets_the_other_device_in_the_same_way(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    """S3, N11: both texts stand beside the field, and the field stays what it was."""
    other_device(hand, resume_page, title="다른 기기")
    press_in(resume_page, "통역사")

    resume_page.locator(".bar button").click()

    piece = resume_page.locator("#title-rival")
    expect(piece).to_contain_text("통역사")
    expect(resume_page.locator("#status")).to_contain_text("남길 내용을 골라 주세요")
    piece.get_by_role("button", name="내 것으로 하기").click()
    expect(piece).to_have_count(0)
    is_saved(resume_page)
    assert stored("title") == "통역사"
    resume_page.reload()
    expect(resume_page.locator("#title")).to_have_value("통역사")


def test_the_chosen_text_of_a_linked_list_is_offered_there(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    """N11: the other device's subtype belongs to another visa."""
    other_device(hand, resume_page, visa="E-7", visa_subtype="E-7-1")
    resume_page.locator("#visa").select_option("D-10")
    piece = resume_page.locator("#visa-rival")
    expect(piece).to_contain_text("E-7")

    piece.get_by_role("button", name="다른 기기 것으로 하기").click()

    expect(resume_page.locator("#visa")).to_have_value("E-7")
    expect(resume_page.locator("#visa_subtype option[value='E-7-1']")).to_be_attached()
    is_saved(resume_page)
    assert (stored("visa"), stored("visa_subtype")) == ("E-7", "E-7-1")
