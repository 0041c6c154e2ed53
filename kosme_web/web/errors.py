"""Error pages in both languages, and the same as a status line for htmx; what was typed stays in the page."""

from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, SecurityError

from kosme_web.extensions import login_manager
from kosme_web.services.drafts import DraftNotFoundError, RowNotFoundError
from kosme_web.services.health import UNAVAILABLE, is_full
from kosme_web.web import carried
from kosme_web.web.languages import LANGUAGES, both, message, only
from kosme_web.web.log_in_form import LogInForm, show_log_in
from kosme_web.web.partials import OURS, is_htmx, tell
from kosme_web.web.session import introduce, is_logged_in, spare_database

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
    507: (
        message("There is no room to save anything at the moment"),
        message("Nothing new was saved. Go back and try again later. Your browser still holds what you typed."),
    ),
}
# what to do instead of going back, where the page of the error holds what was typed
CARRIED_TEXTS: dict[int, str] = {
    403: message(
        "Personal data are hidden on this device. Confirm in a new tab that it is you. "
        "What you typed is still on this page: then send it again."
    ),
    404: message("What you typed is still on this page. Send it again once the page is there again."),
    409: message("Something changed in the meantime. What you typed is still on this page: send it again."),
    429: message("Wait a few minutes. What you typed is still on this page: then send it again."),
    500: message("What you typed is still on this page. Send it again. If it fails again, tell us the number below."),
    503: message("What you typed is still on this page. Send it again in a minute."),
    507: message("Nothing new was saved. What you typed is still on this page: send it again later."),
}
CARRIED_CSRF = message("What you typed is still on this page. To be sure that it comes from you, send it once more.")
LOG_INS = ("log_in.check_log_in", "log_in.log_in_again")  # nothing to be sent again by a page of its own
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
    for unavailable in UNAVAILABLE:
        app.register_error_handler(unavailable, show_busy)
    app.register_error_handler(Exception, show_crash)


def show(status: int, text: tuple[str, str] | None = None, when_carried: str = "") -> Response:
    """Give the page of that status, or for htmx its heading as the page's status line; a post stays in the page."""
    heading, advice = text or TEXTS.get(status) or TEXTS[400 if status < 500 else 500]  # noqa: PLR2004
    if is_htmx():
        response = tell(Markup("<p>{}</p><p>{}</p>").format(both(heading), both(advice)), HTTPStatus(status))
    else:
        again = when_carried or CARRIED_TEXTS.get(status, "")
        post = carried.refused_post() if again else None
        context = {"heading": both(heading), "advice": both(again if post else advice), "carried": post}
        page = render_template("errors/error.html", request_id=g.get("request_id", ""), **context)
        response = make_response(page, status)
    return response


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
    """A log-in in another tab made the token stale: a page that is open gets a fresh one and sends it all again."""
    if request.blueprint in ("account", "resume") and not is_logged_in():
        return ask_to_log_in()
    if request.endpoint in LOG_INS and not is_htmx() and carried.is_from_our_page():
        form = LogInForm(request.form)
        form.login_id.errors = (both("This page was open for too long. Press the button once more"),)
        return show_log_in(form, HTTPStatus.BAD_REQUEST, carried.sealed_in_post())
    response = show(HTTPStatus.BAD_REQUEST, CSRF_TEXT, CARRIED_CSRF)
    return introduce(response) if is_htmx() else response


def ask_to_log_in() -> ResponseReturnValue:
    """Send a page to the log-in and back; what was typed stays there. A fragment gets 401 and never a log-in page."""
    if is_htmx():
        response = make_response("", HTTPStatus.UNAUTHORIZED)
        response.headers[OURS] = "true"
        return response
    sealed = carried.sealed_for_owner()
    if sealed:
        return show_log_in(LogInForm(), HTTPStatus.UNAUTHORIZED, sealed)
    return redirect(url_for("log_in.log_in", next=_way_back()), HTTPStatus.SEE_OTHER)


def _way_back() -> str | None:
    """Give the page that was asked for, or the page of the form: where a form goes to is no page to come back to."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = urlsplit(request.referrer or "")
    return page.path if page.netloc == request.host and page.path else None


def show_busy(error: Exception) -> ResponseReturnValue:
    """The database is locked, full or away."""
    name = type(getattr(error, "orig", error)).__name__
    spare_database()
    log.error("database unavailable", error=name)
    return show(HTTPStatus.INSUFFICIENT_STORAGE if is_full(error) else HTTPStatus.SERVICE_UNAVAILABLE)


def show_crash(error: Exception) -> ResponseReturnValue:
    """Anything that nobody foresaw; a full disk is the one that has a name."""
    spare_database()
    log.error("crash", error=type(error).__name__, exc_info=error)
    return show(HTTPStatus.INSUFFICIENT_STORAGE if is_full(error) else HTTPStatus.INTERNAL_SERVER_ERROR)
