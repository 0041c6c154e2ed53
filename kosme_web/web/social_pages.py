"""The pages before and after the way to a provider: leaving for it, and what to do when nothing came of it."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.domain.social import SocialProvider
from kosme_web.extensions import client_address
from kosme_web.providers.http import ProviderError, ProviderUnavailableError
from kosme_web.web.languages import both, message
from kosme_web.web.rate_limits import is_within
from kosme_web.web.social_log_in import Purpose, Refusal, SocialRefusedError, Trip, authorize_url
from kosme_web.web.social_names import of_provider, provider_name

PER_ADDRESS = parse("120/15minutes")
STATE = both("This log-in was not begun in this browser, or it took too long")
STATE_ADVICE = both("Start again from our page. If you opened the link elsewhere, go back to the browser you began in.")
REFUSED_ADVICE = both("Start again. If it happens again, choose another way.")
ADVICE = both("Nothing was lost and nothing was stored. Try again in a few minutes, or choose another way.")
BACK = {
    Purpose.SIGN_UP: ("sign_up.choose_method", both("Sign up")),
    Purpose.LOG_IN: ("log_in.log_in", both("Log in")),
    Purpose.PROVE: ("account.show_social", both("SNS accounts")),
    Purpose.LINK: ("account.show_social", both("SNS accounts")),
    Purpose.UNLINK: ("account.show_social", both("SNS accounts")),
}


def leave(trip: Trip) -> ResponseReturnValue:
    """Send the browser to the provider by a page of ours: the policy lets no form lead to another site."""
    if not is_within(PER_ADDRESS, "social", client_address()):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    try:
        url = authorize_url(trip)
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ProviderError as error:
        return show_failure(error, trip.provider, trip)
    html = render_template("social/leave.html", url=url, provider=provider_name(trip.provider))
    return html, HTTPStatus.OK, {"Refresh": f"0; url={url}"}


def show_refusal(error: SocialRefusedError, provider: SocialProvider) -> ResponseReturnValue:
    """Say why no account came of it; who pressed cancel is back where it began."""
    if error.refusal is Refusal.CANCELLED and error.trip:
        flash(of_provider(message("You cancelled at %(provider)s. Nothing was stored or changed."), provider), "warn")
        return redirect(way_back(error.trip), HTTPStatus.SEE_OTHER)
    if error.refusal is Refusal.STATE:
        return trouble(STATE, STATE_ADVICE, HTTPStatus.BAD_REQUEST, error.trip)
    heading = of_provider(message("%(provider)s did not accept this log-in"), provider)
    return trouble(heading, REFUSED_ADVICE, HTTPStatus.BAD_REQUEST, error.trip)


def show_failure(error: ProviderError, provider: SocialProvider, trip: Trip) -> ResponseReturnValue:
    heading = of_provider(message("%(provider)s is not available at the moment"), provider)
    is_short = isinstance(error, ProviderUnavailableError)
    return trouble(heading, ADVICE, HTTPStatus.SERVICE_UNAVAILABLE if is_short else HTTPStatus.BAD_GATEWAY, trip)


def trouble(heading: Markup, advice: Markup, status: HTTPStatus, trip: Trip | None) -> ResponseReturnValue:
    label = BACK[trip.purpose if trip else Purpose.LOG_IN][1]
    back = way_back(trip) if trip else url_for("log_in.log_in")
    return render_template("social/trouble.html", heading=heading, advice=advice, back=back, label=label), status


def way_back(trip: Trip) -> str:
    if trip.purpose is Purpose.UNLINK:
        return url_for("account.show_social", stuck=trip.account)
    return url_for(BACK[trip.purpose][0], next=trip.next or None)
