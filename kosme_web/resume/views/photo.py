"""이력서 사진 (R-123, R-124): adds, removes, brings back, and shows the picture to its owner."""

from http import HTTPStatus
from uuid import UUID

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.models import Draft
from kosme_web.providers.photo_store import PhotoMissingError
from kosme_web.resume import blueprint
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.draft_photos import PhotoNotFoundError, find_photo, remove_photo, undo_photo
from kosme_web.services.drafts import SavedBeforeError, get_draft
from kosme_web.web.errors import show
from kosme_web.web.languages import both
from kosme_web.web.partials import is_htmx, partial_response
from kosme_web.web.session import logged_in_user
from kosme_web.web.toolbox import toolbox

PARTIAL = "resume/_photo.html"
ADDED = both("The photo was added")


@blueprint.post("/<uuid:draft_id>/photo")
@takes_whole_page
def add_photo(draft_id: UUID) -> ResponseReturnValue:
    """Add the picture; the script names each try, so that one whose answer was lost is not added twice."""
    try:
        with posted_draft(draft_id, request.headers.get("Idempotency-Key", "")[:40]) as posted:
            pass
    except SavedBeforeError:
        return _part(get_draft(db.session(), logged_in_user(), draft_id), ADDED)
    problem, status = (posted.photo.problem, posted.photo.status) if posted.photo else (None, HTTPStatus.OK)
    message = problem or (ADDED if posted.photo else both("Choose a picture first"))
    return posted.answer("photo", PARTIAL, message=message, status=status, photo_problem=problem)


@blueprint.get("/<uuid:draft_id>/photo")
def show_photo_part(draft_id: UUID) -> ResponseReturnValue:
    """Give the part of the page again if another device changed the photo since the page showed ``shown``."""
    draft = get_draft(db.session(), logged_in_user(), draft_id)
    if not is_htmx():
        return redirect(url_for(".edit_resume", draft_id=draft_id, _anchor="photo"), HTTPStatus.SEE_OTHER)
    if request.args.get("shown") == str(draft.photo_id or ""):
        return partial_response(status=HTTPStatus.NO_CONTENT)
    return _part(draft, both("The photo was changed on your other device"))


def _part(draft: Draft, message: Markup) -> ResponseReturnValue:
    return partial_response(PARTIAL, "components/_status.html", draft=draft, message=message, photo_problem=None)


@blueprint.post("/<uuid:draft_id>/photo/remove")
@takes_whole_page
def drop_photo(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        remove_photo(posted.draft)
    return posted.answer("photo", PARTIAL, message=both("Removed"), photo_problem=None)


@blueprint.post("/<uuid:draft_id>/photo/undo")
@takes_whole_page
def bring_photo_back(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        undo_photo(db.session(), posted.draft)
    return posted.answer("photo", PARTIAL, message=both("Brought back"), photo_problem=None)


@blueprint.get("/photo/<uuid:photo_id>", defaults={"size": ""})
@blueprint.get("/photo/<uuid:photo_id>/<any(small, whole):size>")
def show_photo(photo_id: UUID, size: str) -> ResponseReturnValue:
    """Serve the drawn picture, its small copy or what it was cut from, to its owner only and to no cache."""
    try:
        photo = find_photo(db.session(), logged_in_user(), photo_id)
        key = {"": photo.key, "small": photo.small_key, "whole": photo.whole_key}[size]
        response: Response = make_response(toolbox().photo_store.get(key))
    except (PhotoNotFoundError, PhotoMissingError):
        return show(HTTPStatus.NOT_FOUND)
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline"
    return response
