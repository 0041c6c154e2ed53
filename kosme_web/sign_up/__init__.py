"""개인회원가입: choosing a way, identity verification, member information and consents, the end."""

from flask import Blueprint

blueprint = Blueprint("sign_up", __name__, url_prefix="/sign-up")

from kosme_web.sign_up.views import identity_verification, member_details, social  # noqa: E402, F401  register their routes
