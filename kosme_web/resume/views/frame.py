"""이력서 사진의 위치와 크기 (R-123): what the photo shows of its picture, in a dialog or an open part of the page."""

from http import HTTPStatus
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.resume import blueprint
from kosme_web.resume.photo_field import StagedPhoto, stage_frame
from kosme_web.resume.posting import Posted, posted_draft, takes_whole_page
from kosme_web.services.draft_photos import attach_photo, frame_of
from kosme_web.services.photos.frame import Frame
from kosme_web.web.languages import both
from kosme_web.web.partials import close_dialog, is_htmx, partial_response, tell
from kosme_web.web.session import logged_in_user

PARTIAL = "resume/_photo.html"
OPENER = "photo-frame-open"
GONE = both("The photo was changed or removed in the meantime")


@blueprint.post("/<uuid:draft_id>/photo/frame")
@takes_whole_page
def open_frame(draft_id: UUID) -> ResponseReturnValue:
    """Show the whole picture and the frame on it; the text of the page is saved on the way."""
    with posted_draft(draft_id) as posted:
        photo = posted.draft.photo
    if photo is None or photo.whole_id is None:
        return _gone(posted)
    if is_htmx():
        return partial_response("resume/_frame_dialog.html", draft=posted.draft, photo=photo, frame=frame_of(photo))
    return posted.show(HTTPStatus.OK, frame=frame_of(photo))


@blueprint.post("/<uuid:draft_id>/photo/frame/choose")
@takes_whole_page
def choose_frame(draft_id: UUID) -> ResponseReturnValue:
    """Draw the photo anew as the frame says; the one before can be brought back."""
    with posted_draft(draft_id) as posted:
        photo = posted.draft.photo
    if photo is None or photo.whole_id is None or str(photo.id) != request.form.get("frame_photo"):
        return _gone(posted)
    frame = Frame.of(*(request.form.get(f"frame_{name}", "") for name in ("zoom", "across", "down")))
    staged = stage_frame(logged_in_user(), photo, frame)
    if staged.photo is None:
        return _refused(posted, staged, frame)
    with posted_draft(draft_id) as posted:
        if posted.draft.photo_id == photo.id:
            attach_photo(posted.draft, staged.photo)
    if posted.draft.photo_id != staged.photo.id:
        return _gone(posted)
    return _answer(posted, HTTPStatus.OK, both("The photo was drawn anew"))


def _gone(posted: Posted) -> ResponseReturnValue:
    return _answer(posted, HTTPStatus.CONFLICT, GONE)


def _answer(posted: Posted, status: HTTPStatus, message: Markup) -> ResponseReturnValue:
    """Show the photo that the draft has now, and go on from there."""
    if is_htmx():
        parts = posted.parts(PARTIAL, message=message, status=status, photo_problem=None)
        return close_dialog(parts, OPENER, "#photo")
    return posted.answer("photo", message=message)


def _refused(posted: Posted, staged: StagedPhoto, frame: Frame) -> ResponseReturnValue:
    """Say why it could not be drawn; the frame stays as it was laid."""
    if is_htmx() and staged.problem:
        return tell(staged.problem, staged.status)
    posted.photo = staged
    return posted.show(staged.status, frame=frame)
