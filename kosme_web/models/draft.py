"""작성 중인 이력서: what was typed, field by field, and never judged here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from kosme_web.models.base import Base, Moment, new_id, now

if TYPE_CHECKING:
    from kosme_web.models.draft_fields import DraftFields


class Draft(Base):
    """A résumé being written (이력서 작성하기). Each change raises ``version``."""

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    published_version: Mapped[int | None]  # the version that was last published
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"), index=True)
    earlier_photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"), index=True)
    older_photos: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # ids of those before that one

    if TYPE_CHECKING:
        fields: DraftFields  # no relationship: services.drafts reads them as plain rows
    rows: Mapped[dict[str, DraftRow]] = relationship(
        collection_class=attribute_keyed_dict("id"), cascade="all, delete-orphan", order_by="DraftRow.position"
    )
    number: Mapped[DraftNumber | None] = relationship(cascade="all, delete-orphan")
    photo: Mapped[Photo | None] = relationship(foreign_keys=photo_id)


class DraftField(Base):
    """One field as it was typed, under its HTML name."""

    __tablename__ = "draft_field"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    rival: Mapped[str | None] = mapped_column(Text)  # typed elsewhere at the same time; the person chooses


class DraftPast(Base):
    """A text that another one took the place of, kept until the résumé is published."""

    __tablename__ = "draft_past"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]  # of the draft, since which it had stood there
    until: Mapped[int | None]  # the version that replaced it; none for a text that only stood beside another
    replaced_at: Mapped[datetime] = mapped_column(Moment)


class DraftSave(Base):
    """A save that the browser gave a key: if it comes again, because its answer was lost, it was done already."""

    __tablename__ = "draft_save"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int]


class DraftRow(Base):
    """The place of one repeated entry; its texts are the fields that begin with ``prefix``."""

    __tablename__ = "draft_row"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    is_removed: Mapped[bool] = mapped_column(default=False)
    cleared: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))  # what undoing a reset brings back

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def prefix(self) -> str:
        return f"{self.anchor}-"


class DraftNumber(Base):
    """외국인등록번호 (R-104), kept only under its own consent: sealed, with the mark of the real-name check."""

    __tablename__ = "draft_number"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_mask: Mapped[bytes | None] = mapped_column(LargeBinary)  # what a page shows, so that the number stays shut
    checked_at: Mapped[datetime | None] = mapped_column(Moment)
    checked_by: Mapped[str | None] = mapped_column(String(20))
    checked_name: Mapped[str | None] = mapped_column(String(100))
    check_request: Mapped[str | None] = mapped_column(String(40))


class Photo(Base):
    """이력서 사진: drawn JPEGs in the photo store, and what the person's own file was called and weighed."""

    __tablename__ = "photo"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    byte_count: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    # the photo whose whole picture this one is cut from too; without it, there is only the photo itself
    whole_id: Mapped[UUID | None] = mapped_column(index=True)
    frame: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # zoom, across, down

    @property
    def key(self) -> str:
        return f"{self.id}.jpg"

    @property
    def small_key(self) -> str:
        return f"{self.id}-small.jpg" if self.whole_id else self.key

    @property
    def whole_key(self) -> str:
        return f"{self.whole_id}-whole.jpg" if self.whole_id else self.key
