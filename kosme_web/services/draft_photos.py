"""이력서 사진 of a draft: stored before the draft points to it, and those before can be brought back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from kosme_web.models import Draft, Photo, Resume, User
from kosme_web.models.base import new_id
from kosme_web.providers.photo_store import PhotoStore, PhotoStoreError, id_in
from kosme_web.services.photos import DrawnPhoto, Studio
from kosme_web.services.photos.frame import Frame

MOST_EARLIER = 10  # photos of a draft that can be brought back
BATCH = 500  # rows that are looked at together
SHOWN = or_(
    exists().where(Draft.photo_id == Photo.id),
    exists().where(Draft.earlier_photo_id == Photo.id),
    exists().where(Resume.photo_id == Photo.id),
)


class PhotoNotFoundError(LookupError):
    """The user has no such photo."""


def draw_and_store(studio: Studio, store: PhotoStore, owner: User, content: bytes, file_name: str) -> Photo:
    """Draw the picture anew and put it into the store; raises PhotoRefusedError, PhotoBusyError, PhotoStoreError.

    The files are on the disk before any row points to them: a crash in between leaves files, never a gap.
    """
    drawn = studio.draw(content)
    photo_id = new_id()
    photo = Photo(id=photo_id, owner_id=owner.id, file_name=file_name, byte_count=len(content), whole_id=photo_id)
    _finish(store, photo, drawn, Frame())
    return photo


def frame_anew(studio: Studio, store: PhotoStore, photo: Photo, frame: Frame) -> Photo:
    """Cut another photo out of the same whole picture; raises as ``draw_and_store`` does."""
    drawn = studio.draw(store.get(photo.whole_key), frame)
    again = Photo(
        id=new_id(),
        owner_id=photo.owner_id,
        file_name=photo.file_name,
        byte_count=photo.byte_count,
        whole_id=photo.whole_id,
    )
    _finish(store, again, drawn, frame)
    return again


def _finish(store: PhotoStore, photo: Photo, drawn: DrawnPhoto, frame: Frame) -> None:
    """Store the files of the photo, or none of them."""
    photo.width, photo.height = drawn.width, drawn.height
    photo.frame = [frame.zoom, frame.across, frame.down]
    files = {photo.key: drawn.photo, photo.small_key: drawn.small}
    if photo.whole_id == photo.id:
        files[photo.whole_key] = drawn.whole
    try:
        for key, content in files.items():
            store.put(key, content)
    except PhotoStoreError:
        store.delete(list(files))
        raise


def frame_of(photo: Photo) -> Frame:
    return Frame(*photo.frame) if photo.frame else Frame()


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


def forget_unused(session: Session, before: datetime) -> int:
    """Delete the rows of photos of before that moment that no draft shows or can bring back, and no résumé shows.

    Their files have no row from then on: ``remove_orphans`` takes them.
    """
    count, last = 0, UUID(int=0)
    while ids := session.scalars(
        select(Photo.id).where(Photo.id > last, Photo.created_at < before, ~SHOWN).order_by(Photo.id).limit(BATCH)
    ).all():
        last = ids[-1]
        owners = select(Photo.owner_id).where(Photo.id.in_(ids))
        waiting = session.scalars(select(Draft.older_photos).where(Draft.owner_id.in_(owners)).with_for_update()).all()
        kept = {photo_id for older in waiting for photo_id in older or []}
        unused = [photo_id for photo_id in ids if str(photo_id) not in kept]
        session.execute(delete(Photo).where(Photo.id.in_(unused), ~SHOWN))  # one may have been brought back just now
        session.commit()
        count += len(unused)
    return count


def remove_orphans(session: Session, store: PhotoStore, before: datetime) -> int:
    """Delete the files of before that moment which no photo points to, whatever left them."""
    count = 0
    for names in store.names_before(before):
        ids = [photo_id for name in names if (photo_id := id_in(name))]
        photos = session.scalars(select(Photo).where(or_(Photo.id.in_(ids), Photo.whole_id.in_(ids)))).all()
        known = {key for photo in photos for key in (photo.key, photo.small_key, photo.whole_key)}
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
