"""한국 주소 → 주소검색 (R-120): a dialog with the script, an open part of the page without it."""

from http import HTTPStatus
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.parts import address_urls
from kosme_web.resume.posting import Posted, posted_draft, takes_whole_page
from kosme_web.services.drafts import get_draft, write
from kosme_web.web import address_search
from kosme_web.web.address_search import AddressSearchPanel
from kosme_web.web.languages import both
from kosme_web.web.partials import close_dialog, is_htmx
from kosme_web.web.session import logged_in_user


@blueprint.post("/<uuid:draft_id>/address")
@takes_whole_page
def open_address_search(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    return show_panel(posted, address_search.opened())


@blueprint.post("/<uuid:draft_id>/address/search")
@takes_whole_page
def search_address(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    return show_panel(posted, address_search.searched())


@blueprint.post("/<uuid:draft_id>/address/suggest")
def suggest_addresses(draft_id: UUID) -> ResponseReturnValue:
    return address_search.show_suggested(address_urls(get_draft(db.session(), logged_in_user(), draft_id).id))


def show_panel(posted: Posted, panel: AddressSearchPanel) -> ResponseReturnValue:
    if is_htmx():
        return address_search.show_dialog(panel, address_urls(posted.draft.id))
    return posted.show(HTTPStatus.OK, search=panel)


@blueprint.post("/<uuid:draft_id>/address/choose")
@takes_whole_page
def choose_address(draft_id: UUID) -> ResponseReturnValue:
    """Take the chosen address over in both languages; the detail line stays as it was typed."""
    chosen = address_search.chosen()
    with posted_draft(draft_id) as posted:
        write(posted.draft, chosen or {})
    message = both("The address was filled in") if chosen else both("Choose an address from the list")
    if is_htmx():
        parts = posted.parts("components/_address_fields.html", message=message, form=posted.page().address)
        return close_dialog(parts, address_search.OPENER)
    if posted.must_show:
        flash(message)
        return posted.show(HTTPStatus.OK)
    return posted.answer("address", message=message)
