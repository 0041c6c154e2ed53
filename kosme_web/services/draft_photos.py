"""이력서 사진 of a draft: stored before the draft points to it, and the one before can be brought back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Draft, Photo, User
from kosme_web.models.base import new_id
from kosme_web.providers.photo_store import PhotoStore
from kosme_web.services import photos


class PhotoNotFoundError(LookupError):
    """The user has no such photo."""


def draw_and_store(store: PhotoStore, owner: User, content: bytes, file_name: str) -> Photo:
    """Draw the picture anew and put it into the store; raises PhotoRefusedError, PhotoBusyError, PhotoStoreError.

    The file is on the disk before any row points to it: a crash in between leaves a file, never a gap.
    """
    drawn = photos.draw(content)
    photo = Photo(
        id=new_id(),
        owner_id=owner.id,
        file_name=file_name,
        byte_count=len(content),
        width=drawn.width,
        height=drawn.height,
    )
    store.put(photo.key, drawn.jpeg)
    return photo


def attach_photo(draft: Draft, photo: Photo) -> None:
    """Make it the draft's photo; the one before can be brought back."""
    if draft.photo_id:
        draft.earlier_photo_id = draft.photo_id
    draft.photo = photo


def remove_photo(draft: Draft) -> None:
    if draft.photo_id:
        draft.earlier_photo_id, draft.photo = draft.photo_id, None
        draft.photo_id = None


def undo_photo(session: Session, draft: Draft) -> None:
    """Bring the earlier photo back, in exchange for the present one."""
    if draft.earlier_photo_id:
        earlier, present = session.get(Photo, draft.earlier_photo_id), draft.photo_id
        draft.photo, draft.earlier_photo_id = earlier, present


def find_photo(session: Session, owner: User, photo_id: UUID) -> Photo:
    photo = session.scalar(select(Photo).where(Photo.id == photo_id, Photo.owner_id == owner.id))
    if photo is None:
        raise PhotoNotFoundError(photo_id)
    return photo
