"""휴대전화로 이어서 쓰기 in two browsers (N28): from the computer to the phone and back, at the same field."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect

from tests.browser.test_photo import picture
from tests.conftest import Server
from tests.people import LOG_IN

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 800}
with_script = pytest.mark.parametrize("javascript", [True], ids=["javascript"])


@pytest.fixture
def phone(browser: Browser, site: Server) -> Iterator[BrowserContext]:
    """A phone of somebody who is not logged in there."""
    context = browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, has_touch=True, locale="ko-KR"
    )
    yield context
    context.close()


def scan(phone: BrowserContext, page: Page) -> Page:
    """Open on the phone what the computer shows, log in there, and confirm."""
    other = phone.new_page()
    other.goto(str(page.locator("#hand-over a").get_attribute("href")))
    for name, text in LOG_IN.items():
        other.locator(f"#{name}").fill(text)
    other.locator("#page .btn--main").click()
    other.get_by_role("button", name="이력서 열기").click()
    return other


def add_photo(page: Page, name: str) -> None:
    page.locator("#photo-file").set_input_files(FilePayload(name=name, mimeType="image/jpeg", buffer=picture()))


@with_script
def test_a_photo_taken_with_the_phone_appears_on_the_computer_and_nothing_else_changes(
    resume_page: Page, phone: BrowserContext
) -> None:
    """N28: what was typed before is on the phone; what is typed meanwhile stays, with the caret in it."""
    resume_page.set_viewport_size(WIDE)
    title = resume_page.locator("#title")
    title.fill("통역사")

    resume_page.locator("#hand-over-photo").click()
    expect(resume_page.locator("#dialog #hand-over svg")).to_be_visible()
    other = scan(phone, resume_page)

    assert urlsplit(other.url).fragment == "photo"
    expect(other.locator("#title")).to_have_value("통역사")
    expect(other.locator("#photo")).to_be_in_viewport()
    resume_page.locator("#dialog [data-close]").click()
    title.press("End")
    title.press_sequentially(" 경력")
    add_photo(other, "selfie.jpg")
    expect(resume_page.locator("#photo img")).to_be_visible()
    expect(resume_page.locator("#photo")).to_contain_text("selfie.jpg")
    expect(resume_page.locator("#status")).to_contain_text("다른 기기에서 사진이 바뀌었습니다")
    expect(title).to_be_focused()
    expect(title).to_have_value("통역사 경력")


@with_script
def test_the_phone_goes_on_at_the_field_that_was_in_use_and_the_dialog_closes_when_a_photo_comes(
    resume_page: Page, phone: BrowserContext
) -> None:
    """N28."""
    resume_page.set_viewport_size(WIDE)
    resume_page.evaluate("import(document.body.dataset.photo)")
    resume_page.locator("#email").click()

    resume_page.locator("#hand-over-open").click()
    expect(resume_page.locator("#hand-over")).to_be_visible()
    other = scan(phone, resume_page)

    expect(other.locator("#email")).to_be_focused()
    add_photo(other, "selfie.jpg")
    expect(resume_page.locator("#photo img")).to_be_visible()
    expect(resume_page.locator("#dialog")).not_to_be_visible()
    expect(resume_page.locator("#hand-over-open")).to_be_focused()


@with_script
def test_a_page_asks_for_the_photo_while_it_is_seen_and_for_ten_minutes_at_most(resume_page: Page) -> None:
    resume_page.evaluate("import(document.body.dataset.photo)")
    resume_page.clock.install()
    resume_page.locator("#hand-over-photo").click()
    expect(resume_page.locator("#hand-over")).to_be_visible()
    asked: list[str] = []
    resume_page.on("request", lambda request: asked.append(request.url))

    def asks_within(seconds: int) -> int:
        before = len(asked)
        resume_page.clock.run_for(seconds * 1000)
        resume_page.wait_for_load_state("networkidle")
        return len(asked) - before

    assert asks_within(6) == 3
    resume_page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    assert asks_within(6) == 0
    resume_page.evaluate("delete document.hidden")
    assert asks_within(2) == 1
    resume_page.clock.fast_forward(600_000)
    asks_within(2)
    assert asks_within(10) == 0


@pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])
def test_without_the_script_the_page_shows_the_code_and_the_photo_is_there_when_it_is_shown_again(
    resume_page: Page, phone: BrowserContext
) -> None:
    """N28: nothing typed is lost on the way."""
    resume_page.locator("#title").fill("통역사")
    resume_page.locator("#registration_front").fill("970314")

    resume_page.locator("#hand-over-photo").click()

    expect(resume_page.locator("#hand-over svg")).to_be_in_viewport()
    assert resume_page.locator("#title").input_value() == "통역사"
    assert resume_page.locator("#registration_front").input_value() == "970314"
    other = scan(phone, resume_page)
    add_photo(other, "selfie.jpg")
    expect(other.locator("#photo img")).to_be_visible()
    resume_page.get_by_role("link", name="이력서로 돌아가기").click()
    expect(resume_page.locator("#photo img")).to_be_visible()
