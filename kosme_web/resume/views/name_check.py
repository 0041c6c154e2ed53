"""외국인 실명 인증 (R-105, R-111…R-115): name and number are compared by NICE; nothing of the question is kept."""

from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from limits import parse
from markupsafe import Markup

from kosme_web.domain.names import clean, upper
from kosme_web.domain.registration_number import RegistrationNumber, RegistrationNumberError
from kosme_web.models import Action, Draft
from kosme_web.models.base import now
from kosme_web.providers.http import ProviderError
from kosme_web.providers.name_check import NameCheckClosedError, NameCheckResult, NameNotEncodableError
from kosme_web.resume import blueprint
from kosme_web.resume.name_check_results import (
    CAUSES,
    CLOSED,
    MAY_BE_A_SLIP,
    NOT_ENCODABLE,
    RESULT_TEXTS,
    TOO_MANY,
    UNAVAILABLE,
    VERIFIED,
)
from kosme_web.resume.number_field import NumberField, hands, number_problem_text
from kosme_web.resume.posting import Posted, posted_draft, takes_whole_page
from kosme_web.services import registration_numbers
from kosme_web.services.registration_numbers import CheckMark
from kosme_web.web.formats import today
from kosme_web.web.languages import both
from kosme_web.web.partials import close_dialog, is_htmx, partial_response
from kosme_web.web.rate_limits import is_within
from kosme_web.web.session import logged_in_user
from kosme_web.web.toolbox import settings, toolbox

DAILY = parse("10/day")
OPENER = "name-check-open"


@dataclass(frozen=True)
class Check:
    """The open dialog. Its digits live in this one request."""

    name: str = ""
    masked: str | None = None
    front: str = field(default="", repr=False)
    back: str = field(default="", repr=False)
    problem: Markup | None = None
    number_problem: Markup | None = None
    name_problem: Markup | None = None

    def with_problem(self, problem: Markup) -> "Check":
        return Check(self.name, self.masked, self.front, self.back, problem)


@blueprint.post("/<uuid:draft_id>/name-check")
@takes_whole_page
def open_name_check(draft_id: UUID) -> ResponseReturnValue:
    """Start with what the page holds, so that nobody types it twice."""
    with posted_draft(draft_id) as posted:
        pass
    return show_check(
        posted, _asked(posted, posted.number.front, posted.number.back, posted.draft.fields.text("english_name"))
    )


@blueprint.post("/<uuid:draft_id>/name-check/back")
@takes_whole_page
def leave_name_check(draft_id: UUID) -> ResponseReturnValue:
    """Go back to the résumé without a check; the typed number goes along."""
    with posted_draft(draft_id) as posted:
        pass
    return show_resume(posted, _typed("check_front"), _typed("check_back"))


@blueprint.post("/<uuid:draft_id>/name-check/run")
@takes_whole_page
def check_name(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    check = _asked(posted, _typed("check_front"), _typed("check_back"), _typed("check_name"))
    number = _number(posted.draft, check)
    if isinstance(number, Markup) or not check.name.strip():
        number_problem = number if isinstance(number, Markup) else None
        name_problem = None if check.name.strip() else both("Enter your name in English")
        wrong = Check(check.name, check.masked, check.front, check.back, None, number_problem, name_problem)
        return show_check(posted, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_within(DAILY, "name-check", str(logged_in_user().id)):
        return show_check(posted, check.with_problem(TOO_MANY), HTTPStatus.UNPROCESSABLE_ENTITY)
    hands().write_down(posted.draft, Action.CHECKED)
    outcome = _ask(number, check.name)
    if isinstance(outcome, Markup):
        return show_check(posted, check.with_problem(outcome), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _confirm(posted, check, outcome)


def _ask(number: RegistrationNumber, name: str) -> CheckMark | Markup:
    """Ask the bureau once; give the mark of a match, or the words for anything else."""
    try:
        answer = toolbox().name_check.check(number.digits, name, now=now())
    except NameNotEncodableError:
        return NOT_ENCODABLE
    except NameCheckClosedError:
        return CLOSED
    except ProviderError:
        return UNAVAILABLE
    if answer.result is not NameCheckResult.MATCH:
        return RESULT_TEXTS[answer.result]
    return CheckMark(number.digits, upper(clean(name)), now().isoformat(), answer.request_no)


def _confirm(posted: Posted, check: Check, mark: CheckMark) -> ResponseReturnValue:
    """Mark the kept number, or hand the page the mark until the number may be kept."""
    vault, draft_id = toolbox().vault, posted.draft.id
    with posted_draft(draft_id) as again:
        kept = registration_numbers.kept_text(hands(), again.draft)
        if kept is not None and registration_numbers.bare(kept) == mark.number:
            registration_numbers.set_mark(again.draft, mark)
            front = back = token = ""
        else:
            front, back, token = check.front, check.back, registration_numbers.seal_mark(vault, draft_id, mark)
    number = NumberField.of(vault, again.draft, front=front, back=back, token=token, mark=mark if token else None)
    again.number = number
    if is_htmx():
        return close_dialog(again.parts("resume/_number.html", message=VERIFIED), OPENER, "#registration-number")
    return again.answer("registration-number", message=VERIFIED)


def show_resume(posted: Posted, front: str, back: str) -> ResponseReturnValue:
    posted.number = NumberField.of(toolbox().vault, posted.draft, front=front, back=back)
    return posted.show(HTTPStatus.OK)


def show_check(posted: Posted, check: Check, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    causes = CAUSES if check.problem in MAY_BE_A_SLIP else ()
    context = {"check": check, "draft": posted.draft, "causes": causes, "contact": settings().nice_contact}
    if is_htmx():
        return partial_response("resume/_name_check_dialog.html", status=status, **context)
    return render_template("resume/name_check.html", **context), status


def _asked(posted: Posted, front: str, back: str, name: str) -> Check:
    return Check(name, registration_numbers.masked(toolbox().vault, posted.draft), front, back)


def _number(draft: Draft, check: Check) -> RegistrationNumber | Markup:
    """Give the number to ask about: the typed one, or the kept one where the boxes are empty."""
    text = f"{check.front}-{check.back}" if check.front.strip() or check.back.strip() else None
    try:
        number = RegistrationNumber.parse(text or registration_numbers.kept_text_now(hands(), draft) or "")
        number.check(today())
    except RegistrationNumberError as error:
        return number_problem_text(error.problem)
    return number


def _typed(name: str) -> str:
    return request.form.get(name, "")[:100]
