"""동의 기록: what a person decided about which text, in which language, and when."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from kosme_web.models.base import Base, Moment, new_id, now


class Decision(StrEnum):
    AGREED = "AGREED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Consent(Base):
    """One decision; only ever added, so that the history stands (domain.md 4)."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(4))
    decision: Mapped[Decision] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10), default="WEB")
    request_id: Mapped[str] = mapped_column(String(36), default="")
    decided_at: Mapped[datetime] = mapped_column(Moment, default=now)


class ConsentChangedError(RuntimeError):
    """A consent record was about to be changed; add another one instead."""


@event.listens_for(Consent, "before_update")
def _keep(_mapper: Mapper[Consent], _connection: Connection, consent: Consent) -> None:
    raise ConsentChangedError(consent.id)
