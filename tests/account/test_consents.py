"""내 정보 → 동의: read again, changed by adding, asked once more after two years or a change, and withdrawn."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web.domain import legal
from kosme_web.domain.legal import Block, BlockKind, Pair
from kosme_web.models import Channel, Consent, Draft, DraftNumber, OutboxMessage, Resume, User
from kosme_web.models.base import now
from kosme_web.sandbox.state import State
from kosme_web.services import outbox
from kosme_web.worker import run
from tests.conftest import Membership
from tests.outbox import states, work
from tests.people import LOG_IN, NUMBER
from tests.site.filled import EVERYTHING, filled_resume

CHANNELS = {"mkt_sns": "REFUSED", "mkt_email": "AGREED", "mkt_night": "REFUSED"}  # as at the sign-up
NEXT = date(2027, 3, 1)


@pytest.fixture
def member(visitor: FlaskClient, membership: Membership) -> FlaskClient:
    membership.give(visitor)
    return visitor


@pytest.fixture
def published(member: FlaskClient) -> str:
    url = filled_resume(member)
    assert member.post(f"{url}/publish", data=EVERYTHING).status_code == 303
    return url


@pytest.fixture
def new_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the terms that came into force after the member had joined."""
    said = Block(BlockKind.PARAGRAPH, (Pair("보관 기간이 짧아졌습니다.", "We keep it for a shorter time."),))
    text = replace(legal.current("TOS_PRIVACY"), version=NEXT, changed=(said,))
    both = {legal.current("TOS_PRIVACY").version: legal.current("TOS_PRIVACY"), NEXT: text}
    monkeypatch.setitem(legal._LIBRARY, "TOS_PRIVACY", both)  # noqa: SLF001


def decisions(session: Session, kind: str) -> list[tuple[str, str]]:
    session.rollback()
    found = session.scalars(select(Consent).where(Consent.kind == kind).order_by(Consent.id))
    return [(str(one.decision), str(one.version)) for one in found]


def log_in(client: FlaskClient) -> str:
    answer = client.post("/log-in", data=LOG_IN)
    assert answer.status_code == 303
    return answer.location


def age(session: Session, *kinds: str) -> None:
    """Let two years pass since those were decided on."""
    old = update(Consent).where(Consent.kind.in_(kinds)).values(decided_at=now() - timedelta(days=730, minutes=1))
    session.execute(old)
    session.commit()


def test_each_text_is_read_again_in_both_languages_with_date_and_version(member: FlaskClient) -> None:
    page = member.get("/account/consents").text
    for kind in legal.CONSENTS:
        assert f"/account/consents/{kind}/2026-11-24" in page
    for kind in ("UID_RESUME", "MKT_NIGHT"):
        text = member.get(f"/account/consents/{kind}/2026-11-24").text
        assert all(word in text for word in (legal.current(kind).title.ko, legal.current(kind).title.en, "2026-11-24"))
    assert "동의함" in member.get("/account/consents/TOS_PRIVACY/2026-11-24").text
    for path in ("TOS_PRIVACY/2020-01-01", "TOS_PRIVACY/x", "NONE/2026-11-24"):
        assert member.get(f"/account/consents/{path}").status_code == 404


def test_the_channels_are_switched_by_adding_records_and_each_change_is_confirmed(
    member: FlaskClient, session: Session, app: Flask, memory: State
) -> None:
    work(app)
    for wrong in ({"mkt_sns": ""}, {"mkt_night": "X"}):
        assert member.post("/account/consents", data={**CHANNELS, **wrong}).status_code == 422
    assert member.post("/account/consents", data=CHANNELS).status_code == 303
    assert len(decisions(session, "MKT_SNS")) == 1  # nothing was changed, nothing is added
    memory.mail.clear()

    member.post("/account/consents", data={**CHANNELS, "mkt_sns": "AGREED", "mkt_email": "REFUSED", "_lang": "en"})

    assert [one for one, _ in decisions(session, "MKT_SNS")] == ["REFUSED", "AGREED"]
    assert [one for one, _ in decisions(session, "MKT_EMAIL")] == ["AGREED", "WITHDRAWN"]
    work(app)
    assert "SNS메시지: 수신동의" in memory.mail[0]["text"]
    assert "야간" not in memory.mail[0]["text"]


