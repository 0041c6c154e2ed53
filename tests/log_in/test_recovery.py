"""아이디 찾기, 비밀번호 재설정: by identity verification, and without a word on who is a member."""

import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web.models import IdentityVerification, LogInSession, OutboxMessage, User
from kosme_web.sandbox.state import State
from kosme_web.services import passwords, recovery
from tests.conftest import Membership, Server
from tests.outbox import later, work
from tests.people import LOG_IN, MEMBER, verify
from tests.recovery import PASSWORD, verified
from tests.social import join_by

Prove = Callable[..., FlaskClient]
NOBODY = {"name": "Tran Thi Be", "phone_number": "010-9876-5432"}
CHANGING = re.compile(r'value="[\w.-]{40,}"|[0-9]{2}:[0-9]{2}|[0-9 -]{9,}')
each_kind = pytest.mark.parametrize("claim", [{}, NOBODY], ids=["member", "nobody"])


@pytest.fixture
def prove(sandbox: Server, memory: State) -> Prove:
    """Have a browser verified for the recovery; what the phone got meanwhile is gone."""

    def proved(client: FlaskClient, **claim: str) -> FlaskClient:
        verified(client, sandbox.url, **claim)
        memory.sms.clear()
        return client

    return proved


def told(client: FlaskClient, path: str, **data: str) -> list[tuple[int, str]]:
    """Give all that the browser sees of a post and of the page it leads to, names and numbers apart."""
    answers = [client.post(path, data=data)]
    if answers[0].location:
        answers.append(client.get(answers[0].location))
    texts = [CHANGING.sub("", answer.text) for answer in answers]
    for name in ("NGUYEN VAN ANH", NOBODY["name"].upper()):
        texts = [text.replace(name, "") for text in texts]
    return [(answer.status_code, text) for answer, text in zip(answers, texts, strict=True)]


def test_the_log_in_page_leads_to_the_recovery(visitor: FlaskClient) -> None:
    assert 'href="/recover/identity"' in visitor.get("/log-in").text
    assert "아이디 찾기 · 비밀번호 재설정" in visitor.get("/recover/identity").text


@pytest.mark.usefixtures("membership")
def test_the_id_comes_by_text_message_to_the_verified_number_and_once(
    visitor: FlaskClient, app: Flask, prove: Prove, memory: State
) -> None:
    prove(visitor)

    for _ in range(2):
        visitor.post("/recover/login-id", data={"_lang": "en"})
    work(app)

    assert [(sms["to"], "Your ID is vananh97." in sms["text"]) for sms in memory.sms] == [("01023456789", True)]


def test_a_new_password_opens_the_membership_ends_all_log_ins_and_is_told(
    visitor: FlaskClient, app: Flask, prove: Prove, membership: Membership, memory: State
) -> None:
    member = app.test_client()
    membership.give(member)
    assert member.get("/resume").status_code == 200
    prove(visitor)

    assert visitor.post("/recover/password", data={"password": PASSWORD}).location == "/log-in"

    assert member.get("/resume").status_code == 303
    assert visitor.post("/log-in", data=LOG_IN).status_code == 422
    assert visitor.post("/log-in", data={**LOG_IN, "password": PASSWORD}).status_code == 303
    work(app)
    assert "vananh97" in memory.sms[0]["text"]
    assert PASSWORD not in memory.sms[0]["text"]


@pytest.mark.usefixtures("membership")
def test_a_new_password_is_told_to_the_confirmed_mailbox_too(
    visitor: FlaskClient, app: Flask, prove: Prove, session: Session, memory: State
) -> None:
    session.execute(update(User).values(email_confirmed_at=User.created_at))
    session.commit()
    prove(visitor)
    memory.mail.clear()

    visitor.post("/recover/password", data={"password": PASSWORD})
    work(app)

    assert [mail["to"] for mail in memory.mail if "비밀번호가 변경되었습니다" in mail["text"]] == [MEMBER["email"]]
    assert "vananh97" in memory.sms[0]["text"]


@pytest.mark.usefixtures("membership")
def test_nothing_the_browser_sees_tells_a_member_from_nobody(app: Flask, prove: Prove) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    kinds = [prove(app.test_client(), **claim) for claim in ({}, NOBODY)]
    bad = "kosme1234"
    for path, data in (
        ("/recover/login-id", {}),
        ("/recover/password", {"password": ""}),
        ("/recover/password", {"password": bad}),
        ("/recover/password", {"password": MEMBER["login_id"] + " and some more words"}),
    ):
        answers = [told(client, path, **data) for client in kinds]
        assert answers[0] == answers[1], path


