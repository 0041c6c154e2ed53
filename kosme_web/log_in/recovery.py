"""아이디 찾기, 비밀번호 재설정: what somebody who was verified may ask for; the answer is the same for everybody."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.log_in import blueprint
from kosme_web.models import IdentityVerification
from kosme_web.services import identity, recovery
from kosme_web.services.identity import Purpose
from kosme_web.services.recovery import ProofUsedError
from kosme_web.web.fields import BilingualForm, TextField
from kosme_web.web.languages import both, page_display
from kosme_web.web.passwords import REQUIRED, is_good_password, own_data
from kosme_web.web.session import browser_key

SENT = both("A text message is on its way to the number you verified. It tells your ID, or that you are no member yet.")
SET = both(
    "Done. A text message is on its way to the number you verified. It tells which ID your new password belongs to, "
    "or that you are no member yet."
)


class NewPasswordForm(BilingualForm):
    password = TextField(both("New password"), [REQUIRED])


def proof_or_none() -> IdentityVerification | None:
    return identity.find_proof(db.session(), browser_key(), Purpose.RECOVERY)


def ask_again() -> ResponseReturnValue:
    return redirect(url_for("identity.ask_identity", way="recover"), HTTPStatus.SEE_OTHER)


@blueprint.get("/recover")
def show_recovery() -> ResponseReturnValue:
    proof = proof_or_none()
    return show_page(proof, NewPasswordForm()) if proof else ask_again()


@blueprint.post("/recover/login-id")
def send_login_id() -> ResponseReturnValue:
    proof = proof_or_none()
    if proof is None:
        return ask_again()
    recovery.send_login_id(db.session(), proof, page_display())
    flash(SENT)
    return redirect(url_for(".show_recovery"), HTTPStatus.SEE_OTHER)


@blueprint.post("/recover/password")
def set_password() -> ResponseReturnValue:
    proof = proof_or_none()
    if proof is None:
        return ask_again()
    form = NewPasswordForm(request.form)
    form.validate()
    if not is_good_password(form.password, own_data(proof, "")):
        return show_page(proof, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        recovery.set_password(db.session(), proof, form.password.data or "", page_display())
    except ProofUsedError:
        return ask_again()
    flash(SET)
    return redirect(url_for(".log_in"), HTTPStatus.SEE_OTHER)


def show_page(
    proof: IdentityVerification, form: NewPasswordForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    return render_template("log_in/recovery.html", proof=proof, form=form), status
