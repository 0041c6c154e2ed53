"""내 정보 → SNS 계정: linking and unlinking, each only after the member has just shown to be the one."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.account import blueprint
from kosme_web.account.proof import CONFIRMED, PasswordForm
from kosme_web.domain.social import SocialProvider
from kosme_web.extensions import db
from kosme_web.models import SocialAccount
from kosme_web.services import social_accounts
from kosme_web.services.social_accounts import LastWayInError, SocialTakenError
from kosme_web.web import pending_social
from kosme_web.web.languages import both, message
from kosme_web.web.session import end_other_log_ins, is_freshly_proved, logged_in_user, note_proof
from kosme_web.web.social_log_in import Purpose, Trip
from kosme_web.web.social_names import account_name, has_sso, of_provider, offered_sns
from kosme_web.web.social_pages import leave

PROVIDER = "<any(naver, kakao, facebook, sso):provider>"
PROVE_FIRST = both("First confirm that it is you")
LAST_WAY = both("This is your only way to log in, so it cannot be unlinked.")


@blueprint.get("/social")
def show_social() -> ResponseReturnValue:
    return show_page(PasswordForm())


@blueprint.post("/social/prove")
def prove_by_password() -> ResponseReturnValue:
    form = PasswordForm(request.form)
    if logged_in_user().password_hash is None:
        return stay(PROVE_FIRST)
    if not form.is_right():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    note_proof()
    return to_page(CONFIRMED)


@blueprint.post(f"/social/{PROVIDER}/prove")
def prove_by_provider(provider: str) -> ResponseReturnValue:
    target = request.form.get("next", "")[:200]
    return leave(Trip(SocialProvider(provider), Purpose.PROVE, next=target, member=str(logged_in_user().id)))


@blueprint.post(f"/social/{PROVIDER}/link")
def link(provider: str) -> ResponseReturnValue:
    if not is_freshly_proved():
        return stay(PROVE_FIRST)
    return leave(Trip(SocialProvider(provider), Purpose.LINK, member=str(logged_in_user().id)))


@blueprint.post("/social/<uuid:account_id>/unlink")
def unlink(account_id: UUID) -> ResponseReturnValue:
    """Go to the provider, so that the link ends there too: only a fresh log-in there gives us the right to say so."""
    account, problem = unlinkable(account_id)
    if problem:
        return stay(problem)
    member = str(logged_in_user().id)
    return leave(Trip(SocialProvider(account.provider), Purpose.UNLINK, member=member, account=str(account.id)))


@blueprint.post("/social/<uuid:account_id>/remove")
def remove(account_id: UUID) -> ResponseReturnValue:
    """End the link on our side alone, for who cannot log in at the provider any more."""
    account, problem = unlinkable(account_id)
    if problem:
        return stay(problem)
    try:
        social_accounts.unlink(db.session(), logged_in_user(), account.id)
    except LastWayInError:
        return stay(LAST_WAY)
    return to_page(both("The link is removed here"))


def unlinkable(account_id: UUID) -> tuple[SocialAccount, Markup | None]:
    """Give the member's own account, and what stands against unlinking it."""
    session, user = db.session(), logged_in_user()
    account = social_accounts.find_own(session, user, account_id) or abort(HTTPStatus.NOT_FOUND)
    if not is_freshly_proved():
        return account, PROVE_FIRST
    can = social_accounts.can_unlink(user, social_accounts.accounts_of(session, user))
    return account, None if can else LAST_WAY


@blueprint.get("/social/confirm")
def confirm_link() -> ResponseReturnValue:
    """Ask whether the account somebody came with shall open this membership from now on."""
    held = pending_social.pending()
    if held is None:
        return redirect(url_for(".show_social"), HTTPStatus.SEE_OTHER)
    return render_template("account/confirm.html", held=held, provider=account_name(held.provider))


@blueprint.post("/social/confirm")
def link_pending() -> ResponseReturnValue:
    held = pending_social.pending()
    if held is None:
        return redirect(url_for(".show_social"), HTTPStatus.SEE_OTHER)
    if not is_freshly_proved():
        return stay(PROVE_FIRST)
    pending_social.forget()
    user = logged_in_user()
    try:
        social_accounts.link(db.session(), user, held.identity)
    except SocialTakenError:
        return stay(of_provider(message("That %(provider)s account opens another membership"), held.provider))
    end_other_log_ins(user)
    return to_page(of_provider(message("%(provider)s is linked. Other devices were logged out."), held.provider))


@blueprint.post("/social/decline")
def decline_link() -> ResponseReturnValue:
    pending_social.forget()
    return to_page(both("Nothing was linked"))


def show_page(form: PasswordForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    user = logged_in_user()
    accounts = social_accounts.accounts_of(db.session(), user)
    linked = [one.provider for one in accounts]
    offered = [*offered_sns(), *([SocialProvider.SSO.value] if has_sso() else [])]
    html = render_template(
        "account/social.html",
        form=form,
        accounts=accounts,
        others=[one for one in offered if one not in linked],
        has_password=user.password_hash is not None,
        can_unlink=social_accounts.can_unlink(user, accounts),
        is_proved=is_freshly_proved() and not form.errors,
        pending=pending_social.pending(),
        stuck=request.args.get("stuck", ""),
    )
    return html, status


def to_page(told: Markup) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for(".show_social"), HTTPStatus.SEE_OTHER)


def stay(problem: Markup) -> ResponseReturnValue:
    """Say what stands against it; nothing was changed."""
    flash(problem, "warn")
    return redirect(url_for(".show_social"), HTTPStatus.SEE_OTHER)
