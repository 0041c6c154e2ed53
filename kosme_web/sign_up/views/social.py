"""개인회원가입 (R-003, R-010): the choice of a way; to an SNS provider, or back to ID and password."""

from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kosme_web.domain.social import SocialProvider
from kosme_web.sign_up import blueprint
from kosme_web.web import pending_social
from kosme_web.web.social_log_in import Purpose, Trip
from kosme_web.web.social_pages import leave


@blueprint.get("")
def choose_method() -> ResponseReturnValue:
    return render_template("sign_up/choose_method.html", has_pending=pending_social.pending() is not None)


@blueprint.post("/social/<any(naver, kakao, facebook, sso):provider>")
def leave_to_sign_up(provider: str) -> ResponseReturnValue:
    return leave(Trip(SocialProvider(provider), Purpose.SIGN_UP))


@blueprint.post("/general")
def choose_general() -> ResponseReturnValue:
    """Go on with an ID and a password; a verified identity stays good."""
    pending_social.forget()
    return redirect(url_for("identity.ask_identity"), HTTPStatus.SEE_OTHER)
