"""A phone-sized Chromium before the real site and the real sandbox; policy violations and script errors fail."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import DraftField
from tests.browser.hand import Hand
from tests.browser.saving import AUTOSAVE
from tests.conftest import Membership, Server, serve
from tests.people import new_resume, verify

RECORD = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  console.error("Security Policy", violatedDirective, blockedURI, sourceFile, lineNumber));"""
BREACH = re.compile("Security Policy|Trusted(HTML|Script)")
expect.set_options(timeout=20_000)  # many tests share few cores


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a browser's test two more chances, which the summary counts: an engine stumbles sometimes."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[Server]:
    yield from serve(app)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def has_worker() -> bool:
    """A service worker answers before a test's own routes do: elsewhere the browser is one that has none."""
    return False


@pytest.fixture
def context(browser: Browser, site: Server, *, has_worker: bool, javascript: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=site.url,
        java_script_enabled=javascript,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        locale="ko-KR",
    )
    context.set_default_timeout(20_000)
    if not has_worker:
        context.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, breaches: list[str]) -> Iterator[Page]:
    """A tab whose whole click-through is recorded (H3): each breach of the content policy fails the test."""
    page = context.new_page()
    context.add_init_script(RECORD)
    page.on("pageerror", lambda error: breaches.append(str(error)))
    page.on("console", lambda message: breaches.append(message.text) if BREACH.search(message.text) else None)
    yield page
    assert breaches == []


@pytest.fixture
def breaches() -> list[str]:
    """What the page must not do; a test that provokes it takes it off this list."""
    return []


@pytest.fixture
def hand(app: Flask, membership: Membership) -> Hand:
    hand = Hand(app, app.response_class)
    membership.give(hand)
    return hand


@pytest.fixture
def newcomer(app: Flask, sandbox: Server) -> Hand:
    """Somebody with a verified identity that no account has used yet."""
    hand = Hand(app, app.response_class)
    verify(hand, sandbox.url)
    return hand


@pytest.fixture
def newcomer_page(newcomer: Hand, page: Page, site: Server) -> Page:
    newcomer.lead(page, site.url)
    return page


@pytest.fixture
def member_page(page: Page, site: Server, membership: Membership) -> Page:
    page.context.add_cookies([{"name": "session", "value": membership.cookie, "url": site.url}])
    return page


@pytest.fixture
def resume_page(member_page: Page, hand: Hand) -> Page:
    """A member's new résumé, open."""
    member_page.goto(new_resume(hand))
    return member_page


@pytest.fixture
def stored(session: Session) -> Callable[[str], str | None]:
    """Give what the server has in a field by now, and what met it there."""

    def of(name: str) -> str | None:
        session.rollback()
        return session.scalar(select(DraftField.value).where(DraftField.name == name))

    return of


@pytest.fixture
def sent(resume_page: Page) -> list[Request]:
    """The saves that the page sends by itself."""
    sent: list[Request] = []
    resume_page.on("request", lambda request: sent.append(request) if AUTOSAVE.search(request.url) else None)
    return sent
