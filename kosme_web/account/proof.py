"""본인 확인: before what opens the account changes, the member shows again to be the one."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.account import blueprint
from kosme_web.extensions import db
from kosme_web.services import passwords, social_accounts
from kosme_web.web.fields import AtMost, BilingualForm, Required, TextField
from kosme_web.web.languages import both
from kosme_web.web.paths import is_own_path
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import is_freshly_proved, logged_in_user, note_proof

PER_MEMBER = parse("10/15minutes")
CONFIRMED = both("Confirmed. You can change your account for the next 5 minutes.")


AGAIN = both("To be sure that it is you, confirm yourself in a new tab. Then press the button here again.")


class PasswordForm(BilingualForm):
    password = TextField(both("Password"), [Required(both("Enter your password")), AtMost(128)])

    def is_right(self) -> bool:
        """Judge the password against the member's own; each try counts."""
        user = logged_in_user()
        if not self.validate():
            return False
        if not is_within(PER_MEMBER, "prove", str(user.id)):
            abort(HTTPStatus.TOO_MANY_REQUESTS)
        if passwords.is_password(user.password_hash or passwords.NOBODY, self.password.data or ""):
            return True
        self.password.errors = (both("This is not your password"),)
        return False


def wanted() -> ResponseReturnValue | None:
    """Lead to the proof and back to this page, unless one was given just now."""
    if is_freshly_proved():
        return None
    return redirect(url_for(".ask_proof", next=request.path), HTTPStatus.SEE_OTHER)


def missing() -> HTTPStatus | None:
    """Give the status of the answer that asks for a proof in another tab and keeps what was typed, if there is none."""
    if is_freshly_proved():
        return None
    flash(AGAIN, "warn")
    return HTTPStatus.FORBIDDEN


def done(told: Markup) -> ResponseReturnValue:
    """Go back to the first page of the account and say what was done."""
    flash(told)
    return redirect(url_for(".show_account"), HTTPStatus.SEE_OTHER)


@blueprint.get("/prove")
def ask_proof() -> ResponseReturnValue:
    return show_proof(PasswordForm())


@blueprint.post("/prove")
def prove() -> ResponseReturnValue:
    form = PasswordForm(request.form)
    if not form.is_right():
        return show_proof(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    note_proof()
    flash(CONFIRMED)
    return redirect(target(), HTTPStatus.SEE_OTHER)


def target() -> str:
    wish = request.values.get("next", "")
    return wish if is_own_path(wish) else url_for(".show_account")


def show_proof(form: PasswordForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    user = logged_in_user()
    accounts = [] if user.password_hash else social_accounts.accounts_of(db.session(), user)
    return render_template("account/prove.html", form=form, accounts=accounts, next=target()), status
