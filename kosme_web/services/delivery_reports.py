"""전송 결과 보고: what the SMS service reports only says which message to look up; the look-up tells the truth."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kosme_web.models import Channel, DeliveryReport, MessageState, OutboxMessage
from kosme_web.models.base import now

INSERTS: dict[str, Callable[[type], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}  # both can leave alone what is there already


@dataclass(frozen=True, slots=True)
class Report:
    """One event: its own id, the service's id of the message, and our id of it as far as it came back."""

    event_id: str
    provider_id: str
    outbox_id: UUID | None


def take(session: Session, reports: Iterable[Report]) -> int:
    """Note each report once and have its message looked up; give how many were new."""
    new = sum(_is_noted(session, report) for report in reports)
    session.commit()
    return new


def _is_noted(session: Session, report: Report) -> bool:
    add = INSERTS[session.get_bind().dialect.name](DeliveryReport)
    noted = add.values(event_id=report.event_id, provider_id=report.provider_id, received_at=now())
    if not session.scalar(noted.on_conflict_do_nothing().returning(DeliveryReport.event_id)):
        return False
    ours = or_(OutboxMessage.provider_id == report.provider_id, OutboxMessage.id == report.outbox_id)
    session.execute(
        update(OutboxMessage)
        .where(ours, OutboxMessage.channel == Channel.SMS)
        .where(OutboxMessage.state.not_in((MessageState.QUEUED, MessageState.DELIVERED)))
        .values(next_try_at=now()),
        execution_options={"synchronize_session": False},
    )
    return True
