"""Every answer carries its protection, every error is told in both languages, and every question is bounded."""

from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db, limiter
from kosme_web.web.assets import asset
from tests.conftest import Membership, Server, StrictClient, settings_for
from tests.people import LOG_IN, new_resume
from tests.site.page_checks import problems
from tests.site.production import HOST, environment

HTMX = {"HX-Request": "true"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types default"
)
PROTECTION = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, no-store",
}
STATUSES = [400, 403, 404, 405, 409, 413, 429, 500, 503]


@pytest.fixture
def production(tmp_path: Path, template_database: Path, sandbox: Server) -> Iterator[FlaskClient]:
    """The site as production starts it, seen over HTTPS; only the outside world is the sandbox."""
    (tmp_path / "kosme.db").write_bytes(template_database.read_bytes())
    live = Settings.from_env(environment(tmp_path))
    app = create_app(replace(live, portone_url=sandbox.url, nice_url=sandbox.url, juso_url=sandbox.url))
    app.test_client_class = StrictClient
    limiter.reset()
    yield app.test_client()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("path", ["/", "/log-in", "/resume", "/nowhere", "/sign-up/identity/qr.svg", "/healthz"])
def test_every_answer_carries_its_protection(visitor: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = visitor.get(path, headers=headers)

    assert {name: answer.headers.get(name) for name in PROTECTION} == PROTECTION
    assert "HX-Request" in answer.vary
    assert "Server" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers  # over plain HTTP it would mean nothing


def test_a_members_pages_are_kept_by_no_cache(visitor: FlaskClient, membership: Membership) -> None:
    membership.give(visitor)
    url = new_resume(visitor)

    answers = [visitor.get(path) for path in ("/resume", url, f"{url}/check")] + [visitor.post(url, headers=HTMX)]

    assert [answer.headers["Cache-Control"] for answer in answers] == ["private, no-store"] * 4
    assert all("HX-Request" in answer.vary for answer in answers)


def test_a_built_file_is_kept_for_good_and_taken_for_nothing_else(visitor: FlaskClient) -> None:
    answer = visitor.get(asset("site.css"))

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_in_production_cookies_travel_over_https_only_and_to_this_host_only(production: FlaskClient) -> None:
    answer = production.get("/log-in?lang=en", base_url=f"https://{HOST}")

    cookies = {
        name: cookie for line in answer.headers.getlist("Set-Cookie") for name, cookie in SimpleCookie(line).items()
    }
    session, language = cookies["__Host-session"], cookies["lang"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert (session["path"], session["domain"]) == ("/", "")
    assert language["secure"] is True
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", f"evil.{HOST}", "127.0.0.1"])
def test_an_unknown_host_is_refused(production: FlaskClient, host: str) -> None:
    answer = production.get("/log-in", base_url=f"https://{host}")

    assert answer.status_code == 400
    assert host not in answer.text


def test_over_https_a_form_of_another_site_is_refused_even_with_a_token(production: FlaskClient) -> None:
    base = f"https://{HOST}"
    token = token_of(production.get("/log-in", base_url=base).text)
    data = {**LOG_IN, "csrf_token": token}

    def post(referer: str) -> int:
        return production.post("/log-in", base_url=base, data=data, headers={"Referer": referer}).status_code

    assert post("https://evil.example/") == 400
    assert post(f"{base}/log-in") == 422  # no such member


def token_of(html: str) -> str:
    field = BeautifulSoup(html, "html.parser").select_one("[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def test_a_form_without_its_token_is_refused_with_a_kind_page_and_with_it_taken(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/log-in").text

    refused = client.post("/log-in", data=LOG_IN)
    forged = client.post("/log-in", data={**LOG_IN, "csrf_token": token_of(app.test_client().get("/log-in").text)})
    fragment = client.post("/log-in", data=LOG_IN, headers=HTMX)
    taken = client.post("/log-in", data={**LOG_IN, "csrf_token": token_of(page)})

    assert [answer.status_code for answer in (refused, forged, fragment, taken)] == [400, 400, 400, 422]
    assert "화면을 연 지 너무 오래되었습니다" in refused.text
    assert "This page was open for too long" in refused.text
    assert "<html" not in fragment.text


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    """A site with a page that fails in each way, even where no view of ours does."""

    def fail(status: int) -> NoReturn:
        if status == 500:
            raise ValueError("a secret of the innards")
        if status == 503:
            raise OperationalError("SELECT secret", {}, Exception("database is locked"))
        abort(status)

    app.add_url_rule("/fail/<int:status>", view_func=fail)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_is_told_in_both_languages(failing: FlaskClient, status: int) -> None:
    answer = failing.get(f"/fail/{status}")

    assert answer.status_code == status
    assert problems(answer.text) == []
    assert answer.headers["X-Request-ID"] in answer.text
    assert "secret" not in answer.text
    assert {name: answer.headers.get(name) for name in PROTECTION} == PROTECTION


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_of_a_fragment_goes_to_the_status_line(failing: FlaskClient, status: int) -> None:
    answer = failing.get(f"/fail/{status}", headers=HTMX)

    assert answer.status_code == status
    swap = {name: answer.headers.get(name) for name in ("HX-Retarget", "HX-Reswap", "Kosme-Partial")}
    assert swap == {"HX-Retarget": "#status", "HX-Reswap": "innerHTML", "Kosme-Partial": "true"}
    assert "<html" not in answer.text
    assert problems(answer.text) == []
    assert answer.text.count('<span lang="ko">') == answer.text.count('<span lang="en">') == 2


def test_an_error_without_words_of_its_own_is_told_as_its_kin(failing: FlaskClient) -> None:
    assert "This request could not be read" in failing.get("/fail/418").text
    assert "Something went wrong on our side" in failing.get("/fail/501").text


def test_a_wrong_method_says_which_is_right(visitor: FlaskClient) -> None:
    answer = visitor.put("/")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


ELSEWHERE = [
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/[",
    "/\x00/evil.example",
    "/\u2028/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "https:///evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "",
]


def lands_on(location: str) -> str:
    """Go where a browser would: it reads a backslash as a slash and drops tabs and line breaks."""
    read = "".join(letter for letter in location.strip() if letter not in "\t\r\n").replace("\\", "/")
    return urlsplit(urljoin("http://localhost/log-in", read)).netloc


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_way_back_never_leads_to_another_site(member: FlaskClient, target: str) -> None:
    answer = member.get("/log-in", query_string={"next": target})

    assert answer.status_code == 303
    assert lands_on(answer.location) == "localhost"
    assert len(answer.headers.getlist("Location")) == 1


def test_the_way_back_leads_back(member: FlaskClient) -> None:
    wish = "/resume/0/check?open=a&b=%EA%B0%80"

    assert member.get("/log-in", query_string={"next": wish}).location == wish
    assert member.post("/log-in", data={**LOG_IN, "next": wish}).location == wish
    assert member.post("/log-in", data={**LOG_IN, "next": "//evil.example"}).location == "/resume"


def test_a_site_with_settings_of_development_trusts_every_host_of_the_machine(tmp_path: Path, sandbox: Server) -> None:
    client = create_app(settings_for(tmp_path, sandbox)).test_client()

    assert client.get("/healthz", base_url="http://192.0.2.7:8000").status_code == 200
