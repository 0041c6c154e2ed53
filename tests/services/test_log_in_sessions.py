"""로그인: an open log-in ends by log-out, by its last day, and by lying idle; a copied token opens nothing then."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import LogInSession, User
from kosme_web.models.base import now
from kosme_web.services import log_in_sessions

BEGIN = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Seoul"))
LIFETIME, IDLE = timedelta(days=7), timedelta(hours=12)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def user(session: Session, clock: time_machine.Traveller) -> User:  # noqa: ARG001  made by this clock
    user = User(
        login_id="vananh97",
        login_id_key="vananh97",
        password_hash="x",
        name="NGUYEN VAN ANH",
        phone_number="+821023456789",
        identity_key="k",
        identity_verified_at=now(),
        road_address="부산광역시 남구 용소로 45",
        seeker_type="INTL_STUDENT",
        program_type="GENERAL",
        referral_route="SCHOOL",
        language="ko",
    )
    session.add(user)
    session.commit()
    return user


@pytest.fixture
def token(session: Session, user: User) -> str:
    return log_in_sessions.start(session, user, device="phone", lifetime=LIFETIME)


def is_open(session: Session, token: str) -> bool:
    return log_in_sessions.find(session, token, idle=IDLE) is not None


def test_a_token_finds_its_own_log_in(session: Session, user: User, token: str) -> None:
    other = log_in_sessions.start(session, user, device="desk", lifetime=LIFETIME)

    found = [log_in_sessions.find(session, one, idle=IDLE) for one in (token, other)]

    assert [one.device for one in found if one] == ["phone", "desk"]
    assert {one.user.id for one in found if one} == {user.id}


def test_the_table_holds_the_hash_of_the_token_only(session: Session, token: str) -> None:
    row = session.scalars(select(LogInSession)).one()

    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(vars(row))
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize("wrong", ["", "x", "\ud800", "' OR 1=1 --"])
def test_another_token_finds_nothing(session: Session, token: str, wrong: str) -> None:
    assert not is_open(session, wrong)
    assert not is_open(session, token.swapcase())


def test_the_hash_of_the_table_is_no_token(session: Session, token: str) -> None:
    assert not is_open(session, hashlib.sha256(token.encode()).hexdigest())


def test_a_log_in_that_lay_idle_is_over(session: Session, token: str, clock: time_machine.Traveller) -> None:
    clock.shift(IDLE - timedelta(seconds=1))
    assert is_open(session, token)

    clock.shift(IDLE + log_in_sessions.SEEN_STEP)  # a visit is noted that seldom

    assert not is_open(session, token)


def test_every_visit_begins_the_idle_time_anew_until_the_last_day(
    session: Session, token: str, clock: time_machine.Traveller
) -> None:
    hours = 0
    while is_open(session, token):
        clock.shift(timedelta(hours=6))
        hours += 6

    assert hours == LIFETIME // timedelta(hours=1)


def test_a_visit_is_noted_once_in_five_minutes(session: Session, token: str, clock: time_machine.Traveller) -> None:
    seen = []
    for _ in range(4):
        clock.shift(timedelta(minutes=2))
        found = log_in_sessions.find(session, token, idle=IDLE)
        assert found is not None
        seen.append(found.seen_at - BEGIN)

    assert [one // timedelta(minutes=1) for one in seen] == [0, 0, 6, 6]


def test_an_ended_log_in_opens_nothing_and_the_others_stay(session: Session, user: User, token: str) -> None:
    other = log_in_sessions.start(session, user, device="", lifetime=LIFETIME)

    log_in_sessions.end(session, token)

    assert not is_open(session, token)
    assert is_open(session, other)


def test_the_moment_of_the_end_is_the_first_one(session: Session, token: str, clock: time_machine.Traveller) -> None:
    log_in_sessions.end(session, token)
    clock.shift(timedelta(hours=1))
    log_in_sessions.end(session, token)

    assert session.scalars(select(LogInSession.ended_at)).one() == BEGIN


def test_all_log_ins_of_one_person_end_at_once_and_nobody_elses(session: Session, user: User, token: str) -> None:
    values = {column.name: getattr(user, column.name) for column in User.__table__.columns if column.name != "id"}
    somebody = User(**{**values, "login_id_key": "other", "identity_key": "other"})
    session.add(somebody)
    session.commit()
    others = log_in_sessions.start(session, somebody, device="", lifetime=LIFETIME)
    second = log_in_sessions.start(session, user, device="", lifetime=LIFETIME)

    log_in_sessions.end_all(session, user)

    assert [is_open(session, one) for one in (token, second, others)] == [False, False, True]
