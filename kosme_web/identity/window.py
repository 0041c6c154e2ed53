"""본인인증 in the agency's own window: the page that opens it, and the way back from it."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.domain.phone_numbers import domestic_digits
from kosme_web.extensions import db
from kosme_web.identity import WAY, blueprint, go_on, way
from kosme_web.identity.forms import CodeForm, WindowForm, answers_of
from kosme_web.identity.texts import CAUSES, NOT_FINISHED, REFUSED, UNAVAILABLE
from kosme_web.identity.verification import (
    UNPROCESSABLE,
    UNREACHABLE,
    coming_by,
    show_denial,
    show_question,
)
from kosme_web.models import IdentityVerification
from kosme_web.providers.http import ProviderError
from kosme_web.providers.identity_verification import VerificationRefusedError
from kosme_web.services import identity
from kosme_web.services.identity import IdentityDeniedError
from kosme_web.web.headers import admit
from kosme_web.web.session import browser_key
from kosme_web.web.toolbox import settings, toolbox


def open_question() -> IdentityVerification | None:
    asked = identity.find(db.session(), browser_key(), way().purpose)
    return asked if asked is not None and asked.verify_method == identity.WINDOW else None


@blueprint.get(f"/{WAY}/window")
def show_window() -> ResponseReturnValue:
    asked = open_question()
    if asked is None:
        return redirect(url_for(".ask_identity"), HTTPStatus.SEE_OTHER)
    return show_opener(asked)


@blueprint.get(f"/{WAY}/return")
def return_from_window() -> ResponseReturnValue:
    """Ask the agency what came of the question this browser put, whatever the address says."""
    asked = open_question()
    if asked is None or request.args.get("identityVerificationId") != asked.id:
        flash(NOT_FINISHED, "warn")
        return redirect(url_for(".show_window" if asked else ".ask_identity"), HTTPStatus.SEE_OTHER)
    try:
        is_proven = identity.settle(db.session(), toolbox().identity_verification, asked, settings().identity_key)
    except IdentityDeniedError as error:
        return show_denial(asked, CodeForm(), error.denial)
    except VerificationRefusedError as error:
        return show_question(WindowForm(data=answers_of(asked)), UNPROCESSABLE, REFUSED, CAUSES, error.told)
    except ProviderError:
        return show_opener(asked, UNREACHABLE, UNAVAILABLE)
    if not is_proven:
        return show_opener(asked, UNPROCESSABLE, NOT_FINISHED)
    return go_on()


def show_opener(
    asked: IdentityVerification, status: HTTPStatus = HTTPStatus.OK, problem: Markup | None = None
) -> ResponseReturnValue:
    """Show the page that opens the window: the only one that loads anything from elsewhere."""
    trouble = {"problem": problem, "told": "", "causes": ()}
    sdk = settings().portone_sdk_url
    html = render_template(
        "identity/window.html", asked=asked, wish=wish(asked), sdk=sdk, provider=coming_by(), **trouble
    )
    parts = urlsplit(sdk)
    return admit(make_response(html, status), f"{parts.scheme}://{parts.netloc}", *settings().portone_window_origins)


def wish(asked: IdentityVerification) -> dict[str, Any]:
    """Give what the SDK is called with; store and channel are no secrets, the API secret stays here."""
    born = asked.birth_date
    request_ = {
        "storeId": settings().portone_store_id,
        "channelKey": settings().portone_channel_key,
        "identityVerificationId": asked.id,
        "redirectUrl": url_for(".return_from_window", _external=True),
        "forceRedirect": True,
        "customer": {
            "fullName": asked.name,
            "phoneNumber": domestic_digits(asked.phone_number),
            "birthYear": str(born.year),
            "birthMonth": str(born.month),
            "birthDay": str(born.day),
        },
    }
    return request_ | ({"bypass": dict(settings().portone_bypass)} if settings().portone_bypass else {})
