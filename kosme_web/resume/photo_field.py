"""이력서 사진 of a post (R-123): drawn and stored, or refused with a reason, before the draft is opened."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from uuid import UUID

from flask import request
from markupsafe import Markup

from kosme_web.extensions import db
from kosme_web.models import Photo, User
from kosme_web.providers.photo_store import PhotoStoreError, PhotoStoreFullError
from kosme_web.services import draft_photos, drafts
from kosme_web.services.photos import PhotoBusyError, PhotoProblem, PhotoRefusedError
from kosme_web.web.languages import both
from kosme_web.web.toolbox import toolbox

PROBLEM_TEXTS = {
    PhotoProblem.EMPTY: both("The file is empty. Choose another one"),
    PhotoProblem.TOO_LARGE: both("The file is larger than 5 MB (5,242,880 bytes). Choose a smaller one"),
    PhotoProblem.UNKNOWN_TYPE: both("This is not a picture of the types listed below. Choose another file"),
    PhotoProblem.HEIC: both("This is a HEIC picture. Save it as JPEG on your phone, then add it again"),
    PhotoProblem.DAMAGED: both("The picture is damaged and cannot be read. Choose another file"),
    PhotoProblem.TOO_MANY_PIXELS: both("The picture has too many pixels. Make it smaller, then add it again"),
    PhotoProblem.UNSAFE_SVG: both(
        "This SVG holds parts that cannot be shown safely. Save it as PNG, then add it again"
    ),
}
BUSY = both("The picture could not be stored just now. Add it again in a minute")
FULL = both("There is no room for the picture at the moment. Everything else was saved. Add it again later")


@dataclass(frozen=True)
class StagedPhoto:
    """A picture ready to be attached, or why not."""

    photo: Photo | None = None
    problem: Markup | None = None
    status: HTTPStatus = HTTPStatus.OK  # of the answer that tells of it


def stage_photo(owner: User, draft_id: UUID) -> StagedPhoto | None:
    """Take the posted picture, if there is one; the draft's owner is known to be the one who posts."""
    file = request.files.get("photo")
    if file is None or not file.filename:
        return None
    drafts.get_draft(db.session(), owner, draft_id)
    try:
        photo = draft_photos.draw_and_store(toolbox().photo_store, owner, file.read(), plain_name(file.filename))
    except PhotoRefusedError as refusal:
        return StagedPhoto(problem=PROBLEM_TEXTS[refusal.problem], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except PhotoStoreFullError:
        return StagedPhoto(problem=FULL, status=HTTPStatus.INSUFFICIENT_STORAGE)
    except (PhotoBusyError, PhotoStoreError):
        return StagedPhoto(problem=BUSY, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return StagedPhoto(photo=photo)


def plain_name(file_name: str) -> str:
    """Give the last part of a file's name, without characters that cannot be shown."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable())[:200]
