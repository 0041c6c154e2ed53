"""The worker's one step: take the message that is due, send it or find out what became of it, write that down."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from kosme_web.domain import legal, quiet_hours, sms_text
from kosme_web.domain.phone_numbers import domestic_digits
from kosme_web.models import Channel, MessageState, OutboxMessage, User
from kosme_web.models.base import now
from kosme_web.providers.breaker import ServiceRestsError
from kosme_web.providers.messages import (
    Mail,
    MailServer,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
    Sms,
    SmsResult,
    SmsService,
    SmsStatus,
)
from kosme_web.services import consents, outbox

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))
CHECK_AFTER, CHECK_FOR = timedelta(hours=1), timedelta(days=3)  # where no report came
REST = timedelta(seconds=30)  # of a service that is left alone: nothing was tried, so nothing failed
DAY = timedelta(days=1)
MOST_A_DAY = {Channel.SMS: 10, Channel.MAIL: 20}  # to one recipient
MOST_IN_ALL = {Channel.SMS: 5_000, Channel.MAIL: 50_000}
CONSENTS = {Channel.SMS: "MKT_SNS", Channel.MAIL: "MKT_EMAIL"}
ENDS = {SmsStatus.DELIVERED: MessageState.DELIVERED, SmsStatus.FAILED: MessageState.FAILED}

NOT_SHOWN = "TEXT"  # the adapter's code for letters that no phone shows


@dataclass(frozen=True, slots=True)
class Texts:
    """A message in the words of its language; HTML for mail only."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Courier:
    """What sending needs; ``render`` is given by whoever knows templates and languages."""

    sms: SmsService
    mail: MailServer
    render: Callable[[OutboxMessage], Texts]


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did, for the log: nothing that names the person."""

    id: UUID
    kind: str
    channel: str
    state: str
    error: str
    needs_staff: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message in one step, and when it is due again, if ever."""

    state: MessageState
    next_try_at: datetime | None = None
    error: str = ""
    has_failed: bool = False
    provider_id: str | None = None
    needs_staff: bool = False

    def values(self, message: OutboxMessage) -> dict[str, object]:
        """Give the new values by column."""
        is_accepted = self.state in (MessageState.ACCEPTED, MessageState.DELIVERED)
        return {
            "state": self.state,
            "next_try_at": self.next_try_at,
            "last_error": self.error,
            "attempts": message.attempts + self.has_failed,
            "provider_id": self.provider_id or message.provider_id,
            "accepted_at": message.accepted_at or (now() if is_accepted else None),
        }


def step(session: Session, courier: Courier) -> Step | None:
    """Bring the message that is due one step further; give None when none is due."""
    message = outbox.claim(session)
    if message is None:
        return None
    done = _outcome(session, courier, message)
    is_ours = outbox.settle(session, message, done.values(message))
    if message.state == MessageState.SENDING and done.state == MessageState.ACCEPTED:
        outbox.hasten(session, message)
    state = done.state if is_ours else message.state
    return Step(message.id, message.kind, message.channel, state, done.error, done.needs_staff)


def _outcome(session: Session, courier: Courier, message: OutboxMessage) -> Outcome:
    is_new = message.state == MessageState.SENDING
    resting = MessageState.QUEUED if is_new else message.state
    try:
        return (_held(session, message) or _send(courier, message)) if is_new else _look_up(courier, message)
    except MessageConfigurationError as error:
        outbox.pause(session, message.channel)
        return Outcome(resting, now() + outbox.PAUSE, error.code, needs_staff=True)
    except MessageRefusedError as error:
        if error.code == NOT_SHOWN:
            _mail_instead(session, message)
        return Outcome(MessageState.FAILED, error=error.code)
    except MessageLostError as error:
        return _lost(message, error.code)
    except MessageError as error:
        return _again(message, resting, error.code)
    except ServiceRestsError:
        return Outcome(resting, now() + REST, "RESTING")


def _lost(message: OutboxMessage, code: str) -> Outcome:
    """Look a text message up that may have gone out; of a mail nobody can tell, so staff decide."""
    if message.channel == Channel.MAIL:
        return Outcome(MessageState.UNKNOWN, error=code, needs_staff=True)
    return _again(message, MessageState.UNKNOWN, code)


