"""SNS 계정 연동: whose account it is, linking and unlinking; the last way to log in always stays (R-010, R-015)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from kosme_web.models import SocialAccount, User
from kosme_web.services import security_notices

SECOND = timedelta(seconds=1)


class SocialTakenError(Exception):
    """The account at the provider opens another membership."""


class LastWayInError(Exception):
    """Without it the member could never log in again."""


@dataclass(frozen=True, slots=True)
class SocialIdentity:
    """Who somebody is at a provider."""

    provider: str
    issuer: str
    subject: str = field(repr=False)

    def key(self) -> dict[str, str]:
        return {"provider": self.provider, "issuer": self.issuer, "subject": self.subject}


def identity_of(account: SocialAccount) -> SocialIdentity:
    return SocialIdentity(account.provider, account.issuer, account.subject)


def find_account(session: Session, identity: SocialIdentity) -> SocialAccount | None:
    return session.scalar(select(SocialAccount).filter_by(**identity.key()))


def accounts_of(session: Session, user: User) -> list[SocialAccount]:
    """Give the SNS accounts of a member, the first linked first."""
    return list(
        session.scalars(select(SocialAccount).where(SocialAccount.user_id == user.id).order_by(SocialAccount.id))
    )


def find_own(session: Session, user: User, account_id: UUID) -> SocialAccount | None:
    return session.scalar(select(SocialAccount).where(SocialAccount.id == account_id, SocialAccount.user_id == user.id))


def link(session: Session, user: User, identity: SocialIdentity) -> None:
    """Let the account open this membership; asked for twice it is linked once."""
    session.add(SocialAccount(user_id=user.id, **identity.key()))
    try:
        security_notices.tell(session, user, security_notices.SNS_LINKED)
        session.commit()
    except IntegrityError:
        session.rollback()
        found = find_account(session, identity)
        if found is None or found.user_id != user.id:
            raise SocialTakenError from None


def unlink(session: Session, user: User, account_id: UUID) -> None:
    """Remove one way to log in, in one statement with the question whether another is left."""
    session.execute(select(User.id).where(User.id == user.id).with_for_update())  # of two at once, one waits
    other = aliased(SocialAccount)
    has_password = select(User.id).where(User.id == user.id, User.password_hash.is_not(None)).exists()
    has_other = select(other.id).where(other.user_id == user.id, other.id != account_id).exists()
    own = (SocialAccount.id == account_id, SocialAccount.user_id == user.id)
    gone = session.execute(delete(SocialAccount).where(*own, or_(has_password, has_other)).returning(SocialAccount.id))
    is_gone = gone.first() is not None
    if is_gone:
        security_notices.tell(session, user, security_notices.SNS_UNLINKED)
    session.commit()
    if not is_gone and find_own(session, user, account_id) is not None:
        raise LastWayInError


def can_unlink(user: User, accounts: list[SocialAccount]) -> bool:
    return user.password_hash is not None or len(accounts) > 1


def forget(session: Session, provider: str, subject: str, before: datetime | None = None) -> None:
    """Erase the link because the provider said so; a notice that is older than the link is about an earlier one."""
    named = (SocialAccount.provider == provider, SocialAccount.subject == subject)
    older = () if before is None else (SocialAccount.linked_at < before + SECOND,)  # notices count whole seconds
    gone = delete(SocialAccount).where(*named, *older).returning(SocialAccount.user_id)
    for user in session.scalars(select(User).where(User.id.in_(list(session.scalars(gone))))):
        security_notices.tell(session, user, security_notices.SNS_UNLINKED)
    session.commit()


def is_locked_out(session: Session, identity_key: str | None) -> bool:
    """Whether the member who was verified has neither a password nor an SNS account left."""
    user = session.scalar(select(User).where(User.identity_key == identity_key))
    return user is not None and user.password_hash is None and not accounts_of(session, user)
