"""이력서 관리 (R-050, R-051): the list, a new résumé, a copy, deleting and bringing back."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.domain import address_codes, names
from kosme_web.domain.phone_numbers import format_phone
from kosme_web.extensions import db
from kosme_web.models import User
from kosme_web.resume import blueprint
from kosme_web.services import resume_list
from kosme_web.services.resume_list import TooManyResumesError
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user

TOO_MANY = both("You have 50 résumés. Delete one you no longer need first")


@blueprint.get("")
def list_resumes() -> ResponseReturnValue:
    return render_template("resume/list.html", drafts=resume_list.list_drafts(db.session(), logged_in_user()))


@blueprint.post("/new")
def create_resume() -> ResponseReturnValue:
    owner = logged_in_user()
    try:
        draft = resume_list.create_draft(db.session(), owner, prefilled(owner))
    except TooManyResumesError:
        return to_list(TOO_MANY)
    return redirect(url_for(".edit_resume", draft_id=draft.id), HTTPStatus.SEE_OTHER)


def prefilled(owner: User) -> dict[str, str]:
    """Give what the membership knows, as the person would type it."""
    return {
        "english_name": owner.name if names.is_english_name(owner.name) else "",
        "phone_number": format_phone(owner.phone_number, "ko"),
        "email": owner.email or "",
        "road_address": owner.road_address,
        "found_address": owner.road_address if owner.english_address else "",
        "english_address": owner.english_address,
        "postal_code": owner.postal_code,
        "address_codes": address_codes.join(owner.legal_area_code, owner.road_code, owner.building_code),
        "detail_address": owner.detail_address,
        "seeker_type": owner.seeker_type,
        "program_type": owner.program_type,
    }


@blueprint.post("/<uuid:draft_id>/copy")
def copy_resume(draft_id: UUID) -> ResponseReturnValue:
    try:
        copy = resume_list.copy_draft(db.session(), logged_in_user(), draft_id)
    except TooManyResumesError:
        return to_list(TOO_MANY)
    flash(both("This is the copy. The number and its consent were not copied"))
    return redirect(url_for(".edit_resume", draft_id=copy.id), HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:draft_id>/delete")
def delete_resume(draft_id: UUID) -> ResponseReturnValue:
    resume_list.set_deleted(db.session(), logged_in_user(), draft_id, is_deleted=True)
    return to_list(both("The résumé was deleted"))


@blueprint.post("/<uuid:draft_id>/restore")
def restore_resume(draft_id: UUID) -> ResponseReturnValue:
    resume_list.set_deleted(db.session(), logged_in_user(), draft_id, is_deleted=False)
    return to_list(both("The résumé was brought back"))


def to_list(message: Markup) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(".list_resumes"), HTTPStatus.SEE_OTHER)
