"""동의 기록: adds a decision to the history; the text's version and digest come from the text itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from kosme_web.domain import legal
from kosme_web.models import Consent, Decision, User
from kosme_web.models.base import now
from kosme_web.services import notices

RENEWED_AFTER = timedelta(days=730)  # 정보통신망법 시행령 62조의3: advertising is confirmed every two years


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


def standing(session: Session, user_id: UUID) -> dict[str, Consent]:
    """Give a person's last word on each text."""
    return {one.kind: one for one in history(session, user_id)}


def changed_texts(said: Mapping[str, Consent]) -> list[str]:
    """Give the texts that were agreed to in an older version; of a new one a person is asked once."""
    agreed = (one for one in said.values() if one.decision == Decision.AGREED)
    return sorted(one.kind for one in agreed if one.version < legal.current(one.kind).version)


def to_renew(said: Mapping[str, Consent]) -> list[str]:
    """Give the kinds of advertising that were agreed to two years ago or longer."""
    known = (said[kind] for kind in legal.ADVERTISING if kind in said)
    old = now() - RENEWED_AFTER
    return [one.kind for one in known if one.decision == Decision.AGREED and one.decided_at <= old]


def remind(session: Session) -> int:
    """Tell whoever agreed to advertising two years ago that it goes on, and how to end it; of each yes once."""
    last = select(Consent.user_id, Consent.kind, func.max(Consent.decided_at).label("at"))
    last = last.where(Consent.kind.in_(legal.ADVERTISING)).group_by(Consent.user_id, Consent.kind)
    words = last.subquery()
    is_last = (Consent.user_id == words.c.user_id, Consent.kind == words.c.kind, Consent.decided_at == words.c.at)
    old = Consent.decided_at <= now() - RENEWED_AFTER
    due = select(Consent, User).join(words, and_(*is_last)).join(User, User.id == Consent.user_id)
    found = session.execute(due.where(Consent.decision == Decision.AGREED, old, User.leaves_at.is_(None))).all()
    for consent, user in found:
        notices.renewal_due(session, user, consent)
    session.commit()
    return len(found)


def decide(session: Session, user: User, answers: Mapping[str, Decision], shown: Shown) -> None:
    """Add what a person decided, and confirm what is about advertising; a yes that is taken back is a withdrawal."""
    said = standing(session, user.id)
    for kind, answer in answers.items():
        was_agreed = kind in said and said[kind].decision == Decision.AGREED
        is_taken_back = was_agreed and answer == Decision.REFUSED and kind in legal.ADVERTISING
        record(session, user.id, kind, Decision.WITHDRAWN if is_taken_back else answer, shown)
    about_messages = {kind: answer for kind, answer in answers.items() if kind in legal.ADVERTISING}
    if about_messages:
        notices.answered(session, user, about_messages)
    session.commit()
