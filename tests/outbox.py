"""Members, messages and time for the tests of the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import Channel, OutboxMessage, User
from kosme_web.models.base import now
from kosme_web.services import outbox
from kosme_web.services.sending import Step, step
from kosme_web.worker import courier_of


def member(session: Session, **details: str | None) -> User:
    """Write a member as a sign-up does."""
    key = uuid4().hex
    told = {"phone_number": "+821023456789", "email": f"{key[:8]}@example.com", "language": "ko", **details}
    user = User(
        login_id=key[:20],
        login_id_key=key,
        password_hash="-",
        name="NGUYEN VAN ANH",
        identity_key=key,
        identity_verified_at=now(),
        road_address="부산광역시 남구 용소로 45",
        seeker_type="GENERAL",
        program_type="GENERAL",
        referral_route="SCHOOL",
        **told,
    )
    session.add(user)
    session.commit()
    return user


def put(session: Session, channel: Channel, *, is_advertising: bool = False, **details: str | None) -> OutboxMessage:
    """Put one message to a new member into the outbox."""
    user, event = member(session, **details), uuid4().hex
    outbox.put(session, user, channel, outbox.Notice(event, "WELCOME", is_advertising=is_advertising))
    session.commit()
    return session.scalars(select(OutboxMessage).where(OutboxMessage.event_key == event)).one()


def work(app: Flask) -> list[Step]:
    """Do all that is due now."""
    done = []
    with app.app_context():
        while one := step(db.session(), courier_of(app)):
            done.append(one)
    return done


def states(app: Flask) -> list[tuple[str, str]]:
    return [(one.state, one.error) for one in work(app)]


@contextmanager
def later(**span: float) -> Iterator[None]:
    with time_machine.travel(now() + timedelta(**span)):
        yield
