"""서비스 안내: what a member is told of, put into the outbox by the very transaction that makes it true."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from kosme_web.domain import legal
from kosme_web.models import Channel, Consent, Decision, Draft, Resume, User
from kosme_web.models.base import new_id, now
from kosme_web.services.outbox import Notice, put

WELCOME, CONSENT_RESULT, RESUME_PUBLISHED = "WELCOME", "CONSENT_RESULT", "RESUME_PUBLISHED"
CONSENT_RENEWAL = "CONSENT_RENEWAL"
DRAFT_ENDS = "DRAFT_ENDS"


def signed_up(session: Session, user: User, decisions: Mapping[str, Decision]) -> None:
    """Welcome the member, and confirm the answers about messages, as the law asks (정보통신망법 50조 7항)."""
    put(session, user, Channel.MAIL, Notice(f"sign-up:{user.id}", WELCOME))
    answered(session, user, {kind: decisions[kind] for kind in legal.CHANNELS}, f"consent:{user.id}")


def answered(session: Session, user: User, decisions: Mapping[str, Decision], event: str = "") -> None:
    """Confirm answers about advertising, whether they were given, changed or asked for once more."""
    answers = {kind: str(decision) for kind, decision in decisions.items()}
    notice = Notice(event or f"consent:{new_id()}", CONSENT_RESULT, {**answers, "decided_at": now().isoformat()})
    put(session, user, Channel.MAIL if user.email else Channel.SMS, notice)


def renewal_due(session: Session, user: User, consent: Consent) -> None:
    """Remind of a yes to advertising that is two years old (정보통신망법 50조 8항)."""
    said = {"kind": consent.kind, "decided_at": consent.decided_at.isoformat()}
    notice = Notice(f"consent-renewal:{consent.id}", CONSENT_RENEWAL, said)
    put(session, user, Channel.MAIL if user.email else Channel.SMS, notice)


def resume_published(session: Session, resume: Resume, owner: User) -> None:
    put(session, owner, Channel.MAIL, Notice(f"resume:{resume.id}", RESUME_PUBLISHED, {"title": resume.title}))


def draft_ends(session: Session, owner: User, draft: Draft, title: str, ends_at: datetime) -> None:
    """Tell of a résumé that nobody has touched for long, while there is time to touch it."""
    said = {"title": title, "ends_at": ends_at.isoformat()}
    notice = Notice(f"draft-ends:{draft.id}:{draft.version}", DRAFT_ENDS, said)
    put(session, owner, Channel.MAIL if owner.email else Channel.SMS, notice)
