"""아이디 찾기, 비밀번호 재설정: for whoever was verified; nothing that the browser sees tells a member from another.

Both take the same steps whether or not there is a membership: one look-up, one hash, one message, one commit.
"""

import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web.domain.credentials import login_id_key
from kosme_web.models import IdentityVerification, User
from kosme_web.models.base import now
from kosme_web.services import log_in_sessions, passwords, security_notices
from kosme_web.services.accounts import is_login_id_free


class ProofUsedError(Exception):
    """Another window was faster: the verification is good for one new password."""


def send_login_id(session: Session, proof: IdentityVerification, language: str) -> None:
    """Send the ID to the verified number; asked for twice, it is sent once."""
    security_notices.answer_proof(session, proof, security_notices.LOGIN_ID, language, _member(session, proof))
    session.commit()


def set_password(session: Session, proof: IdentityVerification, password: str, language: str) -> None:
    """Give the verified person's membership this password, and end its log-ins on all devices."""
    hashed = passwords.hash_password(password)
    use = update(IdentityVerification).where(
        IdentityVerification.id == proof.id, IdentityVerification.used_at.is_(None)
    )
    if session.execute(use.values(used_at=now()).returning(IdentityVerification.id)).first() is None:
        session.rollback()
        raise ProofUsedError
    user = _member(session, proof)
    if user:
        _open_by_password(session, user, hashed)
        if user.phone_number != proof.phone_number:
            security_notices.tell_everywhere(session, user, security_notices.PASSWORD_CHANGED)
        elif user.email_confirmed_at:  # whoever got hold of the number need not have the mailbox
            security_notices.tell(session, user, security_notices.PASSWORD_CHANGED)
        log_in_sessions.end_all(session, user)
    security_notices.answer_proof(session, proof, security_notices.PASSWORD_RESET, language, user)
    session.commit()


def _member(session: Session, proof: IdentityVerification) -> User | None:
    return session.scalar(select(User).where(User.identity_key == proof.identity_key))


def _open_by_password(session: Session, user: User, hashed: str) -> None:
    """Let the password open the membership; one that only an SNS account opened gets an ID, which the message tells."""
    user.password_hash = hashed
    if user.login_id is None:
        user.login_id = _new_login_id(session)
        user.login_id_key = login_id_key(user.login_id)


def _new_login_id(session: Session) -> str:
    while not is_login_id_free(session, made := f"member{secrets.randbelow(10**8):08}"):
        pass
    return made
