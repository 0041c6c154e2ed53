"""What a hostile or careless visitor may post: bodies are bounded, tries are counted, and no form breaks the site."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from urllib3 import encode_multipart_formdata

from tests.conftest import Membership, Server
from tests.people import LOG_IN, MEMBER, join, new_resume, verify
from tests.site.guards import VALUES

HTMX = {"HX-Request": "true"}
MEGABYTE = 1_048_576


@pytest.fixture
def paths(visitor: FlaskClient, membership: Membership) -> dict[str, str]:
    membership.give(visitor)
    return {"form": "/log-in", "page": new_resume(visitor)}


@pytest.mark.parametrize(
    ("path", "kind", "body", "status"),
    [
        ("form", "application/x-www-form-urlencoded", b"name=" + b"x" * (MEGABYTE // 4), 413),
        ("form", "application/x-www-form-urlencoded", b"name=" + b"x" * (MEGABYTE // 8), 422),
        ("page", "application/x-www-form-urlencoded", b"title=" + b"x" * 5 * MEGABYTE, 413),
        ("page", "application/x-www-form-urlencoded", b"a=&" * 4000, 413),
        ("page", "application/x-www-form-urlencoded", b"a=&" * 2900, 303),
        ("form", "text/plain", b"x" * MEGABYTE, 413),
        ("form", "multipart/form-data; boundary=x", b"x" * MEGABYTE, 413),
        ("page", "multipart/form-data; boundary=x", b"x" * 40 * MEGABYTE, 413),
    ],
)
def test_a_body_is_bounded(  # noqa: PLR0913, PLR0917  what is posted where, and what comes of it
    visitor: FlaskClient, paths: dict[str, str], path: str, kind: str, body: bytes, status: int
) -> None:
    answer = visitor.post(paths[path], data=body, content_type=kind)

    assert answer.status_code == status
    assert status != 413 or "That is too much to send at once" in answer.text


def test_many_fields_of_a_multipart_form_are_refused_too(visitor: FlaskClient, paths: dict[str, str]) -> None:
    fields = {f"f{number}": "x" for number in range(4000)}

    answer = visitor.post(paths["page"], data=fields, content_type="multipart/form-data")

    assert answer.status_code == 413


def test_a_text_part_of_a_multipart_form_is_bounded_like_a_form(visitor: FlaskClient, paths: dict[str, str]) -> None:
    body, kind = encode_multipart_formdata({"title": "x" * 5 * MEGABYTE, "photo": ("a.png", b"x")})

    assert visitor.post(paths["page"], data=body, content_type=kind).status_code == 413


def test_the_eleventh_try_at_an_account_has_to_wait_whatever_it_says(visitor: FlaskClient, sandbox: Server) -> None:
    join(visitor, sandbox.url)  # one try
    wrong = {**LOG_IN, "password": "not the password"}
    statuses = [visitor.post("/log-in", data=wrong).status_code for _ in range(10)]
    right = visitor.post("/log-in", data={**LOG_IN, "login_id": "\uff36ANANH97"})

    assert statuses == [422] * 9 + [429]
    assert visitor.post("/log-in", data=LOG_IN).status_code == 429
    assert right.status_code in (422, 429)  # another spelling is no other account
    assert visitor.post("/log-in", data={**LOG_IN, "login_id": "another1"}).status_code == 422


NAMES = st.sampled_from(
    [
        "title", "english_name", "phone_number", "email", "nationality", "visa", "visa_subtype", "visa_expires_year",
        "visa_expires_month", "visa_expires_day", "registration_front", "registration_back", "check_front",
        "check_back", "check_name", "name_check_token", "unique_identifier_consent", "career_kind", "seen", "row_id",
        "field", "address_keyword", "address_page", "address_choice", "road_address", "postal_code", "seeker_type",
        "work-0123456789ab-industry", "work-0123456789ab-is_current", "work-0123456789ab-started_year",
        "work-0123456789ab-work_country", "education-²-university", "education-0123456789ab-left_month", "base-title",
        "login_id", "password", "name", "next", "carrier", "network", "verify_method", "birth_year", "birth_month",
        "birth_day", "sex", "code", "agree_all", "mkt_sns", "referral_route", "photo", "_lang", "open", "csrf_token",
    ]
)  # fmt: skip
ODD = st.sampled_from(
    [
        "0123456789ab", "²", "٣", "-1", "9" * 30, "2026", "1", "D-10", "VN", "SMS", "MVNO", "KT", "F", "EXPERIENCED",
        "[", "{}", "[]", "null", '{"road": 1}', '{"road": [], "english": {}, "postal_code": "\\ud800"}', "\x00", "%s",
        "{{ 7 * 7 }}", "<script>", "' OR 1=1 --", "\u202e", "🙂", "가" * 200, "010-2345-6789", "970314", "6123456",
        "초북로", "../../etc/passwd", "ß" * 60, "İ",
    ]
)  # fmt: skip
TEXTS = st.one_of(ODD, st.text(max_size=40))
FORMS = st.dictionaries(st.one_of(NAMES, st.text(max_size=20)), st.lists(TEXTS, min_size=1, max_size=2), max_size=12)


@pytest.fixture
def posting(app: Flask, sandbox: Server) -> dict[str, Any]:
    """Whoever may post, each where it counts: a visitor, a person with a proof, a member with a résumé."""
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FlaskClient  # the strict one would take a minute
    member, newcomer = app.test_client(), app.test_client()
    join(member, sandbox.url)
    url = new_resume(member)
    for kind in ("education", "work"):
        member.post(f"{url}/{kind}/add", data={"row_id": "0123456789ab" if kind == "work" else "0123456789ac"})
    verify(newcomer, sandbox.url, name="Tran Thi Be", phone_number="010-9876-5432")
    values = {"draft_id": url.rpartition("/")[2], "row_id": "0123456789ab", "kind": "work"}
    rest = VALUES | {
        "change": "reset",
        "choice": "theirs",
        "name": "sigungu",
        "provider": "naver",
        "secret": "sandbox-webhook-secret",
        "account_id": url.rpartition("/")[2],
        "link_id": url.rpartition("/")[2],
        "number": 1,
    }
    adapter = app.url_map.bind("localhost")
    posts = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in ("log_in.log_out", "resume.delete_resume"):
            path = adapter.build(
                rule.endpoint, {k: v for k, v in (values | rest).items() if k in rule.arguments}, "POST"
            )
            posts.append((member if rule.endpoint.startswith(("account.", "resume.")) else newcomer, path))
    return {"posts": sorted(posts, key=lambda post: post[1]), "visitor": app.test_client()}


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), form=FORMS, is_fragment=st.booleans(), is_multipart=st.booleans())
def test_no_form_whatever_it_holds_breaks_the_site(
    posting: dict[str, Any], data: st.DataObject, form: dict[str, list[str]], *, is_fragment: bool, is_multipart: bool
) -> None:
    client, path = data.draw(st.sampled_from(posting["posts"]))
    kind = "multipart/form-data" if is_multipart else "application/x-www-form-urlencoded"
    headers = HTMX if is_fragment else {}

    for one in (client, posting["visitor"]):
        answer = one.post(path, data=form, content_type=kind, headers=headers)
        assert answer.status_code < 500


@pytest.mark.parametrize("name", [*MEMBER, "agree_all", "address_choice"])
def test_no_field_of_the_sign_up_breaks_it_whatever_it_holds(visitor: FlaskClient, sandbox: Server, name: str) -> None:
    verify(visitor, sandbox.url)
    for odd in (
        "\x00",
        "²",
        "9" * 5000,
        "ß" * 100,
        "가" * 300,
        "\ud800".encode("utf-8", "replace").decode(),
        "[",
        "🙂",
    ):
        assert visitor.post("/sign-up/member", data={**MEMBER, name: odd, "mkt_sns": ""}).status_code == 422
