"""개인회원가입 → 회원정보 입력, 동의, 완료 (R-030…R-038); the verified name and number stand fixed."""

from dataclasses import replace
from http import HTTPStatus

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from werkzeug.datastructures import MultiDict

from kosme_web.domain import legal
from kosme_web.extensions import client_address, db
from kosme_web.models import IdentityVerification
from kosme_web.services import identity
from kosme_web.services.accounts import AlreadyMemberError, LoginIdTakenError, is_login_id_free, sign_up
from kosme_web.services.consents import Shown
from kosme_web.services.social_accounts import SocialTakenError
from kosme_web.sign_up import blueprint, kept_answers
from kosme_web.sign_up.forms.member_details import MemberForm, SocialMemberForm
from kosme_web.web import address_search, pending_social
from kosme_web.web.address_search import AddressSearchPanel
from kosme_web.web.languages import both, page_display
from kosme_web.web.partials import is_htmx, partial_response
from kosme_web.web.passwords import ID_TAKEN
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import browser_key, start_log_in
from kosme_web.web.social_names import provider_name

PER_ADDRESS = parse("120/hour")
KEPT = both("Your verification has run out. Verify yourself once more: what you typed is kept, all but the password.")
NOT_KEPT = both("Your verification has run out. Verify yourself once more, then fill in the form again.")


def proof_or_none() -> IdentityVerification | None:
    return identity.find_proof(db.session(), browser_key())


def ask_again() -> ResponseReturnValue:
    return redirect(url_for("identity.ask_identity"), HTTPStatus.SEE_OTHER)


def verify_again() -> ResponseReturnValue:
    """Ask who it is once more; the answers wait for the way back here."""
    flash(KEPT if kept_answers.keep(identity.find(db.session(), browser_key())) else NOT_KEPT, "warn")
    return ask_again()


def member_form(texts: MultiDict[str, str]) -> MemberForm | SocialMemberForm:
    """Give the form with these texts; with an SNS account it asks for no ID and no password."""
    held = pending_social.pending()
    if held is None:
        return MemberForm(texts)
    return SocialMemberForm(texts, data={"email": held.email})


@blueprint.get("/member")
def enter_details() -> ResponseReturnValue:
    proof = proof_or_none()
    return show_form(proof, member_form(kept_answers.kept(proof))) if proof else ask_again()


@blueprint.post("/member")
def complete_sign_up() -> ResponseReturnValue:
    proof = proof_or_none()
    if proof is None:
        return verify_again()
    form, held = member_form(request.form), pending_social.pending()
    if "agree_all" in request.form:
        form.agree_to_all()
    if not form.judge(proof):
        return show_form(proof, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    member = replace(form.member(), social=held.identity if held else None)
    try:
        user = sign_up(db.session(), proof, member, Shown(page_display(), g.get("request_id", "")))
    except LoginIdTakenError:
        form["login_id"].errors = (ID_TAKEN,)
        return show_form(proof_or_none() or proof, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except AlreadyMemberError:
        return ask_again()
    except SocialTakenError:
        return log_in_instead()
    if held:
        start_log_in(user)  # with what the provider just vouched for; an ID and a password are tried out instead
    return redirect(url_for(".show_completion"), HTTPStatus.SEE_OTHER)


def log_in_instead() -> ResponseReturnValue:
    """The SNS account has got a membership in the meantime, from another window say (R-015)."""
    pending_social.forget()
    flash(both("This SNS account opens a membership already. Log in with it"))
    return redirect(url_for("log_in.log_in"), HTTPStatus.SEE_OTHER)


@blueprint.get("/complete")
def show_completion() -> ResponseReturnValue:
    return render_template("sign_up/complete.html")


@blueprint.post("/member/login-id")
def check_login_id() -> ResponseReturnValue:
    """Tell whether the ID is free, to a person who has proven a phone, and not without end."""
    form = MemberForm(request.form)
    login_id = form.login_id.text
    is_free = False
    if proof_or_none() is None or not is_within(PER_ADDRESS, "login-id", client_address()):
        return "", HTTPStatus.NO_CONTENT
    if login_id and form.login_id.validate(form, [lambda _, field: form.validate_login_id(field)]):
        is_free = is_login_id_free(db.session(), login_id)
        form.login_id.errors = () if is_free else (ID_TAKEN,)
    return partial_response("sign_up/_login_id_answer.html", form=form, is_free=is_free)


@blueprint.post("/member/address")
def open_address_search() -> ResponseReturnValue:
    proof = proof_or_none()
    return show_panel(proof, address_search.opened()) if proof else verify_again()


@blueprint.post("/member/address/search")
def search_address() -> ResponseReturnValue:
    """Search for a person who has proven a phone, and for nobody else: the service counts our questions."""
    proof = proof_or_none()
    return show_panel(proof, address_search.searched()) if proof else verify_again()


@blueprint.post("/member/address/suggest")
def suggest_addresses() -> ResponseReturnValue:
    return address_search.show_suggested(address_urls()) if proof_or_none() else verify_again()


def show_panel(proof: IdentityVerification, panel: AddressSearchPanel) -> ResponseReturnValue:
    """Show the search in the dialog, or without the script in the page, with everything typed still in it."""
    if is_htmx():
        return address_search.show_dialog(panel, address_urls())
    return show_form(proof, member_form(request.form), search=panel)


@blueprint.post("/member/address/choose")
def choose_address() -> ResponseReturnValue:
    proof = proof_or_none()
    if proof is None:
        return verify_again()
    form = member_form(request.form)
    address_search.fill(form)
    if is_htmx():
        return address_search.close_with(form)
    return show_form(proof, form)


def address_urls() -> dict[str, str]:
    return address_search.urls("sign_up")


def show_form(
    proof: IdentityVerification,
    form: MemberForm | SocialMemberForm,
    status: HTTPStatus = HTTPStatus.OK,
    search: AddressSearchPanel | None = None,
) -> ResponseReturnValue:
    texts = [(form[kind.lower()], legal.current(kind)) for kind in legal.REQUIRED_AT_SIGN_UP]
    held = pending_social.pending()
    html = render_template(
        "sign_up/member.html",
        proof=proof,
        form=form,
        texts=texts,
        search=search,
        urls=address_urls(),
        provider=held and provider_name(held.provider),
    )
    return html, status
