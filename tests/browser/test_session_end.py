"""The log-in ends, is begun anew elsewhere, or is about to end, while somebody is typing (S4, S5, H2, N9)."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftField
from tests.browser.hand import Hand
from tests.conftest import Server
from tests.people import LOG_IN, MEMBER, new_resume, verify
from tests.social import join_by

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
SOMEBODY = {**LOG_IN, "login_id": "thibe2000", "name": "Tran Thi Be"}
SEEN = """() => { window.heard = []; document.addEventListener("kosme:session-resumed",
  ({ detail }) => window.heard.push(detail.samePerson)); }"""


@pytest.fixture
def typing_page(resume_page: Page, hand: Hand) -> Page:
    """Somebody has typed a title that is not saved yet when the log-in ends on the server."""
    resume_page.evaluate(SEEN)
    hand.post("/log-out")
    resume_page.locator("#title").fill("통역사")
    return resume_page


def add_school(page: Page) -> None:
    """Press the button; the dialog may lie over it by then, because the autosave met the end first."""
    page.locator("[formaction$='/education/add']").evaluate("(button) => button.click()")


def log_in_again(page: Page, person: dict[str, str]) -> None:
    dialog = page.locator("#session")
    for name in ("login_id", "password", "name"):
        dialog.locator(f"[name={name}]").fill(person[name])
    dialog.locator(".btn--main").click()


def kept(session: Session) -> dict[str, str]:
    session.rollback()
    return {field.name: field.value for field in session.scalars(select(DraftField)) if field.value}


def test_the_same_person_logs_in_over_the_page_and_goes_on_where_the_end_was_met(
    typing_page: Page, session: Session
) -> None:
    """N9: a wrong password first; the button that met the end does its work after all, and the page can be saved."""
    page, dialog = typing_page, typing_page.locator("#session")
    add_school(page)
    expect(dialog).to_be_visible()
    expect(dialog.locator("[name=login_id]")).to_be_focused()
    expect(dialog.locator(".lang input:checked")).to_have_count(1)

    log_in_again(page, {**LOG_IN, "password": "not this one"})
    expect(dialog.locator(".error")).to_contain_text("세 가지를 모두 확인해 주세요")
    log_in_again(page, LOG_IN)

    expect(dialog).to_be_hidden()
    expect(page.locator("details[id^=education-]")).to_have_count(1)
    expect(page.locator("#title")).to_have_value("통역사")
    assert page.evaluate("window.heard") == [True]
    assert page.locator("#session-content").inner_html() == ""  # the password is gone with it
    page.locator(".bar button").click()
    expect(page.locator("#status")).to_contain_text("저장됨")
    assert kept(session)["title"] == "통역사"


def test_the_focus_and_the_caret_come_back_and_a_syllable_is_not_cut(typing_page: Page) -> None:
    """S4: the autosave met the end in the middle of a word."""
    page, title = typing_page, typing_page.locator("#title")
    title.focus()
    page.evaluate("document.activeElement.setSelectionRange(1, 1)")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})
    page.evaluate("document.dispatchEvent(new CustomEvent('kosme:session-ended'))")
    page.wait_for_timeout(900)
    expect(page.locator("#session")).to_be_hidden()

    keyboard.send("Input.insertText", {"text": "한글"})
    expect(page.locator("#session")).to_be_visible()
    log_in_again(page, LOG_IN)

    expect(title).to_be_focused()
    expect(title).to_have_value("통한글역사")
    assert page.evaluate("document.activeElement.selectionStart") == 3


def test_the_dialog_can_wait_and_comes_again(typing_page: Page) -> None:
    page, dialog = typing_page, typing_page.locator("#session")
    add_school(page)
    expect(dialog).to_be_visible()
    dialog.locator("label:has([value=en])").click()
    expect(dialog.get_by_role("heading", name="Log in again", exact=True)).to_be_visible()
    lost_password = dialog.get_by_role("link", name="set a new password")
    expect(lost_password).to_have_attribute("target", "_blank")  # the page with its work stays

    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("Your log-in has ended")
    expect(page.locator("header .lang [value=en]")).to_be_checked()
    add_school(page)
    expect(dialog).to_be_visible()


def test_another_person_gets_nothing_of_the_page_and_is_told(
    typing_page: Page, hand: Hand, sandbox: Server, session: Session
) -> None:
    """S4, N9."""
    page = typing_page
    verify(hand, sandbox.url, name="Tran Thi Be", phone_number="010-9876-5432")
    hand.post("/sign-up/member", data={**MEMBER, "login_id": "thibe2000", "email": "thibe@example.com"})
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    add_school(page)

    log_in_again(page, SOMEBODY)
    page.wait_for_url("**/resume")

    expect(page.locator(".note--warn")).to_contain_text("다른 회원으로 로그인했습니다")
    assert "통역사" not in page.content()
    assert not [body for body in sent if "통역사" in body]
    assert "title" not in kept(session)
    assert page.evaluate("[...Array(sessionStorage.length)].length + localStorage.length") == 0


def test_a_log_in_by_sns_in_a_new_tab_is_noticed_by_the_page(
    page: Page, hand: Hand, sandbox: Server, site: Server
) -> None:
    """N9: the page itself goes nowhere."""
    hand.delete_cookie("session")
    join_by(hand, sandbox.url, "naver", person="tran", name="Tran Thi Be", phone_number="010-9876-5432")
    hand.lead(page, site.url)
    page.goto(new_resume(hand))
    page.locator("#title").fill("통역사")
    hand.post("/log-out")
    add_school(page)

    with page.expect_popup() as opened:
        page.locator("#session .btn--naver").click()
    opened.value.wait_for_url("**/naver/**oauth**")
    opened.value.locator("input[name=person][value=tran]").check()
    opened.value.locator("button[value=agree]").click()
    opened.value.wait_for_url("**/log-in/elsewhere")

    expect(page.locator("details[id^=education-]")).to_have_count(1)
    expect(page.locator("#title")).to_have_value("통역사")
    expect(page.locator("#session")).to_be_hidden()


def test_a_new_log_in_in_another_tab_costs_the_page_nothing(resume_page: Page, session: Session) -> None:
    """S5: its token is stale; nobody has to know that."""
    page = resume_page
    page.locator("#title").fill("통역사")
    tab = page.context.new_page()
    tab.context.clear_cookies(name="session")
    tab.goto("/log-in")
    for name, text in LOG_IN.items():
        tab.locator(f"#{name}").fill(text)
    tab.locator("#page .btn--main").click()
    tab.wait_for_url("**/resume")

    page.locator(".bar button").click()

    expect(page.locator("#status")).to_contain_text("저장됨")
    assert kept(session)["title"] == "통역사"


def test_a_refused_token_is_told_and_not_sent_for_ever(resume_page: Page) -> None:
    """A browser that keeps no cookies, say."""
    tries: list[str] = []

    def refuse(route: Any) -> None:  # noqa: ANN401  Playwright's route
        tries.append(route.request.url)
        headers = {"Kosme-Partial": "true", "Kosme-Csrf": "x", "Kosme-Person": "", "Kosme-Seconds": "0"}
        route.fulfill(status=400, headers=headers, body="")

    resume_page.route(re.compile("/education/add$"), refuse)
    add_school(resume_page)

    expect(resume_page.locator("#status")).to_contain_text("쓴 내용은 그대로 있습니다")
    assert len(tries) == 2


def test_whoever_sends_by_other_means_has_the_token_renewed_and_tries_once_more(resume_page: Page) -> None:
    """The autosave, say; and a token that is refused all the time makes no endless loop."""
    page, token = resume_page, resume_page.locator("#page [name=csrf_token]")
    page.locator("#title").focus()
    page.wait_for_load_state("networkidle")
    page.evaluate(SEEN)

    for _ in range(3):
        page.evaluate(
            """async () => {
              const headers = { "HX-Request": "true", "X-CSRFToken": "stale" };
              const { headers: detail } = await fetch(`${location.pathname}/check`, { method: "POST", headers });
              document.dispatchEvent(new CustomEvent("kosme:token-stale", { detail }));
            }"""
        )

    page.wait_for_function("window.heard.length")
    assert page.evaluate("window.heard") == [True]
    page.evaluate("document.querySelector('#page [name=csrf_token]').value = 'stale'")
    page.locator(".bar button").click()
    expect(page.locator("#status")).to_contain_text("저장됨")
    expect(token).not_to_have_value("stale")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(ZoneInfo("UTC")), tick=True) as clock:
        yield clock


def test_a_form_that_was_open_for_twelve_hours_is_saved(
    resume_page: Page, session: Session, clock: time_machine.Traveller
) -> None:
    """S5."""
    resume_page.locator("#title").fill("통역사")
    clock.shift(timedelta(hours=12))

    resume_page.locator(".bar button").click()

    expect(resume_page.locator("#status")).to_contain_text("저장됨")
    assert kept(session)["title"] == "통역사"


def test_an_idle_log_in_warns_before_its_end_and_one_press_makes_it_last(
    member_page: Page, hand: Hand, clock: time_machine.Traveller
) -> None:
    page = member_page
    page.clock.install()
    page.goto(new_resume(hand))
    page.locator("#title").evaluate("(field) => { field.value = '통역사'; }")  # not typed: a save would be a visit
    page.locator("#title").focus()
    status = page.locator("#status")
    with page.expect_response("**/session"):  # not idle yet: somebody worked in another tab
        clock.shift(timedelta(hours=6))
        hand.get("/resume")
        page.clock.fast_forward("12:01:00")
    expect(status).to_be_empty()

    clock.shift(timedelta(hours=12, minutes=2))
    page.clock.fast_forward("12:02:00")
    expect(status).to_contain_text("몇 분 뒤 로그아웃됩니다")
    status.get_by_role("button", name="계속 로그인하기").click()

    expect(status).to_be_empty()
    left = hand.get("/session", headers={"HX-Request": "true"}).headers["Kosme-Seconds"]
    assert int(left) > 12 * 3600 - 60
    assert page.locator("#title").input_value() == "통역사"


def test_an_end_that_nobody_prevented_is_met_by_the_dialog_and_not_by_the_next_press(
    member_page: Page, hand: Hand
) -> None:
    member_page.clock.install()
    member_page.goto(new_resume(hand))
    member_page.locator("#title").fill("통역사")
    hand.post("/log-out")

    member_page.clock.fast_forward("12:01:00")

    expect(member_page.locator("#session")).to_be_visible()
