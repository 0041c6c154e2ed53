"""What a post carried that could not be done: it stays in the page that says so, to be sent again from there.

Nothing is stored. The texts stand in the answer as hidden fields, or, while nobody is logged in, sealed for the one
person who may see them again. Only what a page of ours sent is carried: a forged post comes back as a bare refusal.
"""

import base64
import binascii
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.services.drafts import owner_of
from kosme_web.services.vault import VaultError
from kosme_web.web import carried_photo
from kosme_web.web.carried_photo import CarriedPhoto
from kosme_web.web.partials import is_htmx
from kosme_web.web.session import person_mark, standing
from kosme_web.web.toolbox import toolbox

FIELD = "carried"
SECONDS = 86_400
SEALED_BYTES = 12_582_912  # what a whole résumé page may hold, sealed and put into letters
NEVER = ("csrf_token", "_lang", carried_photo.FIELD, carried_photo.NAME)  # the page that brings the rest has its own
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class CarriedError(Exception):
    """Not to be opened: another person's, too old, or not ours."""


@dataclass(frozen=True)
class Post:
    """Where a form went, and what was typed in it."""

    url: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    has_file: bool = False
    photo: CarriedPhoto | None = None


@dataclass(frozen=True)
class Sealed:
    """A post in letters that only its owner may have opened; apart from them its photo, if it has one."""

    texts: str = field(repr=False)
    photo: str = field(default="", repr=False)


def takes_carried(view: View) -> View:
    """Mark a view to which a sealed post may come along."""
    view.text_bytes, view.carries_photo = SEALED_BYTES, True  # type: ignore[attr-defined]
    view.body_bytes = SEALED_BYTES + carried_photo.LETTERS  # type: ignore[attr-defined]
    return view


def refused_post() -> Post | None:
    """Give what this request carried, if a page of ours sent it and the person is about to see another page."""
    if request.method != "POST" or request.endpoint is None or is_htmx() or not is_from_our_page():
        return None
    left_out = NEVER if request.blueprint == "sign_up" else (*NEVER, "password")
    fields = tuple((name, text) for name, text in request.form.items(multi=True) if name not in left_out)
    photo = carried_photo.photo_to_carry() if request.blueprint == "resume" else None
    has_file = any(file.filename for file in request.files.values())
    return Post(url_for(request.endpoint, **request.view_args or {}), fields, has_file, photo)


def is_from_our_page() -> bool:
    """Tell by what the browser itself says of the sender; no script of another site can say it for it."""
    told = request.headers.get("Sec-Fetch-Site")  # not over plain HTTP from another machine, and not from old browsers
    if told is not None:
        return told == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def sealed_for_owner() -> Sealed | None:
    """Seal what was typed into a résumé for the one whose résumé it is; nothing for any other post."""
    post, draft_id = refused_post(), (request.view_args or {}).get("draft_id")
    if post is None or not isinstance(draft_id, UUID):
        return None
    owner = owner_of(db.session(), draft_id) or uuid4()  # that there is no such draft is not told
    return seal(post, person_mark(owner))


def seal(post: Post, person: str) -> Sealed:
    until = time.time() + SECONDS
    text = json.dumps([post.url, post.fields, post.has_file or bool(post.photo), until])
    photo = carried_photo.seal(post.photo, person, until) if post.photo else ""
    return Sealed(base64.urlsafe_b64encode(toolbox().vault.seal(text, f"{FIELD}/{person}")).decode(), photo)


def sealed_in_post() -> Sealed:
    """Give what the log-in page held."""
    return Sealed(request.form.get(FIELD, ""), request.form.get(carried_photo.FIELD, ""))


def opened(sealed: Sealed) -> Post:
    """Give the post to the person it was sealed for, who is logged in now."""
    person = standing().person
    try:
        text = toolbox().vault.open(base64.urlsafe_b64decode(sealed.texts), f"{FIELD}/{person}")
    except (VaultError, binascii.Error, ValueError):
        raise CarriedError from None
    url, fields, has_file, until = json.loads(text)
    if until < time.time():
        raise CarriedError
    photo = carried_photo.opened(sealed.photo, person)
    return Post(url, tuple((name, typed) for name, typed in fields), has_file, photo)
