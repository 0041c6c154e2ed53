"""Error pages in both languages, and the same as a status line for htmx; what was typed stays in the page."""

from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, SecurityError

from kosme_web.extensions import db, login_manager
from kosme_web.services.drafts import DraftNotFoundError, RowNotFoundError
from kosme_web.services.health import DatabaseUnavailableError
from kosme_web.web.languages import LANGUAGES, both, message, only
from kosme_web.web.partials import is_htmx, tell
from kosme_web.web.session import is_logged_in

log = structlog.get_logger()

# the heading, and what a person may do about it
TEXTS: dict[int, tuple[str, str]] = {
    400: (
        message("This request could not be read"),
        message("Go back to the page before and send it again. Your browser still holds what you typed."),
    ),
    403: (message("You may not open this page"), message("Log in as the person it belongs to.")),
    404: (message("There is no such page"), message("Check the address, or start from the first page.")),
    405: (message("There is no such page"), message("Check the address, or start from the first page.")),
    409: (
        message("This could not be done now"),
        message("Something changed in the meantime. Go back and look at the page again."),
    ),
    413: (
        message("That is too much to send at once"),
        message("Go back and choose a smaller file or shorten the text. Your browser still holds what you typed."),
    ),
    429: (message("Too many tries"), message("Wait a few minutes and try again.")),
    500: (
        message("Something went wrong on our side"),
        message("Go back and try again. If it happens again, tell us the number below."),
    ),
    503: (
        message("The service is busy at the moment"),
        message("Go back and try again in a minute. Your browser still holds what you typed."),
    ),
}
CSRF_TEXT = (
    message("This page was open for too long"),
    message("Go back, load the page again and send it once more. Your browser still holds what you typed."),
)


def install(app: Flask) -> None:
    login_manager.unauthorized_handler(ask_to_log_in)
    app.register_error_handler(CSRFError, refuse_forgery)
    app.register_error_handler(SecurityError, refuse_host)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(DraftNotFoundError, lambda _: show(HTTPStatus.NOT_FOUND))
    app.register_error_handler(RowNotFoundError, lambda _: show(HTTPStatus.NOT_FOUND))
    app.register_error_handler(DatabaseUnavailableError, show_busy)
    app.register_error_handler(Exception, show_crash)


def show(status: int, text: tuple[str, str] | None = None) -> Response:
    """Give the page of that status, or for htmx its heading as the page's status line."""
    heading, advice = (both(part) for part in text or TEXTS.get(status) or TEXTS[400 if status < 500 else 500])  # noqa: PLR2004
    if is_htmx():
        return tell(Markup("<p>{}</p><p>{}</p>").format(heading, advice), HTTPStatus(status))
    page = render_template("errors/error.html", heading=heading, advice=advice, request_id=g.get("request_id", ""))
    return make_response(page, status)


def refuse_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer a request for another host in plain words: no page can be built for an address that is not ours."""
    words = " / ".join(only("This request could not be read", lang) for lang in LANGUAGES)
    return make_response(words, HTTPStatus.BAD_REQUEST, {"Content-Type": "text/plain; charset=utf-8"})


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # a redirect that was raised
    response = show(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def refuse_forgery(_error: CSRFError) -> ResponseReturnValue:
    """Without a log-in the token is gone with it, and logging in again is the way on."""
    if request.blueprint in ("account", "resume") and not is_logged_in():
        return ask_to_log_in()
    return show(HTTPStatus.BAD_REQUEST, CSRF_TEXT)


def ask_to_log_in() -> ResponseReturnValue:
    """Send a page to the log-in and back; a fragment gets 401 and never a log-in page."""
    if is_htmx():
        return make_response("", HTTPStatus.UNAUTHORIZED)
    return redirect(url_for("log_in.log_in", next=_way_back()), HTTPStatus.SEE_OTHER)


def _way_back() -> str | None:
    """Give the page that was asked for, or the page of the form: where a form goes to is no page to come back to."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = urlsplit(request.referrer or "")
    return page.path if page.netloc == request.host and page.path else None


def show_busy(error: DatabaseUnavailableError) -> ResponseReturnValue:
    db.session.rollback()
    log.error("database unavailable", error=type(error.orig).__name__)
    return show(HTTPStatus.SERVICE_UNAVAILABLE)


def show_crash(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("crash", error=type(error).__name__, exc_info=error)
    return show(HTTPStatus.INTERNAL_SERVER_ERROR)
