"""Where two devices typed into one field: the person keeps the text of this page, or takes the other one."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from kosme_web.models import Draft
from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import posted_text
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.drafts import settle
from kosme_web.web.languages import both


@blueprint.post("/<uuid:draft_id>/choose/<any(mine, theirs):choice>")
@takes_whole_page
def choose_text(draft_id: UUID, choice: str) -> ResponseReturnValue:
    """End a conflict over the field that the pressed button names: mine is what the page shows in the field."""
    name = request.form.get("field", "")
    decide = partial(end_conflict, name=name, takes_other=choice == "theirs")
    with posted_draft(draft_id, decide=decide) as posted:
        pass
    status = HTTPStatus.PRECONDITION_FAILED if name in posted.conflicts else HTTPStatus.OK
    return posted.answer(name, "resume/_saved.html", message=both("Saved"), status=status, **posted.standing())


def end_conflict(draft: Draft, *, name: str, takes_other: bool) -> None:
    """Let the chosen text stand alone, unless a third one has come that nobody has seen."""
    field = draft.fields.get(name)
    if field is None or field.rival is None:
        return
    mine, other = posted_text(name), posted_text(f"other-{name}")
    mine, other = field.value if mine is None else mine, field.rival if other is None else other
    chosen = other if takes_other else mine
    if field.value in (mine, other) and chosen in (field.value, field.rival):
        settle(draft, name, keeps_rival=chosen != field.value)
