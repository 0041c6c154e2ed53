"""주소검색 (R-120) for every form that asks for an address: a search, its answer in both languages, one choice."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from kosme_web.domain.code_lists import REGION
from kosme_web.providers.address_search import (
    Address,
    Addresses,
    KeyExpiredError,
    KeyNotApprovedError,
    Refusal,
    SearchRefusedError,
    SystemFailedError,
)
from kosme_web.providers.http import ProviderError
from kosme_web.web.formats import today
from kosme_web.web.languages import both, page_language
from kosme_web.web.member_forms import PlaceForm
from kosme_web.web.options import narrowing
from kosme_web.web.partials import close_dialog, partial_response
from kosme_web.web.toolbox import settings, toolbox

PAGE_SIZE = 10
LIMITS = {"road": 200, "english": 300, "postal_code": 5, "codes": 60}
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
REFUSALS = {
    Refusal.EMPTY: both("Write a road, a building or a lot number"),
    Refusal.TOO_BROAD: both("Write more than the province: add a road, a building or a lot number"),
    Refusal.TOO_SHORT: both("Write at least 2 characters"),
    Refusal.ONLY_DIGITS: both("Write a road or a building besides the number"),
    Refusal.TOO_LONG: both("Write fewer words: 40 Korean letters or 80 Latin letters at most"),
    Refusal.LONG_NUMBER: both("Write no number of more than 10 digits"),
    Refusal.ONLY_SIGNS: both("Write a road or a building, not only signs and digits"),
    Refusal.BAD_SIGN: both("Leave out signs such as % = > < [ ] and single words such as OR, SELECT or DROP"),
    Refusal.TOO_FAR: both("There are too many results. Add a word to the search"),
}
FAULTS: dict[type[ProviderError], Markup] = {
    SystemFailedError: both("juso.go.kr reports a fault of its own. Write the address yourself; everything is kept"),
    KeyNotApprovedError: both(
        "Our site may not use juso.go.kr just now. We have been told. Write the address yourself"
    ),
    KeyExpiredError: both("Our permit for juso.go.kr has ended. We have been told. Write the address yourself"),
}
UNAVAILABLE = both("The address search is not available just now. Write the address yourself; everything else is kept")
OPENER = "address-search"
VIEWS = {
    "open": "open_address_search",
    "search": "search_address",
    "suggest": "suggest_addresses",
    "choose": "choose_address",
}
AWAY = both("juso.go.kr does not answer just now. This is our own copy of its addresses")


@dataclass(frozen=True)
class AddressSearchPanel:
    """The open search: what was asked, and what was found or why nothing was."""

    keyword: str = ""
    region: str = ""
    page: int = 1
    found: Addresses | None = None
    problem: Markup | None = None
    note: Markup | None = None
    is_suggested: bool = False  # while somebody types

    @property
    def region_options(self) -> Markup:
        return narrowing(REGION, page_language(), today(), self.region)

    @property
    def has_next(self) -> bool:
        return bool(self.found and self.page * PAGE_SIZE < self.found.total)


def opened() -> AddressSearchPanel:
    return AddressSearchPanel()


def searched() -> AddressSearchPanel:
    """Ask for what the form's keyword says: juso.go.kr, or our copy where that is set or the service is away."""
    panel = _asked()
    if not panel.keyword:
        return replace(panel, problem=REFUSALS[Refusal.EMPTY])
    if settings().address_search == "local":
        return _in_copy(panel)
    try:
        found = toolbox().address_search.search(_narrowed(panel), panel.page, PAGE_SIZE)
    except SearchRefusedError as error:
        return replace(panel, problem=REFUSALS[error.refusal])
    except ProviderError as error:
        in_copy = _in_copy(panel)
        if in_copy.problem is UNAVAILABLE:
            return replace(panel, problem=FAULTS.get(type(error), UNAVAILABLE))
        return replace(in_copy, note=AWAY)
    return replace(panel, found=found)


def suggested() -> AddressSearchPanel:
    """Look up what has been typed so far, in our copy only; what cannot be looked up yet is no mistake."""
    panel = replace(_asked(), is_suggested=True)
    return replace(_in_copy(panel), problem=None) if panel.keyword else panel


def _asked() -> AddressSearchPanel:
    keyword, region = (request.form.get(name, "").strip() for name in ("address_keyword", "address_region"))
    wish = request.form.get("address_page", "")
    page = int(wish) if re.fullmatch("[0-9]{1,3}", wish) else 1
    return AddressSearchPanel(keyword, region if region in REGION.codes else "", max(page, 1))


def _narrowed(panel: AddressSearchPanel) -> str:
    """Give the keyword with the province that it is narrowed to, in the order of its language."""
    if not panel.region:
        return panel.keyword
    if HANGUL.search(panel.keyword):
        return f"{REGION.full_label(panel.region, 'ko')} {panel.keyword}"
    return f"{panel.keyword} {REGION.label(panel.region, 'en')}"


def _in_copy(panel: AddressSearchPanel) -> AddressSearchPanel:
    try:
        found = toolbox().local_addresses.search(_narrowed(panel), panel.page, PAGE_SIZE)
    except SearchRefusedError as error:
        return replace(panel, problem=REFUSALS[error.refusal])
    except ProviderError:
        return replace(panel, problem=UNAVAILABLE)
    return replace(panel, found=found)


def choice_value(address: Address) -> str:
    """Give what the button of a found address posts."""
    chosen = {"road": address.road, "english": address.english, "postal_code": address.postal_code}
    chosen["codes"] = address.codes
    return json.dumps(chosen, ensure_ascii=False)


def urls(blueprint: str, **values: Any) -> dict[str, str]:  # noqa: ANN401  of the address
    """Give where the search asks: each screen that has it names its views alike."""
    return {name: url_for(f"{blueprint}.{view}", **values) for name, view in VIEWS.items()}


def show_dialog(panel: AddressSearchPanel, urls: Mapping[str, str]) -> Response:
    return partial_response("components/_address_dialog.html", search=panel, urls=urls)


def show_suggested(urls: Mapping[str, str]) -> Response:
    """Show what our own copy has of what is being typed; nothing of it is kept."""
    return partial_response("components/_address_found.html", search=suggested(), urls=urls)


def fill(form: PlaceForm) -> None:
    """Put the address whose button was pressed into the form."""
    for name, text in (chosen() or {}).items():
        form[name].data = text


def close_with(form: PlaceForm) -> Response:
    """Close the dialog; the page takes the address that the form has now."""
    return close_dialog(partial_response("components/_address_fields.html", form=form), OPENER)


def chosen() -> dict[str, str] | None:
    """Give the fields of the address whose button was pressed: a text like any other, so it is bounded like one."""
    try:
        posted = {"codes": ""} | json.loads(request.form.get("address_choice", ""))
        parts = {name: posted[name].encode("utf-8", "replace").decode()[:most] for name, most in LIMITS.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return {
        "road_address": parts["road"],
        "found_address": parts["road"],
        "english_address": parts["english"],
        "postal_code": parts["postal_code"],
        "address_codes": parts["codes"],
    }
