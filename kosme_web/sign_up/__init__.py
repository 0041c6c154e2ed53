"""개인회원가입: choosing a way, member information and consents, the end; who it is, ``identity`` asks."""

from flask import Blueprint

blueprint = Blueprint("sign_up", __name__, url_prefix="/sign-up")

from kosme_web.sign_up.views import (  # noqa: E402  registers their routes
    member_details,  # noqa: F401
    social,  # noqa: F401
)
