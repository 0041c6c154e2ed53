"""SNS 계정: an account at a provider that opens a membership; known by issuer and subject, never by e-mail."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kosme_web.models.base import Base, Moment, new_id, now
from kosme_web.models.user import User


class SocialAccount(Base):
    """One way to log in; a member may have several, and an account at a provider opens one membership only."""

    __tablename__ = "social_account"
    __table_args__ = (UniqueConstraint("provider", "issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
