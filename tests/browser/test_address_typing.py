"""주소검색 as one types (W2): by the keyboard, into a syllable, over a slow network, and without the script."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from kosme_web.address_index.importing import take_in
from kosme_web.web.toolbox import NAME
from tests.addresses import files


@pytest.fixture(autouse=True)
def copy(app: Flask, tmp_path: Path) -> None:
    index = app.extensions[NAME].local_addresses.index
    take_in(index.engine, "epost", files.zipped(tmp_path / "a.zip", a=files.epost_text()), "", lambda _: None)


def hold(route: Route, held: list[Route]) -> None:
    """Keep what asks without a number; let the rest through."""
    if "77" in str(route.request.post_data):
        route.continue_()
    else:
        held.append(route)


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True], indirect=True)
def test_what_is_typed_is_found_at_once_and_chosen_by_the_keyboard(resume_page: Page) -> None:
    """And a slow answer for an older query never takes the place of a newer one; Enter in a syllable picks nothing."""
    page, searches = resume_page, []
    page.on("request", lambda request: searches.append(request.url) if request.url.endswith("/search") else None)
    page.locator("#address-search").click()
    field = page.locator("#address-keyword")
    expect(field).to_be_focused()
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "초북", "selectionStart": 2, "selectionEnd": 2})
    expect(page.locator(".results li")).to_have_count(3)
    expect(field).to_be_focused()
    keyboard.send(
        "Input.dispatchKeyEvent", {"type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    )
    keyboard.send("Input.insertText", {"text": "초북"})
    expect(field).to_have_value("초북")
    assert searches == []

    held: list[Route] = []
    page.route("**/address/suggest", lambda route: hold(route, held))
    with page.expect_request("**/address/suggest"):
        page.keyboard.type("로")
    page.keyboard.type(" 77-3")
    expect(page.locator(".results li")).to_have_count(1)
    assert held
    for route in held:
        route.fulfill(status=200, headers={"Kosme-Partial": "true"}, content_type="text/html", body="<p>older</p>")
    expect(page.locator("#address-found")).not_to_contain_text("older")

    page.keyboard.press("ArrowDown")
    expect(page.locator(".results button")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#road_address")).to_have_value("경상남도 진주시 초북로 77-3")
    expect(page.locator("#address-search")).to_be_focused()
    assert searches == []
