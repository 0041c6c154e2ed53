"""이전에 적은 내용: shows the texts that others took the place of since the last publishing, and puts one back."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.models import DraftRow
from kosme_web.resume import blueprint
from kosme_web.resume.forms.resume import ResumePage, is_base
from kosme_web.resume.labels import is_second, label_of, reading_of, row_of
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.services.drafts import editing, get_draft
from kosme_web.services.earlier_texts import (
    PAGE,
    EarlierText,
    EarlierTextNotFoundError,
    EntryRemovedError,
    earlier_texts,
    put_back,
)
from kosme_web.web.formats import moment_in
from kosme_web.web.languages import both, each, message, only
from kosme_web.web.session import logged_in_user

NAME, NUMBER = re.compile(r"[a-z0-9_-]{0,80}"), re.compile(r"[1-9][0-9]{0,4}")
UNSAVED = both("Something on this page is not saved. Put it right first, then look at the earlier texts.")
REPLACED = message("Replaced %(moment)s")
GIVEN_UP = message("Given up %(moment)s, when two devices differed")
CONFLICT = both("Another device changed the same field. Choose which text to keep.")
REMOVED = both("This belongs to an entry that was removed. Bring the entry back first.")
FORGOTTEN = both("That text is no longer kept. Earlier texts go when the résumé is published.")


class Shown(NamedTuple):
    """An earlier text as it is read: ``is_now`` if it stands in the field again."""

    id: UUID
    reading: Markup
    told: Markup
    is_now: bool


class Field(NamedTuple):
    """A field with its earlier texts, the newest first, of ``total`` altogether."""

    name: str
    label: Markup
    is_second: bool
    entry: str
    removed: DraftRow | None
    now: Markup | None
    texts: list[Shown]
    total: int


@blueprint.post("/<uuid:draft_id>/earlier")
@takes_whole_page
def save_and_look_back(draft_id: UUID) -> ResponseReturnValue:
    """Save, then show them; what only this page holds is not left behind for it."""
    with posted_draft(draft_id) as posted:
        pass
    if posted.must_show:
        return posted.answer("status", "resume/_saved.html", message=UNSAVED, **posted.standing())
    return to_list(draft_id)


@blueprint.get("/<uuid:draft_id>/earlier")
def list_earlier_texts(draft_id: UUID) -> ResponseReturnValue:
    name, number = request.args.get("field", ""), request.args.get("page", "1")
    if not (NAME.fullmatch(name) and NUMBER.fullmatch(number)):
        abort(HTTPStatus.NOT_FOUND)
    draft = get_draft(db.session(), logged_in_user(), draft_id)
    found = earlier_texts(db.session(), draft, name, int(number))
    return render_template(
        "resume/earlier.html",
        draft=draft,
        fields=fields_of(ResumePage(draft), found[:PAGE]),
        only_field=name,
        number=int(number),
        has_more=len(found) > PAGE,
    )


@blueprint.post("/<uuid:draft_id>/earlier/<uuid:past_id>")
def put_text_back(draft_id: UUID, past_id: UUID) -> ResponseReturnValue:
    """Let it be the field's text again; one that came meanwhile, unseen by this page, stays, and the person chooses."""
    session = db.session()
    try:
        with editing(session, logged_in_user(), draft_id) as draft:
            done = put_back(session, draft, past_id, is_base)
    except (EarlierTextNotFoundError, EntryRemovedError) as refusal:
        flash(REMOVED if isinstance(refusal, EntryRemovedError) else FORGOTTEN, "warn")
        return to_list(draft_id)
    if done.is_conflict:
        flash(CONFLICT, "warn")
        row = row_of(ResumePage(draft), done.name)
        page = url_for(".edit_resume", draft_id=draft_id, open=row.id if row else None, _anchor=done.name)
        return redirect(page, HTTPStatus.SEE_OTHER)
    flash(both("Put back. The text that stood there is kept here."))
    return to_list(draft_id, done.name)


def to_list(draft_id: UUID, name: str = "") -> ResponseReturnValue:
    field = name if name and request.form.get("field") == name else None
    page = url_for(".list_earlier_texts", draft_id=draft_id, field=field, _anchor=f"of-{name}" if name else None)
    return redirect(page, HTTPStatus.SEE_OTHER)


def fields_of(page: ResumePage, texts: Iterable[EarlierText]) -> list[Field]:
    return [field_of(page, name, list(found)) for name, found in groupby(texts, key=lambda one: one.name)]


def field_of(page: ResumePage, name: str, texts: list[EarlierText]) -> Field:
    now, row = page.draft.fields.text(name), row_of(page, name)
    shown = [Shown(one.id, reading_of(page, name, one.text), told_of(one), one.text == now) for one in texts]
    return Field(
        name,
        label_of(page, name),
        is_second(name),
        page.entry_name(row) if row else "",
        row if row and row.is_removed else None,
        reading_of(page, name, now) if now else None,
        shown,
        texts[0].total,
    )


def told_of(text: EarlierText) -> Markup:
    """Say when the text went, and why."""
    said = GIVEN_UP if text.until is None else REPLACED
    return each(lambda lang: only(said, lang, moment=moment_in(text.replaced_at, lang)))
