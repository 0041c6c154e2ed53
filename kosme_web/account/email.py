"""내 정보 → 이메일: another address, confirmed by a code that is sent there; or none."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from kosme_web.account import blueprint, proof
from kosme_web.extensions import db
from kosme_web.services import email_changes
from kosme_web.services.email_changes import Outcome
from kosme_web.web.email_codes import code_of
from kosme_web.web.fields import AtMost, BilingualForm, Required, TextField, ascii_digits
from kosme_web.web.languages import both
from kosme_web.web.member_forms import EmailForm
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user

PER_MEMBER = parse("10/hour")
TOO_MANY = both("Too many codes were sent. Wait an hour and try again")
ENDED = both("This code is no longer valid. Have a new one sent")
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class CodeForm(BilingualForm):
    code = TextField(both("Verification code"), [Required(both("Enter the code from the mail")), AtMost(20)])


@blueprint.get("/email")
def show_email() -> ResponseReturnValue:
    return proof.wanted() or show_page(EmailForm(data={"email": logged_in_user().email}))


@blueprint.post("/email")
def change_email() -> ResponseReturnValue:
    """Send a code to what was typed; an empty field removes the address."""
    form, user = EmailForm(request.form), logged_in_user()
    if not form.validate():
        return show_page(form, UNPROCESSABLE)
    if missing := proof.missing():
        return show_page(form, missing)
    if not form.email.text:
        email_changes.remove(db.session(), user)
        return proof.done(both("Your e-mail address was removed"))
    if not is_within(PER_MEMBER, "email-code", str(user.id)):
        form.email.errors = (TOO_MANY,)
        return show_page(form, HTTPStatus.TOO_MANY_REQUESTS)
    email_changes.begin(db.session(), user, form.email.text)
    return redirect(url_for(".show_email_code"), HTTPStatus.SEE_OTHER)


@blueprint.get("/email/code")
def show_email_code() -> ResponseReturnValue:
    return show_code(CodeForm())


@blueprint.post("/email/code")
def confirm_email() -> ResponseReturnValue:
    form = CodeForm(request.form)
    if not form.validate():
        return show_code(form, UNPROCESSABLE)
    outcome = email_changes.confirm(db.session(), logged_in_user(), ascii_digits(form.code.text), code_of)
    if outcome is Outcome.WRONG:
        form.code.errors = (both("The code is not the one we sent. Check it"),)
        return show_code(form, UNPROCESSABLE)
    if outcome is Outcome.ENDED:
        return start_again()
    return proof.done(both("Your e-mail address is confirmed"))


def start_again() -> ResponseReturnValue:
    flash(ENDED, "warn")
    return redirect(url_for(".show_email"), HTTPStatus.SEE_OTHER)


def show_page(form: EmailForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    return render_template("account/email.html", form=form, asks_proof=status is HTTPStatus.FORBIDDEN), status


def show_code(form: CodeForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    change = email_changes.find(db.session(), logged_in_user())
    if change is None:
        return start_again()
    return render_template("account/email_code.html", form=form, change=change), status
