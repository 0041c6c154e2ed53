"""본인인증 in the agency's own window, in Chromium: in the page on a phone, in a pop-up on a computer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from kosme_web.app import create_app
from kosme_web.extensions import db, limiter
from tests.conftest import Server, settings_for

pytestmark = pytest.mark.browser
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
CLAIM = {"name": "Nguyen Van Anh", "birth_year": "1997", "birth_month": "3", "birth_day": "14"}


@pytest.fixture
def app(tmp_path: Path, sandbox: Server, template_database: Path) -> Iterator[Flask]:
    (tmp_path / "kosme.db").write_bytes(template_database.read_bytes())
    window = {"portone_mode": "window", "portone_sdk_url": f"{sandbox.url}/v2/browser-sdk.js"}
    app = create_app(replace(settings_for(tmp_path, sandbox), **window))  # type: ignore[arg-type]
    limiter.reset()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def fill(page: Page) -> None:
    page.goto("/sign-up/identity")
    for name, text in {**CLAIM, "phone_number": "010-2345-6789"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="다음", exact=True).click()
    page.wait_for_url("**/sign-up/identity/window")


@pytest.fixture
def context(browser: Browser, site: Server, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    phone: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "user_agent": PHONE, "has_touch": True}
    context = browser.new_context(base_url=site.url, locale="ko-KR", **(phone if request.param == "phone" else {}))
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_on_a_phone_the_window_takes_the_page_and_gives_it_back(page: Page, sandbox: Server) -> None:
    fill(page)

    page.get_by_role("button", name="인증창 열기").click()
    page.wait_for_url(f"{sandbox.url}/window")
    page.get_by_role("button", name="인증", exact=False).first.click()
    page.wait_for_url("**/sign-up/member")

    assert page.locator("#login_id").is_visible()


@pytest.mark.parametrize("context", ["computer"], indirect=True)
def test_on_a_computer_the_window_is_a_pop_up_and_the_page_goes_on(page: Page) -> None:
    fill(page)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="인증창 열기").click()
    window = opened.value

    window.get_by_role("button", name="인증", exact=False).first.click()
    page.wait_for_url("**/sign-up/member")

    assert page.locator("#login_id").is_visible()


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_a_script_that_does_not_come_is_told_and_the_page_stays(page: Page, sandbox: Server) -> None:
    page.route(f"{sandbox.url}/**", lambda route: route.abort())
    fill(page)

    page.get_by_role("button", name="인증창 열기").click()

    assert page.locator("#window-failed").is_visible()
    assert "인증창을 열지 못했습니다" in page.locator("#window-failed").inner_text()
