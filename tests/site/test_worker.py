"""The worker: goes on whatever happens, says what needs staff, and names nobody in the log."""

import json
import os
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web import worker
from kosme_web.config import Settings
from kosme_web.models import Channel, DeliveryReport, Departure, OutboxMessage, Photo, User
from kosme_web.models.base import now
from kosme_web.services import sending
from kosme_web.web import request_log
from tests.conftest import Membership
from tests.outbox import member, put
from tests.people import new_resume
from tests.site.filled import picture


def run_until_settled(app: Flask, session: Session, message: OutboxMessage, *states: str) -> None:
    end = Event()
    running = Thread(target=worker.run, args=(app, end))
    running.start()
    deadline = monotonic() + 20
    while message.state not in states and monotonic() < deadline:
        sleep(0.01)
        session.rollback()
    end.set()
    running.join()
    assert message.state in states


def test_a_dead_letter_is_an_error_in_the_log_that_names_nobody(
    app: Flask, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    message = put(session, Channel.MAIL, email="full@example.com")
    message.attempts = 3
    session.commit()
    request_log.configure("INFO")

    run_until_settled(app, session, message, "DEAD")

    with capsys.disabled():  # what reads along here is closed at the end of this test
        request_log.configure("ERROR")
    told = capsys.readouterr().err
    (line,) = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert line["level"] == "error"
    assert (line["event"], line["state"], line["error"]) == ("outbox message needs staff", "DEAD", "SMTP_452")
    assert line["id"] == str(message.id)
    assert "full@" not in told


def test_a_mistake_of_ours_does_not_stop_the_worker(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = put(session, Channel.MAIL)
    failures = iter([RuntimeError("anh@example.com")])

    def step(*args: object) -> object:
        for failure in failures:
            raise failure
        return sending.step(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "step", step)
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.0)

    run_until_settled(app, session, message, "ACCEPTED")


def test_the_worker_removes_what_a_crash_left_in_the_photo_store_when_it_starts(
    visitor: FlaskClient, session: Session, app: Flask, membership: Membership, settings: Settings
) -> None:
    membership.give(visitor)
    visitor.post(f"{new_resume(visitor)}/photo", data={"photo": picture()})
    (photo,) = session.scalars(select(Photo)).all()
    folder = settings.data_dir / "photos"
    for name in ("00000000-0000-7000-8000-000000000000.jpg", ".photo-unfinished"):
        (folder / name).write_bytes(b"left")
        os.utime(folder / name, (0, 0))
    os.utime(folder / photo.key, (0, 0))
    (folder / ".photo-young").write_bytes(b"on its way")
    session.add(DeliveryReport(event_id="a", provider_id="a", received_at=now() - timedelta(days=91)))
    session.commit()
    end = Event()
    end.set()

    worker.run(app, end)

    assert {path.name for path in folder.iterdir()} == {photo.key, photo.small_key, photo.whole_key, ".photo-young"}
    assert session.scalars(select(DeliveryReport)).all() == []  # the periods are kept, too


def test_a_photo_store_that_is_away_keeps_no_message_back(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = put(session, Channel.MAIL)

    def away(*_: object) -> int:
        raise OSError("no such bucket")

    monkeypatch.setattr(worker, "remove_orphans", away)

    run_until_settled(app, session, message, "ACCEPTED")


def test_the_worker_erases_whose_day_has_come_while_it_runs(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "ERASE_SECONDS", 0.01)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.01)
    user_id = member(session).id
    end = Event()
    running = Thread(target=worker.run, args=(app, end))
    running.start()
    sleep(0.1)  # its first round is over
    session.execute(update(User).where(User.id == user_id).values(leaves_at=now()))
    session.commit()

    deadline = monotonic() + 20
    while session.scalars(select(User.id)).all() and monotonic() < deadline:
        sleep(0.01)
        session.rollback()
    end.set()
    running.join()

    assert session.scalars(select(Departure.id)).all() == [user_id]
