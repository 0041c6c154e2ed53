"""이력서 관리, 이력서 등록: the screens that build a résumé, one module a section of the manual."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import login_manager
from kosme_web.resume import parts
from kosme_web.services.drafts import RowLimitError
from kosme_web.services.resumes import ResumeNotFoundError
from kosme_web.web.errors import show
from kosme_web.web.languages import both
from kosme_web.web.partials import is_htmx, tell
from kosme_web.web.session import is_logged_in

blueprint = Blueprint("resume", __name__, url_prefix="/resume")


@blueprint.before_request
def require_log_in() -> ResponseReturnValue | None:
    """Guard every screen here, so that none can forget to."""
    return None if is_logged_in() else login_manager.unauthorized()


@blueprint.errorhandler(RowLimitError)
def refuse_row(_error: RowLimitError) -> ResponseReturnValue:
    message = both("No more entries fit here. Nothing was lost.")
    if is_htmx():
        return tell(message, HTTPStatus.CONFLICT)
    flash(message)
    page = url_for(".edit_resume", draft_id=(request.view_args or {})["draft_id"], _anchor="status")
    return redirect(page, HTTPStatus.SEE_OTHER)


@blueprint.errorhandler(ResumeNotFoundError)
def refuse_unpublished(_error: ResumeNotFoundError) -> ResponseReturnValue:
    return show(HTTPStatus.NOT_FOUND)


for helper in (
    parts.add_button,
    parts.address_urls,
    parts.entry,
    parts.number_part,
    parts.part,
    parts.photo_part,
    parts.section_head,
    parts.section_list,
    parts.section_state,
    parts.shared_lists,
    parts.still,
):
    blueprint.add_app_template_global(helper)


from kosme_web.resume.views import (  # noqa: E402, F401  register their routes
    address,
    autosave,
    conflict,
    edit,
    frame,
    hand_over,
    list_search,
    name_check,
    photo,
    position,
    publishing,
    resumes,
    rows,
    universities,
)
