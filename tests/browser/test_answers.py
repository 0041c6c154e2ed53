"""Answers that are lost, strange, hostile or too late, and the way back after a swap (H1 to H3)."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
ADD_SCHOOL = "한국 대학교 추가"


def test_a_lost_answer_is_told_and_nothing_is_lost(resume_page: Page) -> None:
    resume_page.locator("#title").fill("통역사")
    resume_page.route(re.compile("/education/add$"), lambda route: route.abort())

    resume_page.get_by_role("button", name=ADD_SCHOOL).click()

    expect(resume_page.locator("#status")).to_contain_text("쓴 내용은 그대로 있습니다")
    expect(resume_page.locator("#title")).to_have_value("통역사")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>window.ran = true</script>",
        "<img src='/icon' onerror='window.ran = true'><p id='hostile' style='color: rgb(1, 2, 3)'>x</p>",
        "<iframe srcdoc='<script>parent.ran = true</script>'></iframe><a href='javascript:window.ran = true'>x</a>",
    ],
)
def test_a_hostile_fragment_runs_nothing_even_if_it_passes_for_ours(
    resume_page: Page, breaches: list[str], hostile: str
) -> None:
    """H3."""
    body = f"<div id='arrived'>{hostile}</div>"
    headers = {"Kosme-Partial": "true"}
    resume_page.route(
        re.compile("/education/add$"),
        lambda route: route.fulfill(status=201, content_type="text/html", headers=headers, body=body),
    )

    resume_page.get_by_role("button", name=ADD_SCHOOL).click()

    expect(resume_page.locator("#arrived, #status p").first).to_be_attached()  # a script is refused as a whole
    for frame in resume_page.frames:
        frame.wait_for_load_state()
    for link in resume_page.locator("#arrived a").all():
        link.click()
    assert resume_page.evaluate("window.ran") is None
    for text in resume_page.locator("#hostile").all():
        assert text.evaluate("one => getComputedStyle(one).color") != "rgb(1, 2, 3)"
    resume_page.close()  # all that the browser says about it has been said
    breaches.clear()  # it refused, and said so


def test_back_after_a_swap_never_shows_a_bare_fragment(resume_page: Page) -> None:
    """H1."""
    address = resume_page.url
    resume_page.get_by_role("button", name=ADD_SCHOOL).click()
    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)
    resume_page.goto("/resume")

    resume_page.go_back()

    expect(resume_page).to_have_url(address)
    expect(resume_page.get_by_role("heading", level=1)).to_be_visible()
    expect(resume_page.locator("header.top")).to_be_visible()
    expect(resume_page.locator("details[id^=education-]")).to_have_count(1)


@pytest.mark.parametrize("body", ["<h1>Log in to the Wi-Fi</h1>", "<script>window.ran = true</script>"])
def test_an_answer_that_is_not_ours_is_never_swapped_in(resume_page: Page, body: str) -> None:
    resume_page.route(
        re.compile("/education/add$"), lambda route: route.fulfill(status=200, content_type="text/html", body=body)
    )

    resume_page.get_by_role("button", name=ADD_SCHOOL).click()

    expect(resume_page.locator("#status")).to_contain_text("처리하지 못했습니다")
    assert resume_page.evaluate("window.ran") is None
    expect(resume_page.get_by_text("Log in to the Wi-Fi")).to_have_count(0)


def test_an_ended_session_is_told_in_the_page(resume_page: Page) -> None:
    """H2."""
    resume_page.locator("#title").fill("통역사")
    resume_page.context.clear_cookies(name="session")

    resume_page.get_by_role("button", name=ADD_SCHOOL).click()

    expect(resume_page.locator("#session")).to_contain_text("로그인이 끝났습니다")
    expect(resume_page.locator("main [name=login_id]")).to_have_count(0)
    expect(resume_page.locator("#title")).to_have_value("통역사")
