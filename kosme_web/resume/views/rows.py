"""학력사항, 경력사항: adds, removes, empties and brings back one entry (R-135, R-149, R-153, R-160, R-162)."""

from http import HTTPStatus
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from kosme_web.resume import blueprint
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.draft_rows import add_row, find_row, remove_row, reset_row, undo_row
from kosme_web.services.drafts import write
from kosme_web.web.languages import both

CHANGES = {
    "remove": (remove_row, both("Removed")),
    "reset": (reset_row, both("Emptied")),
    "undo": (undo_row, both("Brought back")),
}
KINDS = "any(education, overseas, work):kind"


@blueprint.post(f"/<uuid:draft_id>/<{KINDS}>/add")
@takes_whole_page
def add_entry(draft_id: UUID, kind: str) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        row = add_row(posted.draft, kind, request.form.get("row_id", ""))
        posted.open_row = row.id
    return posted.answer(
        row.anchor,
        "resume/_added.html",
        message=both("A place for another entry was added"),
        status=HTTPStatus.CREATED,
        page=posted.page(),
        row=row,
    )


@blueprint.post(f"/<uuid:draft_id>/<{KINDS}>/<row_id>/<any(remove, reset, undo):change>")
@takes_whole_page
def change_entry(draft_id: UUID, kind: str, row_id: str, change: str) -> ResponseReturnValue:
    do, message = CHANGES[change]
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, kind, row_id)
        posted.open_row = row.id
        do(posted.draft, row)
    return posted.answer(row.anchor, "resume/_changed.html", message=message, page=posted.page(), row=row)


@blueprint.post("/<uuid:draft_id>/work/<row_id>/duties/reset")
@takes_whole_page
def reset_duties(draft_id: UUID, row_id: str) -> ResponseReturnValue:
    """Empty the duties alone; the entry's Undo brings them back (R-160)."""
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
        name = f"{row.prefix}duties"
        if duties := posted.draft.fields.text(name):
            row.cleared = {**(row.cleared or {}), name: duties}
            write(posted.draft, {name: ""})
    return posted.answer(row.anchor, "resume/_changed.html", message=both("Emptied"), page=posted.page(), row=row)
