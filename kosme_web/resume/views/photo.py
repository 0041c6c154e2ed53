"""이력서 사진 (R-123, R-124): adds, removes, brings back, and shows the picture to its owner."""

from http import HTTPStatus
from uuid import UUID

from flask import Response, make_response
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.providers.photo_store import PhotoMissingError
from kosme_web.resume import blueprint
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.draft_photos import PhotoNotFoundError, find_photo, remove_photo, undo_photo
from kosme_web.web.errors import show
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user
from kosme_web.web.toolbox import toolbox

PARTIAL = "resume/_photo.html"


@blueprint.post("/<uuid:draft_id>/photo")
@takes_whole_page
def add_photo(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    problem = posted.photo.problem if posted.photo else None
    message = problem or (both("The photo was added") if posted.photo else both("Choose a picture first"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return posted.answer("photo", PARTIAL, message=message, status=status, photo_problem=problem)


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


@blueprint.get("/photo/<uuid:photo_id>")
def show_photo(photo_id: UUID) -> ResponseReturnValue:
    """Serve the drawn picture to its owner only, and to no cache."""
    try:
        photo = find_photo(db.session(), logged_in_user(), photo_id)
        response: Response = make_response(toolbox().photo_store.get(photo.key))
    except (PhotoNotFoundError, PhotoMissingError):
        return show(HTTPStatus.NOT_FOUND)
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline"
    return response
