"""이력서 사진 of a post (R-123): drawn and stored, or refused with a reason, before the draft is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from uuid import UUID

from flask import request
from limits import parse
from markupsafe import Markup
from werkzeug.exceptions import ServiceUnavailable

from kosme_web.extensions import db
from kosme_web.models import Photo, User
from kosme_web.providers.photo_store import PhotoStore, PhotoStoreError, PhotoStoreFullError
from kosme_web.services import draft_photos, drafts
from kosme_web.services.photos import PhotoBusyError, PhotoProblem, PhotoRefusedError, Studio
from kosme_web.services.photos.frame import Frame
from kosme_web.web.carried_photo import carried_photo
from kosme_web.web.languages import both
from kosme_web.web.rate_limits import is_within
from kosme_web.web.toolbox import toolbox

PROBLEM_TEXTS = {
    PhotoProblem.EMPTY: both("The file is empty. Choose another one"),
    PhotoProblem.TOO_LARGE: both("The file is larger than 5 MB (5,242,880 bytes). Choose a smaller one"),
    PhotoProblem.UNKNOWN_TYPE: both("This is not a picture of the types listed below. Choose another file"),
    PhotoProblem.DAMAGED: both("The picture is damaged and cannot be read. Choose another file"),
    PhotoProblem.TOO_MANY_PIXELS: both(
        "The picture has too many pixels. Make it smaller, some 2,000 pixels wide, then add it again"
    ),
    PhotoProblem.TOO_SMALL: both(
        "The picture is too small for a photo. Choose one of at least 100 by 130 pixels, better 413 by 531"
    ),
    PhotoProblem.TOO_SLOW: both("The picture takes too long to read. Save it as JPEG, then add it again"),
    PhotoProblem.UNSAFE_SVG: both(
        "This SVG holds parts that cannot be shown safely. Save it as PNG, then add it again"
    ),
}
BUSY = both("Many photos are being drawn at the moment. Everything else was saved. Add it again in a minute")
AWAY = both("The picture could not be stored just now. Add it again in a minute")
TOO_MANY = both("That was a lot of photos in a short time. Wait a minute, then add it again")
PER_MEMBER = parse("30/minute")
FULL = both("There is no room for the picture at the moment. Everything else was saved. Add it again later")


@dataclass(frozen=True)
class StagedPhoto:
    """A picture ready to be attached, or why not."""

    photo: Photo | None = None
    problem: Markup | None = None
    status: HTTPStatus = HTTPStatus.OK  # of the answer that tells of it


def stage_photo(owner: User, draft_id: UUID) -> StagedPhoto | None:
    """Take the posted picture, if there is one; the draft's owner is known to be the one who posts."""
    picture = posted_picture()
    if picture is None:
        return None
    drafts.get_draft(db.session(), owner, draft_id)
    name, content = plain_name(picture[0]), picture[1]
    return drawn(owner, lambda studio, store: draft_photos.draw_and_store(studio, store, owner, content, name))


def posted_picture() -> tuple[str, bytes] | None:
    """Give name and content of the chosen file, or of the one that came along from a page that had to carry it."""
    file, carried = request.files.get("photo"), carried_photo()
    if file is not None and file.filename:
        return file.filename, file.stream.read()
    return (carried.name, carried.content) if carried else None


def stage_frame(owner: User, photo: Photo, frame: Frame) -> StagedPhoto:
    """Cut another photo out of the whole picture of this one."""
    return drawn(owner, lambda studio, store: draft_photos.frame_anew(studio, store, photo, frame))


def drawn(owner: User, draw: Callable[[Studio, PhotoStore], Photo]) -> StagedPhoto:
    """Have a photo drawn and stored, or the words for why not."""
    try:
        if not is_within(PER_MEMBER, "photos", str(owner.id)):
            return StagedPhoto(problem=TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)
        photo = draw(toolbox().studio, toolbox().photo_store)
    except PhotoRefusedError as refusal:
        return StagedPhoto(problem=PROBLEM_TEXTS[refusal.problem], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except PhotoStoreFullError:
        return StagedPhoto(problem=FULL, status=HTTPStatus.INSUFFICIENT_STORAGE)
    except PhotoBusyError:
        return StagedPhoto(problem=BUSY, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except (PhotoStoreError, ServiceUnavailable):
        return StagedPhoto(problem=AWAY, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return StagedPhoto(photo=photo)


def plain_name(file_name: str) -> str:
    """Give the last part of a file's name, without characters that cannot be shown."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable())[:200]
