"""내 정보: what a member may see and change of the membership."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import login_manager
from kosme_web.web.session import is_hiding, is_logged_in

blueprint = Blueprint("account", __name__, url_prefix="/account")
WHILE_HIDING = ("account.ask_proof", "account.prove", "account.prove_by_provider", "account.hide")


@blueprint.before_request
def require_log_in() -> ResponseReturnValue | None:
    """Guard every screen here, so that none can forget to."""
    return None if is_logged_in() else login_manager.unauthorized()


@blueprint.before_request
def ask_owner() -> ResponseReturnValue | None:
    """Show nothing of the account while personal data are hidden (N26); what was typed stays in the page."""
    if not is_hiding() or request.endpoint in WHILE_HIDING:
        return None
    if request.method == "POST":
        abort(HTTPStatus.FORBIDDEN)
    return redirect(url_for(".ask_proof", next=request.path), HTTPStatus.SEE_OTHER)


from kosme_web.account import (  # noqa: E402  register their routes
    consents,  # noqa: F401
    details,  # noqa: F401
    devices,  # noqa: F401
    email,  # noqa: F401
    hiding,  # noqa: F401
    identifier_consent,  # noqa: F401
    leaving,  # noqa: F401
    overview,  # noqa: F401
    password,  # noqa: F401
    phone,  # noqa: F401
    proof,  # noqa: F401
    review,  # noqa: F401
    social,  # noqa: F401
)
