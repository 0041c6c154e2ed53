"""One structured line a request, with an id, and nothing in it that a log must not hold."""

import logging
import re
import sys
import time
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

# thirteen digits of a registration number, however they are split; six of a code; both never belong here
NUMBER = re.compile(r"(?<!\w)\d{6}[-\s]?\d{7}(?!\w)")
SECRET_NAMES = re.compile(r"password|secret|token|code|registration|number|phone|otp|ci$|di$", re.IGNORECASE)
HIDDEN = "[removed]"


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Remove what is secret by its name, and what looks like a registration number wherever it stands."""
    for name, value in event.items():
        if SECRET_NAMES.search(name) and name != "status_code":
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = NUMBER.sub(HIDDEN, value)
    return event


def configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
            ),
            redact_deeply,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def redact_deeply(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Redact the event and whatever an exception carried along: the texts of errors quote their input."""
    redact(logger, method, event)
    for trace in event.get("exception", []) if isinstance(event.get("exception"), list) else []:
        trace["exc_value"] = HIDDEN
    return event


def path_shown() -> str:
    """Give the path, or its pattern where a secret stands in it."""
    rule = request.url_rule
    return rule.rule if rule and "secret" in rule.arguments else request.path


def install(app: Flask) -> None:
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if request.endpoint not in ("static", "home.is_alive", "home.is_ready"):
            spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
            log.info(
                "request",
                method=request.method,
                path=path_shown(),
                status=response.status_code,
                milliseconds=round(spent, 1),
                htmx=request.headers.get("HX-Request") == "true",
            )
        return response
