"""회원탈퇴: asked for with a proof, out of sight at once, taken back with one tap; nothing is published meanwhile."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kosme_web.models import OutboxMessage, Resume, User
from kosme_web.models.base import now
from kosme_web.resume import posting
from kosme_web.resume.views import publishing, resumes
from kosme_web.sandbox.state import State
from kosme_web.services import withdrawal
from kosme_web.web.toolbox import NAME, Toolbox
from tests.conftest import Membership, Server
from tests.leaving import counts, leave, prove
from tests.outbox import work
from tests.people import LOG_IN, somebody_else
from tests.resume.test_sharing import link_of

SURE = {"is_sure": "1"}


def user_of(session: Session) -> User:
    session.rollback()
    return session.scalars(select(User)).one()


def kinds(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_the_page_says_what_goes_offers_the_data_and_asks_for_a_proof_and_a_yes(
    visitor: FlaskClient, shown: str, session: Session
) -> None:
    link_of(visitor, shown)
    assert 'href="/account/leave"' in visitor.get("/account").text
    assert visitor.get("/account/leave").location == "/account/prove?next=/account/leave"
    refused = visitor.post("/account/leave", data=SURE)
    assert refused.status_code == 403
    assert " checked" in refused.text.partition('name="is_sure" value="1"')[2][:10]
    prove(visitor)

    page = visitor.get("/account/leave").text
    assert visitor.post("/account/leave", data={"is_sure": ""}).status_code == 422

    assert 'href="/resume/export"' in page
    for text in (
        "7일 뒤 영구히",
        "After 7 days, for good",
        "이력서 1개와",
        "1 published version",
        "공유 링크 1개",
        "1 photo",
    ):
        assert text in page
    assert user_of(session).leaves_at is None


def test_who_leaves_is_out_of_sight_at_once_logged_out_elsewhere_and_told(
    visitor: FlaskClient, shown: str, session: Session, app: Flask, memory: State
) -> None:
    link, elsewhere, reader = link_of(visitor, shown), app.test_client(), app.test_client()
    elsewhere.post("/log-in", data=LOG_IN)
    work(app)
    memory.mail.clear()

    assert leave(visitor).location == "/account/leave"
    first = user_of(session).leaves_at
    assert visitor.post("/account/leave", data=SURE).location == "/account/leave"

    assert first is not None
    assert timedelta(days=6, hours=23) < first - now() < timedelta(days=7)
    assert user_of(session).leaves_at == first  # asked twice, the day stays
    assert reader.get(link).status_code == reader.get(f"{link}/pdf/ko").status_code == 404
    assert visitor.get(f"{shown}/published").status_code == 404
    assert visitor.post(f"{shown}/share", data={"days": "7"}).status_code == 404
    assert elsewhere.get("/resume").status_code == 303
    assert 'action="/account/leave/stay"' in visitor.get("/resume").text
    work(app)
    assert len(memory.mail) == 1
    assert "/log-in" in memory.mail[0]["text"]
    assert "회원탈퇴를 신청하셨습니다" in memory.sms[0]["text"]


def test_one_tap_takes_it_back_and_shows_again_what_was_shown(
    visitor: FlaskClient, shown: str, session: Session, app: Flask
) -> None:
    link, back = link_of(visitor, shown), app.test_client()
    leave(visitor)
    assert back.post("/log-in", data={**LOG_IN, "next": "/resume"}).location == "/account/leave"
    assert "탈퇴 취소" in back.get("/account/leave").text

    for _ in range(2):
        assert back.post("/account/leave/stay").location == "/account"

    assert user_of(session).leaves_at is None
    assert app.test_client().get(link).status_code == 200
    assert "/account/leave/stay" not in back.get("/resume").text
    assert kinds(session).count("STAYING") == 2  # one by each channel


def test_while_personal_data_are_hidden_nothing_is_said_of_leaving_and_nobody_can(
    visitor: FlaskClient, shown: str, session: Session
) -> None:
    leave(visitor)
    visitor.post("/account/hide")

    assert "/account/leave/stay" not in visitor.get(shown).text
    assert visitor.post("/account/leave/stay").status_code == 403
    assert user_of(session).leaves_at is not None


def test_who_is_leaving_publishes_nothing_and_keeps_what_was_written(
    visitor: FlaskClient, shown: str, session: Session
) -> None:
    leave(visitor)

    answer = visitor.post(f"{shown}/publish", data={"seen": "99", "title": "written meanwhile"})

    assert answer.location == "/account/leave"
    assert "등록하지 않았습니다" in visitor.get("/account/leave").text
    assert "written meanwhile" in visitor.get(shown).text
    session.rollback()
    assert len(session.scalars(select(Resume)).all()) == 1


@pytest.mark.parametrize("is_first", [True, False], ids=["before the draft is held", "while it is held"])
def test_publishing_and_leaving_at_once_show_nobody_a_resume(
    visitor: FlaskClient, url: str, session: Session, monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    """The other device wins the line before the publishing, or waits in it until that is done."""

    def go() -> None:
        with Session(session.get_bind()) as other:
            withdrawal.begin(other, other.scalars(select(User)).one(), grace=timedelta(days=7), here="")

    leaving = Thread(target=go)
    original: Any = getattr(publishing, "posted_draft" if is_first else "content_of")

    def meanwhile(*args: object, **more: object) -> object:
        leaving.start()
        leaving.join(timeout=10 if is_first else 0.1)
        return original(*args, **more)

    monkeypatch.setattr(publishing, "posted_draft" if is_first else "content_of", meanwhile)
    answer = visitor.post(f"{url}/publish", data={"seen": "99"})
    leaving.join()

    assert answer.location == ("/account/leave" if is_first else f"{url}/published")
    assert user_of(session).is_leaving
    assert len(session.scalars(select(Resume)).all()) == (0 if is_first else 1)
    visitor.post("/log-in", data=LOG_IN)
    assert visitor.get(f"{url}/published").status_code == 404


def without_grace(app: Flask) -> None:
    tools: Toolbox = app.extensions[NAME]
    at_once = replace(tools.settings, periods=replace(tools.settings.periods, leaving=0))
    app.extensions[NAME] = replace(tools, settings=at_once)


def test_leaving_without_days_of_grace_erases_nobody_else(
    visitor: FlaskClient, membership: Membership, session: Session, app: Flask, sandbox: Server
) -> None:
    """The day of another member has come, too: that one is the worker's."""
    membership.give(visitor)
    without_grace(app)
    somebody_else(app.test_client(), sandbox.url)
    session.execute(update(User).where(User.login_id == "thibe2000").values(leaves_at=now() - timedelta(hours=1)))
    session.commit()

    leave(visitor)

    session.rollback()
    assert session.scalars(select(User.login_id)).all() == ["thibe2000"]


