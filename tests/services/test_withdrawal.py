"""회원탈퇴 on PostgreSQL, where two transactions really run at once: no order shows a résumé of who is leaving."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import Departure, Draft, Resume, User
from kosme_web.models.base import now
from kosme_web.services import retention, withdrawal
from kosme_web.services.drafts import editing
from kosme_web.services.resumes import Content, LeavingError, ResumeNotFoundError, publish, published
from kosme_web.web.leaving import outside_of
from kosme_web.web.toolbox import NAME, Toolbox
from tests.conftest import Server, site_on
from tests.leaving import counts
from tests.outbox import member

TEXTS = ("title", "english_name", "phone_number", "road_address", "english_address", "postal_code", "detail_address")
CODES = {"nationality": "VN", "visa": "D-10", "seeker_type": "GENERAL", "program_type": "GENERAL"}
CONTENT = Content({**dict.fromkeys(TEXTS, "x"), **CODES, "career_kind": "NEWCOMER"}, [], [], None)
GRACE = timedelta(days=7)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, sandbox: Server) -> Iterator[Flask]:
    yield from site_on("postgresql", request, tmp_path, sandbox)


@pytest.fixture
def engine(site: Flask) -> Engine:
    with site.app_context():
        return db.engine


def begin(engine: Engine) -> None:
    with Session(engine) as session:
        withdrawal.begin(session, session.scalars(select(User)).one(), grace=GRACE, here="")


def test_publishing_and_leaving_at_once_in_any_order_and_then_the_erasure(site: Flask, engine: Engine) -> None:
    tools: Toolbox = site.extensions[NAME]
    with Session(engine) as session:
        owner = member(session)
        session.add(Draft(owner_id=owner.id))
        session.commit()
        draft_id = session.scalars(select(Draft.id)).one()
        leaving = Thread(target=begin, args=(engine,))
        with editing(session, owner, draft_id) as draft:  # the publishing was first, and is not done yet
            publish(session, owner, draft, CONTENT)
            leaving.start()
            sleep(0.05)
        leaving.join()
        session.refresh(owner)
        first = owner.leaves_at
        begin(engine)
        session.refresh(owner)
        assert owner.leaves_at == first  # asked twice, the day stays
        with pytest.raises(ResumeNotFoundError):
            published(session, owner, draft_id)
        withdrawal.take_back(session, owner)
        assert published(session, owner, draft_id).number == 1
        with editing(session, owner, draft_id) as draft:
            publish(session, owner, draft, CONTENT)
        session.execute(delete(Resume).where(Resume.number == 1))  # as its period has it
        with editing(session, owner, draft_id) as draft:
            publish(session, owner, draft, CONTENT)

        with pytest.raises(LeavingError), editing(session, owner, draft_id) as draft:  # noqa: PT012
            assert not owner.is_leaving  # as this transaction has read it
            begin(engine)
            publish(session, owner, draft, CONTENT)
        assert sorted(session.scalars(select(Resume.number))) == [2, 3]
        session.rollback()

        retention.tidy(session, tools.settings.periods)
        assert withdrawal.erase_due(session, outside_of(tools)) == 0
        erasing = [Thread(target=erase, args=(engine, tools)) for _ in range(2)]
        for one in erasing:
            one.start()
        for one in erasing:
            one.join()
        assert counts(session) == {}
        assert len(session.scalars(select(Departure)).all()) == 1


def erase(engine: Engine, tools: Toolbox) -> None:
    with Session(engine) as session:
        withdrawal.erase_due(session, outside_of(tools), now() + GRACE)
