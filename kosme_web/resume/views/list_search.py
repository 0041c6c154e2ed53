"""국적 찾기, 업종 찾기 (R-108, R-154): a dialog with the script, an open part of the page without it."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.resume import blueprint
from kosme_web.resume.list_search import (
    TEXT,
    ListSearch,
    chosen_industry,
    chosen_nationality,
    industry_search,
    nationality_search,
)
from kosme_web.resume.posting import Posted, posted_draft, takes_whole_page
from kosme_web.services.draft_rows import find_row
from kosme_web.services.drafts import write
from kosme_web.web.languages import both
from kosme_web.web.partials import close_dialog, is_htmx, partial_response


@blueprint.post("/<uuid:draft_id>/nationality")
@takes_whole_page
def search_nationality(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    return show_search(posted, nationality_search(urls_of("nationality", draft_id=draft_id)))


@blueprint.post("/<uuid:draft_id>/work/<row_id>/industry")
@takes_whole_page
def search_industry(draft_id: UUID, row_id: str) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
    return show_search(posted, industry_search(urls_of("industry", draft_id=draft_id, row_id=row_id), row.prefix))


def urls_of(name: str, **values: str | UUID) -> dict[str, str]:
    return {verb: url_for(f".{verb}_{name}", **values) for verb in ("search", "choose")}  # type: ignore[arg-type]


def show_search(posted: Posted, search: ListSearch) -> ResponseReturnValue:
    """Give the dialog, what was found while somebody types in it, or the page with the search in it."""
    if not is_htmx():
        return posted.show(HTTPStatus.OK, list_search=search)
    is_typing = TEXT in request.form
    name = "resume/_list_hits.html" if is_typing else "resume/_list_dialog.html"
    return partial_response(name, list_search=search)


@blueprint.post("/<uuid:draft_id>/nationality/choose")
@takes_whole_page
def choose_nationality(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        chosen = chosen_nationality()
        write(posted.draft, chosen)
    return filled_in(posted, "resume/_nationality.html", "nationality", is_chosen=bool(chosen))


@blueprint.post("/<uuid:draft_id>/work/<row_id>/industry/choose")
@takes_whole_page
def choose_industry(draft_id: UUID, row_id: str) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        row = find_row(posted.draft, "work", row_id)
        posted.open_row = row.id
        chosen = chosen_industry(row.prefix, posted.draft.fields.text(f"{row.prefix}sub_industry"))
        write(posted.draft, chosen)
    return filled_in(posted, "resume/_industry_chosen.html", f"{row.prefix}industry", is_chosen=bool(chosen))


def filled_in(posted: Posted, template: str, name: str, *, is_chosen: bool) -> ResponseReturnValue:
    """Give the field of that name as it is now."""
    message = both("The choice was filled in") if is_chosen else both("Choose one of the list")
    if is_htmx():
        parts = posted.parts(template, message=message, form=posted.page().form_with(name))
        return close_dialog(parts, f"{name}-search")
    if posted.must_show:
        flash(message)
        return posted.show(HTTPStatus.OK)
    return posted.answer(f"{name}-place", message=message)
