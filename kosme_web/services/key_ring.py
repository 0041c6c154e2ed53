"""Which keys the stored seals need, and sealing them anew with the first key of the ring, while the site goes on."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kosme_web.models import Action, Draft, DraftNumber, MemberKey
from kosme_web.services.access_log import Access, note
from kosme_web.services.registration_numbers import place_of, sealed
from kosme_web.services.vault import Vault, VaultError, key_id_of, mark_of

BATCH = 500  # seals that are looked at together; each is sealed anew in a transaction of its own
REQUEST = "keys-rotate"
NUMBER, KEY = cast("Table", DraftNumber.__table__), cast("Table", MemberKey.__table__)
MASK = NUMBER.c.sealed_mask


@dataclass(slots=True)
class Report:
    """What a rotation did: sealed anew; left, because a save was faster; named, because no key opens it."""

    done: int = 0
    overtaken: int = 0
    unreadable: list[str] = field(default_factory=list)


class KeyMissingError(Exception):
    """Something stored is sealed with a key that the ring does not have; the text is the key's id."""


def key_place(user_id: UUID) -> str:
    return f"member_key/sealed/{user_id}"


def counts(session: Session) -> Counter[str]:
    """Count the stored seals by the id of their key."""
    found = Counter[str]()
    for table in (NUMBER, KEY):
        for seal in session.scalars(select(table.c.sealed).execution_options(yield_per=BATCH)):
            found[key_id_of(seal)] += 1
    return found


def check(asked: Connection | Session, vault: Vault) -> None:
    """Raise KeyMissingError if a stored seal names a key that the ring lacks."""
    for seal in (NUMBER.c.sealed, KEY.c.sealed):
        has_known = or_(*(_is_of(seal, key_id) for key_id in vault.keys))
        foreign = asked.scalar(select(seal).where(~has_known).limit(1))
        if foreign is not None:
            raise KeyMissingError(key_id_of(foreign))


def check_at_start(session: Session, vault: Vault) -> None:
    """Do the same, unless the database is away or has no tables yet: the site starts all the same and says so."""
    try:
        check(session, vault)
    except SQLAlchemyError:
        session.rollback()


def rotate(session: Session, vault: Vault, tell: Callable[[int], None]) -> Report:
    """Seal numbers and members' keys anew with the first key; commits each by itself, so it may be ended any time.

    Each seal changes only if it still is what was opened: a save that came between keeps its number. ``tell`` hears
    now and then how many are done. Raises KeyMissingError before anything is changed.
    """
    check(session, vault)
    session.rollback()
    report = Report()
    _rotate_numbers(session, vault, report, tell)
    _rotate_member_keys(session, vault, report)
    return report


def _rotate_numbers(session: Session, vault: Vault, report: Report, tell: Callable[[int], None]) -> None:
    old = or_(~_is_of(NUMBER.c.sealed, vault.first), MASK.is_(None), ~_is_of(MASK, vault.first))
    owned = select(NUMBER.c.draft_id, NUMBER.c.sealed, Draft.owner_id).join(Draft, Draft.id == NUMBER.c.draft_id)
    for draft_id, seal, owner_id in _rows(session, owned.where(old), NUMBER.c.draft_id):
        place = place_of(draft_id)
        try:
            new, mask = sealed(vault, draft_id, vault.open(seal, place))
        except VaultError:
            report.unreadable.append(place)
            continue
        is_same = (NUMBER.c.draft_id == draft_id) & (NUMBER.c.sealed == seal)
        swap = update(NUMBER).where(is_same).values(sealed=new, sealed_mask=mask)
        was_changed = _count(session, swap.returning(NUMBER.c.draft_id), report)
        if was_changed:
            note(session, Access(Action.REKEYED, owner_id, draft_id, REQUEST))
        session.commit()
        if was_changed and report.done % BATCH == 0:
            tell(report.done)


def _rotate_member_keys(session: Session, vault: Vault, report: Report) -> None:
    every = select(KEY.c.user_id, KEY.c.sealed).where(~_is_of(KEY.c.sealed, vault.first))
    for user_id, seal in _rows(session, every, KEY.c.user_id):
        place = key_place(user_id)
        try:
            new = vault.seal(vault.open(seal, place), place)
        except VaultError:
            report.unreadable.append(place)
            continue
        swap = update(KEY).where(KEY.c.user_id == user_id, KEY.c.sealed == seal).values(sealed=new)
        _count(session, swap.returning(KEY.c.user_id), report)
        session.commit()


def _rows(session: Session, statement: Select[Any], key: ColumnElement[UUID]) -> Iterator[Any]:
    """Give the rows in the order of their key, a batch at a time, with no transaction open in between."""
    last = UUID(int=0)
    while rows := session.execute(statement.where(key > last).order_by(key).limit(BATCH)).all():
        session.rollback()
        yield from rows
        last = rows[-1][0]


def _count(session: Session, swap: Any, report: Report) -> bool:  # noqa: ANN401  an update of either table
    was_changed = session.execute(swap).first() is not None
    report.done += was_changed
    report.overtaken += not was_changed
    return was_changed


def _is_of(seal: ColumnElement[Any], key_id: str) -> ColumnElement[bool]:
    mark = mark_of(key_id)
    return func.substr(seal, 1, len(mark)) == mark
