"""회원가입, 로그인: makes the account of a verified person, and recognises a member by ID, password and name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kosme_web.domain.credentials import login_id_key
from kosme_web.domain.names import same_name
from kosme_web.models import Decision, IdentityVerification, User
from kosme_web.models.base import now
from kosme_web.services import consents, notices, passwords
from kosme_web.services.consents import Shown


class LoginIdTakenError(Exception):
    """Someone was faster."""


class AlreadyMemberError(Exception):
    """The verified person has an account."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """What the member form gave, judged; decisions by consent kind."""

    login_id: str
    password: str = field(repr=False)
    details: Mapping[str, str | None]
    decisions: Mapping[str, Decision]


def is_login_id_free(session: Session, login_id: str) -> bool:
    return session.scalar(select(User.id).where(User.login_id_key == login_id_key(login_id))) is None


def sign_up(session: Session, proof: IdentityVerification, member: NewMember, shown: Shown) -> User:
    """Write account, consents, notices and the use of the proof in one transaction, or nothing."""
    user = User(
        login_id=member.login_id,
        login_id_key=login_id_key(member.login_id),
        password_hash=passwords.hash_password(member.password),
        name=proof.name,
        birth_date=proof.birth_date,
        phone_number=proof.phone_number,
        identity_key=proof.identity_key,
        identity_verified_at=proof.verified_at,
        language=shown.language,
        **member.details,
    )
    session.add(user)
    proof.used_at = now()
    try:
        session.flush()
        for kind, decision in member.decisions.items():
            consents.record(session, user.id, kind, decision, shown)
        notices.signed_up(session, user, member.decisions)
        session.commit()
    except IntegrityError:
        session.rollback()
        if is_login_id_free(session, member.login_id):
            raise AlreadyMemberError from None
        raise LoginIdTakenError from None
    return user


def recognise(session: Session, login_id: str, password: str, name: str) -> User | None:
    """Give the member if ID, password and name all match; takes as long whatever is wrong (R-041)."""
    user = session.scalar(select(User).where(User.login_id_key == login_id_key(login_id.strip())))
    is_right = passwords.is_password(user.password_hash if user else passwords.NOBODY, password)
    is_named = same_name(user.name if user else "nobody", name)
    return user if user and is_right and is_named else None