def test_without_days_of_grace_everything_goes_with_the_press_of_the_button(
    visitor: FlaskClient, shown: str, session: Session, app: Flask, membership: Membership
) -> None:
    without_grace(app)
    prove(visitor)
    assert "이어서 영구히" in visitor.get("/account/leave").text

    assert visitor.post("/account/leave", data=SURE).location == "/log-in"

    assert "모든 정보를 지웠습니다" in visitor.get("/log-in").text
    assert counts(session) == {}
    membership.give(visitor)
    assert visitor.get(shown).status_code == 303
    assert visitor.post("/account/leave/stay").status_code == 303


@pytest.mark.parametrize("is_new", [True, False], ids=["a new résumé", "one that is written"])
def test_a_request_during_which_its_member_is_erased_ends_at_the_log_in(
    visitor: FlaskClient, shown: str, session: Session, monkeypatch: pytest.MonkeyPatch, *, is_new: bool
) -> None:
    leave(visitor)
    module: Any = resumes if is_new else posting
    name = "prefilled" if is_new else "stage_photo"
    original = getattr(module, name)

    def meanwhile(*args: object) -> object:
        with Session(session.get_bind()) as other:
            other.execute(delete(User))
            other.commit()
        return original(*args)

    monkeypatch.setattr(module, name, meanwhile)
    answer = visitor.post("/resume/new" if is_new else shown, data={"title": "too late", "seen": "99"})

    assert answer.location == "/log-in"
    assert counts(session).keys() == {"identity_verification"}  # which hangs on nobody
