"""다른 언어로 쓰기 (F57): each free text once more in the other language, on a page of its own; all of it optional."""

from http import HTTPStatus
from typing import NamedTuple
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.models import Draft
from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import ResumePage, posted_text
from kosme_web.resume.posting import takes_whole_page
from kosme_web.services.drafts import editing, get_draft, write
from kosme_web.services.second_texts import Pair, all_pairs
from kosme_web.web.fields import Complaint
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user

MOST = 5000
TOO_LONG = both("Shorten this to 5,000 characters")
LONG = ("coursework", "duties", "gap_reason")


class Asked(NamedTuple):
    """A text, what it is called, and what stands in the box beside it."""

    pair: Pair
    label: Markup
    second: str
    is_long: bool
    is_refused: bool


@blueprint.get("/<uuid:draft_id>/second")
def show_second_texts(draft_id: UUID) -> ResponseReturnValue:
    return second_page(get_draft(db.session(), logged_in_user(), draft_id), {})


@blueprint.post("/<uuid:draft_id>/second")
@takes_whole_page
def save_second_texts(draft_id: UUID) -> ResponseReturnValue:
    """Take in what fits; what is too long comes back in its box."""
    with editing(db.session(), logged_in_user(), draft_id) as draft:
        typed = {pair.field: posted_text(pair.field) for pair in all_pairs(draft)}
        posted = {name: text for name, text in typed.items() if text is not None}
        refused = {name: text for name, text in posted.items() if len(text) > MOST}
        write(draft, {name: text for name, text in posted.items() if name not in refused})
    if refused:
        return second_page(draft, refused)
    flash(both("Saved. The résumé shows each text in its language once you publish it"))
    return redirect(url_for(".check_answers", draft_id=draft_id), HTTPStatus.SEE_OTHER)


def second_page(draft: Draft, refused: dict[str, str]) -> ResponseReturnValue:
    page = ResumePage(draft)
    asked = [asked_of(page, pair, refused) for pair in all_pairs(draft)]
    complaints = [Complaint(one.pair.field, TOO_LONG) for one in asked if one.is_refused]
    html = render_template("resume/second.html", draft=draft, asked=asked, complaints=complaints, problem=TOO_LONG)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def asked_of(page: ResumePage, pair: Pair, refused: dict[str, str]) -> Asked:
    if pair.name == "gap_reason":
        label = both("Between study and work")
    else:
        label = page.field(pair.prefix + pair.name).label.text
    second = refused.get(pair.field, pair.second)
    return Asked(pair, label, second, pair.name in LONG, pair.field in refused)
