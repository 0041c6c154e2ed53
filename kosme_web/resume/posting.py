"""Takes in what a post of the résumé page carries, whatever button was pressed, before anything else is done.

Text and choices go into the draft. A photo is drawn and attached. The registration number is kept only under its
consent; without it, it lives in this one request and goes straight back into the page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import BadRequest

from kosme_web.domain.registration_number import RegistrationNumber, RegistrationNumberError
from kosme_web.extensions import db
from kosme_web.models import Decision, Draft
from kosme_web.resume.forms.resume import ResumePage, has_impossible_rows, is_base, posted_text, seen
from kosme_web.resume.judging import complaints, states
from kosme_web.resume.number_field import NumberField, hands, number_problem_text
from kosme_web.resume.photo_field import StagedPhoto, stage_photo
from kosme_web.services import consents, registration_numbers
from kosme_web.services.consents import Shown
from kosme_web.services.draft_photos import attach_photo
from kosme_web.services.drafts import MAX_TEXT, absorb, editing, get_draft
from kosme_web.web.fields import Complaint, TextField
from kosme_web.web.formats import today
from kosme_web.web.languages import both, page_display
from kosme_web.web.partials import is_htmx, partial_response
from kosme_web.web.session import logged_in_user
from kosme_web.web.toolbox import toolbox

CONSENT = "unique_identifier_consent"
PHOTO_BODY = 33_554_432  # bytes: a phone's own picture is read whole, so that refusing it costs nothing else
TEXT_BODY = 4_194_304
REFUSED = "Kosme-Refused"  # names what the draft does not hold as it was posted: for the script it stays unsaved
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def takes_whole_page(view: View) -> View:
    """Mark a view that the whole form may be posted to, photo and all."""
    view.body_bytes, view.text_bytes, view.carries_photo = PHOTO_BODY, TEXT_BODY, True  # type: ignore[attr-defined]
    return view


@dataclass
class Posted:
    """The draft with the post in it, and what could not be kept: that is shown again at once."""

    draft: Draft
    number: NumberField
    photo: StagedPhoto | None = None
    typed: dict[str, str] = field(default_factory=dict)
    too_long: dict[str, str] = field(default_factory=dict)
    homeless: list[str] = field(default_factory=list)  # fields of entries that are gone
    open_row: str = ""  # the entry that was worked on; the page comes back with it unfolded

    @property
    def must_show(self) -> bool:
        """Whether a redirect would lose something that lives in this request only."""
        return bool(self.number.is_unsaved or self.refused or (self.photo and self.photo.problem))

    @property
    def conflicts(self) -> dict[str, str]:
        """What was typed here and met another text: it is kept as that one's rival, and the person chooses."""
        fields = ((name, self.draft.fields.get(name)) for name in self.typed)
        return {
            one.name: self.typed[name] for name, one in fields if one and one.rival == self.typed[name] != one.value
        }

    @property
    def refused(self) -> dict[str, str]:
        """What does not stand in the draft now: the page goes on showing it."""
        return self.conflicts | self.too_long

    def page(self) -> ResumePage:
        return ResumePage(self.draft, refused=self.refused)

    def answer(
        self, anchor: str, *names: str, message: Markup, status: HTTPStatus = HTTPStatus.OK, **context: object
    ) -> ResponseReturnValue:
        """Give htmx the parts; send a plain post back to the place it came from, nothing lost on the way."""
        if is_htmx():
            return self.parts(*names, message=message, status=status, **context)
        flash(self.told(message))
        if self.must_show:
            photo_status = self.photo.status if self.photo else HTTPStatus.OK
            return self.show(HTTPStatus.PRECONDITION_FAILED if self.conflicts else photo_status)
        page = url_for("resume.edit_resume", draft_id=self.draft.id, open=self.open_row or None, _anchor=anchor)
        return redirect(page, HTTPStatus.SEE_OTHER)

    def parts(self, *names: str, message: Markup, status: HTTPStatus = HTTPStatus.OK, **context: object) -> Response:
        """Give htmx the parts, the message, and what the page must know of the save."""
        response = partial_response(
            *names,
            "components/_status.html",
            status=status,
            message=self.told(message),
            seen=self.draft.version,
            draft=self.draft,
            number=self.number,
            rivals=self.rival_count,
            conflicts=self.conflict_fields(),
            **context,
        )
        return self.noted(response)

    def noted(self, response: Response) -> Response:
        """Let the script know which version of the draft it has sent to, and what this does not hold as it was sent."""
        response.headers["ETag"] = f'"{self.draft.version}"'
        response.headers[REFUSED] = " ".join([*self.refused, *self.homeless])
        return response

    def standing(self) -> dict[str, Any]:
        """How far each section is, and what is left to put right if publishing was refused."""
        page = self.page()
        is_judged = "judged" in request.form  # the page shows what kept it from being published
        found = complaints(page, self.number) if is_judged else []
        return {"sections": states(page, self.number, found), "complaints": found, "is_judged": is_judged}

    def conflict_fields(self) -> list[TextField]:
        """Give the fields whose two texts the answer puts side by side."""
        page = self.page()
        return [page.field(name) for name in self.conflicts]

    @property
    def rival_count(self) -> int:
        return sum(1 for one in self.draft.fields.values() if one.rival is not None)

    def told(self, message: Markup) -> Markup:
        """Add what the person must know besides: nothing that was refused or met another text goes unsaid."""
        if self.homeless:
            message += " " + both("An entry on this page was published without or removed on another device.")
        if self.conflicts:
            message += " " + both("Another device changed the same field. Choose which text to keep.")
        if self.photo and self.photo.problem and message != self.photo.problem:
            message += " " + self.photo.problem
        if self.too_long:
            message += " " + both("A text of more than 20,000 characters was not saved. Shorten it.")
        return message

    def show(
        self,
        status: HTTPStatus,
        complaints: list[Complaint] | None = None,
        judged: ResumePage | None = None,
        **context: object,
    ) -> ResponseReturnValue:
        page = judged or self.page()
        context = {"open_row": self.open_row, **context}
        return show_page(page, self.number, status=status, complaints=complaints, photo=self.photo, **context)


