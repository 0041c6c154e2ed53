"""What the browser may keep of an unsaved résumé, and for whom (S8, N10): little, for the same person, not for long."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import Hand
from tests.browser.saving import AUTOSAVE, form_of, is_saved, other_device, press_in
from tests.people import MEMBER, NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
BAR = ".bar"
EVERYTHING = """async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const { name } of await indexedDB.databases()) found.push(name);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push(request.url, /text|json/.test(answer.headers.get("Content-Type")) ? await answer.text() : "");
    }
  }
  return found.join(" ");
}"""
PERSONAL = {
    "english_name": "TRAN VAN BE",
    "phone_number": "010-9876-5432",
    "road_address": "경상남도 진주시 초북로 77",
    "detail_address": "306동 602호",
}


@pytest.fixture(autouse=True)
def marked(resume_page: Page) -> None:
    """Let the page name its person, by whom the storage is kept apart."""
    resume_page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.body.dataset.person ||= 'applicant'; })"
    )
    resume_page.reload()


def storage(page: Page) -> Any:  # noqa: ANN401  what a person typed, by its name
    return page.evaluate("Object.values(sessionStorage).map((text) => JSON.parse(text))")


def test_nothing_personal_stays_in_the_browser_after_a_save_and_after_the_log_out(
    resume_page: Page, stored: Callable[[str], str | None]
) -> None:
    """S8: looked for literally; the save failed at first, so that there was something to clear away."""
    page = resume_page
    secrets = [*PERSONAL.values(), *NUMBER, "NGUYEN VAN ANH", MEMBER["road_address"]]
    page.route(AUTOSAVE, lambda route: route.abort(), times=1)
    page.locator("#registration_front").fill(NUMBER[0])
    page.locator("#registration_back").fill(NUMBER[1])
    for name, text in PERSONAL.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#unique_identifier_consent").check()
    expect(page.locator(BAR)).to_have_attribute("data-state", "offline")

    is_saved(page)
    after_save = page.evaluate(EVERYTHING)
    press_in(page, "통역사")
    page.locator(".menu-open").click()
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url(lambda url: "/resume/" not in url)

    assert stored("title") == "통역사"  # the last of it went out before the log-in ended
    for found in (after_save, page.evaluate(EVERYTHING)):
        assert [secret for secret in secrets if secret in found] == []


def test_what_could_not_be_sent_outlives_a_reload_and_goes_out_once_and_in_order(
    resume_page: Page, sent: list[Any], stored: Callable[[str], str | None]
) -> None:
    """N10: all but the number, which is in no storage at any time."""
    page = resume_page
    page.route(AUTOSAVE, lambda route: route.abort())
    page.locator("#unique_identifier_consent").check()
    page.locator("#registration_front").fill(NUMBER[0])
    page.locator("#registration_back").fill(NUMBER[1])
    page.locator("label.chip:has([name=career_kind][value=NEWCOMER])").click()
    page.locator("#nationality").select_option("VN")
    press_in(page, "통역사")
    expect(page.locator(BAR)).to_have_attribute("data-state", "offline")
    press_in(page, "!")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    (texts,) = storage(page)
    assert "registration" not in json.dumps(texts)
    assert all(digits not in json.dumps(texts) for digits in NUMBER)
    before = len(sent)
    page.unroute_all()

    expect(page.locator("#title")).to_have_value("통역사!")
    expect(page.locator("#nationality")).to_have_value("VN")
    expect(page.locator("[name=career_kind][value=NEWCOMER]")).to_be_checked()
    expect(page.locator("#unique_identifier_consent")).to_be_checked()
    is_saved(page)

    assert [stored(name) for name in ("title", "nationality", "career_kind")] == ["통역사!", "VN", "NEWCOMER"]
    assert storage(page) == []
    assert all("통역사!" in form_of(one)["title"] for one in sent[before:])
    expect(page.locator("[id$=-rival]")).to_have_count(0)


def test_what_another_person_left_in_the_tab_is_neither_shown_nor_sent(resume_page: Page, sent: list[Any]) -> None:
    """N9, S4: the tab's storage is older than the log-in."""
    page = resume_page
    page.route(AUTOSAVE, lambda route: route.abort(), times=1)
    press_in(page, "통역사")
    expect(page.locator(BAR)).to_have_attribute("data-state", "offline")
    ((key, text),) = page.evaluate("Object.entries(sessionStorage)")
    person = page.evaluate("document.body.dataset.person")
    is_saved(page)
    theirs = [key.replace(person, "somebody-else"), text.replace("통역사", "남의 글")]
    page.evaluate("([key, text]) => sessionStorage.setItem(key, text)", theirs)
    del sent[:]

    page.reload()
    page.locator("#title").focus()

    expect(page.locator("#title")).to_have_value("통역사")
    page.wait_for_load_state("networkidle")
    assert (storage(page), sent) == ([], [])
    page.evaluate("([key, text]) => sessionStorage.setItem(key, text)", [key, theirs[1]])  # the person's own comes back
    page.reload()
    expect(page.locator("#title-rival")).to_contain_text("남의 글")


def test_what_was_typed_over_a_text_that_another_device_has_changed_since_is_no_loss_either(
    resume_page: Page,
    hand: Hand,
    stored: Callable[[str], str | None],
) -> None:
    """N10, N11: typed offline, reloaded, and meanwhile somebody else was faster."""
    page = resume_page
    page.route(AUTOSAVE, lambda route: route.abort())
    press_in(page, "통역사")
    expect(page.locator(BAR)).to_have_attribute("data-state", "offline")
    other_device(hand, page, title="다른 기기")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute_all()

    page.reload()

    piece = page.locator("#title-rival")
    expect(piece).to_contain_text("통역사")
    expect(piece).to_contain_text("다른 기기")
    expect(page.locator("#title")).to_have_value("통역사")
    assert stored("title") == "다른 기기"
    assert re.search("다른 곳", page.locator("#saved").inner_text())
