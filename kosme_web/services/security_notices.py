"""보안 안내: tells a member what was done to the account, by a way that whoever did it need not have."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import Channel, IdentityVerification, SocialAccount, User
from kosme_web.models.base import new_id
from kosme_web.services.outbox import Notice, Recipient, put, put_to

LOGIN_ID, NO_MEMBERSHIP, PASSWORD_RESET = "LOGIN_ID", "NO_MEMBERSHIP", "PASSWORD_RESET"
EMAIL_CODE = "EMAIL_CODE"
PASSWORD_CHANGED, PASSWORD_SET = "PASSWORD_CHANGED", "PASSWORD_SET"
EMAIL_CHANGED, PHONE_CHANGED = "EMAIL_CHANGED", "PHONE_CHANGED"
SNS_LINKED, SNS_UNLINKED = "SNS_LINKED", "SNS_UNLINKED"
NEW_DEVICE = "NEW_DEVICE"
LOGGED_OUT_EVERYWHERE, NUMBER_ERASED = "LOGGED_OUT_EVERYWHERE", "NUMBER_ERASED"
LEAVING, STAYING = "LEAVING", "STAYING"


def tell(session: Session, user: User, kind: str, **parameters: str) -> None:
    """Tell by mail if the address was confirmed, else by text message; the caller commits."""
    channel = Channel.MAIL if user.email and user.email_confirmed_at else Channel.SMS
    put(session, user, channel, Notice(f"security:{new_id()}", kind, parameters))


def tell_everywhere(session: Session, user: User, kind: str, **parameters: str) -> None:
    """Tell by text message and mail: what concerns one of the two, before it changes, or the whole membership."""
    event = f"security:{new_id()}"
    for channel in (Channel.SMS, Channel.MAIL):
        put(session, user, channel, Notice(event, kind, parameters))


def answer_proof(session: Session, proof: IdentityVerification, kind: str, language: str, user: User | None) -> None:
    """Answer somebody who was verified at the verified number, member or not: the page tells nothing."""
    recipient = Recipient(proof.phone_number, language, user.id if user else None)
    parameters = {"login_id": user.login_id or "", "accounts": _accounts(session, user)} if user else {}
    notice = Notice(f"{kind}:{proof.id}", kind if user else NO_MEMBERSHIP, parameters)
    put_to(session, recipient, Channel.SMS, notice)


def _accounts(session: Session, user: User) -> str:
    own = select(SocialAccount.provider).where(SocialAccount.user_id == user.id).order_by(SocialAccount.id)
    return ",".join(session.scalars(own))


def send_code(session: Session, user: User, email: str, change_id: UUID) -> None:
    """Send the code to the address that is to be confirmed; the message holds only which wish it belongs to."""
    recipient = Recipient(email, user.language, user.id)
    notice = Notice(f"email-code:{change_id}", EMAIL_CODE, {"change_id": str(change_id)})
    put_to(session, recipient, Channel.MAIL, notice)
