"""개인정보 가리기 (N26): before the device goes into other hands; whoever proves to be the member sees all again."""

from http import HTTPStatus

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint
from kosme_web.web.session import hide_personal_data


@blueprint.post("/hide")
def hide() -> ResponseReturnValue:
    hide_personal_data()
    return redirect(url_for("resume.list_resumes"), HTTPStatus.SEE_OTHER)
