"""고유식별정보 접속기록: who had which résumé's registration number sealed, opened, checked or erased, and when.

Only ever added at one end and cut at the other. It holds neither number nor name, and outlives the member: so there is
no foreign key.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from kosme_web.models.base import Base, Moment

START = "0" * 64  # what stands before the first row of all


class Action(StrEnum):
    SEALED = "SEALED"
    OPENED = "OPENED"
    CHECKED = "CHECKED"  # shown to NICE, to compare it with a name
    ERASED = "ERASED"
    REKEYED = "REKEYED"  # sealed anew with another key


class IdentifierAccess(Base):
    """One access. ``digest`` (SHA-256) covers the row and the digest before it."""

    __tablename__ = "identifier_access"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    action: Mapped[Action] = mapped_column(String(10))
    member_id: Mapped[UUID]
    draft_id: Mapped[UUID]
    request_id: Mapped[str] = mapped_column(String(36))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class IdentifierAccessEnds(Base):
    """The one row that says where the chain begins and ends; whoever adds to it or cuts it holds this row."""

    __tablename__ = "identifier_access_ends"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_sequence: Mapped[int] = mapped_column(BigInteger)  # of the oldest row that is kept
    first_previous: Mapped[str] = mapped_column(String(64))  # the digest of the row that stood before it
    last_sequence: Mapped[int] = mapped_column(BigInteger)
    last_digest: Mapped[str] = mapped_column(String(64))
