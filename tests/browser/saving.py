"""What the tests of autosave do and look at."""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.hand import Hand

AUTOSAVE = re.compile("/autosave$")
STATE = re.compile(".+")


def is_saved(page: Page) -> None:
    expect(page.locator(".bar")).not_to_have_attribute("data-state", STATE)


def eventually(value: Callable[[], Any], wanted: object, page: Page | None = None) -> None:
    """Wait for what no page is left to tell of, or what this one does not show."""
    until = time.monotonic() + 20
    while value() != wanted and time.monotonic() < until:
        page.wait_for_timeout(20) if page else time.sleep(0.02)
    assert value() == wanted


def form_of(request: Request) -> dict[str, list[str]]:
    return parse_qs(request.post_data or "", keep_blank_values=True)


def press_in(page: Page, keys: str, pause: int = 0) -> None:
    page.locator("#title").press_sequentially(keys, delay=pause)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def other_device(hand: Hand, page: Page, **texts: str) -> None:
    bases = {f"base-{name}": page.locator(f"#{name}").evaluate("one => one.defaultValue") for name in texts}
    headers = {"HX-Request": "true"}
    assert hand.post(f"{path_of(page)}/autosave", data={**texts, **bases}, headers=headers).status_code < 300


def is_hidden(page: Page) -> None:
    """Let the page believe that it was put away."""
    page.evaluate(
        """() => { Object.defineProperty(document, "hidden", { value: true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange")); delete document.hidden; }"""
    )


class Late:
    """Lets the server act at once and gives its answers when the test wants them."""

    def __init__(self, page: Page, path: str = "/autosave$") -> None:
        self.waiting: list[tuple[Route, Any]] = []
        self.page = page
        page.route(re.compile(path), lambda route: self.waiting.append((route, route.fetch())))

    def has(self, count: int) -> None:
        while len(self.waiting) < count:
            self.page.wait_for_timeout(20)

    def has_asked(self, text: str) -> None:
        """Wait for the question of that text, after however many of those that came on the way to it."""
        while not self.waiting or form_of(self.waiting[-1][0].request)["text"] != [text]:
            self.page.wait_for_timeout(20)

    def answer(self, *, last_first: bool = False) -> None:
        for route, response in reversed(self.waiting) if last_first else self.waiting:
            route.fulfill(response=response)
        self.waiting.clear()
