"""Answers of a provider that must not log anybody in, with the state in the cookie and with the state in Redis."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kosme_web.extensions import limiter
from kosme_web.web.oauth import STATE_SECONDS
from kosme_web.web.toolbox import NAME
from tests.conftest import Server, settings_for, site_with
from tests.social import SNS, answer_at, come_by, leave, question_of

ALL = (*SNS, "sso")
every_provider = pytest.mark.parametrize("provider", ALL)
every_sns = pytest.mark.parametrize("provider", SNS)
OPENID = pytest.mark.parametrize("provider", ["kakao", "sso"])


@pytest.fixture(scope="module", params=["cookie", "cache"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sandbox: Server, template_database: Path
) -> Iterator[Flask]:
    """One site for all tests here: none of them may leave anything in it.

    The sandbox's Kakao is an OpenID provider like any other: it stands for the institution's too.
    """
    made = settings_for(tmp_path_factory.mktemp("site"), sandbox)
    sso = replace(made.oauth["kakao"], labels=("기관", "Agency"), scope="openid profile email phone")
    cache = request.getfixturevalue("redis_url") if request.param == "cache" else ""
    yield from site_with(replace(made, oauth={**made.oauth, "sso": sso}, oauth_cache=cache), template_database)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    limiter.reset()
    for service in app.extensions[NAME].social.values():
        service.service.breaker.succeed()  # of the failures of other tests
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FlaskClient  # the same few pages 300 times: they are read strictly elsewhere
    return app.test_client()


def is_nobody(client: FlaskClient, answer: TestResponse, status: int = 400) -> bool:
    """Whether the answer is a page in both languages that says so, and nobody is logged in."""
    assert answer.status_code == status, answer.text
    assert all(f'lang="{lang}"' in answer.text for lang in ("ko", "en"))
    return client.get("/resume").status_code == 303 and client.get("/social/unknown").location == "/log-in"


@every_provider
def test_the_right_answer_logs_in_once_and_its_replay_does_not(visitor: FlaskClient, provider: str) -> None:
    back = answer_at(leave(visitor, provider))

    assert visitor.get(back).location == "/social/unknown"
    assert visitor.get(back).status_code == 400


@every_provider
def test_a_state_of_another_browser_is_refused(visitor: FlaskClient, app: Flask, provider: str) -> None:
    back = answer_at(leave(visitor, provider))
    other = app.test_client()
    leave(other, provider)

    assert is_nobody(other, other.get(back))


@every_provider
def test_an_answer_for_a_browser_without_any_session_is_refused_in_plain_words(
    visitor: FlaskClient, app: Flask, provider: str
) -> None:
    back = answer_at(leave(visitor, provider))
    fresh = app.test_client()

    assert is_nobody(fresh, fresh.get(back))


@every_provider
@pytest.mark.parametrize("state", [None, "", "wrong", "\x00", "x" * 3000])
def test_a_missing_or_wrong_state_is_refused(visitor: FlaskClient, provider: str, state: str | None) -> None:
    leave(visitor, provider)
    query = urlencode({"code": "c", **({} if state is None else {"state": state})})

    assert is_nobody(visitor, visitor.get(f"/social/{provider}/callback?{query}"))


@every_provider
def test_two_states_of_one_browser_that_are_swapped_bring_no_foreign_account(
    visitor: FlaskClient, provider: str
) -> None:
    first, second = leave(visitor, provider), leave(visitor, provider)
    code = question_of(answer_at(first))["code"]
    swapped = urlencode({"code": code, "state": question_of(second)["state"]})

    answer = visitor.get(f"/social/{provider}/callback?{swapped}")

    if provider in ("kakao", "sso"):  # the code is bound to the challenge of its own beginning
        assert is_nobody(visitor, answer)
    else:
        assert answer.location == "/social/unknown"  # both were begun here: the same person


@OPENID
def test_a_code_that_was_got_elsewhere_and_is_put_in_here_is_refused(
    visitor: FlaskClient, app: Flask, provider: str
) -> None:
    stolen = question_of(answer_at(leave(app.test_client(), provider)))["code"]
    mine = question_of(leave(visitor, provider))["state"]

    assert is_nobody(visitor, visitor.get(f"/social/{provider}/callback?{urlencode({'code': stolen, 'state': mine})}"))


@every_provider
def test_a_code_that_was_used_is_refused(visitor: FlaskClient, provider: str) -> None:
    assert is_nobody(visitor, come_by(visitor, provider, fault="code-reused"))


@every_provider
def test_an_answer_at_the_door_of_another_provider_is_refused(visitor: FlaskClient, provider: str) -> None:
    """Mix-up: the answer of one provider is led to the callback of another, whose log-in is under way too."""
    back = urlsplit(answer_at(leave(visitor, provider)))
    for other in ALL:
        if other != provider:
            leave(visitor, other)
            assert is_nobody(visitor, visitor.get(f"/social/{other}/callback?{back.query}"))


@OPENID
def test_an_answer_that_names_another_issuer_is_refused(visitor: FlaskClient, provider: str) -> None:
    back = answer_at(leave(visitor, provider))

    assert is_nobody(visitor, visitor.get(f"{back}&iss=https%3A%2F%2Fevil.example"))
    assert is_nobody(visitor, visitor.get(back))  # and the state is used up


@every_provider
def test_a_state_is_good_for_ten_minutes(visitor: FlaskClient, provider: str) -> None:
    with time_machine.travel("2026-11-24 09:00:00+09:00") as clock:
        back = answer_at(leave(visitor, provider))
        clock.shift(STATE_SECONDS + 1)

        assert is_nobody(visitor, visitor.get(back))


@every_provider
def test_who_cancels_is_back_where_it_began_and_told_so(visitor: FlaskClient, provider: str) -> None:
    answer = visitor.get(answer_at(leave(visitor, provider), "cancel"))

    assert answer.location == "/log-in"
    assert "로그인을 취소했습니다" in visitor.get("/log-in").text


@every_provider
def test_a_refusal_that_nobody_asked_for_says_nothing_of_the_provider(visitor: FlaskClient, provider: str) -> None:
    query = urlencode({"error": "access_denied", "error_description": "<script>alert(1)</script>", "state": "x"})

    answer = visitor.get(f"/social/{provider}/callback?{query}")

    assert is_nobody(visitor, answer)
    assert "alert(1)" not in answer.text


@every_provider
@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable"])
def test_a_provider_that_is_out_of_order_at_the_callback_is_told_as_that(
    visitor: FlaskClient, provider: str, error: str
) -> None:
    state = question_of(leave(visitor, provider))["state"]

    assert is_nobody(
        visitor, visitor.get(f"/social/{provider}/callback?{urlencode({'error': error, 'state': state})}"), 503
    )


@every_provider
@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("token-500", 503),
        ("token-503", 503),
        ("token-html", 502),
        ("token-list", 502),
        ("token-empty", 502),
        ("profile-500", 503),
        ("profile-429", 503),
        ("profile-html", 502),
        ("profile-huge", 502),
        ("profile-redirect", 502),
    ],
)
def test_a_provider_that_fails_logs_nobody_in(visitor: FlaskClient, provider: str, fault: str, status: int) -> None:
    assert is_nobody(visitor, come_by(visitor, provider, fault=fault), status)


@OPENID
@pytest.mark.parametrize(
    "fault",
    [
        "no-id-token",
        "alg-none",
        "alg-hs256",
        "bad-signature",
        "wrong-key",
        "unknown-kid",
        "expired",
        "wrong-aud",
        "wrong-aud-azp",
        "wrong-iss",
        "wrong-nonce",
        "no-nonce",
        "other-sub",
    ],
)
def test_an_id_token_that_is_not_right_logs_nobody_in(visitor: FlaskClient, provider: str, fault: str) -> None:
    assert is_nobody(visitor, come_by(visitor, provider, fault=fault), 502)


@OPENID
@pytest.mark.parametrize("fault", ["skewed", "rotated"])
def test_a_clock_a_little_ahead_and_a_new_key_do_no_harm(visitor: FlaskClient, provider: str, fault: str) -> None:
    assert come_by(visitor, provider).location == "/social/unknown"  # the first key is known now
    assert come_by(visitor, provider, fault=fault).location == "/social/unknown"


@every_sns
def test_nonce_challenge_and_state_are_new_each_time(visitor: FlaskClient, provider: str) -> None:
    first, second = question_of(leave(visitor, provider)), question_of(leave(visitor, provider))

    changing = {"state", "nonce", "code_challenge"} & first.keys()
    assert changing == ({"state", "nonce", "code_challenge"} if provider == "kakao" else {"state"})
    assert all(first[name] != second[name] for name in changing)
    assert first["redirect_uri"] == f"http://localhost/social/{provider}/callback"


def test_parallel_log_ins_in_two_windows_both_end_well(visitor: FlaskClient) -> None:
    first, second = answer_at(leave(visitor, "naver")), answer_at(leave(visitor, "kakao"))

    assert visitor.get(second).location == visitor.get(first).location == "/social/unknown"


def test_many_beginnings_do_not_make_the_cookie_too_large(visitor: FlaskClient) -> None:
    for _ in range(12):
        leave(visitor, "kakao", next="/resume/" + "x" * 200)

    cookie = visitor.get_cookie("session")
    assert cookie is not None
    assert len(cookie.value) < 3500
    assert visitor.get(answer_at(leave(visitor, "kakao"))).location == "/social/unknown"


def test_no_token_stays_in_the_session(visitor: FlaskClient) -> None:
    come_by(visitor, "naver")

    with visitor.session_transaction() as held:
        kept = str(dict(held))
    assert "social" in kept
    assert "AAAA+/" not in kept
    assert "token" not in kept.replace("csrf_token", "")
