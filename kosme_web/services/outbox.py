"""보낼 메시지: put in by the transaction of the fact, claimed by one worker at a time, and followed to its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, Select, case, func, or_, select, update
from sqlalchemy.orm import Session

from kosme_web.models import Channel, DeliveryReport, MessageState, OutboxMessage, User
from kosme_web.models.base import now

LEASE = timedelta(minutes=3)  # longer than any try takes
PAUSE = timedelta(minutes=5)  # of a channel that somebody has to put right
TO_RETRY = (MessageState.DEAD, MessageState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told: ``event`` names the fact, so nobody is told of it twice; the parameters hold no secret."""

    event: str
    kind: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_advertising: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes, and in which language; a person who was verified may be no member."""

    address: str = field(repr=False)
    language: str
    user_id: UUID | None = None


class MessageNotFoundError(LookupError):
    """There is no such message, or none that may be tried again."""


def put(session: Session, user: User, channel: Channel, notice: Notice) -> None:
    """Add a message to the caller's transaction, once for each event, recipient and channel; without address, none."""
    address = user.phone_number if channel is Channel.SMS else user.email
    if address:
        put_to(session, Recipient(address, user.language, user.id), channel, notice)


def put_to(session: Session, recipient: Recipient, channel: Channel, notice: Notice) -> None:
    """Add a message to an address that need not be the member's own, once for each event and channel."""
    if _is_told(session, notice.event, recipient.address, channel):
        return
    message = OutboxMessage(
        user_id=recipient.user_id,
        event_key=notice.event,
        channel=channel,
        recipient=recipient.address,
        kind=notice.kind,
        language=recipient.language,
        parameters=dict(notice.parameters),
        is_advertising=notice.is_advertising,
    )
    session.add(message)


def _is_told(session: Session, event: str, recipient: str, channel: Channel) -> bool:
    told = select(OutboxMessage.id).where(OutboxMessage.event_key == event, OutboxMessage.recipient == recipient)
    return session.scalar(told.where(OutboxMessage.channel == channel)) is not None


def claim(session: Session) -> OutboxMessage | None:
    """Take the message that is due longest, in one statement, for as long as the lease lasts.

    A queued one comes back as SENDING. One whose sender vanished comes back as UNKNOWN, and its try counts as failed.
    """
    moment = now()
    first = _first_due(moment)
    if session.scalar(first) is None:  # asked first: a look takes no lock
        return None
    follows = {MessageState.QUEUED: MessageState.SENDING, MessageState.SENDING: MessageState.UNKNOWN}
    was_left = case((OutboxMessage.state == MessageState.SENDING, 1), else_=0)
    taken = session.scalar(
        update(OutboxMessage)
        .where(OutboxMessage.id == first.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state=case(follows, value=OutboxMessage.state, else_=OutboxMessage.state),
            attempts=OutboxMessage.attempts + was_left,
            claimed_until=moment + LEASE,
        )
        .returning(OutboxMessage),
        execution_options={"populate_existing": True},
    )
    if taken:
        session.expunge(taken)  # it keeps what was claimed: read again, it might show another's claim
    session.commit()
    return taken


def _first_due(moment: datetime) -> Select[UUID]:
    is_free = or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until <= moment)
    due = select(OutboxMessage.id).where(OutboxMessage.next_try_at <= moment, is_free)
    return due.order_by(OutboxMessage.next_try_at, OutboxMessage.id).limit(1)


def settle(session: Session, message: OutboxMessage, outcome: Mapping[str, object]) -> bool:
    """Write what became of a claimed message, unless the claim ran out in the meantime and is another's."""
    held = update(OutboxMessage).where(
        OutboxMessage.id == message.id, OutboxMessage.claimed_until == message.claimed_until
    )
    done = session.execute(held.values(claimed_until=None, **outcome), execution_options={"synchronize_session": False})
    session.commit()
    return _count(done) == 1


def pause(session: Session, channel: Channel) -> None:
    """Let all that is queued for a channel wait: each try would fail as the last one did."""
    until = now() + PAUSE
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.channel == channel,
            OutboxMessage.state == MessageState.QUEUED,
            OutboxMessage.next_try_at < until,
        )
        .values(next_try_at=until),
        execution_options={"synchronize_session": False},
    )
    session.commit()


def count_since(session: Session, channel: Channel, moment: datetime, recipient: str | None = None) -> int:
    """Count what was accepted for a recipient, or for all, since a moment."""
    wanted = [OutboxMessage.channel == channel, OutboxMessage.accepted_at > moment]
    if recipient is not None:
        wanted.append(OutboxMessage.recipient == recipient)
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(*wanted)) or 0


def hasten(session: Session, message: OutboxMessage) -> None:
    """Have an accepted message looked up at once if its report was faster than our own commit."""
    reported = select(DeliveryReport.event_id).where(DeliveryReport.provider_id == OutboxMessage.provider_id).exists()
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, OutboxMessage.state == MessageState.ACCEPTED, reported)
        .values(next_try_at=now()),
        execution_options={"synchronize_session": False},
    )
    session.commit()


def listed(session: Session, state: MessageState) -> list[OutboxMessage]:
    """Give the messages of a state, the oldest first."""
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.state == state).order_by(OutboxMessage.id)))


def retry(session: Session, message_id: UUID) -> None:
    """Have a dead or unknown message tried again; a text message is looked up first: it may have gone out."""
    again = case((OutboxMessage.channel == Channel.SMS, MessageState.UNKNOWN), else_=MessageState.QUEUED)
    done = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.state.in_(TO_RETRY))
        .values(state=again, attempts=0, next_try_at=now(), claimed_until=None),
        execution_options={"synchronize_session": False},
    )
    session.commit()
    if _count(done) == 0:
        raise MessageNotFoundError(message_id)


def _count(done: object) -> int:
    return done.rowcount if isinstance(done, CursorResult) else 0
