"""What the log-in page offers when a provider is not set up, or when what it needs is away."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from pytest_httpserver import HTTPServer

from kosme_web.config import Settings
from tests.conftest import Server, settings_for
from tests.people import join
from tests.providers.wire import nobody
from tests.social import LINK, LOG_IN, SIGN_UP, come_by

UNLINKED = ("naver/unlinked", "kakao/unlinked", "facebook/unlinked", "facebook/deletion")


class TestWithoutTheCache:
    @pytest.fixture
    def settings(self, tmp_path: Path, sandbox: Server) -> Settings:
        return replace(settings_for(tmp_path, sandbox), oauth_cache=f"redis://{nobody().removeprefix('http://')}")

    def test_a_cache_that_is_away_is_told_and_not_a_crash(self, visitor: FlaskClient) -> None:
        assert visitor.post("/log-in/social/naver").status_code == 503


class TestWithoutKeys:
    @pytest.fixture
    def settings(self, tmp_path: Path, sandbox: Server) -> Settings:
        made = settings_for(tmp_path, sandbox)
        return replace(made, oauth={name: replace(keys, client_id="") for name, keys in made.oauth.items()})

    def test_a_provider_without_keys_has_no_button_and_no_route(self, visitor: FlaskClient) -> None:
        pages = visitor.get("/log-in").text + visitor.get("/sign-up").text
        assert "/social/" not in pages
        for provider in ("naver", "kakao", "facebook", "sso"):
            assert visitor.post(f"/log-in/social/{provider}").status_code == 404
            assert visitor.get(f"/social/{provider}/callback").status_code == 404

    def test_a_provider_without_keys_has_nothing_to_tell_us(self, visitor: FlaskClient) -> None:
        assert {visitor.post(f"/social/{path}").status_code for path in UNLINKED} == {404}


class TestWithAnOpenIdProviderThatIsAway:
    @pytest.fixture(params=["nobody", "another issuer", "html", "no endpoints", "500"])
    def settings(
        self, tmp_path: Path, sandbox: Server, request: pytest.FixtureRequest, httpserver: HTTPServer
    ) -> Settings:
        made = settings_for(tmp_path, sandbox)
        url = nobody() if request.param == "nobody" else httpserver.url_for("").rstrip("/")
        asked = httpserver.expect_request("/.well-known/openid-configuration")
        if request.param in ("another issuer", "no endpoints"):
            asked.respond_with_json({"issuer": url if request.param == "no endpoints" else "https://other.example"})
        else:
            asked.respond_with_data("<h1>Hello</h1>", status=500 if request.param == "500" else 200)
        return replace(made, oauth={**made.oauth, "kakao": replace(made.oauth["kakao"], url=url)})

    def test_its_button_leads_to_a_plain_answer_and_the_rest_of_the_page_works(self, visitor: FlaskClient) -> None:
        assert visitor.post("/log-in/social/kakao").status_code in (502, 503)
        assert visitor.get("/log-in").status_code == 200


@pytest.mark.parametrize("fault", ["token-503", "token-html", "callback-error"])
@pytest.mark.parametrize(
    ("start", "back"), [(SIGN_UP, "/sign-up"), (LOG_IN, "/log-in"), (LINK, "/account/social")], ids=str
)
def test_a_provider_that_fails_leads_back_to_where_the_person_began(
    visitor: FlaskClient, sandbox: Server, start: str, back: str, fault: str
) -> None:
    if start == LINK:
        join(visitor, sandbox.url)

    failed = come_by(visitor, "naver", start, fault=fault)

    assert failed.status_code in (502, 503)
    way_on = BeautifulSoup(failed.text, "html.parser").select_one("main a.btn")
    assert way_on is not None
    assert way_on["href"] == back
