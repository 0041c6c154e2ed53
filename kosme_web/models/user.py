"""개인회원: a member, and the log-ins that are open on the member's devices."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kosme_web.models.base import Base, Moment, new_id, now


class User(UserMixin, Base):
    """One person, one account: ``identity_key`` is a keyed hash of what the verification gave (DI or CI).

    A member who joined with an SNS account has neither ID nor password.
    """

    __tablename__ = "user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login_id: Mapped[str | None] = mapped_column(String(20))
    login_id_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(100))
    birth_date: Mapped[date | None]
    phone_number: Mapped[str] = mapped_column(String(20))
    identity_key: Mapped[str] = mapped_column(String(64), unique=True)
    identity_verified_at: Mapped[datetime] = mapped_column(Moment)
    email: Mapped[str | None] = mapped_column(String(254))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(Moment)  # by a code that was sent there
    road_address: Mapped[str] = mapped_column(String(200))
    english_address: Mapped[str] = mapped_column(String(300), default="")
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    legal_area_code: Mapped[str | None] = mapped_column(String(10))
    road_code: Mapped[str | None] = mapped_column(String(12))
    building_code: Mapped[str | None] = mapped_column(String(26))
    detail_address: Mapped[str] = mapped_column(String(100), default="")
    seeker_type: Mapped[str] = mapped_column(String(20))
    program_type: Mapped[str] = mapped_column(String(20))
    referral_route: Mapped[str] = mapped_column(String(20))
    referral_other: Mapped[str] = mapped_column(String(100), default="")
    language: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    leaves_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # to be erased then; unseen until then

    @property
    def is_leaving(self) -> bool:
        return self.leaves_at is not None


class LogInSession(Base):
    """A log-in on one device. The cookie holds the token, the table only its hash; an ended one opens nothing."""

    __tablename__ = "log_in_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
