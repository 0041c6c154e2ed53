"""The worker: goes on whatever happens, says what needs staff, and names nobody in the log."""

import json
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kosme_web import worker
from kosme_web.models import Channel, OutboxMessage
from kosme_web.services import sending
from kosme_web.web import request_log
from tests.outbox import put


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
