"""Typing while the site is killed at any instant: each save that it acknowledged is there, and none twice."""

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread
from time import sleep
from uuid import UUID

import pytest
import requests
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from kosme_web.app import create_app
from kosme_web.extensions import db
from kosme_web.models import Draft, DraftField, DraftPast, DraftSave, User
from kosme_web.models.base import now
from kosme_web.services import log_in_sessions, resume_list
from kosme_web.web.toolbox import NAME
from tests.conftest import Server, settings_for
from tests.crash import killable
from tests.site.filled import HTMX

CYCLES = int(os.environ.get("KOSME_KILLS", "200"))
LONGEST = 0.12  # seconds from the first answer to the kill; a save takes a few milliseconds
FIELDS = ("title", "english_name", "email", "detail_address")
MEMBER = {
    "name": "NGUYEN VAN ANH",
    "birth_date": date(1997, 3, 14),
    "phone_number": "01023456789",
    "identity_key": "killed",
    "identity_verified_at": now(),
    "road_address": "",
    "seeker_type": "INTL_STUDENT",
    "program_type": "GENERAL",
    "referral_route": "SCHOOL",
    "language": "en",
}


@dataclass
class Typist:
    """Types into one field, save after save; what got no answer is sent again, as it was, to the next site."""

    name: str
    cookie: str
    is_known: str = ""  # what the site said it has
    waiting: dict[str, str] | None = None
    key: str = ""
    count: int = 0
    acknowledged: list[str] = field(default_factory=list)

    def type_on(self, address: str, end: Event, is_answered: Event) -> None:
        while not end.is_set():
            if self.waiting is None:
                self.count += 1
                self.waiting = {self.name: f"{self.count} {self.name}", f"base-{self.name}": self.is_known}
                self.key = token_urlsafe(16)
            headers, cookies = {**HTMX, "Idempotency-Key": self.key}, {"session": self.cookie}
            try:
                answer = requests.post(address, self.waiting, headers=headers, cookies=cookies, timeout=90)
            except requests.RequestException:
                return
            if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:  # nothing was kept: a browser tries again, too
                sleep(0.05)
                continue
            assert answer.status_code in (200, 204), answer.text
            self.is_known = self.waiting[self.name]
            self.acknowledged.append(self.is_known)
            self.waiting = None
            is_answered.set()


@contextmanager
def typing(address: str, typists: list[Typist]) -> Iterator[Event]:
    """Have all of them type at once until the site is gone; the event is set with the first answer."""
    end, is_answered = Event(), Event()
    threads = [Thread(target=typist.type_on, args=(address, end, is_answered)) for typist in typists]
    for thread in threads:
        thread.start()
    yield is_answered
    end.set()
    for thread in threads:
        thread.join()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, sandbox: Server) -> Iterator[Flask]:
    """The site on a database of its own with all tables."""
    settings = settings_for(tmp_path, sandbox)
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgresql"))
        maker = create_engine(server, isolation_level="AUTOCOMMIT")
        with maker.connect() as connection:
            connection.execute(text("CREATE DATABASE killed"))
        maker.dispose()
        settings = replace(settings, database_url=server.set(database="killed").render_as_string())
    app = create_app(settings)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def begin(app: Flask) -> tuple[UUID, str]:
    """Give a résumé that has just been begun, and the cookie of its owner."""
    user = User(**MEMBER)
    db.session.add(user)
    db.session.commit()
    token = log_in_sessions.start(db.session(), user, device="", lifetime=timedelta(days=1))
    client = app.test_client()
    with client.session_transaction() as session:
        session["log_in"] = token
    cookie = client.get_cookie("session")
    assert cookie is not None
    return resume_list.create_draft(db.session(), user, {}).id, cookie.value


def test_a_site_that_is_killed_again_and_again_loses_no_save_that_it_acknowledged(site: Flask) -> None:
    draft_id, cookie = begin(site)
    settings = site.extensions[NAME].settings
    env = {"KOSME_DATA_DIR": str(settings.data_dir), "KOSME_LOG_LEVEL": "ERROR"}
    if settings.database_url.startswith("postgresql"):
        env["KOSME_DATABASE_URL"] = settings.database_url
    typists, chance = [Typist(name, cookie) for name in FIELDS], random.Random(9)  # noqa: S311  no secret
    for _ in range(CYCLES):
        running = killable.start(env)
        with typing(f"{running.url}/resume/{draft_id}/autosave", typists) as is_answered:
            assert is_answered.wait(90)
            sleep(chance.uniform(0, LONGEST))
            running.kill()

    with Session(db.engine) as session:
        check(session, draft_id, typists)


def check(session: Session, draft_id: UUID, typists: list[Typist]) -> None:
    kept, past = defaultdict[str, list[str]](list), session.scalars(select(DraftPast))
    for replaced in past:
        kept[replaced.name].append(replaced.text)
    assert sum(len(typist.acknowledged) for typist in typists) >= CYCLES
    for typist in typists:
        now_there = session.get_one(DraftField, (draft_id, typist.name))
        assert now_there.rival is None
        every = [*kept[typist.name], now_there.value]
        assert typist.acknowledged
        assert set(typist.acknowledged) <= set(every)
        assert (
            len(every) == len(set(every)) == typist.count - (typist.waiting is not None and not is_there(typist, every))
        )
    saves = session.scalar(select(DraftSave.version).order_by(DraftSave.version.desc()).limit(1))
    assert session.get_one(Draft, draft_id).version == saves == sum(map(len, kept.values())) + len(typists)
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
        assert session.scalars(text("PRAGMA foreign_key_check")).all() == []


def is_there(typist: Typist, texts: list[str]) -> bool:
    """Whether the text of the save that got no answer was kept all the same."""
    return typist.waiting is not None and typist.waiting[typist.name] in texts
