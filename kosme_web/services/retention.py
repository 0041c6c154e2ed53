"""보유 기간: erases what is older than its period; each kind by itself, a few rows at a time.

The periods are settings, and members read them (``home.show_periods``). What a rule may not touch it leaves out by its
own condition, which is asked again in the statement that erases.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from kosme_web.config.retention import Periods
from kosme_web.models import (
    DeliveryReport,
    Draft,
    DraftField,
    EmailChange,
    HandOver,
    IdentityVerification,
    LogInSession,
    OutboxMessage,
    Resume,
    ShareLink,
    User,
)
from kosme_web.models.base import now
from kosme_web.services import notices, registration_numbers

NOTICE = timedelta(days=14)  # between the notice that a résumé ends and its end
BATCH = 500
QUIET = {"synchronize_session": False}
Rule = tuple[str, InstrumentedAttribute[object], ColumnElement[bool]]


def tidy(session: Session, periods: Periods) -> Counter[str]:
    """Erase what is due, and tell of résumés that will be; give how many rows of which table went."""
    moment = now()
    tell_of_ends(session, periods, moment)
    gone = Counter[str]()
    for is_over in _ends_of_drafts(periods, moment):
        gone["draft"] += _erase_drafts(session, is_over)
    for name, key, is_due in _rules(periods, moment):
        gone[name] += _erase(session, key, is_due)
    return +gone


def _erase(session: Session, key: InstrumentedAttribute[object], is_due: ColumnElement[bool]) -> int:
    """Erase by the primary key, a batch in each transaction: nobody waits long for the database."""
    some = select(key).where(is_due).limit(BATCH)
    doomed = delete(key.class_).where(key.in_(some.scalar_subquery()), is_due).returning(key)
    count = 0
    while done := session.scalars(doomed, execution_options=QUIET).all():
        session.commit()
        count += len(done)
    session.rollback()
    return count


def _erase_drafts(session: Session, is_due: ColumnElement[bool]) -> int:
    """Erase résumés, and their numbers by themselves: that is written down. Raising the version is the lock."""
    some = select(Draft.id).where(is_due).limit(BATCH)
    held = update(Draft).where(Draft.id.in_(some.scalar_subquery()), is_due).values(version=Draft.version + 1)
    count = 0
    while ids := session.scalars(held.returning(Draft.id), execution_options=QUIET).all():
        registration_numbers.erase_all(session, Draft.id.in_(ids))
        session.execute(delete(Draft).where(Draft.id.in_(ids)), execution_options=QUIET)
        session.commit()
        count += len(ids)
    session.rollback()
    return count


def _ends_of_drafts(periods: Periods, moment: datetime) -> Iterator[ColumnElement[bool]]:
    yield Draft.deleted_at < moment - timedelta(days=periods.removed)
    yield _is_abandoned(moment - timedelta(days=periods.draft), moment)


def _rules(periods: Periods, moment: datetime) -> Iterator[Rule]:
    """Give, by the table's name, the key and what is due; what hangs on a row goes with it."""

    def before(days: int) -> datetime:
        return moment - timedelta(days=days)

    yield "resume", Resume.id, _is_replaced(before(periods.version))
    yield (
        "identity_verification",
        IdentityVerification.id,
        IdentityVerification.created_at < before(periods.verification),
    )
    over = before(periods.code)
    yield "hand_over", HandOver.id, HandOver.expires_at < over
    yield "email_change", EmailChange.id, EmailChange.created_at < over
    yield "share_link", ShareLink.id, or_(ShareLink.expires_at < over, ShareLink.revoked_at < over)
    ended = before(periods.log_in)
    yield "log_in_session", LogInSession.id, or_(LogInSession.ended_at < ended, LogInSession.expires_at < ended)
    sent = before(periods.message)
    yield "outbox_message", OutboxMessage.id, _is_settled(sent)
    yield "delivery_report", DeliveryReport.event_id, DeliveryReport.received_at < sent


def _is_left_alone(before: datetime) -> ColumnElement[bool]:
    """Tell of a résumé that is in use by nobody: neither published nor touched since."""
    return and_(Draft.changed_at < before, Draft.published_version.is_(None), Draft.deleted_at.is_(None))


def _is_abandoned(before: datetime, moment: datetime) -> ColumnElement[bool]:
    """Tell of a résumé that was left alone also since its owner was told, and had the time to come."""
    return and_(_is_left_alone(before), Draft.end_told_at > Draft.changed_at, Draft.end_told_at <= moment - NOTICE)


def _is_replaced(before: datetime) -> ColumnElement[bool]:
    newer = aliased(Resume)
    later = exists().where(newer.draft_id == Resume.draft_id, newer.number > Resume.number)
    return later.where(newer.published_at < before)


def _is_settled(before: datetime) -> ColumnElement[bool]:
    """Tell of a message that rests; a reminder of a consent stays: it is how we know not to remind again."""
    rests = and_(OutboxMessage.next_try_at.is_(None), OutboxMessage.claimed_until.is_(None))
    return and_(rests, OutboxMessage.created_at < before, OutboxMessage.kind != notices.CONSENT_RENEWAL)


def tell_of_ends(session: Session, periods: Periods, moment: datetime) -> int:
    """Tell the owners of résumés that end in two weeks if nobody touches them, once for each; give how many."""
    is_due = _is_left_alone(moment - timedelta(days=periods.draft) + NOTICE)
    is_untold = or_(Draft.end_told_at.is_(None), Draft.end_told_at < Draft.changed_at)
    title = and_(DraftField.draft_id == Draft.id, DraftField.name == "title")
    found = select(Draft, User, DraftField.value).join(User, User.id == Draft.owner_id).outerjoin(DraftField, title)
    due = found.where(is_due, is_untold, User.leaves_at.is_(None)).limit(BATCH)
    count = 0
    while rows := session.execute(due).all():
        for draft, owner, text in rows:
            notices.draft_ends(session, owner, draft, text or "", moment + NOTICE)
            draft.end_told_at = moment
        session.commit()
        count += len(rows)
    return count


def ends_at(draft: Draft) -> datetime | None:
    """Give when a résumé ends if it is left alone, once that was told."""
    is_told = draft.end_told_at is not None and draft.end_told_at > draft.changed_at
    return draft.end_told_at + NOTICE if draft.end_told_at and is_told and draft.published_version is None else None