def test_advertising_goes_out_at_night_with_the_consent_to_that_only(
    member: FlaskClient, session: Session, app: Flask, memory: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(app)
    monkeypatch.setattr("kosme_web.domain.quiet_hours.is_quiet", lambda _moment: True)
    user = session.scalars(select(User)).one()
    outbox.put(session, user, Channel.MAIL, outbox.Notice("one", "WELCOME", is_advertising=True))
    session.commit()
    assert states(app) == [("QUEUED", "NIGHT")]

    member.post("/account/consents", data={**CHANNELS, "mkt_night": "AGREED"})
    outbox.put(session, user, Channel.MAIL, outbox.Notice("two", "WELCOME", is_advertising=True))
    session.commit()

    assert states(app) == [("ACCEPTED", "")] * 2  # the confirmation of the answer, and the news
    assert memory.mail[0]["subject"].startswith("(광고)")


def test_a_security_notice_goes_out_at_night(member: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    work(app)
    monkeypatch.setattr("kosme_web.domain.quiet_hours.is_quiet", lambda _moment: True)

    member.post("/account/devices/end-others")

    assert states(app) == [("ACCEPTED", "")]


def test_after_two_years_advertising_is_asked_about_once_more_and_the_rest_is_not(
    member: FlaskClient, session: Session, app: Flask
) -> None:
    age(session, *legal.CONSENTS)

    assert log_in(member) == "/account/review?next=/resume"
    page = member.get("/account/review?next=/account").text
    assert page.count("<fieldset") == 2  # the one that was agreed to, and the language
    assert member.post("/account/review", data={}).status_code == 422
    answer = member.post("/account/review", data={"answer-MKT_EMAIL": "REFUSED", "next": "/account"})

    assert answer.location == "/account"
    assert [one for one, _ in decisions(session, "MKT_EMAIL")] == ["AGREED", "WITHDRAWN"]
    assert log_in(member) == "/resume"
    assert app.test_client().get("/account/review").status_code == 303


def test_who_goes_on_receiving_is_asked_again_after_two_more_years(member: FlaskClient, session: Session) -> None:
    age(session, "MKT_EMAIL")
    member.post("/account/review", data={"answer-MKT_EMAIL": "AGREED"})
    assert log_in(member) == "/resume"

    age(session, "MKT_EMAIL")

    assert log_in(member).startswith("/account/review")


def test_the_worker_reminds_of_a_yes_that_is_two_years_old_once_and_of_nothing_else(
    member: FlaskClient, session: Session, app: Flask, memory: State
) -> None:
    assert member.post("/account/consents", data={**CHANNELS, "mkt_sns": "AGREED"}).status_code == 303
    end = Event()
    end.set()
    run(app, end)
    age(session, "MKT_EMAIL", "MKT_SNS")
    member.post("/account/consents", data=CHANNELS)  # a yes that was taken back is of no account

    for _ in range(2):
        run(app, end)
    work(app)

    subjects = [mail["subject"] for mail in memory.mail if "2년" in mail["subject"]]
    assert len(subjects) == 1
    assert "/account/consents" in memory.mail[0]["text"]


@pytest.mark.usefixtures("new_terms")
@pytest.mark.parametrize("answer", ["AGREED", "REFUSED"])
def test_a_new_version_asks_once_at_the_log_in_what_changed_in_plain_words(
    member: FlaskClient, session: Session, answer: str
) -> None:
    assert log_in(member) == "/account/review?next=/resume"
    page = member.get("/account/review").text
    assert "보관 기간이 짧아졌습니다." in page
    assert "We keep it for a shorter time." in page
    assert "수신동의" not in page

    assert member.post("/account/review", data={"answer-TOS_PRIVACY": answer}).location == "/resume"

    assert decisions(session, "TOS_PRIVACY") == [("AGREED", "2026-11-24"), (answer, "2027-03-01")]
    assert log_in(member) == "/resume"
    assert member.get("/account/review").location == "/resume"
    assert member.get("/account/review?next=//evil.example").location == "/resume"


def test_withdrawing_the_consent_to_the_number_erases_it_everywhere_and_unpublishes(
    member: FlaskClient, session: Session, published: str
) -> None:
    copy = filled_resume(member)
    warning = member.get("/account/consents/identifier").text
    assert "이력서 2개에서" in warning
    assert "등록된 이력서 1개가" in warning
    assert f"{NUMBER[0]}-•" in member.get(published).text

    assert member.post("/account/consents/identifier").location == "/account"

    assert session.scalars(select(DraftNumber)).all() == []
    assert [one.name_checked_at for one in session.scalars(select(Resume))] == [None]
    assert [one.published_version for one in session.scalars(select(Draft))] == [None, None]
    assert decisions(session, "UID_RESUME")[-1][0] == "WITHDRAWN"
    assert member.get(f"{published}/published").status_code != 200
    for url in (published, copy):
        page = member.get(url).text
        assert f"{NUMBER[0]}-•" not in page
        assert "생산관리 · QA" in page
    session.rollback()
    assert session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id.desc())).first() == "NUMBER_ERASED"
    assert "인증 완료" not in member.get(f"{published}/version/1").text


def test_the_number_of_one_resume_may_be_withdrawn_after_a_no_in_another_and_once(
    member: FlaskClient, session: Session, published: str
) -> None:
    member.post(filled_resume(member), data={"unique_identifier_consent": "", "seen": "99"})
    assert decisions(session, "UID_RESUME")[-1][0] == "WITHDRAWN"
    assert '"/account/consents/identifier"' in member.get("/account/consents").text
    before = len(decisions(session, "UID_RESUME"))

    for _ in range(2):
        member.post("/account/consents/identifier")

    assert f"{NUMBER[0]}-•" not in member.get(published).text
    assert len(decisions(session, "UID_RESUME")) == before + 1
    assert '"/account/consents/identifier"' not in member.get("/account/consents").text


def test_a_page_that_was_open_meanwhile_does_not_bring_the_number_back_but_a_new_consent_does(
    member: FlaskClient, session: Session, published: str
) -> None:
    seen = str(session.scalars(select(Draft.version)).one())
    session.rollback()
    member.post("/account/consents/identifier")

    assert member.post(f"{published}/publish", data={**EVERYTHING, "seen": seen}).status_code != 303

    assert session.scalars(select(DraftNumber)).all() == []
    assert session.scalars(select(Draft.published_version)).all() == [None]
    session.rollback()
    member.post(f"{published}/choose/theirs", data={"field": "unique_identifier_consent", "seen": "99"})
    member.post(published, data=EVERYTHING)
    member.post(f"{published}/name-check/run", data={"check_name": EVERYTHING["english_name"], **EVERYTHING})
    assert member.post(f"{published}/publish", data=EVERYTHING).status_code == 303
    assert member.get(f"{published}/published").status_code == 200
