"""이력서 관리, 이력서 등록: the screens that build a résumé, one module a section of the manual."""

from http import HTTPStatus

import structlog
from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import login_manager
from kosme_web.resume import parts
from kosme_web.services.drafts import RowLimitError
from kosme_web.services.resumes import LeavingError, ResumeNotFoundError
from kosme_web.services.typesetting import TypesettingError
from kosme_web.web.errors import show
from kosme_web.web.languages import both
from kosme_web.web.partials import is_htmx, tell
from kosme_web.web.session import is_hiding, is_logged_in

blueprint = Blueprint("resume", __name__, url_prefix="/resume")
shared = Blueprint("shared", __name__, url_prefix="/shared")  # for whoever was given a link: no log-in
NOT_PUBLISHED = both("Not published: you asked to close your account. What you wrote is saved. Keep the account first.")
WHILE_HIDING = ("resume.edit_resume", "resume.list_resumes", "resume.show_photo", "resume.show_photo_part")
OF_HIDDEN = (
    *("resume.open_address_search", "resume.search_address", "resume.suggest_addresses", "resume.choose_address"),
    *("resume.open_name_check", "resume.leave_name_check", "resume.check_name"),
)
OWNERS_POSTS = ("resume.share_resume", "resume.revoke_link", "resume.restore_version")  # show or change what is hidden


@blueprint.before_request
def require_log_in() -> ResponseReturnValue | None:
    """Guard every screen here, so that none can forget to."""
    return None if is_logged_in() else login_manager.unauthorized()


@blueprint.before_request
def ask_owner() -> ResponseReturnValue | None:
    """Show nothing but the page itself while personal data are hidden (N26): it leaves out what is."""
    if not is_hiding():
        return None
    if request.endpoint in OWNERS_POSTS:
        page = url_for(".list_versions", draft_id=(request.view_args or {})["draft_id"])
        return redirect(url_for("account.ask_proof", next=page), HTTPStatus.SEE_OTHER)
    if request.endpoint in OF_HIDDEN:
        abort(HTTPStatus.FORBIDDEN)  # a page that was open before; what was typed comes back with the answer
    if request.method == "POST" or request.endpoint in WHILE_HIDING:
        return None
    return redirect(url_for("account.ask_proof", next=request.path), HTTPStatus.SEE_OTHER)


@blueprint.errorhandler(RowLimitError)
def refuse_row(_error: RowLimitError) -> ResponseReturnValue:
    message = both("No more entries fit here. Nothing was lost.")
    if is_htmx():
        return tell(message, HTTPStatus.CONFLICT)
    flash(message)
    page = url_for(".edit_resume", draft_id=(request.view_args or {})["draft_id"], _anchor="status")
    return redirect(page, HTTPStatus.SEE_OTHER)


@blueprint.errorhandler(LeavingError)
def refuse_leaving(_error: LeavingError) -> ResponseReturnValue:
    flash(NOT_PUBLISHED, "warn")
    return redirect(url_for("account.show_leaving"), HTTPStatus.SEE_OTHER)


@blueprint.errorhandler(ResumeNotFoundError)
def refuse_unpublished(_error: ResumeNotFoundError) -> ResponseReturnValue:
    return show(HTTPStatus.NOT_FOUND)


@blueprint.errorhandler(TypesettingError)
@shared.errorhandler(TypesettingError)
def tell_unset(_error: TypesettingError) -> ResponseReturnValue:
    """The résumé could not be set as a PDF: the page itself is there to be read and printed."""
    structlog.get_logger().error("PDF not set: are the fonts installed?")
    return show(HTTPStatus.SERVICE_UNAVAILABLE)


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
    earlier_texts,
    edit,
    frame,
    hand_over,
    hiding,
    list_search,
    name_check,
    photo,
    position,
    published,
    publishing,
    resumes,
    rows,
    second_texts,
    shared_resume,
    sharing,
    take_along,
    universities,
    versions,
)
