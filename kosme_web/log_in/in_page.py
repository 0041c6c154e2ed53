"""로그인 유지: what an open page asks and is told of its log-in, so that its end costs nothing that was typed there."""

from http import HTTPStatus

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import csrf, login_manager
from kosme_web.log_in import blueprint, recognised
from kosme_web.web import carried
from kosme_web.web.carried import CarriedError, Sealed
from kosme_web.web.languages import both
from kosme_web.web.log_in_form import LogInForm, show_log_in
from kosme_web.web.partials import OURS, partial_response
from kosme_web.web.session import introduce, is_logged_in, peek, start_log_in

ANOTHER = both("You are logged in as another person. What was typed on the page before was not saved here.")


@blueprint.get("/session")
def tell_session() -> ResponseReturnValue:
    """Tell how long the log-in lasts; being asked does not make it longer."""
    return introduced() if peek() else login_manager.unauthorized()


@blueprint.post("/session/extend")
def extend_session() -> ResponseReturnValue:
    """계속 로그인: the visit itself makes the log-in last longer."""
    return introduced() if is_logged_in() else login_manager.unauthorized()


@blueprint.get("/session/warning")
def warn_of_end() -> ResponseReturnValue:
    """Give the words for a log-in that is about to end; asking for them does not make it longer."""
    peek()
    return partial_response("log_in/_warning.html")


@blueprint.get("/session/another")
def greet_another() -> ResponseReturnValue:
    """Lead away from a page on which somebody else has worked."""
    flash(ANOTHER, "warn")
    return redirect(url_for("resume.list_resumes"), HTTPStatus.SEE_OTHER)


@blueprint.get("/log-in/elsewhere")
def end_elsewhere() -> ResponseReturnValue:
    """Send whoever logged in here, for a page that is open in another tab, back to it."""
    return render_template("log_in/elsewhere.html")


@blueprint.post("/log-in/again")
@carried.takes_carried
def log_in_again() -> ResponseReturnValue:
    """Log in on the page that holds what was typed when the log-in had ended."""
    form, sealed = LogInForm(request.form), carried.sealed_in_post()
    outcome = recognised(form)
    if isinstance(outcome, HTTPStatus):
        return show_log_in(form, outcome, sealed)
    start_log_in(outcome)
    return show_carried(sealed)


@blueprint.post("/log-in/go-on")
@carried.takes_carried
@csrf.exempt  # type: ignore[untyped-decorator]
def go_on() -> ResponseReturnValue:
    """Go on after a log-in in another tab. It changes nothing, and opens what was sealed for this person only."""
    if not carried.is_from_our_page():
        abort(HTTPStatus.BAD_REQUEST)
    sealed = carried.sealed_in_post()
    return show_carried(sealed) if is_logged_in() else show_log_in(LogInForm(), HTTPStatus.UNAUTHORIZED, sealed)


def show_carried(sealed: Sealed) -> ResponseReturnValue:
    try:
        post = carried.opened(sealed)
    except CarriedError:
        return greet_another()
    return render_template("log_in/go_on.html", carried=post)


def introduced() -> Response:
    """Say nothing but who is logged in, and for how long."""
    response = introduce(make_response("", HTTPStatus.NO_CONTENT))
    response.headers[OURS] = "true"
    return response
