"""고유식별정보 접속기록 (개인정보의 안전성 확보조치 기준 8조): a chain of digests, in the transaction of the access.

``note`` only remembers; the rows are written as the last thing before the commit, so that the one row everybody waits
for is held for a moment, and always taken last: no two transactions can wait for each other because of it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, Table, delete, event, func, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from kosme_web.models import START, Action, IdentifierAccess, IdentifierAccessEnds
from kosme_web.models.base import now
from kosme_web.services.snapshots import snapshot

LOG = cast("Table", IdentifierAccess.__table__)
ENDS = cast("Table", IdentifierAccessEnds.__table__)
NOTED = "identifier_accesses"
BATCH = 1000  # rows that are looked at together


@dataclass(frozen=True, slots=True)
class Access:
    """What was done with the number of which résumé, whose it is, and in which request."""

    action: Action
    member_id: UUID
    draft_id: UUID
    request_id: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row that somebody wrote down elsewhere: what the database itself cannot make up."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found; ``problem`` says where it breaks first, and is empty if it holds."""

    count: int
    head: Head
    problem: str = ""


def note(session: Session, *accesses: Access) -> None:
    """Have accesses written with the commit of what they are part of; a transaction that is undone leaves none."""
    if not session.in_transaction():
        session.begin()
    session.info.setdefault(NOTED, []).extend(accesses)


@event.listens_for(Session, "before_commit")
def _write_noted(session: Session) -> None:
    noted = session.info.pop(NOTED, None)
    if noted:
        session.flush()  # first: what it changes is locked before the end of the chain is
        _append(session.connection(), noted)


@event.listens_for(Session, "after_transaction_end")
def _forget_noted(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(NOTED, None)


def _append(connection: Connection, accesses: Sequence[Access]) -> None:
    last = ENDS.c.last_sequence
    raised = update(ENDS).values(last_sequence=last + len(accesses)).returning(last, ENDS.c.last_digest)
    sequence, digest = connection.execute(raised).one()
    moment, rows = now(), []
    for number, access in enumerate(accesses, sequence - len(accesses) + 1):
        row = {
            "sequence": number,
            "at": moment,
            "action": access.action,
            "member_id": access.member_id,
            "draft_id": access.draft_id,
            "request_id": access.request_id,
            "previous": digest,
        }
        digest = digest_of(row)
        rows.append({**row, "digest": digest})
    connection.execute(insert(LOG), rows)
    connection.execute(update(ENDS).values(last_digest=digest))


def digest_of(row: dict[str, Any]) -> str:
    """Give SHA-256 over the JSON array of the row's values, the digest before it among them."""
    values = (
        row["sequence"],
        row["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        str(row["action"]),
        row["member_id"].hex,
        row["draft_id"].hex,
        row["request_id"],
        row["previous"],
    )
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(engine: Engine, known: Head | None = None) -> Verdict:
    """Walk the whole chain, and see whether it still holds the row that was written down."""
    with snapshot(engine) as connection:
        ends = connection.execute(select(ENDS)).one_or_none()
        if ends is None:
            return Verdict(0, Head(0, START), "the row of the ends is missing")
        every = select(LOG).order_by(LOG.c.sequence).execution_options(yield_per=BATCH)
        return _walk(ends, connection.execute(every), known)


def _walk(ends: Row[Any], rows: Iterable[Row[Any]], known: Head | None) -> Verdict:
    sequence, digest, problem = ends.first_sequence - 1, ends.first_previous, ""
    for row in rows:
        sequence += 1
        problem = _problem_of(row, sequence, digest, known)
        if problem:
            break
        digest = row.digest
    head = Head(sequence, digest)
    return Verdict(sequence - ends.first_sequence + 1, head, problem or _problem_at_end(ends, head, known))


def _problem_of(row: Row[Any], sequence: int, previous: str, known: Head | None) -> str:
    if row.sequence != sequence:
        return f"row {sequence} is missing"
    if row.previous != previous:
        return f"row {sequence} does not follow the row before it"
    if row.digest != digest_of(row._asdict()):
        return f"row {sequence} was changed"
    if known and known.sequence == sequence and known.digest != row.digest:
        return f"row {sequence} is not the one that was written down"
    return ""


def _problem_at_end(ends: Row[Any], head: Head, known: Head | None) -> str:
    if ends.last_sequence > head.sequence:
        return f"row {head.sequence + 1} is missing"
    if (ends.last_sequence, ends.last_digest) != (head.sequence, head.digest):
        return f"row {ends.last_sequence + 1} was added past the end"
    if known and known.sequence > head.sequence:
        return f"row {head.sequence + 1} is missing: row {known.sequence} was written down"
    return ""


def head(session: Session) -> Head:
    """Give the newest row, to be written down elsewhere."""
    sequence, digest = session.execute(select(ENDS.c.last_sequence, ENDS.c.last_digest)).one()
    return Head(sequence, digest)


def remove_before(session: Session, moment: datetime) -> int:
    """Cut off the rows of before that moment and say how many; commits. What is left still verifies."""
    ends = session.execute(update(ENDS).values(id=ENDS.c.id).returning(*ENDS.c)).one()  # holds the chain
    kept = session.scalar(select(func.min(LOG.c.sequence)).where(LOG.c.at >= moment)) or ends.last_sequence + 1
    cut = session.scalar(select(LOG.c.digest).where(LOG.c.sequence == kept - 1))
    if cut is not None:
        session.execute(delete(LOG).where(LOG.c.sequence < kept))
        session.execute(update(ENDS).values(first_sequence=kept, first_previous=cut))
    session.commit()
    return kept - ends.first_sequence if cut is not None else 0