def show_page(
    page: ResumePage,
    number: NumberField,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    complaints: list[Complaint] | None = None,
    photo: StagedPhoto | None = None,
    **context: object,
) -> ResponseReturnValue:
    """Render the whole page; ``context`` may open a part of it, such as the address search without the script."""
    html = render_template(
        "resume/resume.html",
        page=page,
        draft=page.draft,
        number=number,
        owner=logged_in_user(),
        complaints=complaints or [],
        photo_problem=photo.problem if photo else None,
        sections=states(page, number, complaints or []),
        rivals=len(page.rivals),
        **{
            "search": None,
            "position_row": None,
            "code": None,
            "frame": None,
            "list_search": None,
            "open_row": request.args.get("open", ""),
            **context,
        },
    )
    return html, status


@contextmanager
def posted_draft(draft_id: UUID, key: str = "", decide: Callable[[Draft], None] | None = None) -> Iterator[Posted]:
    """Open the draft for a change, with everything that was posted already in it, and what it decides.

    ``key`` as ``editing`` has it.
    """
    if has_impossible_rows():
        raise BadRequest
    owner, session = logged_in_user(), db.session()
    photo = stage_photo(owner, draft_id)
    with editing(session, owner, draft_id, key) as draft:
        page = ResumePage(draft)
        typed = _touched(draft, page.posted())
        had_consent = has_consent(draft)
        too_long = absorb(draft, typed, is_base)
        if decide:
            decide(draft)
        number = follow_consent(draft, had_consent=had_consent)
        if photo and photo.photo:
            attach_photo(draft, photo.photo)
        yield Posted(
            draft,
            number,
            photo,
            typed,
            too_long={name: typed[name] for name in too_long},
            homeless=page.homeless(),
        )


def _touched(draft: Draft, typed: dict[str, str]) -> dict[str, str]:
    """Leave out what a page without the script only sends back as it showed it: another device may have changed it."""
    alone = {name: text for name, text in typed.items() if f"base-{name}" not in request.form}
    shown = draft.fields.shown_at(db.session.connection(), seen(), alone)
    return {name: text for name, text in typed.items() if name not in shown}


def posted_before(draft_id: UUID) -> Posted:
    """Look at what came of a post that was taken in before: its answer did not arrive."""
    draft = get_draft(db.session(), logged_in_user(), draft_id)
    page = ResumePage(draft)
    typed = page.posted()
    too_long = {name: text for name, text in typed.items() if len(text) > MAX_TEXT}
    return Posted(draft, reads_number(draft), None, typed, too_long, page.homeless())


def has_consent(draft: Draft) -> bool:
    return bool(draft.fields.text(CONSENT))


def follow_consent(draft: Draft, *, had_consent: bool) -> NumberField:
    """Keep or erase the number as the consent now says, and record a decision that has just been made."""
    vault, consented = toolbox().vault, has_consent(draft)
    if consented != had_consent:
        decision = Decision.AGREED if consented else Decision.WITHDRAWN
        shown = Shown(page_display(), g.get("request_id", ""))
        consents.record(db.session(), draft.owner_id, "UID_RESUME", decision, shown)
    if not consented:
        registration_numbers.erase(hands(), draft)
    front, back = posted_text("registration_front") or "", posted_text("registration_back") or ""
    token = posted_text("name_check_token") or ""
    typed = f"{front}-{back}" if front.strip() or back.strip() else ""
    mark = registration_numbers.open_mark(vault, draft.id, token) if token else None
    problem = None
    if typed:
        try:
            RegistrationNumber.parse(typed).check(today())
        except RegistrationNumberError as error:
            problem = number_problem_text(error.problem)
        if consented and problem is None:
            registration_numbers.keep(hands(), draft, typed, mark)
            front = back = token = ""
    return NumberField.of(vault, draft, front=front, back=back, token=token if mark else "", problem=problem, mark=mark)


def reads_number(draft: Draft) -> NumberField:
    """Give the number's state for a page that carries none."""
    return NumberField.of(toolbox().vault, draft)
