"""회원탈퇴 기록: that a membership was erased, and when. It holds nothing of the person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment, now


class Departure(Base):
    """The id the membership had, which means nothing once its row is gone; the access log names it, too."""

    __tablename__ = "departure"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    left_at: Mapped[datetime] = mapped_column(Moment, default=now)
