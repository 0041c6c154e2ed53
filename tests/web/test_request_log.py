"""One line a request, and nothing in it that a log must not hold."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from flask import Flask

from kosme_web.web import request_log

NUMBER = "970314-6123456"  # synthetic


@pytest.fixture
def written(app: Flask) -> Iterator[io.StringIO]:  # noqa: ARG001  the site sets the log up as well; this comes after
    out = io.StringIO()
    request_log.configure("INFO")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(out))
    yield out
    request_log.configure("ERROR")


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_leaves_one_line_with_the_id_that_the_answer_carries(app: Flask, written: io.StringIO) -> None:
    answer = app.test_client().get("/log-in?next=/secret", headers={"HX-Request": "true"})

    (line,) = lines(written)
    assert (line["method"], line["path"], line["status"], line["htmx"]) == ("GET", "/log-in", 200, True)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "secret" not in written.getvalue()


def test_asking_whether_the_site_is_alive_leaves_none(app: Flask, written: io.StringIO) -> None:
    assert {app.test_client().get(path).status_code for path in ("/healthz", "/readyz")} == {200}
    assert lines(written) == []


@pytest.mark.parametrize("name", ["password", "new_password", "access_token", "code", "phone_number", "ci", "DI"])
def test_what_is_secret_by_its_name_is_removed(written: io.StringIO, name: str) -> None:
    structlog.get_logger().info("told", **{name: "canary"})

    assert "canary" not in written.getvalue()


@pytest.mark.parametrize("text", [NUMBER, "9703146123456", "970314 6123456", f"name {NUMBER}, more"])
def test_what_looks_like_a_registration_number_is_removed_wherever_it_stands(written: io.StringIO, text: str) -> None:
    structlog.get_logger().info(f"event {text}", path=f"/resume/{text}/x")

    assert "6123456" not in written.getvalue()


def test_the_text_of_an_error_is_removed_and_its_place_is_not(written: io.StringIO) -> None:
    try:
        int(f"canary {NUMBER}")
    except ValueError as error:
        structlog.get_logger().error("crash", exc_info=error)

    (line,) = lines(written)
    assert "canary" not in written.getvalue()
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert line["exception"][0]["frames"][-1]["name"].startswith("test_the_text_of_an_error")
