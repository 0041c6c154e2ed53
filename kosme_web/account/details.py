"""내 정보 → 주소, 구직자 유형, 참여사업 유형, 언어: what new résumés begin with, and how we write."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from kosme_web.account import blueprint, proof
from kosme_web.domain import address_codes
from kosme_web.extensions import db
from kosme_web.models import User
from kosme_web.services import members
from kosme_web.web import address_search
from kosme_web.web.address_search import AddressSearchPanel
from kosme_web.web.fields import Required, TextField
from kosme_web.web.languages import DISPLAYS, both
from kosme_web.web.member_forms import PlaceForm
from kosme_web.web.partials import is_htmx
from kosme_web.web.session import logged_in_user

COLUMNS = ("road_address", "detail_address", "english_address", "postal_code", "seeker_type", "program_type")
NAMES = {"ko": "한국어", "en": "English", "both": both("Both")}


class DetailsForm(PlaceForm):
    language = TextField(both("Language of our messages"), [Required(both("Choose one of the list"))])

    def validate_language(self, field: TextField) -> None:
        if field.text not in DISPLAYS:
            raise ValidationError(both("Choose one of the list"))

    def values(self) -> Mapping[str, str | None]:
        return {**self.details(), "language": self.language.text}


def form_of(user: User) -> DetailsForm:
    texts = {name: getattr(user, name) for name in COLUMNS}
    found = {"found_address": user.road_address} if user.english_address or user.postal_code else {}
    codes = address_codes.join(user.legal_area_code, user.road_code, user.building_code)
    return DetailsForm(data={**texts, **found, "address_codes": codes, "language": user.language})


@blueprint.get("/details")
def show_details() -> ResponseReturnValue:
    return show_page(form_of(logged_in_user()))


@blueprint.post("/details")
def change_details() -> ResponseReturnValue:
    form = DetailsForm(request.form)
    if not form.validate():
        return show_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    members.change_details(db.session(), logged_in_user(), form.values())
    return proof.done(both("Your details were changed. Résumés you wrote before stay as they are."))


@blueprint.post("/details/address")
def open_address_search() -> ResponseReturnValue:
    return show_panel(address_search.opened())


@blueprint.post("/details/address/search")
def search_address() -> ResponseReturnValue:
    return show_panel(address_search.searched())


@blueprint.post("/details/address/suggest")
def suggest_addresses() -> ResponseReturnValue:
    return address_search.show_suggested(address_urls())


@blueprint.post("/details/address/choose")
def choose_address() -> ResponseReturnValue:
    form = DetailsForm(request.form)
    address_search.fill(form)
    if is_htmx():
        return address_search.close_with(form)
    return show_page(form)


def show_panel(panel: AddressSearchPanel) -> ResponseReturnValue:
    """Show the search in the dialog, or without the script in the page, with everything typed still in it."""
    if is_htmx():
        return address_search.show_dialog(panel, address_urls())
    return show_page(DetailsForm(request.form), search=panel)


def address_urls() -> dict[str, str]:
    return address_search.urls("account")


def show_page(
    form: DetailsForm, status: HTTPStatus = HTTPStatus.OK, search: AddressSearchPanel | None = None
) -> ResponseReturnValue:
    looks = {"languages": list(NAMES.items()), "urls": address_urls()}
    return render_template("account/details.html", form=form, search=search, **looks), status
