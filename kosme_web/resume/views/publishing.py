"""미리보기, 이력서 등록: check the answers, and publish."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kosme_web.domain.name_forms import forms_of
from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.document import lines_of
from kosme_web.resume.forms.resume import ResumePage
from kosme_web.resume.hints import hints
from kosme_web.resume.judging import complaints
from kosme_web.resume.posting import Posted, posted_draft, reads_number, takes_whole_page
from kosme_web.resume.questions import questions, take_answers
from kosme_web.services.drafts import get_draft
from kosme_web.services.resumes import Content, EducationDetails, WorkDetails, publish
from kosme_web.services.second_texts import seconds_of
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user


@blueprint.post("/<uuid:draft_id>/check")
@takes_whole_page
def save_and_check(draft_id: UUID) -> ResponseReturnValue:
    """Save, then show the answers; what only this page holds is not left behind for it."""
    with posted_draft(draft_id) as posted:
        pass
    if posted.must_show:
        return refuse(posted, posted.page())
    return redirect(url_for(".check_answers", draft_id=draft_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/<uuid:draft_id>/check")
def check_answers(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(db.session(), logged_in_user(), draft_id)
    page, number = ResumePage(draft), reads_number(draft)
    found = complaints(page, number)
    context = {
        "page": page,
        "draft": draft,
        "number": number,
        "complaints": found,
        "hints": hints(page, logged_in_user()),
        "lines_of": lines_of,
        "questions": questions(page),
        "name_forms": forms_of(page.basic_information.english_name.text, logged_in_user().name),
    }
    return render_template("resume/check.html", **context)


@blueprint.post("/<uuid:draft_id>/publish")
@takes_whole_page
def publish_resume(draft_id: UUID) -> ResponseReturnValue:
    """Write the next version, or show everything that stands in its way; the text is kept either way."""
    with posted_draft(draft_id, decide=take_answers) as posted:
        page = posted.page()
        found, asked = complaints(page, posted.number), questions(page)
        is_ready = not found and not posted.must_show
        if is_ready and not asked.is_open:
            publish(db.session(), logged_in_user(), posted.draft, content_of(page))
    if not is_ready:
        return refuse(posted, page)
    if asked.is_open:
        flash(both("Your visa is over by the date you gave. Choose what applies, then publish"))
        return redirect(url_for(".check_answers", draft_id=draft_id, _anchor="visa-past"), HTTPStatus.SEE_OTHER)
    return redirect(url_for(".show_published", draft_id=draft_id), HTTPStatus.SEE_OTHER)


def refuse(posted: Posted, page: ResumePage) -> ResponseReturnValue:
    found = complaints(page, posted.number)
    return posted.show(HTTPStatus.UNPROCESSABLE_ENTITY, found, judged=page)


def content_of(page: ResumePage) -> Content:
    """Give what a page without complaints says; a newcomer's jobs stay in the draft only (N13)."""
    number, seconds = page.draft.number, {"second_texts": seconds_of(page.draft)}
    basics = {"title": page.title.title.text, "career_kind": page.career.career_kind.code} | seconds
    return Content(
        basics=basics | page.basic_information.details() | page.address.details() | questions(page).details(),
        education=cast("list[EducationDetails]", entries_of(page, "education", "overseas")),
        work=cast("list[WorkDetails]", entries_of(page, "work") if page.is_experienced else []),
        name_checked_at=number.checked_at if number else None,
    )


def entries_of(page: ResumePage, *kinds: str) -> list[object]:
    """Give the entries as they are published, each with what was written for it in the other language."""
    rows = page.shown(*kinds)
    return [replace(cast("Any", row.details()), second_texts=seconds_of(page.draft, row.row)) for row in rows]
