"""본인인증: the question to the agency, the code or the PASS app (R-020…R-024)."""

import io
from collections.abc import Sequence
from http import HTTPStatus

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.extensions import client_address, db
from kosme_web.identity import WAY, blueprint, go_on, way
from kosme_web.identity.forms import CodeForm, IdentityForm, WindowForm, answers_of
from kosme_web.identity.texts import (
    AT_THE_CODE,
    CAUSES,
    DENIALS,
    NOT_APPROVED,
    TOO_MANY,
    UNAVAILABLE,
    WRONG_CODE,
    denial_of,
    send_refusal,
)
from kosme_web.models import IdentityVerification
from kosme_web.providers.http import ProviderError
from kosme_web.providers.identity_verification import VerificationRefusedError
from kosme_web.services import identity
from kosme_web.services.identity import Asker, Denial, IdentityDeniedError, Purpose
from kosme_web.services.social_accounts import is_locked_out
from kosme_web.web import pending_social
from kosme_web.web.fields import ascii_digits
from kosme_web.web.languages import both
from kosme_web.web.pending_social import Pending
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import browser_key
from kosme_web.web.social_names import provider_name
from kosme_web.web.toolbox import settings, toolbox

PER_PHONE, PER_ADDRESS = parse("10/hour"), parse("60/hour")
UNPROCESSABLE, UNREACHABLE = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE


def pending() -> Pending | None:
    """Give the SNS account that waits for a membership; it has no part in anything else."""
    return pending_social.pending() if way().purpose is Purpose.SIGN_UP else None


def asker_of(form: IdentityForm) -> Asker:
    attempt = form.attempt.text[:40]
    return Asker(browser_key(), request.remote_addr or "", attempt, settings().identity_key, way().purpose)


def has_window() -> bool:
    return settings().portone_mode == "window"


@blueprint.get(f"/{WAY}")
def ask_identity() -> ResponseReturnValue:
    """Ask who it is; who comes with an SNS account finds its name and number there, and is asked once only."""
    held = pending()
    if held and identity.find_proof(db.session(), browser_key()):
        return go_on()
    known = {"name": held.name, "phone_number": held.phone_number} if held else {}
    data = known | _asked_before()
    return show_question(WindowForm(data=data) if has_window() else IdentityForm(data=data))


@blueprint.post(f"/{WAY}")
def send_question() -> ResponseReturnValue:
    form = (WindowForm if has_window() else IdentityForm)(request.form)
    if not form.validate():
        return show_question(form, UNPROCESSABLE)
    claim = form.claim()
    if not (
        is_within(PER_ADDRESS, "identity", client_address()) and is_within(PER_PHONE, "identity", claim.phone_number)
    ):
        return show_question(form, HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
    asker = asker_of(form)
    if has_window():
        identity.open_window(db.session(), claim, asker)
        return redirect(url_for(".show_window"), HTTPStatus.SEE_OTHER)
    try:
        identity.ask(db.session(), toolbox().identity_verification, claim, asker)
    except VerificationRefusedError as error:
        form.new_attempt()
        return show_question(form, UNPROCESSABLE, send_refusal(error.refusal), CAUSES, error.told)
    except ProviderError:
        return show_question(form, UNREACHABLE, UNAVAILABLE)
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


@blueprint.get(f"/{WAY}/confirm")
def confirm_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key(), way().purpose)
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    if asked.verify_method == identity.WINDOW:
        return redirect(url_for(".show_window"), HTTPStatus.SEE_OTHER)
    return show_confirmation(asked, CodeForm())


@blueprint.post(f"/{WAY}/confirm")
def prove_identity() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key(), way().purpose)
    if asked is None:
        flash(DENIALS[Denial.ENDED], "warn")
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    form = CodeForm(request.form)
    is_sms = asked.verify_method == "SMS"
    if is_sms and not form.validate():
        return show_confirmation(asked, form, UNPROCESSABLE)
    code = ascii_digits(form.code.text) if is_sms else None
    try:
        identity.confirm(db.session(), toolbox().identity_verification, asked, code, settings().identity_key)
    except IdentityDeniedError as error:
        return show_denial(asked, form, error.denial)
    except VerificationRefusedError as error:
        return show_refusal(asked, form, error)
    except ProviderError:
        return show_confirmation(asked, form, UNREACHABLE, UNAVAILABLE)
    return go_on()


