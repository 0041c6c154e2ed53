"""이력서 사진 of a draft: stored before the draft points to it, and those before can be brought back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Draft, Photo, User
from kosme_web.models.base import new_id
from kosme_web.providers.photo_store import PhotoStore, is_key
from kosme_web.services import photos

MOST_EARLIER = 10  # photos of a draft that can be brought back


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
    _put_away(draft)
    draft.photo = photo


def remove_photo(draft: Draft) -> None:
    _put_away(draft)
    draft.photo = draft.photo_id = None


def undo_photo(session: Session, draft: Draft) -> None:
    """Bring back the photo that was put away last; the present one goes to the end, so all can be seen in turn."""
    waiting = _earlier(draft)
    if waiting:
        present = [draft.photo_id] if draft.photo_id else []
        draft.photo = session.get(Photo, waiting[0])
        _keep_earlier(draft, [*waiting[1:], *present])


def find_photo(session: Session, owner: User, photo_id: UUID) -> Photo:
    photo = session.scalar(select(Photo).where(Photo.id == photo_id, Photo.owner_id == owner.id))
    if photo is None:
        raise PhotoNotFoundError(photo_id)
    return photo


def remove_orphans(session: Session, store: PhotoStore, before: datetime) -> int:
    """Delete the files of before that moment which no photo points to: a crash between file and row left them."""
    count = 0
    for names in store.names_before(before):
        ids = [UUID(Path(name).stem) for name in names if is_key(name)]
        known = {photo.key for photo in session.scalars(select(Photo).where(Photo.id.in_(ids)))}
        orphans = [name for name in names if name not in known]
        store.delete(orphans)
        count += len(orphans)
    return count


def _put_away(draft: Draft) -> None:
    if draft.photo_id:
        _keep_earlier(draft, [draft.photo_id, *_earlier(draft)])


def _earlier(draft: Draft) -> list[UUID]:
    """Give the photos that were put away, the last one first."""
    last = [draft.earlier_photo_id] if draft.earlier_photo_id else []
    return last + [UUID(photo_id) for photo_id in draft.older_photos or []]


def _keep_earlier(draft: Draft, photo_ids: Sequence[UUID]) -> None:
    draft.earlier_photo_id = photo_ids[0] if photo_ids else None
    draft.older_photos = [str(photo_id) for photo_id in photo_ids[1:MOST_EARLIER]] or None
