"""What providers tell us by themselves: a link was ended there, data have to be erased. Signed, no CSRF token."""

import hashlib
import hmac
from http import HTTPStatus

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.domain.social import SocialProvider
from kosme_web.extensions import csrf, db
from kosme_web.log_in import blueprint
from kosme_web.models.base import now
from kosme_web.providers.facebook import DeletionRequest
from kosme_web.providers.social import NoticeError
from kosme_web.services import social_accounts
from kosme_web.web.oauth import is_offered
from kosme_web.web.toolbox import settings, toolbox

HALF = 16  # hexadecimal digits of a person's mark, and of the proof that we made it


@blueprint.post("/social/naver/unlinked")
@csrf.exempt  # type: ignore[untyped-decorator]
def naver_unlinked() -> ResponseReturnValue:
    """연결끊기 알림: 204 also for somebody we do not know; Naver does not ask twice."""
    _only_if_offered(SocialProvider.NAVER)
    try:
        notice = toolbox().naver.read_notice(request.values, now())
    except NoticeError:
        return "", HTTPStatus.FORBIDDEN
    social_accounts.forget(db.session(), SocialProvider.NAVER, notice.subject, notice.sent_at)
    return "", HTTPStatus.NO_CONTENT


@blueprint.route("/social/kakao/unlinked", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]
def kakao_unlinked() -> ResponseReturnValue:
    """연결 해제 웹훅: 200 within 3 seconds, also for somebody we do not know."""
    _only_if_offered(SocialProvider.KAKAO)
    try:
        subject = toolbox().kakao.read_notice(request.headers.get("Authorization", ""), request.values)
    except NoticeError:
        return "", HTTPStatus.FORBIDDEN
    social_accounts.forget(db.session(), SocialProvider.KAKAO, subject)
    return "", HTTPStatus.OK


@blueprint.post("/social/facebook/unlinked")
@csrf.exempt  # type: ignore[untyped-decorator]
def facebook_unlinked() -> ResponseReturnValue:
    _forget_as_signed()
    return "", HTTPStatus.OK


@blueprint.post("/social/facebook/deletion")
@csrf.exempt  # type: ignore[untyped-decorator]
def facebook_deletion() -> ResponseReturnValue:
    """Erase, and give the address of a page that says so; asked again, the code is the same."""
    code = deletion_code(_forget_as_signed().subject)
    return {"url": url_for(".show_deletion", code=code, _external=True), "confirmation_code": code}


@blueprint.get("/social/facebook/deletion/<code>")
def show_deletion(code: str) -> ResponseReturnValue:
    if not hmac.compare_digest(_proof(code[:HALF]).encode(), code[HALF:].encode("utf-8", "replace")):
        abort(HTTPStatus.NOT_FOUND)
    return render_template("social/deletion.html", code=code)


def deletion_code(subject: str) -> str:
    """Give a code that names nobody, is always the same for a person, and can be told from an invented one."""
    mark = hmac.new(settings().secret_key.encode(), f"deletion|{subject}".encode(), hashlib.sha256).hexdigest()[:HALF]
    return mark + _proof(mark)


def _proof(mark: str) -> str:
    key = settings().secret_key.encode()
    return hmac.new(key, f"proof|{mark}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:HALF]


def _forget_as_signed() -> DeletionRequest:
    _only_if_offered(SocialProvider.FACEBOOK)
    try:
        wish = toolbox().facebook.read_signed_request(request.form.get("signed_request", ""))
    except NoticeError:
        abort(HTTPStatus.BAD_REQUEST)
    social_accounts.forget(db.session(), SocialProvider.FACEBOOK, wish.subject, wish.issued_at)
    return wish


def _only_if_offered(provider: SocialProvider) -> None:
    if not is_offered(provider):
        abort(HTTPStatus.NOT_FOUND)
