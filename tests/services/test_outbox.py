"""보낼 메시지: claimed once, followed to the end, and never sent twice, on SQLite and on PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import Channel, MessageState, OutboxMessage
from kosme_web.sandbox import create_sandbox
from kosme_web.sandbox.state import State
from kosme_web.services import delivery_reports, outbox
from kosme_web.services.delivery_reports import Report
from kosme_web.web.toolbox import NAME
from tests.conftest import Server, serve, served_mail, site_on
from tests.outbox import later, put, work

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 60


@pytest.fixture
def slow_memory() -> State:
    return State(slow_seconds=60)


@pytest.fixture
def slow_sandbox(slow_memory: State) -> Iterator[Server]:
    """A sandbox of this test alone, whose slow answers do not come."""
    sandbox = create_sandbox()
    sandbox.extensions["state"] = slow_memory
    with served_mail(sandbox) as port:
        for server in serve(sandbox):
            yield replace(server, mail_port=port)


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, slow_sandbox: Server) -> Iterator[Flask]:
    yield from site_on(request.param, request, tmp_path, slow_sandbox)


@pytest.fixture
def rows(site: Flask) -> Iterator[Session]:
    with site.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


def kill_while_sending(site: Flask, memory: State) -> None:
    """Start a worker of its own, wait until the message has arrived at its recipient, and kill it."""
    settings = site.extensions[NAME].settings
    env = {
        **os.environ,
        "KOSME_DATA_DIR": str(settings.data_dir),
        "KOSME_DATABASE_URL": settings.database_url,
        "KOSME_SOLAPI_URL": settings.solapi_url,
        "KOSME_SMTP_HOST": settings.smtp_host,
        "KOSME_SMTP_PORT": str(settings.smtp_port),
    }
    worker = subprocess.Popen([sys.executable, "-m", "kosme_web.worker"], cwd=ROOT, env=env)
    deadline = time.monotonic() + SECONDS_TO_START
    while not (memory.sms or memory.mail) and time.monotonic() < deadline:
        assert worker.poll() is None
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL


def test_worker_killed_between_send_and_commit(site: Flask, rows: Session, slow_memory: State) -> None:
    message = put(rows, Channel.SMS, phone_number="+821023459005")

    kill_while_sending(site, slow_memory)

    rows.refresh(message)
    assert message.state == MessageState.SENDING
    rows.rollback()
    assert work(site) == []  # for as long as the dead worker's claim lasts
    with later(minutes=4):
        assert [one.state for one in work(site)] == [MessageState.ACCEPTED]
    rows.refresh(message)
    assert message.provider_id == slow_memory.sms[0]["message_id"]
    assert len(slow_memory.sms) == 1


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_worker_killed_while_it_sent_mail_leaves_it_to_staff(site: Flask, rows: Session, slow_memory: State) -> None:
    message = put(rows, Channel.MAIL, email="slow@example.com")

    kill_while_sending(site, slow_memory)

    with later(minutes=4):
        assert [(one.state, one.needs_staff) for one in work(site)] == [(MessageState.UNKNOWN, True)]
    with later(days=2):
        assert work(site) == []
    rows.refresh(message)
    assert message.last_error == "INTERRUPTED"
    assert len(slow_memory.mail) == 1


def test_several_workers_at_once_send_each_message_once(site: Flask, rows: Session, slow_memory: State) -> None:
    messages = [put(rows, Channel.MAIL) for _ in range(12)]

    with ThreadPoolExecutor(4) as workers:
        steps = [one for done in workers.map(work, [site] * 4) for one in done]

    assert sorted(one.id for one in steps) == sorted(message.id for message in messages)
    assert len({mail["to"] for mail in slow_memory.mail}) == len(slow_memory.mail) == len(messages)


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_a_row_that_another_worker_is_taking_is_passed_over(site: Flask, rows: Session) -> None:
    taken = put(rows, Channel.SMS)
    rows.scalars(select(OutboxMessage).where(OutboxMessage.id == taken.id).with_for_update()).one()

    with site.app_context(), Session(db.engine) as session:
        assert outbox.claim(session) is None


def test_a_report_that_comes_several_times_at_once_is_noted_once(site: Flask, rows: Session) -> None:
    message = put(rows, Channel.SMS)
    work(site)
    rows.refresh(message)
    report = Report("E1", str(message.provider_id), None)
    rows.rollback()

    def take(_: int) -> int:
        with site.app_context(), Session(db.engine) as session:
            return delivery_reports.take(session, [report, report])

    with ThreadPoolExecutor(4) as doors:
        assert sum(doors.map(take, range(4))) == 1
    assert len(work(site)) == 1


def test_a_claim_that_ran_out_writes_nothing_over_the_next_ones_work(site: Flask, rows: Session) -> None:
    put(rows, Channel.SMS)
    with site.app_context(), Session(db.engine) as first, Session(db.engine) as second:
        slow = outbox.claim(first)
        assert slow is not None
        assert outbox.claim(second) is None
        with later(minutes=4):
            taken = outbox.claim(second)
            assert taken is not None
            assert (taken.state, taken.attempts) == (MessageState.UNKNOWN, 1)
            assert not outbox.settle(first, slow, {"state": MessageState.FAILED, "next_try_at": None})
            assert outbox.settle(second, taken, {"state": MessageState.ACCEPTED, "next_try_at": None})
    rows.expire_all()
    assert [one.state for one in rows.query(OutboxMessage)] == [MessageState.ACCEPTED]