@pytest.mark.usefixtures("membership")
@each_kind
def test_a_member_and_nobody_cost_the_same_hash_and_the_same_message(
    visitor: FlaskClient, prove: Prove, session: Session, claim: dict[str, str]
) -> None:
    prove(visitor, **claim)
    hashed: list[str] = []
    before = len(session.scalars(select(OutboxMessage)).all())
    session.rollback()
    real: Callable[[str], str] = passwords.hash_password

    def noting(text: str) -> str:
        hashed.append(text)
        return real(text)

    with patch.object(passwords, "hash_password", noting):
        visitor.post("/recover/password", data={"password": PASSWORD})

    assert hashed == [PASSWORD]
    assert len(session.scalars(select(OutboxMessage)).all()) == before + 1


@pytest.mark.usefixtures("membership")
def test_somebody_who_is_no_member_is_told_so_on_the_phone_and_becomes_none(
    visitor: FlaskClient, app: Flask, prove: Prove, session: Session, memory: State
) -> None:
    prove(visitor, **NOBODY)

    visitor.post("/recover/password", data={"password": PASSWORD, "_lang": "ko"})
    work(app)

    assert "아직 가입하지 않으셨습니다" in memory.sms[0]["text"]
    assert memory.sms[0]["to"] == "01098765432"
    assert len(session.scalars(select(User)).all()) == 1


def test_a_verification_is_good_for_one_new_password_and_for_its_purpose_only(
    visitor: FlaskClient, app: Flask, sandbox: Server, prove: Prove
) -> None:
    prove(visitor)
    assert visitor.get("/sign-up/member").location == "/sign-up/identity"  # no way to sign up
    visitor.post("/recover/password", data={"password": PASSWORD})
    other = app.test_client()
    verify(other, sandbox.url)

    for client in (visitor, other):
        assert client.get("/recover").location == "/recover/identity"
        for path in ("/recover/password", "/recover/login-id"):
            assert client.post(path, data={"password": PASSWORD}).location == "/recover/identity"


@pytest.mark.usefixtures("membership")
def test_of_two_windows_that_send_at_once_one_is_refused(visitor: FlaskClient, prove: Prove, session: Session) -> None:
    prove(visitor)
    proof = session.scalars(select(IdentityVerification).order_by(IdentityVerification.created_at.desc())).first()
    assert proof is not None
    recovery.set_password(session, proof, PASSWORD, "ko")

    with pytest.raises(recovery.ProofUsedError):
        recovery.set_password(session, proof, "another password of mine", "ko")

    assert visitor.post("/log-in", data={**LOG_IN, "password": PASSWORD}).status_code == 303


def test_a_proof_that_is_two_hours_old_opens_nothing(visitor: FlaskClient, prove: Prove) -> None:
    prove(visitor)

    with later(hours=2, minutes=1):
        assert visitor.post("/recover/password", data={"password": PASSWORD}).location == "/recover/identity"


def test_a_member_who_joined_by_an_sns_account_gets_an_id_with_the_password(
    app: Flask, sandbox: Server, session: Session, prove: Prove, memory: State
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    join_by(app.test_client(), sandbox.url, "kakao")
    visitor = prove(app.test_client())
    work(app)
    memory.sms.clear()
    visitor.post("/recover/login-id", data={"_lang": "en"})
    work(app)
    assert "Log in with: Kakao" in memory.sms[0]["text"]

    visitor.post("/recover/password", data={"password": PASSWORD, "_lang": "en"})
    work(app)

    login_id = session.scalars(select(User.login_id)).one()
    assert f"Your ID is {login_id}." in memory.sms[0]["text"]
    key = {"login_id": str(login_id), "password": PASSWORD, "name": LOG_IN["name"]}
    assert visitor.post("/log-in", data=key).location == "/resume"


@pytest.mark.usefixtures("membership")
def test_a_member_with_another_number_by_now_is_told_at_the_old_one_too(
    visitor: FlaskClient, prove: Prove, session: Session
) -> None:
    session.execute(User.__table__.update().values(phone_number="+821011112222"))  # type: ignore[attr-defined]
    session.commit()
    prove(visitor)

    visitor.post("/recover/password", data={"password": PASSWORD})

    sent = session.scalars(select(OutboxMessage).where(OutboxMessage.kind.like("PASSWORD%")))
    assert {(one.kind, one.recipient) for one in sent} == {
        ("PASSWORD_RESET", "+821023456789"),
        ("PASSWORD_CHANGED", "+821011112222"),
        ("PASSWORD_CHANGED", MEMBER["email"]),
    }
    assert all(one.ended_at for one in session.scalars(select(LogInSession)))
