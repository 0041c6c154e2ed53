"""개인회원가입: choosing a way, identity verification, member information and consents, the end."""

from flask import Blueprint

blueprint = Blueprint("sign_up", __name__, url_prefix="/sign-up")

from kosme_web.sign_up.views import (  # noqa: E402  registers their routes
    identity_verification,  # noqa: F401
    identity_window,  # noqa: F401
    member_details,  # noqa: F401
    social,  # noqa: F401
)