@blueprint.post(f"/{WAY}/resend")
def resend_code() -> ResponseReturnValue:
    asked = identity.find(db.session(), browser_key(), way().purpose)
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    try:
        is_proven = identity.resend(db.session(), toolbox().identity_verification, asked, settings().identity_key)
    except IdentityDeniedError as error:
        return show_denial(asked, CodeForm(), error.denial)
    except VerificationRefusedError as error:
        return show_denial(asked, CodeForm(), denial_of(error.refusal) or Denial.TOO_MANY_SENDS, error.told)
    except ProviderError:
        return show_confirmation(asked, CodeForm(), UNREACHABLE, UNAVAILABLE)
    if is_proven:
        return go_on()
    flash(both("A new code was sent"))
    return redirect(url_for(".confirm_identity"), HTTPStatus.SEE_OTHER)


def _asked_before() -> dict[str, str]:
    """Give what this browser was last asked about: whoever starts again need not type it again."""
    asked = identity.find_last(db.session(), browser_key(), way().purpose)
    return answers_of(asked) if asked else {}


def show_question(
    form: IdentityForm,
    status: HTTPStatus = HTTPStatus.OK,
    problem: Markup | None = None,
    causes: Sequence[Markup] = (),
    told: str = "",
) -> ResponseReturnValue:
    if not form.attempt.data:
        form.new_attempt()
    trouble = {"problem": problem, "causes": causes, "told": told}
    looks = {"has_qr": bool(settings().pass_qr_url), "provider": coming_by()}
    html = render_template("identity/ask.html", form=form, **looks, **trouble)
    return html, status


def show_wrong_code(
    asked: IdentityVerification, form: CodeForm, problem: Markup, told: str = ""
) -> ResponseReturnValue:
    form.code.errors = (problem,)
    return show_confirmation(asked, form, UNPROCESSABLE, None, told)


def show_refusal(asked: IdentityVerification, form: CodeForm, error: VerificationRefusedError) -> ResponseReturnValue:
    denial = denial_of(error.refusal)
    if denial:
        return show_denial(asked, form, denial, error.told)
    if asked.verify_method == "SMS":
        return show_wrong_code(asked, form, WRONG_CODE, error.told)
    return show_confirmation(asked, form, UNPROCESSABLE, NOT_APPROVED, error.told)


def show_denial(asked: IdentityVerification, form: CodeForm, denial: Denial, told: str = "") -> ResponseReturnValue:
    """Say why it cannot go on: at the code, if another one helps; else in the place of the form, with the way on."""
    if denial in AT_THE_CODE and asked.verify_method != identity.WINDOW:
        return show_wrong_code(asked, form, DENIALS[denial])
    if denial is Denial.ALREADY_MEMBER:
        return show_membership(asked)
    trouble = {"problem": DENIALS[denial], "causes": CAUSES if denial is Denial.DIFFERS else (), "told": told}
    html = render_template("identity/denied.html", provider=coming_by(), **trouble)
    return html, UNPROCESSABLE


def show_membership(asked: IdentityVerification) -> ResponseReturnValue:
    """Lead who is a member already to the log-in, and whoever came with an SNS account on to linking it there."""
    is_out = is_locked_out(db.session(), asked.identity_key)
    held = pending()
    html = render_template("sign_up/already_member.html", provider=held and held.provider, is_locked_out=is_out)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY


def coming_by() -> Markup | None:
    """Give the provider of the SNS account this browser signs up with, if it does."""
    held = pending()
    return provider_name(held.provider) if held else None


def show_confirmation(
    asked: IdentityVerification,
    form: CodeForm,
    status: HTTPStatus = HTTPStatus.OK,
    problem: Markup | None = None,
    told: str = "",
) -> ResponseReturnValue:
    causes = CAUSES if problem or form.code.errors else ()
    trouble = {"problem": problem, "causes": causes, "told": told}
    html = render_template("identity/confirm.html", asked=asked, form=form, provider=coming_by(), **trouble)
    return html, status


@blueprint.get(f"/{WAY}/qr.svg")
def show_qr() -> ResponseReturnValue:
    """Give the QR code that the PASS app scans, for this browser's own verification."""
    asked = identity.find(db.session(), browser_key(), way().purpose)
    if asked is None or not settings().pass_qr_url:
        return "", HTTPStatus.NOT_FOUND
    out = io.BytesIO()
    segno.make(settings().pass_qr_url.format(id=asked.id), error="m").save(out, kind="svg", scale=6, light="white")
    return out.getvalue(), HTTPStatus.OK, {"Content-Type": "image/svg+xml"}
