"""등록 이력: every published version, and going on from one of them."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.typed import typed_again
from kosme_web.resume.views.published import own_sheet
from kosme_web.services import resume_versions
from kosme_web.services.draft_photos import attach_photo
from kosme_web.services.drafts import editing, get_draft
from kosme_web.services.typed_resumes import put_over
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user


@blueprint.get("/<uuid:draft_id>/versions")
def list_versions(draft_id: UUID) -> ResponseReturnValue:
    get_draft(db.session(), logged_in_user(), draft_id)
    found = resume_versions.versions(db.session(), logged_in_user(), draft_id)
    return render_template("resume/versions.html", versions=found, draft_id=draft_id)


@blueprint.get("/<uuid:draft_id>/version/<int(max=9999):number>")
def show_version(draft_id: UUID, number: int) -> ResponseReturnValue:
    resume = resume_versions.find_version(db.session(), logged_in_user(), draft_id, number)
    return render_template("resume/version.html", **own_sheet(resume))


@blueprint.post("/<uuid:draft_id>/version/<int(max=9999):number>/restore")
def restore_version(draft_id: UUID, number: int) -> ResponseReturnValue:
    """Put the version into the draft; what stood there can be brought back until the next publishing."""
    session, owner = db.session(), logged_in_user()
    with editing(session, owner, draft_id) as draft:
        resume = resume_versions.find_version(session, owner, draft_id, number)
        put_over(draft, typed_again(resume))
        if resume.photo and resume.photo_id != draft.photo_id:
            attach_photo(draft, resume.photo)
    flash(both("You are going on from version %(number)s. Nothing is published until you publish", number=number))
    return redirect(url_for(".edit_resume", draft_id=draft_id), HTTPStatus.SEE_OTHER)
