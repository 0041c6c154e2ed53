"""Saving while somebody types (L3, S1 to S4, S6, S7, S9, S10, N8, N11): in time, in order, and never in the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Request, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Draft
from tests.browser.hand import Hand
from tests.browser.saving import AUTOSAVE, Late, eventually, is_hidden, is_saved, other_device, path_of, press_in
from tests.people import new_resume

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
SHORT = "AbortSignal.timeout = ((real) => (ms) => real.call(AbortSignal, ms / 20))(AbortSignal.timeout);"


def test_no_save_begins_during_a_syllable_and_one_does_after_it(
    resume_page: Page, sent: list[Request], stored: Callable[[str], str | None]
) -> None:
    """L3: longer than both delays, and than the pause after a save that failed meanwhile."""
    held: list[Route] = []
    resume_page.route(AUTOSAVE, lambda route: held.append(route), times=1)  # noqa: PLW0108  a built-in cannot be a handler
    press_in(resume_page, "김")
    eventually(lambda: len(held), 1, resume_page)
    keyboard = resume_page.context.new_cdp_session(resume_page)
    for text in ("ㅎ", "하", "한", "한ㄱ", "한그", "한글"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        if text == "ㅎ":
            held[0].fulfill(status=500)
            resume_page.wait_for_timeout(1000)
        resume_page.wait_for_timeout(300)

    assert len(sent) == 1
    keyboard.send("Input.insertText", {"text": "한글"})
    is_saved(resume_page)
    assert stored("title") == "김한글"
    expect(resume_page.locator("#title")).to_be_focused()


def test_what_is_typed_before_the_script_that_saves_could_be_fetched_is_saved_once_it_is_there(
    member_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    member_page.route(re.compile("/static/keep-"), lambda route: route.abort(), times=2)
    member_page.goto(new_resume(hand))

    press_in(member_page, "통역사")

    eventually(lambda: stored("title"), "통역사", member_page)


def test_typing_goes_on_during_a_slow_save_and_no_character_is_lost(
    resume_page: Page, sent: list[Request], stored: Callable[[str], str | None]
) -> None:
    """S1."""
    late = Late(resume_page)
    press_in(resume_page, "통역")
    late.has(1)
    press_in(resume_page, "사와 번역가", 20)
    assert len(sent) == 1  # one at a time
    late.answer()
    late.has(1)
    late.answer()

    is_saved(resume_page)
    expect(resume_page.locator("#title")).to_have_value("통역사와 번역가")
    assert stored("title") == "통역사와 번역가"
    expect(resume_page.locator("[id$=-rival]")).to_have_count(0)


def test_a_save_whose_answer_was_lost_comes_again_under_its_key_and_counts_once(
    resume_page: Page, sent: list[Request], session: Session
) -> None:
    """S2."""
    before = session.scalars(select(Draft)).one().version

    def lose(route: Route) -> None:
        assert route.fetch().status < 300
        route.abort()

    resume_page.route(AUTOSAVE, lose, times=1)
    press_in(resume_page, "통역사")

    expect(resume_page.locator(".bar")).to_have_attribute("data-state", "offline")
    is_saved(resume_page)
    assert len({request.headers["idempotency-key"] for request in sent}) == 1
    assert len(sent) == 2
    session.rollback()
    session.expire_all()
    assert session.scalars(select(Draft)).one().version == before + 1
    expect(resume_page.locator("[id$=-rival]")).to_have_count(0)


def test_two_devices_meet_only_in_the_field_that_both_changed_and_the_person_chooses(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    """S3, N11: the second device sees both texts, and what was typed there stays in the field."""
    title, year = resume_page.locator("#title"), resume_page.locator("#visa_expires_year")
    other_device(hand, resume_page, visa_expires_month="3")
    press_in(resume_page, "통역사")
    is_saved(resume_page)
    expect(resume_page.locator("[id$=-rival]")).to_have_count(0)
    other_device(hand, resume_page, title="다른 기기")

    title.press_sequentially("!")
    year.fill("2099")

    piece = resume_page.locator("#title-rival")
    expect(piece).to_contain_text("통역사!")
    expect(piece).to_contain_text("다른 기기의 내용")
    expect(title).to_have_value("통역사!")
    is_saved(resume_page)
    assert (stored("title"), stored("visa_expires_year"), stored("visa_expires_month")) == ("다른 기기", "2099", "3")
    piece.get_by_role("button", name="다른 기기 것으로 하기").click()
    expect(title).to_have_value("다른 기기")
    expect(piece).to_have_count(0)
    expect(title).to_be_focused()
    title.press_sequentially("에서")
    is_saved(resume_page)
    assert stored("title") == "다른 기기에서"


def test_what_was_typed_here_can_be_kept_and_goes_on(
    resume_page: Page, hand: Hand, stored: Callable[[str], str | None]
) -> None:
    """N11: a text area, and a choice of radio buttons."""
    resume_page.locator("[name=career_kind]").first.wait_for(state="attached")
    hand.post(f"{path_of(resume_page)}/autosave", data={"career_kind": "EXPERIENCED", "base-career_kind": ""})
    resume_page.locator("label.chip:has([name=career_kind][value=NEWCOMER])").click()
    piece = resume_page.locator("#career_kind-rival")
    expect(piece).to_contain_text("신입")
    expect(piece).to_contain_text("경력")

    piece.get_by_role("button", name="내 것으로 하기").click()

    expect(piece).to_have_count(0)
    is_saved(resume_page)
    assert stored("career_kind") == "NEWCOMER"
    expect(resume_page.locator("[name=career_kind][value=NEWCOMER]")).to_be_checked()


@pytest.mark.parametrize("is_same", [True, False], ids=["the same person", "another person"])
def test_after_an_ended_session_only_the_same_persons_text_goes_out(
    resume_page: Page, sent: list[Request], stored: Callable[[str], str | None], *, is_same: bool
) -> None:
    """S4: the log-in dialog says who it was."""
    resume_page.evaluate(
        """() => document.addEventListener("kosme:session-ended", () => { window.ended = (window.ended ?? 0) + 1; })"""
    )
    resume_page.route(AUTOSAVE, lambda route: route.fulfill(status=401), times=1)
    press_in(resume_page, "통역사")
    eventually(lambda: resume_page.evaluate("window.ended"), 1)
    press_in(resume_page, "!")

    resume_page.evaluate(
        "same => document.dispatchEvent(new CustomEvent('kosme:session-resumed', { detail: { samePerson: same } }))",
        is_same,
    )

    if is_same:
        is_saved(resume_page)
    else:
        is_hidden(resume_page)
    assert stored("title") == ("통역사!" if is_same else None)
    assert len(sent) == (3 if is_same else 1)
    assert resume_page.evaluate("Object.keys(sessionStorage)") == []


def test_what_is_typed_without_a_network_is_saved_when_it_is_back(
    resume_page: Page, stored: Callable[[str], str | None]
) -> None:
    """S6: leaving is asked about, and the bar tells it all in the current language."""
    resume_page.evaluate(
        """() => { window.states = []; new MutationObserver(() =>
          window.states.push(document.querySelector(".bar").dataset.state ?? "saved"))
          .observe(document.querySelector(".bar"), { attributeFilter: ["data-state"] }); }"""
    )
    resume_page.locator("header label:has([name=_lang][value=en])").click()
    resume_page.context.set_offline(True)
    press_in(resume_page, "통역사")
    bar, told = resume_page.locator(".bar"), resume_page.locator("#kept")
    expect(bar.get_by_text("Kept on this device").locator("visible=true").first).to_be_visible()
    expect(told).to_contain_text("Kept on this device")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    resume_page.on("dialog", stay)
    resume_page.evaluate("location.reload()")
    eventually(lambda: asked, ["beforeunload"], resume_page)

    resume_page.context.set_offline(False)

    is_saved(resume_page)
    assert stored("title") == "통역사"
    states = resume_page.evaluate("window.states.filter((one, at, all) => one !== all[at - 1])")
    assert states[-3:] == ["offline", "saving", "saved"]
    expect(resume_page.locator("#saved").get_by_text("Saved", exact=True)).to_be_visible()
    expect(told).to_contain_text("Saved")


@pytest.mark.parametrize("way", ["closed", "left", "hidden"])
def test_the_last_key_is_there_although_the_page_is_not(
    resume_page: Page, stored: Callable[[str], str | None], way: str
) -> None:
    """S7."""
    press_in(resume_page, "통역사")
    resume_page.wait_for_timeout(50)

    if way == "closed":
        resume_page.close(run_before_unload=True)
    elif way == "left":
        resume_page.goto("about:blank")
    else:
        is_hidden(resume_page)

    eventually(lambda: stored("title"), "통역사")


def test_somebody_who_never_pauses_is_saved_all_the_same(
    resume_page: Page, sent: list[Request], stored: Callable[[str], str | None]
) -> None:
    """N8: within two seconds of each key."""
    press_in(resume_page, "abcdefghijklmnopqrstuvwx", 100)

    assert sent
    is_saved(resume_page)
    assert stored("title") == "abcdefghijklmnopqrstuvwx"


def test_ten_saves_answered_from_the_last_to_the_first_leave_the_newest(
    resume_page: Page, session: Session, stored: Callable[[str], str | None]
) -> None:
    """S9."""
    late = Late(resume_page)
    for number in range(10):
        press_in(resume_page, str(number))
        is_hidden(resume_page)
        late.has(number + 1)

    late.answer(last_first=True)

    is_saved(resume_page)
    assert stored("title") == "0123456789"
    expect(resume_page.locator("[id$=-rival]")).to_have_count(0)
    session.expire_all()
    newest = session.scalars(select(Draft)).one().version
    expect(resume_page.locator("#seen")).to_have_value(str(newest))
    resume_page.unroute_all()
    press_in(resume_page, "!")
    is_saved(resume_page)
    assert stored("title") == "0123456789!"


@pytest.mark.parametrize("trouble", [500, 502, "time-out", "captive portal"])
def test_a_save_that_fails_is_told_and_tried_again(
    resume_page: Page, stored: Callable[[str], str | None], trouble: int | str
) -> None:
    """S10: and nothing of a strange answer gets into the page."""
    hanging: list[Route] = []

    def fail(route: Route) -> None:
        if trouble == "time-out":
            hanging.append(route)
        elif trouble == "captive portal":
            route.fulfill(status=200, content_type="text/html", body="<h1>Log in to the Wi-Fi</h1>")
        else:
            route.fulfill(status=trouble, content_type="text/html", body="<h1>Log in to the Wi-Fi</h1>")  # type: ignore[arg-type]

    resume_page.add_init_script(SHORT)
    resume_page.reload()
    resume_page.route(AUTOSAVE, fail, times=1)

    press_in(resume_page, "통역사")

    bar = resume_page.locator(".bar")
    expect(bar).to_have_attribute("data-state", "failed")
    expect(bar.get_by_text("저장하지 못해").locator("visible=true").first).to_be_visible()
    expect(resume_page.locator("#title")).to_have_value("통역사")
    is_saved(resume_page)
    assert stored("title") == "통역사"
    expect(resume_page.get_by_text("Log in to the Wi-Fi")).to_have_count(0)
