"""개인회원가입 → 본인인증: the choice, the question to the agency, the code or the PASS app (R-003, R-020…R-024)."""

import io
from http import HTTPStatus

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.extensions import client_address, db
from kosme_web.models import IdentityVerification
from kosme_web.providers.http import ProviderError
from kosme_web.providers.identity_verification import VerificationRefusedError
from kosme_web.services import identity
from kosme_web.services.identity import Asker, Denial, IdentityDeniedError
from kosme_web.sign_up import blueprint
from kosme_web.sign_up.forms.identity_verification import CodeForm, IdentityForm, WindowForm
from kosme_web.sign_up.identity_texts import (
    CAUSES,
    DENIALS,
    TOO_MANY,
    UNAVAILABLE,
    confirm_refusal,
    resend_refusal,
    send_refusal,
)
from kosme_web.web.fields import ascii_digits
from kosme_web.web.languages import both
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import browser_key
from kosme_web.web.toolbox import settings, toolbox

PER_PHONE, PER_ADDRESS = parse("10/hour"), parse("60/hour")
UNPROCESSABLE, UNREACHABLE = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE


def has_window() -> bool:
    return settings().portone_mode == "window"


@blueprint.get("")
def choose_method() -> ResponseReturnValue:
    return render_template("sign_up/choose_method.html")


@blueprint.get("/identity")
def ask_identity() -> ResponseReturnValue:
    return show_question(WindowForm() if has_window() else IdentityForm())


@blueprint.post("/identity")
def send_question() -> ResponseReturnValue:
    form = (WindowForm if has_window() else IdentityForm)(request.form)
    if not form.validate():
        return show_question(form, UNPROCESSABLE)
    claim = form.claim()
    if not (
        is_within(PER_ADDRESS, "identity", client_address()) and is_within(PER_PHONE, "identity", claim.phone_number)
    ):
        return show_question(form, HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
    asker = Asker(browser_key(), request.remote_addr or "", form.attempt.text[:40], settings().identity_key)
    if has_window():
        identity.open_window(db.session(), claim, asker)
        return redirect(url_for(".show_window"), HTTPStatus.SEE_OTHER)
    try:
        identity.ask(db.session(), toolbox().identity_verification, claim, asker)
    except VerificationRefusedError as error:
        form.new_attempt()
        return show_question(form, UNPROCESSABLE, send_refusal(error.refusal), error.told)
    except ProviderError:
        return show_question(form, UNREACHABLE, UNAVAILABLE)
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


@blueprint.get("/identity/confirm")
def confirm_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    if asked.verify_method == identity.WINDOW:
        return redirect(url_for(".show_window"), HTTPStatus.SEE_OTHER)
    return show_confirmation(asked, CodeForm())


@blueprint.post("/identity/confirm")
def prove_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        flash(DENIALS[Denial.ENDED])
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    form = CodeForm(request.form)
    is_sms = asked.verify_method == "SMS"
    if is_sms and not form.validate():
        return show_confirmation(asked, form, UNPROCESSABLE)
    code = ascii_digits(form.code.text) if is_sms else None
    try:
        identity.confirm(db.session(), toolbox().identity_verification, asked, code, settings().identity_key)
    except IdentityDeniedError as error:
        return show_confirmation(asked, form, UNPROCESSABLE, DENIALS[error.denial])
    except VerificationRefusedError as error:
        problem = confirm_refusal(error.refusal, is_sms=is_sms)
        return show_confirmation(asked, form, UNPROCESSABLE, problem, error.told)
    except ProviderError:
        return show_confirmation(asked, form, UNREACHABLE, UNAVAILABLE)
    return redirect(url_for(".enter_details"), HTTPStatus.SEE_OTHER)


@blueprint.post("/identity/resend")
def resend_code() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    try:
        is_proven = identity.resend(db.session(), toolbox().identity_verification, asked, settings().identity_key)
    except IdentityDeniedError as error:
        return show_confirmation(asked, CodeForm(), UNPROCESSABLE, DENIALS[error.denial])
    except VerificationRefusedError as error:
        return show_confirmation(asked, CodeForm(), UNPROCESSABLE, resend_refusal(error.refusal), error.told)
    except ProviderError:
        return show_confirmation(asked, CodeForm(), UNREACHABLE, UNAVAILABLE)
    if is_proven:
        return redirect(url_for(".enter_details"), HTTPStatus.SEE_OTHER)
    flash(both("A new code was sent"))
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


def show_question(
    form: IdentityForm, status: HTTPStatus = HTTPStatus.OK, problem: Markup | None = None, told: str = ""
) -> ResponseReturnValue:
    if not form.attempt.data:
        form.new_attempt()
    trouble = {"problem": problem, "told": told, "causes": CAUSES}
    html = render_template("sign_up/identity.html", form=form, has_qr=bool(settings().pass_qr_url), **trouble)
    return html, status


def show_confirmation(
    asked: IdentityVerification,
    form: CodeForm,
    status: HTTPStatus = HTTPStatus.OK,
    problem: Markup | None = None,
    told: str = "",
) -> ResponseReturnValue:
    trouble = {"problem": problem, "told": told, "causes": CAUSES}
    return render_template("sign_up/confirm.html", asked=asked, form=form, **trouble), status


@blueprint.get("/identity/qr.svg")
def show_qr() -> ResponseReturnValue:
    """Give the QR code that the PASS app scans, for this browser's own verification."""
    asked = identity.find(db.session(), browser_key())
    if asked is None or not settings().pass_qr_url:
        return "", HTTPStatus.NOT_FOUND
    out = io.BytesIO()
    segno.make(settings().pass_qr_url.format(id=asked.id), error="m").save(out, kind="svg", scale=6, light="white")
    return out.getvalue(), HTTPStatus.OK, {"Content-Type": "image/svg+xml"}
