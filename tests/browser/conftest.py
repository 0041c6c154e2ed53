"""A phone-sized Chromium before the real site and the real sandbox; policy violations and script errors fail."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import Server, serve
from tests.people import join, new_resume


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
def context(browser: Browser, site: Server, *, javascript: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=site.url,
        java_script_enabled=javascript,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        locale="ko-KR",
    )
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Security Policy" in message.text else None)
    yield page
    assert problems == []


@pytest.fixture
def resume_page(app: Flask, page: Page, site: Server, sandbox: Server) -> Page:
    """A member's new résumé, open; the member came in by HTTP, which is quicker than by hand."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    join(client, sandbox.url)
    location = new_resume(client)
    app.config["WTF_CSRF_ENABLED"] = True
    cookie = client.get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": site.url}])
    page.goto(location)
    return page
