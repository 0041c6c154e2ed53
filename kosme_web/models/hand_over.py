"""휴대전화로 이어서 쓰기: a code that opens one draft on another device of the same person, once and soon."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment, new_id, now


class HandOver(Base):
    """What a code opens. The code itself is written nowhere; its hash tells nothing of it."""

    __tablename__ = "hand_over"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    anchor: Mapped[str] = mapped_column(String(80))  # the id of the field to go on at, or empty
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
