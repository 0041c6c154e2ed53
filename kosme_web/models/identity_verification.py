"""본인인증: one phone identity verification, from the request to its single use."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment, now


class IdentityVerification(Base):
    """What was asked and what the agency answered; the seven digits sent along are never kept."""

    __tablename__ = "identity_verification"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # also the agency's id for it
    browser_hash: Mapped[str] = mapped_column(String(64))  # of the browser session that asked
    purpose: Mapped[str] = mapped_column(String(20))
    carrier: Mapped[str] = mapped_column(String(10))
    verify_method: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    birth_date: Mapped[date]
    sex: Mapped[str] = mapped_column(String(1))
    phone_number: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    sent_at: Mapped[datetime] = mapped_column(Moment, default=now)
    send_count: Mapped[int] = mapped_column(default=1)
    try_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # failed or replaced by another
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    identity_key: Mapped[str | None] = mapped_column(String(64), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
