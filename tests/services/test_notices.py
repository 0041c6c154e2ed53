"""서비스 안내: each fact and its messages are one transaction, and the journey ends in the person's inbox."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.models import OutboxMessage, Resume, User
from kosme_web.sandbox.state import State
from kosme_web.services import notices
from kosme_web.worker import run
from tests.conftest import Server
from tests.outbox import work
from tests.people import IDENTITY, MEMBER, join, verify
from tests.site.filled import EVERYTHING, filled_resume

SUBJECTS = {
    "ko": ["회원가입이 완료되었습니다", "정보 수신동의 처리 결과"],
    "en": ["Your sign-up is complete", "Your answers about receiving messages"],
}
SUBJECTS["both"] = [" / ".join(pair) for pair in zip(SUBJECTS["ko"], SUBJECTS["en"], strict=True)]


def sign_up(client: FlaskClient, sandbox: Server, **member: str) -> None:
    verify(client, sandbox.url)
    assert client.post("/sign-up/member", data={**MEMBER, **member}).location == "/sign-up/complete"


@contextmanager
def broken_outbox() -> Iterator[None]:
    def fail(*_: object) -> None:
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notices, "put", fail)
        yield


@pytest.mark.parametrize("language", ["ko", "en", "both"])
def test_after_a_sign_up_mail_appears_in_the_inbox_in_the_right_language(
    visitor: FlaskClient, app: Flask, sandbox: Server, memory: State, language: str
) -> None:
    sign_up(visitor, sandbox, _lang=language)
    end = threading.Event()
    worker = threading.Thread(target=run, args=(app, end))
    worker.start()
    deadline = time.monotonic() + 20
    while len(memory.mail) < len(SUBJECTS) - 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    end.set()
    worker.join()

    assert [mail["subject"] for mail in reversed(memory.mail)] == SUBJECTS[language]
    assert {mail["to"] for mail in memory.mail} == {MEMBER["email"]}
    answers = BeautifulSoup(memory.mail[0]["html"], "html.parser").select("li")
    told = {
        "ko": ["SNS메시지: 수신거부", "이메일: 수신동의"],
        "en": ["Text and messenger messages: refused", "E-mail: accepted"],
    }
    told["both"] = told["ko"] + told["en"]
    assert [answer.text for answer in answers] == told[language]
    assert "http://127.0.0.1:8000/log-in" in memory.mail[1]["text"]  # a setting; no request's Host


def test_a_member_without_an_address_learns_of_the_answers_by_text_message(
    visitor: FlaskClient, app: Flask, sandbox: Server, memory: State
) -> None:
    sign_up(visitor, sandbox, email="", mkt_email="REFUSED", _lang="ko")
    memory.sms.clear()

    assert [one.state for one in work(app)] == ["ACCEPTED"]

    assert not memory.mail
    assert memory.sms[0]["to"] == "01023456789"
    assert "이메일: 수신거부" in memory.sms[0]["text"]


def test_no_message_holds_a_secret_or_a_name(visitor: FlaskClient, app: Flask, sandbox: Server, memory: State) -> None:
    sign_up(visitor, sandbox)
    work(app)

    told = "".join(text for mail in memory.mail for text in mail.values())
    for secret in (MEMBER["password"], MEMBER["login_id"].upper(), "NGUYEN", IDENTITY["phone_number"]):
        assert secret not in told.upper().replace(MEMBER["email"].upper(), "")


def test_a_sign_up_that_fails_leaves_no_message(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session
) -> None:
    with broken_outbox():
        verify(visitor, sandbox.url)
        assert visitor.post("/sign-up/member", data=MEMBER).status_code == 500
    assert session.scalars(select(User)).all() == []
    session.rollback()

    assert visitor.post("/sign-up/member", data=MEMBER).location == "/sign-up/complete"
    other = app.test_client()
    verify(other, sandbox.url, name="Tran Thi Be", phone_number="010-9876-5432")
    assert other.post("/sign-up/member", data=MEMBER).status_code == 422  # the ID is taken
    assert sorted(session.scalars(select(OutboxMessage.kind))) == ["CONSENT_RESULT", "WELCOME"]


def test_publishing_and_its_notice_are_one(
    visitor: FlaskClient, app: Flask, sandbox: Server, session: Session, memory: State
) -> None:
    join(visitor, sandbox.url)
    work(app)
    url = filled_resume(visitor)

    with broken_outbox():
        assert visitor.post(f"{url}/publish", data=EVERYTHING).status_code == 500
    assert session.scalars(select(Resume)).all() == []
    session.rollback()

    assert visitor.post(f"{url}/publish", data=EVERYTHING).status_code == 303
    resume = session.scalars(select(Resume)).one()
    assert f"resume:{resume.id}" in session.scalars(select(OutboxMessage.event_key)).all()
    session.rollback()
    work(app)
    assert "이력서가 등록되었습니다" in memory.mail[0]["subject"]
    assert "생산관리 · QA <Vietnam>" in memory.mail[0]["text"]
    assert "QA &lt;Vietnam&gt;" in memory.mail[0]["html"]
