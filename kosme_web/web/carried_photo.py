"""The photo of a post that could not be done: like its texts, it stays in the page that says so. Nothing is stored.

It stays as it was chosen: no picture is looked into before its owner has logged in and sent it again.
"""

import base64
import binascii
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

from flask import request
from limits import parse
from werkzeug.exceptions import ServiceUnavailable

from kosme_web.extensions import client_address
from kosme_web.services.photos import MOST_BYTES
from kosme_web.services.photos.kinds import kind_of
from kosme_web.services.vault import VaultError
from kosme_web.web.rate_limits import is_within
from kosme_web.web.toolbox import toolbox

FIELD, NAME = "carried_photo", "carried_photo_name"
LETTERS = 7_340_032  # bytes: the largest photo, sealed, in base64, with its name
PER_ADDRESS = parse("12/30minutes")


@dataclass(frozen=True)
class CarriedPhoto:
    """A photo in the letters of a hidden field, and what the person's own file is called."""

    name: str = field(repr=False)
    letters: str = field(repr=False)

    @property
    def content(self) -> bytes:
        """Give the file; of letters that are none of ours, an empty one."""
        with suppress(binascii.Error, ValueError):
            return base64.urlsafe_b64decode(self.letters)
        return b""


def carried_photo() -> CarriedPhoto | None:
    """Give the photo that came along from a page that carried it."""
    letters = request.form.get(FIELD, "")
    return CarriedPhoto(request.form.get(NAME, ""), letters) if letters else None


def photo_to_carry() -> CarriedPhoto | None:
    """Give the photo of this post, if one could be taken by its size and its first bytes, and not one too many."""
    file = request.files.get("photo")
    if file is None or not file.filename:
        return carried_photo()
    file.stream.seek(0)  # it may have been read before the post was refused
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or kind_of(content) is None or not _may_carry():
        return None
    return CarriedPhoto(file.filename[:200], base64.urlsafe_b64encode(content).decode())


def seal(photo: CarriedPhoto, person: str, until: float) -> str:
    head = json.dumps([photo.name, until]).encode()
    return base64.urlsafe_b64encode(toolbox().vault.seal_bytes(head + b"\n" + photo.content, _place(person))).decode()


def opened(sealed: str, person: str) -> CarriedPhoto | None:
    """Give the photo to the person it was sealed for, if it arrived whole and in time."""
    try:
        head, _, content = toolbox().vault.open_bytes(base64.urlsafe_b64decode(sealed), _place(person)).partition(b"\n")
    except (VaultError, binascii.Error, ValueError):
        return None
    name, until = json.loads(head)
    return CarriedPhoto(name, base64.urlsafe_b64encode(content).decode()) if until > time.time() else None


def _place(person: str) -> str:
    return f"{FIELD}/{person}"


def _may_carry() -> bool:
    """Bound what somebody may have us send back; a store of counts that is away must not cost the texts."""
    try:
        return is_within(PER_ADDRESS, "carried photos", client_address())
    except ServiceUnavailable:
        return False
