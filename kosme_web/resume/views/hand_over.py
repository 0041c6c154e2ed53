"""휴대전화로 이어서 쓰기 (N28): shows a code on one device and opens the same field on the other."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

import segno
from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import ROW_NAME
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services import hand_overs
from kosme_web.services.hand_overs import Code, HandOverNotFoundError
from kosme_web.web.errors import show
from kosme_web.web.formats import clock
from kosme_web.web.languages import both, message
from kosme_web.web.partials import is_htmx
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user

CODES, LOOKS = parse("30/15minutes"), parse("60/15minutes")  # of one member
ANCHOR = re.compile(r"[\w-]{1,80}", re.ASCII)
GONE = (
    message("This code opens nothing any more"),
    message("A code works once, for five minutes, and only for the person who made it. Show a new one there."),
)


@blueprint.post("/<uuid:draft_id>/hand-over")
@takes_whole_page
def show_code(draft_id: UUID) -> ResponseReturnValue:
    """Save the page, so that the other device has all of it; then show the code, in the dialog or in the page."""
    with posted_draft(draft_id) as posted:
        pass
    if not is_within(CODES, "hand-over codes", str(logged_in_user().id)):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    anchor = request.form.get("at", "")
    code = hand_overs.begin(db.session(), posted.draft, anchor if ANCHOR.fullmatch(anchor) else "")
    if is_htmx():
        saved = both("Saved %(time)s", time=clock(posted.draft.changed_at))
        return posted.parts("resume/_hand_over_dialog.html", message=saved, code=shown(code))
    return posted.show(HTTPStatus.OK, code=shown(code))


@blueprint.get("/hand-over/<secret>")
def confirm_hand_over(secret: str) -> ResponseReturnValue:
    """Ask first: whoever only looks, such as a preview of the link, does not use the code up."""
    _bound_looks()
    try:
        title = hand_overs.title_of(db.session(), logged_in_user(), secret)
    except HandOverNotFoundError:
        return show(HTTPStatus.NOT_FOUND, GONE)
    return _discreet(make_response(render_template("resume/hand_over.html", secret=secret, resume_title=title)))


@blueprint.post("/hand-over/<secret>")
def open_on_this_device(secret: str) -> ResponseReturnValue:
    _bound_looks()
    try:
        draft_id, anchor = hand_overs.use(db.session(), logged_in_user(), secret)
    except HandOverNotFoundError:
        return show(HTTPStatus.NOT_FOUND, GONE)
    entry = ROW_NAME.match(anchor)  # an entry must be unfolded to show its field
    page = url_for(".edit_resume", draft_id=draft_id, open=entry and entry[2], _anchor=anchor or None)
    return redirect(page, HTTPStatus.SEE_OTHER)


@dataclass(frozen=True)
class ShownCode:
    """The code as the first device shows it."""

    url: str = field(repr=False)
    picture: Markup = field(repr=False)
    expires: str


def shown(code: Code) -> ShownCode:
    url = url_for(".confirm_hand_over", secret=code.secret, _external=True)
    svg = segno.make(url, error="m").svg_inline(scale=5, light="white")
    return ShownCode(url, Markup(svg), clock(code.expires_at))  # noqa: S704  drawn from an address of our own


def _bound_looks() -> None:
    if not is_within(LOOKS, "hand-over looks", str(logged_in_user().id)):
        abort(HTTPStatus.TOO_MANY_REQUESTS)


def _discreet(response: Response) -> Response:
    """Keep the address of the page, which holds the code, out of what the browser tells with its next requests."""
    response.headers["Referrer-Policy"] = "strict-origin"  # the forgery check needs the origin
    return response
