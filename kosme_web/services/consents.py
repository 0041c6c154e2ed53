"""동의 기록: adds a decision to the history; the text's version and digest come from the text itself."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.domain import legal
from kosme_web.models import Consent, Decision


@dataclass(frozen=True, slots=True)
class Shown:
    """How a text was shown when it was decided on."""

    language: str
    request_id: str


def record(session: Session, user_id: UUID, kind: str, decision: Decision, shown: Shown) -> Consent:
    """Add one decision about the current text of that kind; the caller commits."""
    text = legal.current(kind)
    consent = Consent(
        user_id=user_id,
        kind=kind,
        version=text.version,
        digest=text.digest,
        language=shown.language,
        decision=decision,
        request_id=shown.request_id,
    )
    session.add(consent)
    return consent


def history(session: Session, user_id: UUID) -> list[Consent]:
    """Give every decision of a person, the first one first."""
    return list(session.scalars(select(Consent).where(Consent.user_id == user_id).order_by(Consent.id)))


def is_agreed(session: Session, user_id: UUID, kind: str) -> bool:
    """Whether the person's last word on a text was yes."""
    decisions = select(Consent.decision).where(Consent.user_id == user_id, Consent.kind == kind)
    return session.scalar(decisions.order_by(Consent.decided_at.desc()).limit(1)) == Decision.AGREED
