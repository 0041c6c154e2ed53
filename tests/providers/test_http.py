"""The one door to the outside: whatever comes back, it ends in time, within bounds, and under a name of ours."""

import gzip
import socket
import struct
import time
import traceback

import pytest
from pytest_httpserver import HTTPServer
from requests import Request
from werkzeug import Request as Question
from werkzeug import Response

from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
    ask,
    failure,
)
from tests.providers.wire import answering, nobody

KEY = "key-that-no-log-may-hold"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def call(url: str) -> Request:
    return Request("POST", f"{url}/?confmKey={KEY}", headers={"Authorization": KEY}, data={"secret": KEY})


def drip(caller: socket.socket) -> None:
    caller.sendall(HEAD + b"Content-Length: 100\r\n\r\n")
    for _ in range(100):
        caller.sendall(b" ")
        time.sleep(0.05)


def say_nothing(caller: socket.socket) -> None:
    caller.settimeout(2)
    caller.recv(1)  # until the other side has had enough


def hang_up(caller: socket.socket) -> None:
    caller.shutdown(socket.SHUT_RDWR)


def reset(caller: socket.socket) -> None:
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def truncate(caller: socket.socket) -> None:
    caller.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"a": 1}')


def truncate_a_chunk(caller: socket.socket) -> None:
    caller.sendall(HEAD + b'Transfer-Encoding: chunked\r\n\r\nff\r\n{"a": 1}')


def talk_rubbish(caller: socket.socket) -> None:
    caller.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


def lie_about_compression(caller: socket.socket) -> None:
    caller.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip")


@pytest.mark.parametrize(
    "answer",
    [
        drip,
        say_nothing,
        hang_up,
        reset,
        truncate,
        truncate_a_chunk,
        talk_rubbish,
        lie_about_compression,
    ],
)
def test_a_broken_answer_is_unavailable_soon_and_quotes_nothing(answer: object) -> None:
    with answering(answer) as url:  # type: ignore[arg-type]
        begun = time.monotonic()
        with pytest.raises(ProviderUnavailableError) as caught:
            ask(call(url), seconds=0.3)

    assert time.monotonic() - begun < 1
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_closed_door_is_unavailable_and_quotes_nothing() -> None:
    with pytest.raises(ProviderUnavailableError) as caught:
        ask(call(nobody()), seconds=1)

    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_an_address_without_a_host_is_unavailable() -> None:
    with pytest.raises(ProviderUnavailableError):
        ask(call("http://"), seconds=1)


def test_a_huge_answer_is_read_no_further_than_the_bound(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 1001)

    with pytest.raises(ProviderAnswerError, match="too long"):
        ask(call(httpserver.url_for("").rstrip("/")), seconds=2, size=1000)


def test_an_answer_of_exactly_the_bound_is_taken(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 1000)

    assert ask(call(httpserver.url_for("").rstrip("/")), seconds=2, size=1000).body == b"x" * 1000


def test_an_answer_that_unpacks_to_millions_is_cut_off(httpserver: HTTPServer) -> None:
    packed = gzip.compress(bytes(20_000_000))
    httpserver.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": "gzip"})

    with pytest.raises(ProviderAnswerError, match="too long"):
        ask(call(httpserver.url_for("").rstrip("/")), seconds=5)


def test_a_redirect_is_not_followed(httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def elsewhere(question: Question) -> Response:
        asked.append(question.path)
        return Response(status=307, headers={"Location": "/elsewhere"})

    httpserver.expect_request("/").respond_with_handler(elsewhere)
    httpserver.expect_request("/elsewhere").respond_with_handler(elsewhere)

    assert ask(call(httpserver.url_for("").rstrip("/")), seconds=2).status == 307
    assert asked == ["/"]


def test_a_proxy_of_the_environment_is_not_asked(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", nobody())
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    httpserver.expect_request("/").respond_with_data(b"{}")

    assert ask(call(httpserver.url_for("").rstrip("/")), seconds=2).json() == {}


@pytest.mark.parametrize("body", ["<h1>점검 중</h1>", '{"a": ', "[]", '"text"', "null", "", "[" * 60_000])
def test_a_200_that_is_no_json_object_breaks_the_contract(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request("/").respond_with_data(body)
    reply = ask(call(httpserver.url_for("").rstrip("/")), seconds=2)

    with pytest.raises(ProviderAnswerError):
        reply.json()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, ProviderAnswerError),
        (400, ProviderAnswerError),
        (401, ProviderCredentialsError),
        (403, ProviderCredentialsError),
        (404, ProviderAnswerError),
        (429, ProviderUnavailableError),
        (500, ProviderUnavailableError),
        (502, ProviderUnavailableError),
        (503, ProviderUnavailableError),
        (504, ProviderUnavailableError),
    ],
)
def test_a_status_without_json_is_named_by_its_status(
    httpserver: HTTPServer, status: int, error: type[ProviderError]
) -> None:
    httpserver.expect_request("/").respond_with_data("<h1>Error</h1>", status=status)
    reply = ask(call(httpserver.url_for("").rstrip("/")), seconds=2)

    assert type(failure(status)) is error
    with pytest.raises(error):
        reply.json()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120.0), ("0", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None), ("-1", None), ("", None)],
)
def test_a_service_that_says_when_to_come_back_is_heard(
    httpserver: HTTPServer, text: str, seconds: float | None
) -> None:
    httpserver.expect_request("/").respond_with_data("", status=503, headers={"Retry-After": text})

    error = ask(call(httpserver.url_for("").rstrip("/")), seconds=2).failure()

    assert isinstance(error, ProviderUnavailableError)
    assert error.retry_after == seconds


def test_a_call_that_arrived_is_never_sent_again() -> None:
    arrived: list[int] = []

    def count(caller: socket.socket) -> None:
        arrived.append(1)
        hang_up(caller)

    with answering(count) as url, pytest.raises(ProviderUnavailableError):
        ask(call(url), seconds=1)

    assert len(arrived) == 1
