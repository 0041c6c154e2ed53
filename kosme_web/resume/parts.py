"""How the parts of the résumé page are drawn: from a stencil or, where that cannot say it, by their template.

A part whose texts are wrong, or were also written on another device, has more to say than its stencil has places for.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, cast
from uuid import UUID, uuid4

from flask import g, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from kosme_web.domain.code_lists import (
    ADMISSION_KIND,
    GRADUATION_KIND,
    INDUSTRY,
    LEAVE_REASON,
    REGION,
    SIDO,
    UNIV_KIND,
)
from kosme_web.models import Draft, DraftRow
from kosme_web.resume.forms.resume import PAGE_FORMS, ROW_FORMS, ResumePage
from kosme_web.resume.judging import Section
from kosme_web.resume.number_field import NumberField
from kosme_web.services.photos.frame import Frame
from kosme_web.web import address_search
from kosme_web.web.fields import BilingualForm, Complaint, Texts
from kosme_web.web.formats import today
from kosme_web.web.languages import page_language
from kosme_web.web.options import options
from kosme_web.web.partials import is_htmx
from kosme_web.web.stencils import Filling, Stencil, cut

DRAFT, ROW = str(uuid4()), secrets.token_hex(6)  # stand for the ids of every draft and entry
HELD = "Kosme-Lists"  # the page says with it that it holds the shared lists
SHARED = (UNIV_KIND, REGION, ADMISSION_KIND, GRADUATION_KIND, INDUSTRY, SIDO, LEAVE_REASON)
EMPTY = NumberField()
NUMBER_TEMPLATE, PHOTO_TEMPLATE = "resume/_number.html", "resume/_photo.html"
ROW_TEMPLATE, ADD_TEMPLATE = "resume/_row.html", "resume/_row_add.html"


class Looks(NamedTuple):
    """What an entry's markup depends on besides its texts."""

    is_open: bool
    has_undo: bool
    is_lean: bool


class Surroundings(NamedTuple):
    """What is the same for all parts of an answer; lean: it leaves out what the page holds or needs no script for."""

    language: str
    root: str
    day: date
    is_lean: bool


def surroundings() -> Surroundings:
    if "surroundings" not in g:
        is_lean = is_htmx() and request.headers.get(HELD) == "here"
        g.surroundings = Surroundings(page_language(), request.script_root, today(), is_lean)
    return cast("Surroundings", g.surroundings)


def part(page: ResumePage, template: str, form: str, **context: object) -> Markup:
    """Draw what the template says of one of the page's forms; what the context adds, no stencil has a place for."""
    if page.has_trouble(form) or any(context.values()):
        return drawn(template, form=getattr(page, form), draft_id=page.draft.id, **context)
    around = surroundings()
    stencil = page_stencil(template, form, around.language, around.root)
    return stencil.fill(filling(page, "", {DRAFT: str(page.draft.id)}, around))


def still(template: str, draft: Draft, **context: object) -> Markup:
    """Draw what is the same in every draft but for its id."""
    around = surroundings()
    stencil = still_stencil(template, around.language, around.root, **context)
    return stencil.fill(Filling(Texts({}, ""), {DRAFT: str(draft.id)}))


def number_part(draft: Draft, number: NumberField, complaints: Sequence[Complaint]) -> Markup:
    """Draw the registration number's fields: nobody's digits are ever kept in a stencil."""
    if number == EMPTY and not complaints:
        return still(NUMBER_TEMPLATE, draft, number=EMPTY)
    return drawn(NUMBER_TEMPLATE, draft=draft, number=number, complaints=complaints)


def photo_part(draft: Draft, problem: Markup | None, frame: Frame | None) -> Markup:
    if draft.photo or draft.earlier_photo_id or problem:
        return drawn(PHOTO_TEMPLATE, draft=draft, photo_problem=problem, frame=frame)
    return still(PHOTO_TEMPLATE, draft, photo_problem=None)


def address_urls(draft_id: UUID) -> dict[str, str]:
    """Give where the address search of this draft asks."""
    return address_search.urls("resume", draft_id=draft_id)


