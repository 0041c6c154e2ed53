"""Does by HTTP, on the same site, what need not be done in the browser."""

from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse


class Hand(FlaskClient):
    """The member's hand for what need not be done in the browser: its posts pass without a token."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401  as its base
        config = self.application.config
        config["WTF_CSRF_ENABLED"] = False
        answer = super().open(*args, **kwargs)
        config["WTF_CSRF_ENABLED"] = True
        return answer

    def lead(self, page: Page, site_url: str) -> None:
        """Let the browser go on where this hand is."""
        cookie = self.get_cookie("session")
        assert cookie is not None
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": site_url}])
