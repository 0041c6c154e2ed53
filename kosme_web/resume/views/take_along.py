"""내 정보 내려받기, 이력서 가져오기: one's own data as a file, and a file as new résumés."""

import json
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.resume import blueprint, importing, json_resume
from kosme_web.resume.importing import ImportRefusedError
from kosme_web.resume.posting import takes_whole_page
from kosme_web.resume.views.resumes import TOO_MANY
from kosme_web.services import exports, resume_versions, typed_resumes
from kosme_web.services.resume_list import TooManyResumesError
from kosme_web.web.languages import both, both_n
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user
from kosme_web.web.toolbox import toolbox

FILES = parse("20/hour")  # of one member


@blueprint.get("/export")
def export_data() -> ResponseReturnValue:
    _bound_files()
    data = exports.own_data(db.session(), toolbox().photo_store, logged_in_user())
    return json_file(data, "kosme-data.json")


@blueprint.get("/<uuid:draft_id>/version/<int(max=9999):number>/json-resume/<any(ko, en):language>")
def export_json_resume(draft_id: UUID, number: int, language: str) -> ResponseReturnValue:
    resume = resume_versions.find_version(db.session(), logged_in_user(), draft_id, number)
    return json_file(json_resume.written(resume, language), f"resume-{language}.json")


def json_file(data: object, name: str) -> Response:
    response = make_response(json.dumps(data, ensure_ascii=False, indent=2))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/import")
def choose_import() -> ResponseReturnValue:
    return import_page()


@blueprint.post("/import")
@takes_whole_page  # a file of ours holds the photos, too
def import_resumes() -> ResponseReturnValue:
    """Begin a résumé with each of the file's: all of them, or none and a word why."""
    _bound_files()
    file = request.files.get("file")
    if file is None or not file.filename:
        return import_page(both("Choose a file first"))
    try:
        drafts = typed_resumes.begin(db.session(), logged_in_user(), importing.read(file.read()))
    except ImportRefusedError as error:
        return import_page(error.problem.value)
    except TooManyResumesError:
        return import_page(TOO_MANY, HTTPStatus.CONFLICT)
    count = len(drafts)
    flash(both_n("%(n)s résumé was taken over", "%(n)s résumés were taken over", count))
    if count > 1:
        return redirect(url_for(".list_resumes"), HTTPStatus.SEE_OTHER)
    return redirect(url_for(".edit_resume", draft_id=drafts[0].id), HTTPStatus.SEE_OTHER)


def import_page(
    problem: Markup | None = None, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> ResponseReturnValue:
    return render_template("resume/import.html", problem=problem), status if problem else HTTPStatus.OK


def _bound_files() -> None:
    if not is_within(FILES, "data files", str(logged_in_user().id)):
        abort(HTTPStatus.TOO_MANY_REQUESTS)
