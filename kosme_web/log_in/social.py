"""SNS 로그인, 기관 통합 로그인 (R-042, R-043): leaving for the provider, and the one place where people come back."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.domain.social import SocialProvider
from kosme_web.extensions import db
from kosme_web.log_in import blueprint, finish
from kosme_web.models import User
from kosme_web.providers.http import ProviderError
from kosme_web.services import social_accounts
from kosme_web.services.social_accounts import LastWayInError, SocialTakenError
from kosme_web.web import pending_social, social_log_in
from kosme_web.web.languages import both, message
from kosme_web.web.paths import is_own_path
from kosme_web.web.session import end_other_log_ins, is_logged_in, logged_in_user, note_proof
from kosme_web.web.social_log_in import Arrival, Purpose, SocialRefusedError, Trip
from kosme_web.web.social_names import account_name, of_provider
from kosme_web.web.social_pages import leave, show_failure, show_refusal
from kosme_web.web.toolbox import toolbox

PROVIDER = "<any(naver, kakao, facebook, sso):provider>"
ANOTHER_MEMBER = both("Your log-in changed in the meantime. Start again.")
ANOTHER_ACCOUNT = message("You logged in to another %(provider)s account. Nothing was changed.")
CONFIRMED = both("Confirmed. You can change your account for the next 5 minutes.")
LAST_WAY = both("This is your only way to log in, so it cannot be unlinked.")


@blueprint.post(f"/log-in/social/{PROVIDER}")
def leave_to_log_in(provider: str) -> ResponseReturnValue:
    return leave(Trip(SocialProvider(provider), Purpose.LOG_IN, next=request.form.get("next", "")[:500]))


@blueprint.get(f"/social/{PROVIDER}/callback")
def arrive(provider: str) -> ResponseReturnValue:
    service = SocialProvider(provider)
    try:
        trip = social_log_in.trip_of(service)
    except LookupError:
        return "", HTTPStatus.NOT_FOUND
    except SocialRefusedError as error:
        return show_refusal(error, service)
    try:
        arrival = social_log_in.arrive(trip)
    except SocialRefusedError as error:
        return show_refusal(error, service)
    except ProviderError as error:
        return show_failure(error, service, trip)
    return received(arrival)


def received(arrival: Arrival) -> ResponseReturnValue:
    """Do what the person went for."""
    if arrival.trip.purpose in (Purpose.SIGN_UP, Purpose.LOG_IN):
        return enter(arrival)
    if not is_logged_in() or str(logged_in_user().id) != arrival.trip.member:
        return to_account(ANOTHER_MEMBER, "warn")
    told = FOR_MEMBERS[arrival.trip.purpose](arrival, logged_in_user())
    return to_account(told, target=arrival.trip.next)


def enter(arrival: Arrival) -> ResponseReturnValue:
    """Log a known account in, whichever button was pressed (R-015); an unknown one waits for a membership."""
    account = social_accounts.find_account(db.session(), arrival.identity)
    if account:
        return finish(account.user, arrival.trip.next)
    pending_social.remember(arrival)
    page = "identity.ask_identity" if arrival.trip.purpose is Purpose.SIGN_UP else ".show_unknown"
    return redirect(url_for(page), HTTPStatus.SEE_OTHER)


@blueprint.get("/social/unknown")
def show_unknown() -> ResponseReturnValue:
    """Say that no membership is opened by this account yet, and offer both ways on."""
    held = pending_social.pending()
    if held is None:
        return redirect(url_for(".log_in"), HTTPStatus.SEE_OTHER)
    return render_template("social/unknown.html", provider=account_name(held.provider))


def prove(arrival: Arrival, user: User) -> Markup:
    account = social_accounts.find_account(db.session(), arrival.identity)
    if account is None or account.user_id != user.id:
        return both("That is not an account linked to your membership")
    note_proof()
    return CONFIRMED


def link(arrival: Arrival, user: User) -> Markup:
    try:
        social_accounts.link(db.session(), user, arrival.identity)
    except SocialTakenError:
        return of_provider(message("That %(provider)s account opens another membership"), arrival.trip.provider)
    end_other_log_ins(user)
    return of_provider(message("%(provider)s is linked. Other devices were logged out."), arrival.trip.provider)


def unlink(arrival: Arrival, user: User) -> Markup:
    """Have the provider end the link, then end it here; the last way to log in was refused before the way there."""
    account = social_accounts.find_own(db.session(), user, UUID(arrival.trip.account))
    if account is None or arrival.identity != social_accounts.identity_of(account):
        return of_provider(
            message("You logged in to another %(provider)s account. Nothing was changed."), arrival.trip.provider
        )
    try:
        social_accounts.unlink(db.session(), user, account.id)
    except LastWayInError:
        return LAST_WAY
    try:
        toolbox().social[arrival.trip.provider].unlink(arrival.access_token, arrival.identity.subject)
    except ProviderError:
        told = message("The link is removed here. %(provider)s did not answer: end it in your settings there, too.")
        return of_provider(told, arrival.trip.provider)
    return of_provider(message("%(provider)s is unlinked"), arrival.trip.provider)


FOR_MEMBERS = {Purpose.PROVE: prove, Purpose.LINK: link, Purpose.UNLINK: unlink}


def to_account(told: Markup, kind: str = "message", target: str = "") -> ResponseReturnValue:
    """Go back to the page that wanted a proof, else to the SNS accounts."""
    flash(told, kind)
    return redirect(target if is_own_path(target) else url_for("account.show_social"), HTTPStatus.SEE_OTHER)