def entry(page: ResumePage, row: DraftRow, *, is_open: bool = False, position_row: str | None = None) -> Markup:
    """Draw an entry; ``position_row`` is the one whose position is being chosen without the script."""
    form = page.rows.made.get(row.id)
    has_errors = bool(form and form.errors)
    is_chosen = position_row == row.id
    is_open = is_open or is_chosen or has_errors or not page.entry_name(row)
    if row.is_removed or is_chosen or has_errors or page.has_rivals(row.prefix):
        context = {"is_open": is_open, "position_row": position_row, "is_lean": False}
        return drawn(ROW_TEMPLATE, form=page.rows[row.id], **context)
    around = surroundings()
    looks = Looks(is_open=is_open, has_undo=bool(row.cleared), is_lean=around.is_lean)
    stencil = row_stencil(row.kind, around.language, around.root, looks)
    return stencil.fill(filling(page, row.prefix, {DRAFT: str(row.draft_id), ROW: row.id}, around))


def add_button(draft: Draft, kind: str) -> Markup:
    """Draw the button that adds an entry, with the id that the entry will have."""
    stencil = add_stencil(kind, request.script_root)
    return stencil.fill(Filling(Texts({}, ""), {DRAFT: str(draft.id), ROW: secrets.token_hex(6)}))


@lru_cache(maxsize=256)
def section_list(sections: tuple[Section, ...]) -> Markup:
    """Draw the list beside the page: each section with its state. Those that look alike are drawn once."""
    return drawn("resume/_sections.html", sections=sections)


@lru_cache(maxsize=256)
def section_state(section: Section) -> Markup:
    return drawn("resume/_section_state.html", section=section)


def section_head(sections: tuple[Section, ...], anchor: str, title: Markup) -> Markup:
    """Draw the heading of a section with its state."""
    return _section_head(next(one for one in sections if one.anchor == anchor), title)


@lru_cache(maxsize=256)
def _section_head(section: Section, title: Markup) -> Markup:
    return drawn("resume/_section_head.html", section=section, title=title)


def filling(page: ResumePage, prefix: str, ids: dict[str, str], around: Surroundings) -> Filling:
    return Filling(Texts(page.texts, prefix), ids, around.language, around.day, around.is_lean)


def shared_lists() -> Markup:
    """Draw the lists that every entry has, for the page to hold: added entries then come without them."""
    around = surroundings()
    return _shared_lists(around.language, around.day)


@lru_cache(maxsize=4)
def _shared_lists(language: str, day: date) -> Markup:
    lists = [(one.name, options(one, language, None, day)) for one in SHARED]
    return drawn("resume/_lists.html", lists=lists, first=language)


def drawn(template: str, **context: object) -> Markup:
    return Markup(render_template(template, **context))  # noqa: S704  a template escapes


def drawing(template: str, **context: object) -> Callable[[object], str]:
    return lambda form: render_template(template, form=form, **context)


# language and root are in the markup too: the page's language stands first in an option, the root in each address


@lru_cache(maxsize=128)
def page_stencil(template: str, form: str, _language: str, _root: str) -> Stencil:
    return cut(drawing(template, draft_id=DRAFT), PAGE_FORMS[form](MultiDict()), (DRAFT,))


@lru_cache(maxsize=32)
def still_stencil(template: str, _language: str, _root: str, **context: object) -> Stencil:
    draft = Draft(id=UUID(DRAFT))
    return cut(lambda _form: render_template(template, draft=draft, **context), BilingualForm(), (DRAFT,))


@lru_cache(maxsize=128)
def row_stencil(kind: str, _language: str, _root: str, looks: Looks) -> Stencil:
    row = DraftRow(id=ROW, draft_id=UUID(DRAFT), kind=kind, position=0, is_removed=False)
    row.cleared = {"": ""} if looks.has_undo else None
    draw = drawing(ROW_TEMPLATE, is_open=looks.is_open, is_lean=looks.is_lean, position_row=None)
    return cut(draw, ROW_FORMS[kind](row, MultiDict()), (DRAFT, ROW))


@lru_cache(maxsize=128)
def add_stencil(kind: str, _root: str) -> Stencil:
    return cut(drawing(ADD_TEMPLATE, kind=kind, draft_id=DRAFT, row_id=ROW), BilingualForm(), (DRAFT, ROW))
