"""The key that a member's rows and photos are sealed with in a backup; with it goes what older backups have of them."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base


class MemberKey(Base):
    """32 random bytes, sealed by the vault."""

    __tablename__ = "member_key"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
