"""개인회원가입 → 본인인증: the choice, the question to the agency, the code or the PASS app (R-003, R-020…R-024)."""

import io
from collections.abc import Sequence
from http import HTTPStatus

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.extensions import client_address, db
from kosme_web.models import IdentityVerification
from kosme_web.providers.http import ProviderError
from kosme_web.providers.identity_verification import Refusal, VerificationRefusedError
from kosme_web.services import identity
from kosme_web.services.identity import Denial, IdentityDeniedError
from kosme_web.services.social_accounts import is_locked_out
from kosme_web.sign_up import blueprint
from kosme_web.sign_up.forms.identity_verification import CodeForm, IdentityForm, answers_of
from kosme_web.web import pending_social
from kosme_web.web.fields import ascii_digits
from kosme_web.web.languages import both
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import browser_key
from kosme_web.web.social_names import provider_name
from kosme_web.web.toolbox import settings, toolbox

PER_PHONE, PER_ADDRESS = parse("10/hour"), parse("60/hour")
UNAVAILABLE = both("Verification is temporarily unavailable. What you typed is kept. Try again in a few minutes")
REFUSED = both("Your carrier could not confirm this person")
WRONG_CODE = both("The code is not the one we sent, or it is too old. Check it, or have it sent again")
NOT_APPROVED = both("The PASS app has not approved yet. Approve there first, then press the button again")
TOO_MANY = both("Too many codes were sent to this number. Wait an hour and try again")
CAUSES = (
    both("The name must be as your carrier has it: order, capitals and spaces can differ from your card"),
    both("Budget carriers (MVNO) need the right network: SKT, KT or LG U+"),
    both("The line must be in your own name and registered with your residence card"),
    both("Check the date of birth and the number for typing errors"),
    both("The carrier itself may be out of order for a while"),
)
DENIALS = {
    Denial.EXPIRED: both("The time for this code is over. Have a new one sent"),
    Denial.TOO_MANY_TRIES: both("Too many wrong codes. Start the verification again"),
    Denial.TOO_MANY_SENDS: both("The code was sent too often. Start the verification again"),
    Denial.DIFFERS: both("The verified person differs from what you wrote. Check name, date of birth and number"),
    Denial.UNDER_AGE: both("People under 15 may not sign up, because the law does not let them be employed"),
    Denial.ENDED: both("This verification has ended. Start again"),
}
AT_THE_CODE = (Denial.EXPIRED,)  # what another code puts right; after every other denial there is nothing to type


@blueprint.get("")
def choose_method() -> ResponseReturnValue:
    return render_template("sign_up/choose_method.html", has_pending=pending_social.pending() is not None)


@blueprint.get("/identity")
def ask_identity() -> ResponseReturnValue:
    """Ask who it is; who comes with an SNS account finds its name and number there, and is asked once only."""
    held = pending_social.pending()
    if held and identity.find_proof(db.session(), browser_key()):
        return redirect(url_for(".enter_details"), HTTPStatus.SEE_OTHER)
    known = {"name": held.name, "phone_number": held.phone_number} if held else {}
    return show_question(IdentityForm(data=known | _asked_before()))


