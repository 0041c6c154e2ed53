"""이력서 공유: makes links that show a published résumé, ends them, and finds what an open one shows."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from kosme_web.models import Resume, ShareLink, User
from kosme_web.models.base import now
from kosme_web.services.resumes import ResumeNotFoundError, published

MOST = 20  # open links of one résumé


class ShareLinkNotFoundError(LookupError):
    """No link that shows anything: unknown, over, taken back, or its résumé is not published; which is not told."""


class TooManyLinksError(Exception):
    """A résumé has as many open links as the service keeps."""


@dataclass(frozen=True)
class Terms:
    """For how long a link is open, and what of the person it shows besides what every reader sees."""

    lifetime: timedelta
    shows_contact: bool = False
    shows_street: bool = False


@dataclass(frozen=True)
class NewLink:
    """A link that was just made; its secret is told once."""

    secret: str = field(repr=False)
    link: ShareLink


def create(session: Session, owner: User, draft_id: UUID, terms: Terms) -> NewLink:
    """Make a link to whatever is the last published version of the résumé while the link is open."""
    published(session, owner, draft_id)
    session.execute(delete(ShareLink).where(ShareLink.draft_id == draft_id, ~_is_open()))
    count = session.scalar(select(func.count()).select_from(ShareLink).where(ShareLink.draft_id == draft_id)) or 0
    if count >= MOST:
        raise TooManyLinksError
    secret = secrets.token_urlsafe(32)
    link = ShareLink(
        draft_id=draft_id,
        owner_id=owner.id,
        token_hash=_hash(secret),
        shows_contact=terms.shows_contact,
        shows_street=terms.shows_street,
        expires_at=now() + terms.lifetime,
    )
    session.add(link)
    session.commit()
    return NewLink(secret, link)


def open_links(session: Session, owner: User, draft_id: UUID) -> Sequence[ShareLink]:
    """Give the links of the résumé that still show it, the newest first."""
    found = select(ShareLink).where(ShareLink.draft_id == draft_id, ShareLink.owner_id == owner.id, _is_open())
    return session.scalars(found.order_by(ShareLink.created_at.desc())).all()


def revoke(session: Session, owner: User, draft_id: UUID, link_id: UUID) -> None:
    """Take a link back; taking it back twice is no trouble."""
    of_owner = and_(ShareLink.id == link_id, ShareLink.draft_id == draft_id, ShareLink.owner_id == owner.id)
    ended = session.execute(update(ShareLink).where(of_owner).values(revoked_at=now()).returning(ShareLink.id))
    if ended.one_or_none() is None:
        session.rollback()
        raise ResumeNotFoundError(draft_id)
    session.commit()


def shown_by(session: Session, secret: str) -> tuple[ShareLink, Resume]:
    """Give the link and the résumé that it shows."""
    link = session.scalar(select(ShareLink).where(ShareLink.token_hash == _hash(secret), _is_open()))
    owner = session.get(User, link.owner_id) if link else None
    if link is None or owner is None:
        raise ShareLinkNotFoundError
    try:
        return link, published(session, owner, link.draft_id)
    except ResumeNotFoundError:
        raise ShareLinkNotFoundError from None


def _is_open() -> ColumnElement[bool]:
    return and_(ShareLink.revoked_at.is_(None), ShareLink.expires_at > now())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
