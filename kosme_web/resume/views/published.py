"""등록된 이력서: what companies see (R-151), as a page and as a PDF in each language."""

import json
from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from kosme_web.extensions import db
from kosme_web.models import Resume
from kosme_web.resume import blueprint
from kosme_web.resume.document import Document, Seen, pdf_of, sheet_of
from kosme_web.resume.hints import unprintable_text
from kosme_web.services import resume_versions, share_links
from kosme_web.services.resumes import published
from kosme_web.services.typesetting import unprintable
from kosme_web.web.languages import LANGUAGES, both
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user

PDFS = parse("60/15minutes")  # of one member
WHOLE = Seen(street=True)  # of one's own PDF


@blueprint.get("/<uuid:draft_id>/published")
def show_published(draft_id: UUID) -> ResponseReturnValue:
    return published_page(published(db.session(), logged_in_user(), draft_id))


def published_page(resume: Resume, status: HTTPStatus = HTTPStatus.OK, **context: object) -> ResponseReturnValue:
    session, owner = db.session(), logged_in_user()
    links = share_links.open_links(session, owner, resume.draft_id)
    count = len(resume_versions.versions(session, owner, resume.draft_id))
    page = {"links": links, "version_count": count, "new_link": None, "problem": None, **context}
    return render_template("resume/published.html", **own_sheet(resume), **page), status


def own_sheet(resume: Resume) -> dict[str, object]:
    photo_url = url_for("resume.show_photo", photo_id=resume.photo_id) if resume.photo_id else ""
    said = "".join(json.dumps(Document(resume, lang, WHOLE).content(), ensure_ascii=False) for lang in LANGUAGES)
    letters = unprintable(said)
    return {**sheet_of(resume, Seen(), photo_url), "unprinted": unprintable_text(letters) if letters else None}


@blueprint.get("/<uuid:draft_id>/version/<int(max=9999):number>/pdf/<any(ko, en):language>")
def download_pdf(draft_id: UUID, number: int, language: str) -> ResponseReturnValue:
    """Give the owner's own copy, with number and street: to whom it goes, the owner decides."""
    if not is_within(PDFS, "PDFs", str(logged_in_user().id)):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
    resume = resume_versions.find_version(db.session(), logged_in_user(), draft_id, number)
    return pdf_of(resume, language, WHOLE)


@blueprint.post("/<uuid:draft_id>/unpublish")
def unpublish_resume(draft_id: UUID) -> ResponseReturnValue:
    resume_versions.unpublish(db.session(), logged_in_user(), draft_id)
    flash(both("The résumé is not published any more. Links to it show nothing until you publish it again"))
    return redirect(url_for(".list_resumes"), HTTPStatus.SEE_OTHER)
