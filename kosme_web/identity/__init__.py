"""본인인증: who somebody is, asked for one purpose; the address names it (R-020…R-024)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.extensions import login_manager
from kosme_web.services.identity import Purpose
from kosme_web.web.languages import both
from kosme_web.web.session import is_logged_in

blueprint = Blueprint("identity", __name__)
WAY = '<any("sign-up", "recover", "account"):way>/identity'


@dataclass(frozen=True)
class Way:
    """What the question is for, how its pages are headed, and where somebody who was verified goes on."""

    purpose: Purpose
    kind: Markup
    onward: str


WAYS = {
    "sign-up": Way(Purpose.SIGN_UP, both("General sign-up"), "sign_up.enter_details"),
    "recover": Way(Purpose.RECOVERY, both("Find your ID or set a new password"), "log_in.show_recovery"),
    "account": Way(Purpose.PHONE, both("Change your phone number"), "account.show_phone"),
}


def way() -> Way:
    return WAYS[g.identity_way]


def go_on() -> ResponseReturnValue:
    return redirect(url_for(way().onward), HTTPStatus.SEE_OTHER)


@blueprint.url_value_preprocessor
def read_way(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.identity_way = (values or {}).pop("way", "sign-up")


@blueprint.url_defaults
def stay_on_way(_endpoint: str, values: dict[str, Any]) -> None:
    """Let links between these pages, and to them from elsewhere, mean the purpose at hand: else signing up."""
    values.setdefault("way", g.get("identity_way", "sign-up"))


@blueprint.context_processor
def name_way() -> dict[str, Any]:
    return {"kind": way().kind, "is_sign_up": way().purpose is Purpose.SIGN_UP}


@blueprint.before_request
def require_log_in() -> ResponseReturnValue | None:
    """Let nobody but a member be verified for a membership that exists."""
    is_barred = way().purpose is Purpose.PHONE and not is_logged_in()
    return login_manager.unauthorized() if is_barred else None


from kosme_web.identity import verification, window  # noqa: E402, F401  register their routes
