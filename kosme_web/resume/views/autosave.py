"""자동 저장: keeps what is being typed, field by field, and leaves the page alone while it does."""

import re
from http import HTTPStatus
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import posted_texts
from kosme_web.resume.posting import Posted, posted_before, posted_draft, takes_whole_page
from kosme_web.services.drafts import SavedBeforeError
from kosme_web.web.languages import both
from kosme_web.web.partials import OURS, partial_response, tell
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user

PER_MEMBER = parse("120/minute")
KEY = re.compile(r"[\w-]{8,40}")
NUMBER_KEPT = "Kosme-Number"
NUMBER_BOXES = ("registration_front", "registration_back")


@blueprint.post("/<uuid:draft_id>/autosave")
@takes_whole_page
def autosave(draft_id: UUID) -> ResponseReturnValue:
    """Answer 204, or what the page must show besides; never with a field in it that somebody may be typing in."""
    if not is_within(PER_MEMBER, "autosave", str(logged_in_user().id)):
        answer = tell(both("Too many tries"), HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = "20"
        return answer
    key = request.headers.get("Idempotency-Key", "")
    try:
        with posted_draft(draft_id, key if KEY.fullmatch(key) else "") as posted:
            pass
    except SavedBeforeError:
        posted = posted_before(draft_id)
    answer = _answer(posted)
    answer.headers[OURS] = "true"
    if posted.number.masked and not posted.number.is_unsaved:
        answer.headers[NUMBER_KEPT] = "kept"
    return posted.noted(answer)


def _answer(posted: Posted) -> Response:
    if posted.refused or posted.homeless:
        is_kept = not posted.too_long and not posted.homeless
        status = HTTPStatus.PRECONDITION_FAILED if posted.conflicts else HTTPStatus.UNPROCESSABLE_ENTITY
        return partial_response(
            "components/_status.html",
            status=status,
            told_in="kept" if is_kept else "status",  # the two texts speak for themselves
            message=posted.told(Markup()).strip(),
            draft=posted.draft,
            rivals=posted.rival_count,
            conflicts=posted.conflict_fields(),
        )
    if "judged" in request.form or _moves_a_section(posted):
        return partial_response("resume/_saved.html", draft=posted.draft, number=posted.number, **posted.standing())
    return Response(status=HTTPStatus.NO_CONTENT)


def _moves_a_section(posted: Posted) -> bool:
    """Whether a section may be done now, or no longer: something was filled in or emptied."""
    if "career_kind" in posted.typed or any(name in request.form for name in NUMBER_BOXES):
        return True
    before = {name: "".join(posted_texts(f"base-{name}")) for name in posted.typed}
    return any(bool(text.strip()) != bool(before[name].strip()) for name, text in posted.typed.items())
