"""외국인 이력서 작성하기: the page as a whole, its Save, and its linked lists."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import ResumePage
from kosme_web.resume.posting import posted_draft, reads_number, show_page, takes_whole_page
from kosme_web.services.draft_rows import find_row
from kosme_web.services.drafts import get_draft
from kosme_web.web.formats import clock
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user


@blueprint.get("/<uuid:draft_id>")
def edit_resume(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(db.session(), logged_in_user(), draft_id)
    page = ResumePage(draft)
    return show_page(page, reads_number(draft))


@blueprint.post("/<uuid:draft_id>")
@takes_whole_page
def save_resume(draft_id: UUID) -> ResponseReturnValue:
    """Save everything on the page; with the script the page stays as it is, but for what changed state."""
    with posted_draft(draft_id) as posted:
        pass
    return posted.answer(
        "status",
        "resume/_saved.html",
        message=both("Saved %(time)s", time=clock(posted.draft.changed_at)),
        **posted.standing(),
        is_number_kept=bool(request.form.get("registration_front")) and not posted.number.is_unsaved,
    )


@blueprint.post("/<uuid:draft_id>/visa-subtypes")
@takes_whole_page
def list_visa_subtypes(draft_id: UUID) -> ResponseReturnValue:
    """Give the subtypes of the chosen visa (R-109)."""
    with posted_draft(draft_id) as posted:
        pass
    return posted.answer(
        "visa", "resume/_visa_subtype.html", message=both("The list was updated"), form=posted.page().basic_information
    )


@blueprint.post("/<uuid:draft_id>/work/<row_id>/<any(sub_industry, sigungu):name>")
@takes_whole_page
def list_linked(draft_id: UUID, row_id: str, name: str) -> ResponseReturnValue:
    """Give the detailed industries of the industry, or the districts of the province (R-154, R-155)."""
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
    return posted.answer(
        row.anchor,
        "resume/_linked_list.html",
        message=both("The list was updated"),
        form=posted.page().rows[row.id],
        name=name,
    )
