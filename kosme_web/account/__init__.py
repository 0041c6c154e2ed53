"""내 정보: what a member may see and change of the membership."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from kosme_web.extensions import login_manager
from kosme_web.web.session import is_logged_in

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.before_request
def require_log_in() -> ResponseReturnValue | None:
    """Guard every screen here, so that none can forget to."""
    return None if is_logged_in() else login_manager.unauthorized()


from kosme_web.account import (  # noqa: E402  register their routes
    consents,  # noqa: F401
    details,  # noqa: F401
    devices,  # noqa: F401
    email,  # noqa: F401
    identifier_consent,  # noqa: F401
    overview,  # noqa: F401
    password,  # noqa: F401
    phone,  # noqa: F401
    proof,  # noqa: F401
    review,  # noqa: F401
    social,  # noqa: F401
)