@blueprint.post("/identity")
def send_question() -> ResponseReturnValue:
    form = IdentityForm(request.form)
    if not form.validate():
        return show_question(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    claim = form.claim()
    if not (
        is_within(PER_ADDRESS, "identity", client_address()) and is_within(PER_PHONE, "identity", claim.phone_number)
    ):
        return show_question(form, HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
    try:
        identity.ask(db.session(), toolbox().identity_verification, claim, browser_key(), request.remote_addr or "")
    except VerificationRefusedError:
        return show_question(form, HTTPStatus.UNPROCESSABLE_ENTITY, REFUSED, CAUSES)
    except ProviderError:
        return show_question(form, HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


@blueprint.get("/identity/confirm")
def confirm_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    return show_confirmation(asked, CodeForm())


@blueprint.post("/identity/confirm")
def prove_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        flash(DENIALS[Denial.ENDED], "warn")
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    form = CodeForm(request.form)
    is_sms = asked.verify_method == "SMS"
    if is_sms and not form.validate():
        return show_confirmation(asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    code = ascii_digits(form.code.text) if is_sms else None
    try:
        identity.confirm(db.session(), toolbox().identity_verification, asked, code, settings().identity_key)
    except IdentityDeniedError as error:
        return show_denial(asked, form, error.denial)
    except VerificationRefusedError as error:
        return show_refusal(asked, form, error.refusal)
    except ProviderError:
        return show_confirmation(asked, form, HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)
    return redirect(url_for(".enter_details"), HTTPStatus.SEE_OTHER)


@blueprint.post("/identity/resend")
def resend_code() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key())
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    try:
        identity.resend(db.session(), toolbox().identity_verification, asked)
    except (IdentityDeniedError, VerificationRefusedError):
        return show_denial(asked, CodeForm(), Denial.TOO_MANY_SENDS)
    except ProviderError:
        return show_confirmation(asked, CodeForm(), HTTPStatus.SERVICE_UNAVAILABLE, UNAVAILABLE)
    flash(both("A new code was sent"))
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


def _asked_before() -> dict[str, str]:
    """Give what this browser was last asked about: whoever starts again need not type it again."""
    asked = identity.find_last(db.session(), browser_key())
    return answers_of(asked) if asked else {}


def show_question(
    form: IdentityForm,
    status: HTTPStatus = HTTPStatus.OK,
    problem: Markup | None = None,
    causes: Sequence[Markup] = (),
) -> ResponseReturnValue:
    html = render_template(
        "sign_up/identity.html",
        form=form,
        problem=problem,
        causes=causes,
        has_qr=bool(settings().pass_qr_url),
        provider=coming_by(),
    )
    return html, status


def show_wrong_code(asked: IdentityVerification, form: CodeForm, problem: Markup) -> ResponseReturnValue:
    form.code.errors = (problem,)
    return show_confirmation(asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def show_refusal(asked: IdentityVerification, form: CodeForm, refusal: Refusal) -> ResponseReturnValue:
    if refusal is Refusal.TOO_MANY:
        return show_denial(asked, form, Denial.TOO_MANY_TRIES)
    if asked.verify_method == "SMS":
        return show_wrong_code(asked, form, WRONG_CODE)
    return show_confirmation(asked, form, HTTPStatus.UNPROCESSABLE_ENTITY, NOT_APPROVED)


def show_denial(asked: IdentityVerification, form: CodeForm, denial: Denial) -> ResponseReturnValue:
    """Say why it cannot go on: at the code, if another one helps; else in the place of the form, with the way on."""
    if denial in AT_THE_CODE:
        return show_wrong_code(asked, form, DENIALS[denial])
    if denial is Denial.ALREADY_MEMBER:
        return show_membership(asked)
    causes = CAUSES if denial is Denial.DIFFERS else ()
    html = render_template("sign_up/denied.html", problem=DENIALS[denial], causes=causes, provider=coming_by())
    return html, HTTPStatus.UNPROCESSABLE_ENTITY


def show_membership(asked: IdentityVerification) -> ResponseReturnValue:
    """Lead who is a member already to the log-in, and whoever came with an SNS account on to linking it there."""
    is_out = is_locked_out(db.session(), asked.identity_key)
    html = render_template("sign_up/already_member.html", provider=coming_by(), is_locked_out=is_out)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY


def coming_by() -> Markup | None:
    """Give the provider of the SNS account this browser signs up with, if it does."""
    held = pending_social.pending()
    return provider_name(held.provider) if held else None


def show_confirmation(
    asked: IdentityVerification, form: CodeForm, status: HTTPStatus = HTTPStatus.OK, problem: Markup | None = None
) -> ResponseReturnValue:
    causes = CAUSES if problem or form.code.errors else ()
    html = render_template(
        "sign_up/confirm.html", asked=asked, form=form, problem=problem, causes=causes, provider=coming_by()
    )
    return html, status


@blueprint.get("/identity/qr.svg")
def show_qr() -> ResponseReturnValue:
    """Give the QR code that the PASS app scans, for this browser's own verification."""
    asked = identity.find(db.session(), browser_key())
    if asked is None or not settings().pass_qr_url:
        return "", HTTPStatus.NOT_FOUND
    out = io.BytesIO()
    segno.make(settings().pass_qr_url.format(id=asked.id), error="m").save(out, kind="svg", scale=6, light="white")
    return out.getvalue(), HTTPStatus.OK, {"Content-Type": "image/svg+xml"}
