"""Every route with its guard: a new one is a decision, and nobody gets further than it allows."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kosme_web.models import Draft
from tests.conftest import Membership, Server
from tests.people import IDENTITY, new_resume, somebody_else, verify
from tests.site.guards import DRAFT, GUARDS, ROW, VALUES, Guard

HTMX = {"HX-Request": "true"}
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
TELLS_NOTHING = {"sign_up.check_login_id": 204, "identity.show_qr": 404}  # no page of their own to send anyone to


def routes(app: Flask, *guards: Guard) -> list[tuple[str, str, Rule]]:
    """Give endpoint, method and rule of every route with one of those guards."""
    return [
        (rule.endpoint, method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if GUARDS[rule.endpoint] in guards
    ]


def path_of(app: Flask, rule: Rule, **values: object) -> str:
    needed = {name: value for name, value in {**VALUES, **values}.items() if name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, needed)


def ask(client: FlaskClient, method: str, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    return client.open(path, method=method, data={"row_id": ROW} if method == "POST" else None, headers=headers)


def test_every_route_has_a_guard_and_every_guard_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == GUARDS.keys()


def test_no_route_takes_another_method_than_get_or_post(app: Flask) -> None:
    assert {method for rule in app.url_map.iter_rules() for method in rule.methods or ()} == METHODS


@pytest.mark.parametrize("has_csrf", [True, False], ids=["with the forgery check", "without it"])
def test_a_visitor_of_a_members_route_is_sent_to_the_log_in_and_back(app: Flask, *, has_csrf: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = has_csrf
    told = {}
    for endpoint, method, rule in routes(app, Guard.MEMBER):
        answer = ask(app.test_client(), method, path_of(app, rule))
        told[endpoint] = (answer.status_code, urlsplit(answer.location).path)
        way_back = parse_qs(urlsplit(answer.location).query).get("next", ["/resume"])[0]
        assert way_back.startswith(("/resume", "/account"))
        assert app.url_map.bind("localhost").test(urlsplit(way_back).path, "GET")  # where a form went is no page

    assert told == dict.fromkeys(told, (303, "/log-in"))
    assert len(told) == list(GUARDS.values()).count(Guard.MEMBER)


@pytest.mark.parametrize("has_csrf", [True, False], ids=["with the forgery check", "without it"])
def test_a_fragment_of_a_members_route_is_401_and_never_a_log_in_page(app: Flask, *, has_csrf: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = has_csrf
    told = {}
    for endpoint, method, rule in routes(app, Guard.MEMBER):
        answer = ask(app.test_client(), method, path_of(app, rule), HTMX)
        told[endpoint] = (answer.status_code, answer.text, answer.location or "")

    assert told == dict.fromkeys(told, (401, "", ""))


@pytest.mark.parametrize("has_csrf", [True, False], ids=["with the forgery check", "without it"])
def test_a_door_for_services_is_not_there_for_those_who_guess(app: Flask, *, has_csrf: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = has_csrf
    told = {
        endpoint: ask(app.test_client(), method, path_of(app, rule)).status_code
        for endpoint, method, rule in routes(app, Guard.SECRET, Guard.LINK)
    }

    assert told == dict.fromkeys(told, 404)
    assert told


def test_a_page_that_was_asked_for_with_a_question_comes_back_with_it(app: Flask) -> None:
    answer = app.test_client().get(f"/resume/{DRAFT}?open={ROW}")

    assert parse_qs(urlsplit(answer.location).query)["next"] == [f"/resume/{DRAFT}?open={ROW}"]


def test_a_browser_without_a_question_or_a_proof_is_sent_to_the_beginning(visitor: FlaskClient, app: Flask) -> None:
    told = {}
    for endpoint, method, rule in routes(app, Guard.ASKED, Guard.PROOF):
        answer = ask(visitor, method, path_of(app, rule))
        told[endpoint] = (answer.status_code, answer.location or answer.text)

    quiet = {endpoint: (status, "") for endpoint, status in TELLS_NOTHING.items()}
    assert told == {**dict.fromkeys(told, (303, "/sign-up/identity")), **quiet}


def test_a_form_that_came_too_late_leads_back_to_its_page(visitor: FlaskClient) -> None:
    page = f"/resume/{DRAFT}"

    ours = visitor.post(f"{page}/check", headers={"Referer": f"http://localhost{page}?open={ROW}"})
    others = visitor.post(f"{page}/check", headers={"Referer": f"https://evil.example{page}"})

    assert (ours.location, others.location) == (f"/log-in?next={page}", "/log-in")


def test_the_address_search_of_the_sign_up_is_for_nobody_without_a_proof(visitor: FlaskClient, app: Flask) -> None:
    told = {
        endpoint: ask(visitor, method, path_of(app, rule), HTMX).location
        for endpoint, method, rule in routes(app, Guard.PROOF)
        if "address" in endpoint
    }

    assert told == dict.fromkeys(told, "/sign-up/identity")
    assert len(told) == 4


def test_a_question_alone_is_no_proof(visitor: FlaskClient, app: Flask) -> None:
    visitor.post("/sign-up/identity", data=IDENTITY)
    told = {}
    for endpoint, method, rule in routes(app, Guard.PROOF):
        answer = ask(visitor, method, path_of(app, rule))
        told[endpoint] = (answer.status_code, answer.location)

    expected = dict.fromkeys(told, (303, "/sign-up/identity"))
    assert told == {**expected, "sign_up.check_login_id": (204, None)}


def test_a_proof_opens_no_members_route(visitor: FlaskClient, app: Flask, sandbox: Server) -> None:
    verify(visitor, sandbox.url)

    statuses = {ask(visitor, method, path_of(app, rule)).status_code for _, method, rule in routes(app, Guard.MEMBER)}

    assert statuses == {303}


def test_the_resume_of_another_member_is_not_found_on_any_route(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session, membership: Membership
) -> None:
    membership.give(visitor)
    url = new_resume(visitor)
    visitor.post(f"{url}/work/add", data={"row_id": ROW})
    state = select(Draft.version, Draft.changed_at, Draft.deleted_at)
    before = session.execute(state).all()
    session.rollback()
    stranger = somebody_else(app.test_client(), sandbox.url)
    told = {}
    for endpoint, method, rule in routes(app, Guard.MEMBER):
        if "draft_id" in rule.arguments:
            path = path_of(app, rule, draft_id=UUID(url.rpartition("/")[2]))
            told[endpoint] = [ask(stranger, method, path, headers).status_code for headers in (None, HTMX)]

    assert told == {endpoint: [404, 404] for endpoint in told}
    assert len(told) > 20
    assert session.execute(state).all() == before
    assert url not in stranger.get("/resume").text


def test_a_deleted_resume_is_not_found_until_it_is_brought_back(
    visitor: FlaskClient, app: Flask, membership: Membership
) -> None:
    membership.give(visitor)
    url = new_resume(visitor)
    visitor.post(f"{url}/delete")
    told = {}
    for endpoint, method, rule in routes(app, Guard.MEMBER):
        if "draft_id" in rule.arguments and not endpoint.endswith(("delete_resume", "restore_resume")):
            path = path_of(app, rule, draft_id=UUID(url.rpartition("/")[2]))
            told[endpoint] = ask(visitor, method, path).status_code

    assert told == dict.fromkeys(told, 404)
    visitor.post(f"{url}/restore")
    assert visitor.get(url).status_code == 200