def _again(message: OutboxMessage, state: MessageState, code: str) -> Outcome:
    """Try again after a while, or lay the message before staff; one that was accepted is only asked after."""
    if state not in (MessageState.QUEUED, MessageState.UNKNOWN):
        return Outcome(state, now() + CHECK_AFTER, code)
    if message.attempts >= len(BACK_OFF):
        return Outcome(MessageState.DEAD, error=code, has_failed=True, needs_staff=True)
    return Outcome(state, now() + BACK_OFF[message.attempts], code, has_failed=True)


def _held(session: Session, message: OutboxMessage) -> Outcome | None:
    """Tell why the message may not go out, or not now."""
    moment = now()
    if message.is_advertising:
        if message.user_id is None or not consents.is_agreed(session, message.user_id, CONSENTS[message.channel]):
            return Outcome(MessageState.FAILED, error="OPTED_OUT")
        if quiet_hours.is_quiet(moment) and not consents.is_agreed(session, message.user_id, legal.NIGHT):
            return Outcome(MessageState.QUEUED, quiet_hours.next_morning(moment), "NIGHT")
    channel, since, later = message.channel, moment - DAY, quiet_hours.next_morning(moment)
    if outbox.count_since(session, channel, since, message.recipient) >= MOST_A_DAY[channel]:
        return Outcome(MessageState.QUEUED, later, "DAILY_CAP")
    if outbox.count_since(session, channel, since) >= MOST_IN_ALL[channel]:
        return Outcome(MessageState.QUEUED, later, "TOTAL_CAP", needs_staff=True)
    return None


def _send(courier: Courier, message: OutboxMessage) -> Outcome:
    try:
        texts = courier.render(message)
    except Exception as error:  # noqa: BLE001  a mistake of ours in one text must not stop the others
        raise MessageTemporaryError(f"RENDER_{type(error).__name__}"[:40]) from None
    if message.channel == Channel.MAIL:
        mail = Mail(str(message.id), message.recipient, texts.subject, texts.text, texts.html)
        return Outcome(MessageState.ACCEPTED, provider_id=courier.mail.send(mail)[:80])
    text, subject = sms_text.plain(texts.text), sms_text.plain(texts.subject)
    result = courier.sms.send([_sms(message, text, subject)]).get(str(message.id))
    if result is None:
        raise MessageLostError("NOT_MENTIONED")
    return _told(result)


def _sms(message: OutboxMessage, text: str = "", subject: str = "") -> Sms:
    return Sms(str(message.id), domestic_digits(message.recipient), text, subject)


def _told(result: SmsResult) -> Outcome:
    """Accepted is not delivered: the report will tell, or a look-up after a while."""
    if result.status is SmsStatus.ACCEPTED:
        return Outcome(MessageState.ACCEPTED, now() + CHECK_AFTER, provider_id=result.message_id)
    error = result.code if result.status is SmsStatus.FAILED else ""
    return Outcome(ENDS[result.status], error=error, provider_id=result.message_id)


def _look_up(courier: Courier, message: OutboxMessage) -> Outcome:
    """Find out what became of a message that was sent, or perhaps sent."""
    if message.channel == Channel.MAIL:  # nobody can tell
        return Outcome(MessageState.UNKNOWN, error=message.last_error or "INTERRUPTED", needs_staff=True)
    result = courier.sms.look_up(_sms(message), message.provider_id, message.created_at)
    if result is None and message.state == MessageState.UNKNOWN:
        if message.attempts > len(BACK_OFF):  # whoever tried to send it vanished each time
            return Outcome(MessageState.DEAD, error="INTERRUPTED", needs_staff=True)
        return Outcome(MessageState.QUEUED, now())  # it never arrived
    told = _told(result) if result else Outcome(MessageState(message.state), error=message.last_error)
    is_final = told.state in ENDS.values() or now() - message.created_at > CHECK_FOR
    return replace(told, next_try_at=None if is_final else now() + CHECK_AFTER)


def _mail_instead(session: Session, message: OutboxMessage) -> None:
    """Tell by mail what no text message can show."""
    user = session.get_one(User, message.user_id)
    notice = outbox.Notice(message.event_key, message.kind, message.parameters, message.is_advertising)
    outbox.put(session, user, Channel.MAIL, notice)
