"""보낼 메시지: what is to be sent, written together with the fact it tells of, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment, new_id, now


class Channel(StrEnum):
    SMS = "SMS"
    MAIL = "MAIL"


class MessageState(StrEnum):
    QUEUED = "QUEUED"
    SENDING = "SENDING"
    ACCEPTED = "ACCEPTED"  # by the service; not yet on the phone
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"  # trying again would not help
    UNKNOWN = "UNKNOWN"  # perhaps sent: to be looked up, never sent again blindly
    DEAD = "DEAD"  # all tries failed; for staff to look at


class OutboxMessage(Base):
    """One message to one person by one channel. The text is made when it is sent; nothing secret is kept."""

    __tablename__ = "outbox_message"
    __table_args__ = (UniqueConstraint("event_key", "recipient", "channel"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    event_key: Mapped[str] = mapped_column(String(80))
    channel: Mapped[Channel] = mapped_column(String(4))
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(4))
    parameters: Mapped[dict[str, str]] = mapped_column(JSON)
    is_advertising: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MessageState] = mapped_column(String(10), default=MessageState.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)  # that failed
    next_try_at: Mapped[datetime | None] = mapped_column(Moment, default=now, index=True)  # none: it rests
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    provider_id: Mapped[str | None] = mapped_column(String(80), index=True)
    last_error: Mapped[str] = mapped_column(String(40), default="")  # a code, never a text
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment, index=True)


class DeliveryReport(Base):
    """A report of the SMS service, kept to know it again: it may come twice, or before our own commit."""

    __tablename__ = "delivery_report"

    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(80), index=True)
    received_at: Mapped[datetime] = mapped_column(Moment, default=now)
