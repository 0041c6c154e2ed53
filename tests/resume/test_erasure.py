"""회원탈퇴, the end of it: whose day has come is found in no table, file or log, and may join again like anybody."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web import worker
from kosme_web.config import Settings
from kosme_web.models import (
    Action,
    Channel,
    Departure,
    DraftField,
    DraftNumber,
    IdentifierAccess,
    IdentityVerification,
    LogInSession,
    MemberKey,
    OutboxMessage,
    ShareLink,
    SocialAccount,
    User,
)
from kosme_web.models.base import Base, now
from kosme_web.providers.kakao import Kakao
from kosme_web.sandbox.state import State
from kosme_web.services import delivery_reports, withdrawal
from kosme_web.services.delivery_reports import Report
from kosme_web.web import request_log
from kosme_web.web.leaving import outside_of
from kosme_web.web.toolbox import NAME, Toolbox
from tests.conftest import Server
from tests.leaving import MAY_KEEP_ROWS, counts, erase_after, leave, prove, traces
from tests.outbox import member, put, work
from tests.people import IDENTITY, LOG_IN, NUMBER, join
from tests.recovery import PASSWORD, verified
from tests.resume.test_autosave import keep
from tests.resume.test_sharing import link_of
from tests.social import LINK, come_by

CHANGING = re.compile(r'value="[\w.-]{40,}"|[0-9]{2}:[0-9]{2}(:[0-9]{2})?')
NEVER_KEPT = (*(part.encode() for part in NUMBER), b"01023456789")
SEALED_KEY = b"a key that seals this member in backups"
OTHER = "other.address@example.com"
FOLLOWING = ("GENERAL", "INTL_STUDENT", "EXPERIENCED", "GRADUATED")  # codes, which stand for nobody


def kept(session: Session, settings: Settings) -> set[bytes]:
    """Give what is distinctive of the one member: what she typed, what was made of it, and her photo."""
    session.rollback()
    user = session.scalars(select(User)).one()
    texts = {
        *(value for column in User.__table__.columns if isinstance(value := getattr(user, column.name), str)),
        *session.scalars(select(DraftField.value)),
        *session.scalars(select(OutboxMessage.recipient)),
        *session.scalars(select(LogInSession.token_hash)),
        *session.scalars(select(ShareLink.token_hash)),
        *session.scalars(select(SocialAccount.subject)),
        *session.scalars(select(IdentityVerification.browser_hash)),
        "an earlier title",
        OTHER,
    }
    sealed = session.scalars(select(DraftNumber.sealed)).all()
    session.rollback()
    photos = [path.read_bytes()[300:400] for path in (settings.data_dir / "photos").iterdir()]
    long = {text.encode() for text in texts if len(text) > 8 and text not in FOLLOWING}  # a shorter one is no trace
    return {*long, *sealed, *photos, SEALED_KEY}


@pytest.fixture
def everything(  # noqa: PLR0913, PLR0917
    visitor: FlaskClient, shown: str, app: Flask, sandbox: Server, memory: State, session: Session
) -> str:
    """A member of whom there is something in every table, and where her résumé is."""
    memory.consents.clear()
    prove(visitor)
    assert come_by(visitor, "kakao", LINK).location == "/account/social"
    for title in ("an earlier title", "a later and longer title"):
        visitor.post(shown, data={"seen": "99", "title": title})
    keep(visitor, shown, "key-0001", seen="99", title="the last title")
    visitor.post(f"{shown}/hand-over", data={"at": "title"})
    visitor.post("/account/email", data={"email": OTHER})
    link_of(visitor, shown)
    verified(app.test_client(), sandbox.url).post("/recover/login-id")
    app.test_client().post("/sign-up/identity", data={**IDENTITY, "birth_day": "15"})
    work(app)
    provider_id = session.scalars(select(OutboxMessage.provider_id).where(OutboxMessage.channel == Channel.SMS)).first()
    delivery_reports.take(session, [Report("E1", str(provider_id), None)])
    session.add(MemberKey(user_id=session.scalars(select(User.id)).one(), sealed=SEALED_KEY))
    session.commit()
    assert counts(session).keys() == Base.metadata.tables.keys() - MAY_KEEP_ROWS
    return shown


@pytest.mark.usefixtures("everything")
def test_a_member_who_left_is_found_nowhere_and_only_the_departure_stays(
    visitor: FlaskClient, session: Session, app: Flask, memory: State, capsys: pytest.CaptureFixture[str]
) -> None:
    tools: Toolbox = app.extensions[NAME]
    folder = tools.settings.data_dir
    request_log.configure("INFO")
    needles = kept(session, tools.settings)
    assert traces(app, folder, needles).keys() == needles
    assert traces(app, folder, NEVER_KEPT) == {}
    member_id = session.scalars(select(User.id)).one()
    prove(visitor)
    assert "해당 서비스에도 연결 해제를 요청합니다" in visitor.get("/account/leave").text
    assert leave(visitor).status_code == 303
    work(app)

    erase_after(app, days=6)
    assert session.scalars(select(User.id)).all() == [member_id]
    session.rollback()
    erase_after(app, days=8)

    with capsys.disabled():  # what reads along here is closed at the end of this test
        request_log.configure("ERROR")
    told = capsys.readouterr()
    assert counts(session) == {}
    assert session.scalars(select(Departure.id)).all() == [member_id]
    session.rollback()
    assert traces(app, folder, {*needles, *NEVER_KEPT}) == {}
    assert list((folder / "photos").iterdir()) == []
    assert "members erased" in told.err
    assert [needle for needle in (*needles, *NEVER_KEPT) if needle in (told.out + told.err).encode()] == []
    assert memory.consents == {}  # the link is ended at Kakao, too
    log = session.scalars(select(IdentifierAccess).order_by(IdentifierAccess.sequence)).all()
    assert (log[-1].action, log[-1].member_id) == (Action.ERASED, member_id)


def seen(client: FlaskClient, path: str, data: dict[str, str]) -> list[tuple[int, str]]:
    """Give all that a browser sees of a post and of the page it leads to, but for what was typed."""
    answers = [client.post(path, data=data)]
    if answers[0].location:
        answers.append(client.get(answers[0].location))
    typed = re.compile("|".join(re.escape(text) for text in data.values()))
    return [(one.status_code, CHANGING.sub("", typed.sub("", one.text))) for one in answers]


def test_who_left_is_answered_like_somebody_unknown_and_joins_again_like_anybody(
    visitor: FlaskClient, shown: str, session: Session, app: Flask, sandbox: Server
) -> None:
    leave(visitor)
    erase_after(app, days=8)
    assert visitor.get(shown).location.startswith("/log-in")

    was, unknown = LOG_IN, {**LOG_IN, "login_id": "nobody1999", "name": "Tran Thi Be"}
    claims: tuple[dict[str, str], ...] = ({}, {"name": "Tran Thi Be", "phone_number": "010-9876-5432"})
    assert seen(app.test_client(), "/log-in", was) == seen(app.test_client(), "/log-in", unknown)
    for path, data in (("/recover/login-id", {}), ("/recover/password", {"password": PASSWORD})):
        told = [seen(verified(app.test_client(), sandbox.url, **claim), path, data) for claim in claims]
        names = re.compile("(?i)Nguyen Van Anh|Tran Thi Be|010-[0-9-]+|[+]82 [0-9 ]+")
        first, second = ([(status, names.sub("", text)) for status, text in one] for one in told)
        assert first == second
    join(app.test_client(), sandbox.url)
    assert session.scalars(select(User.login_id)).all() == ["vananh97"]


@pytest.fixture
def leaver(session: Session) -> User:
    """A member whose day has come, with SNS accounts."""
    user = member(session, email="leaver@example.com")
    user.leaves_at = now()
    for provider in ("naver", "kakao", "facebook"):
        session.add(SocialAccount(user_id=user.id, provider=provider, issuer="x", subject=f"subject-of-{provider}"))
    session.commit()
    return user


def departures(session: Session) -> int:
    session.rollback()
    count = len(session.scalars(select(Departure)).all())
    session.rollback()
    return count


def test_an_erasure_waits_an_hour_for_a_provider_that_is_away_and_then_goes_on(
    app: Flask, session: Session, leaver: User, capsys: pytest.CaptureFixture[str]
) -> None:
    tools: Toolbox = app.extensions[NAME]
    app.extensions[NAME] = replace(tools, kakao=Kakao("http://127.0.0.1:1", "admin-key", 0.5))
    request_log.configure("INFO")
    subject = str(leaver.id)

    erase_after(app, minutes=59)
    assert departures(session) == 0
    erase_after(app, minutes=61)
    with capsys.disabled():
        request_log.configure("ERROR")

    assert departures(session) == 1
    told = capsys.readouterr().err
    assert '"provider": "kakao"' in told
    assert '"provider": "naver"' in told  # Naver gives us no way without the person
    assert subject not in told
    assert "subject-of" not in told


def test_a_member_with_whom_it_fails_holds_up_nobody_and_is_tried_again(
    app: Flask, session: Session, leaver: User
) -> None:
    def crash(*_: object) -> bool:
        raise RuntimeError("a mistake of ours")

    outside = outside_of(app.extensions[NAME])
    session.add(SocialAccount(user_id=leaver.id, provider="known no more", issuer="x", subject="x"))
    member(session).leaves_at = now()  # who has no SNS account
    session.commit()

    assert withdrawal.erase_due(session, replace(outside, release=crash)) == 1
    assert withdrawal.erase_due(session, outside) == 1


def test_a_crash_before_the_files_are_gone_leaves_no_row_and_the_sweep_takes_them(
    visitor: FlaskClient, shown: str, session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError("gone")

    assert shown
    leave(visitor)
    store = app.extensions[NAME].photo_store
    with monkeypatch.context() as broken:
        broken.setattr(store, "delete", crash)
        erase_after(app, days=8)
    assert counts(session) == {}

    monkeypatch.setattr(worker, "ORPHAN_AGE", -worker.ORPHAN_AGE)
    with app.app_context():
        worker.tidy(app)

    assert list((app.extensions[NAME].settings.data_dir / "photos").iterdir()) == []


def test_who_stays_in_the_last_moment_is_kept_and_a_second_worker_finds_nothing_left(
    app: Flask, session: Session, leaver: User
) -> None:
    other = put(session, Channel.SMS)  # another member, with the same phone number
    user_id, outside = leaver.id, outside_of(app.extensions[NAME])
    moment = now()
    leaver.leaves_at = None
    session.commit()
    assert not withdrawal.erase(session, user_id, outside, moment)
    leaver.leaves_at = moment
    session.commit()

    assert [withdrawal.erase(session, user_id, outside, moment) for _ in range(2)] == [True, False]

    assert departures(session) == 1
    assert session.scalars(select(OutboxMessage.id)).all() == [other.id]
