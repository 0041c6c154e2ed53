"""What makes the site an application of its own: its manifest, its worker, the offline page, word of a new version."""

import json
import re

import pytest
from flask.testing import FlaskClient

from kosme_web.home import installed
from kosme_web.web.assets import asset
from tests.conftest import Membership
from tests.people import new_resume

HTMX = {"HX-Request": "true"}


def test_the_manifest_names_the_site_in_both_languages_and_its_pictures_are_there(visitor: FlaskClient) -> None:
    answer = visitor.get("/manifest.webmanifest")

    told = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert told["name"] == "KOSME · 일자리매칭플랫폼 · Job matching platform"
    assert told["name_localized"] == {"ko": "KOSME 일자리매칭플랫폼", "en": "KOSME Job matching platform"}
    assert (told["display"], told["start_url"], told["id"]) == ("standalone", "/resume", "/")
    assert {(icon["purpose"], icon["sizes"]) for icon in told["icons"]} == {
        (purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")
    }
    for icon in told["icons"]:
        with visitor.get(icon["src"]) as picture:
            assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")


def test_every_page_leads_to_the_manifest(visitor: FlaskClient) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in visitor.get("/log-in").text


def test_the_worker_is_asked_for_again_and_sent_only_if_it_changed(visitor: FlaskClient) -> None:
    answer = visitor.get("/service-worker.js")

    again = visitor.get("/service-worker.js", headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert (again.status_code, again.data) == (304, b"")


def test_another_offline_page_is_another_version(visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = visitor.get("/service-worker.js").text
    page = visitor.get("/offline").text
    monkeypatch.setattr(installed, "offline_page", lambda: page + " ")
    installed.service_worker.cache_clear()

    after = visitor.get("/service-worker.js").text
    installed.service_worker.cache_clear()

    name = re.compile('CACHE = "(kosme-[0-9a-f]{12})"')
    assert name.findall(before) != name.findall(after)


def test_the_offline_page_is_the_same_for_a_member_as_for_nobody(visitor: FlaskClient, membership: Membership) -> None:
    installed.offline_page.cache_clear()
    membership.give(visitor)
    new_resume(visitor)

    of_member = visitor.get("/offline?lang=en")
    installed.offline_page.cache_clear()
    of_nobody = visitor.application.test_client().get("/offline")

    assert of_member.text == of_nobody.text
    assert "csrf_token" not in of_member.text
    assert of_member.headers["Cache-Control"] == "no-cache"  # what says no-store the worker refuses to keep


def test_only_a_page_of_an_older_version_is_told_of_the_new_one(visitor: FlaskClient) -> None:
    def ask(page: str, headers: dict[str, str]) -> tuple[int, str | None, bool]:
        answer = visitor.get("/new-version", query_string={"page": f"https://host{page}"}, headers=headers)
        return answer.status_code, answer.headers.get("Kosme-Partial"), "A new version" in answer.text

    assert ask(asset("pwa.js"), HTMX) == (204, "true", False)
    assert ask("/static/pwa-000000000000.js", HTMX) == (200, "true", True)
    assert ask("", {}) == (404, None, False)
