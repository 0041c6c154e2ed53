"""직급/직책 선택 (R-159): a dialog with the script, an open part of the entry without it."""

from http import HTTPStatus
from uuid import UUID

from flask.typing import ResponseReturnValue

from kosme_web.resume import blueprint
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.draft_rows import find_row
from kosme_web.web.languages import both
from kosme_web.web.partials import close_dialog, is_htmx, partial_response


@blueprint.post("/<uuid:draft_id>/work/<row_id>/position")
@takes_whole_page
def open_position(draft_id: UUID, row_id: str) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
    if is_htmx():
        return partial_response("resume/_position_dialog.html", form=posted.page().rows[row.id], draft=posted.draft)
    return posted.show(HTTPStatus.OK, position_row=row.id)


@blueprint.post("/<uuid:draft_id>/work/<row_id>/position/choose")
@takes_whole_page
def choose_position(draft_id: UUID, row_id: str) -> ResponseReturnValue:
    """The choice came under the names of the entry's own fields, so it is in the draft already."""
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
    message = both("The position was filled in")
    if is_htmx():
        parts = posted.parts("resume/_position.html", message=message, form=posted.page().rows[row.id])
        return close_dialog(parts, f"{row.prefix}position-open")
    return posted.answer(row.anchor, message=message)
