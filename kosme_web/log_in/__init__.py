"""로그인, 로그아웃: ID, password and name; one error text, one timing, bounded tries (R-040, R-041)."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from kosme_web.domain.credentials import login_id_key
from kosme_web.extensions import client_address, db
from kosme_web.models import User
from kosme_web.services import consents
from kosme_web.services.accounts import recognise
from kosme_web.web import pending_social
from kosme_web.web.languages import both
from kosme_web.web.log_in_form import LogInForm, show_log_in
from kosme_web.web.partials import is_htmx
from kosme_web.web.paths import is_own_path
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import end_log_in, is_logged_in, start_log_in

blueprint = Blueprint("log_in", __name__)
PER_ACCOUNT, PER_ADDRESS, OVERALL = parse("10/15minutes"), parse("60/15minutes"), parse("3000/15minutes")
WRONG = both("ID, password and name do not match a member. Check all three")
TOO_MANY = both("Too many tries. Wait a few minutes and try again")


def safe_path(target: str) -> str:
    return target if is_own_path(target) else url_for("resume.list_resumes")


@blueprint.get("/log-in")
def log_in() -> ResponseReturnValue:
    if is_logged_in():
        return in_page.introduced() if is_htmx() else go_to(request.args.get("next", ""))
    return show_log_in(LogInForm(), HTTPStatus.OK)


@blueprint.post("/log-in")
def check_log_in() -> ResponseReturnValue:
    form = LogInForm(request.form)
    outcome = recognised(form)
    if isinstance(outcome, HTTPStatus):
        return show_log_in(form, outcome)
    return finish(outcome, request.form.get("next", ""))


def recognised(form: LogInForm) -> User | HTTPStatus:
    """Give the member, or the status of the answer, with the reason in the form."""
    if not form.validate():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not _has_tries(form.login_id.text):
        form.login_id.errors = (TOO_MANY,)
        return HTTPStatus.TOO_MANY_REQUESTS
    user = recognise(db.session(), form.login_id.text, form.password.data or "", form.name.text)
    if user is None:
        form.login_id.errors = (WRONG,)
    return user or HTTPStatus.UNPROCESSABLE_ENTITY


def finish(user: User, target: str) -> ResponseReturnValue:
    """Log in and go on; only who came to link an SNS account still has it afterwards, and who leaves is told first."""
    path = url_for("account.show_leaving") if user.is_leaving else safe_path(target)
    start_log_in(user, keep=pending_social.KEY if path == url_for("account.confirm_link") else "")
    if is_htmx():
        return in_page.introduced()
    return redirect(url_for("account.show_review", next=path), HTTPStatus.SEE_OTHER) if is_asked(user) else go_to(path)


def is_asked(user: User) -> bool:
    """Whether a text changed since the member agreed to it, or two years have passed since."""
    said = consents.standing(db.session(), user.id)
    return bool(consents.changed_texts(said) or consents.to_renew(said))


def go_to(target: str) -> ResponseReturnValue:
    return redirect(safe_path(target), HTTPStatus.SEE_OTHER)


@blueprint.post("/log-out")
def log_out() -> ResponseReturnValue:
    """End the log-in, and have the browser forget what it kept of this site, but for the language."""
    end_log_in()
    response = make_response(go_to(url_for("home.index")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _has_tries(login_id: str) -> bool:
    """Count this try against the account, the address and all of us; a limit store that is away counts as used up."""
    return (
        is_within(OVERALL, "log-in")
        and is_within(PER_ADDRESS, "log-in", client_address())
        and is_within(PER_ACCOUNT, "log-in", login_id_key(login_id))
    )


from kosme_web.log_in import in_page, notices, recovery, social  # noqa: E402, F401  register their routes
