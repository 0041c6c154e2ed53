"""휴대전화로 이어서 쓰기: makes codes that open a draft on another device, and takes each of them once."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from kosme_web.models import Draft, DraftField, HandOver, User
from kosme_web.models.base import now

LIFETIME = timedelta(minutes=5)


class HandOverNotFoundError(LookupError):
    """No code that this person may use: unknown, used, too old, or another's; which of them is not told."""


@dataclass(frozen=True)
class Code:
    """What the first device shows."""

    secret: str = field(repr=False)
    expires_at: datetime


def begin(session: Session, draft: Draft, anchor: str) -> Code:
    """Make a code that opens the draft at that field; codes that nobody can use any more are forgotten."""
    session.execute(delete(HandOver).where(HandOver.owner_id == draft.owner_id, HandOver.expires_at <= now()))
    code = Code(secrets.token_urlsafe(16), now() + LIFETIME)
    session.add(
        HandOver(
            draft_id=draft.id,
            owner_id=draft.owner_id,
            token_hash=_hash(code.secret),
            anchor=anchor,
            expires_at=code.expires_at,
        )
    )
    session.commit()
    return code


def title_of(session: Session, owner: User, secret: str) -> str:
    """Give the title of the résumé that the code opens, and leave the code as it is."""
    found = session.execute(
        select(HandOver.id, DraftField.value)
        .join(Draft, and_(Draft.id == HandOver.draft_id, Draft.deleted_at.is_(None)))
        .outerjoin(DraftField, and_(DraftField.draft_id == Draft.id, DraftField.name == "title"))
        .where(_is_open(owner, secret))
    ).one_or_none()
    if found is None:
        raise HandOverNotFoundError
    return found.value or ""


def use(session: Session, owner: User, secret: str) -> tuple[UUID, str]:
    """Take the code and give draft and field; of two who come at once, one finds it used."""
    taken = session.execute(
        update(HandOver)
        .where(_is_open(owner, secret))
        .values(used_at=now())
        .returning(HandOver.draft_id, HandOver.anchor)
    ).one_or_none()
    session.commit()
    if taken is None:
        raise HandOverNotFoundError
    return taken.draft_id, taken.anchor


def _is_open(owner: User, secret: str) -> ColumnElement[bool]:
    return and_(
        HandOver.token_hash == _hash(secret),
        HandOver.owner_id == owner.id,
        HandOver.used_at.is_(None),
        HandOver.expires_at > now(),
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
