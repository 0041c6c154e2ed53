"""이메일 변경: an address that waits until its owner has typed the code that was sent there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment, new_id, now


class EmailChange(Base):
    """One wish. The code is made from its id and a key, and written nowhere."""

    __tablename__ = "email_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    try_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # confirmed, or replaced by another wish
