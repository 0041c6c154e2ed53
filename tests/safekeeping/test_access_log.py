"""고유식별정보 접속기록: a chain that shows each change, each gap and each row too many; cut only at its old end."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, delete, select, update
from sqlalchemy.orm import Session

from kosme_web import worker
from kosme_web.extensions import db
from kosme_web.models import Action, Draft, IdentifierAccess, User
from kosme_web.models.base import now
from kosme_web.services import access_log
from kosme_web.services.access_log import ENDS, LOG, Access, note
from tests.conftest import Membership, Server, site_on
from tests.outbox import later
from tests.people import NUMBER, new_resume

TYPED = {"registration_front": NUMBER[0], "registration_back": NUMBER[1], "seen": "99"}
AGREED = {"unique_identifier_consent": ["", "1"]}


def add(session: Session, count: int = 1) -> None:
    for _ in range(count):
        note(session, Access(Action.OPENED, uuid4(), uuid4(), "request"))
        session.commit()


def told(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["audit", *words])
    return answer.exit_code, answer.output


def actions(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(IdentifierAccess.action).order_by(IdentifierAccess.sequence)))


def test_each_handling_of_a_number_leaves_a_row_and_looking_at_the_mask_leaves_none(
    visitor: FlaskClient, session: Session, app: Flask, membership: Membership
) -> None:
    membership.give(visitor)
    url = new_resume(visitor)

    visitor.post(url, data=TYPED)
    assert actions(session) == []  # nothing was kept
    visitor.post(url, data={**TYPED, **AGREED})
    assert f"{NUMBER[0]}-•••••••" in visitor.get(url).text
    assert actions(session) == ["SEALED"]
    visitor.post(f"{url}/name-check/run", data={"check_name": "SANDBOX MISMATCH", "seen": "99"})
    assert actions(session)[1:] == ["OPENED", "CHECKED"]
    visitor.post(f"{url}/name-check/run", data={"check_name": "NGUYEN VAN ANH", "seen": "99"})
    assert actions(session)[3:] == ["OPENED", "CHECKED", "OPENED"]
    visitor.post(url, data={**TYPED, **AGREED, "registration_back": "6123457"})
    assert actions(session)[6:] == ["OPENED", "SEALED"]
    visitor.post(f"{url}/copy")
    visitor.post(url, data={"unique_identifier_consent": "", "seen": "99"})
    visitor.post(url, data={"title": "x", "seen": "99"})
    assert actions(session)[8:] == ["ERASED"]
    visitor.post(url, data={**TYPED, **AGREED})
    visitor.post("/account/consents/identifier")
    assert actions(session)[9:] == ["SEALED", "ERASED"]

    rows = session.scalars(select(IdentifierAccess)).all()
    draft_id = UUID(url.rpartition("/")[2])
    assert {(row.member_id, row.draft_id) for row in rows} == {(session.scalar(select(User.id)), draft_id)}
    assert all(len(row.request_id) == 32 for row in rows)
    assert told(app, "verify")[0] == 0


def test_what_is_undone_leaves_no_row(session: Session) -> None:
    note(session, Access(Action.OPENED, uuid4(), uuid4(), ""))
    session.rollback()
    add(session)
    session.execute(select(User.id))
    note(session, Access(Action.OPENED, uuid4(), uuid4(), ""))
    session.close()
    session.commit()

    assert actions(session) == ["OPENED"]


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (update(LOG).where(LOG.c.sequence == 3).values(action="SEALED"), "row 3 was changed"),
        (update(LOG).where(LOG.c.sequence == 3).values(member_id=uuid4()), "row 3 was changed"),
        (update(LOG).where(LOG.c.sequence == 4).values(previous="0" * 64), "row 4 does not follow"),
        (delete(LOG).where(LOG.c.sequence == 3), "row 3 is missing"),
        (delete(LOG).where(LOG.c.sequence == 5), "row 5 is missing"),
        (delete(LOG).where(LOG.c.sequence == 1), "row 1 is missing"),
        (delete(LOG), "row 1 is missing"),
        (update(ENDS).values(last_sequence=4), "row 5 was added past the end"),
        (delete(ENDS), "the row of the ends is missing"),
    ],
)
def test_the_first_broken_row_is_named(app: Flask, session: Session, harm: object, problem: str) -> None:
    add(session, 5)
    assert told(app, "verify")[1].startswith("5 rows")

    session.execute(harm)  # type: ignore[call-overload]
    session.commit()

    code, output = told(app, "verify")
    assert (code, problem in output) == (1, True), output


def test_a_row_that_was_forged_with_its_digest_breaks_at_the_next_one(app: Flask, session: Session) -> None:
    add(session, 5)
    row = session.get_one(IdentifierAccess, 3)
    row.action = Action.SEALED
    row.digest = access_log.digest_of({column.name: getattr(row, column.name) for column in LOG.c})
    session.get_one(IdentifierAccess, 4).previous = row.digest
    session.commit()

    assert "row 4 was changed" in told(app, "verify")[1]


def test_a_chain_that_was_made_anew_is_betrayed_by_the_head_that_was_written_down(app: Flask, session: Session) -> None:
    add(session, 3)
    head = told(app, "verify")[1].split()[-1]
    add(session)
    assert told(app, "verify", "--head", head)[0] == 0

    session.execute(delete(LOG))
    start = {"first_sequence": 1, "first_previous": "0" * 64, "last_sequence": 0, "last_digest": "0" * 64}
    session.execute(update(ENDS).values(start))
    session.commit()
    assert told(app, "verify")[0] == 0
    assert "row 1 is missing" in told(app, "verify", "--head", head)[1]
    add(session, 4)

    assert "row 3 is not the one" in told(app, "verify", "--head", head)[1]
    assert told(app, "verify", "--head", "three")[0] == 2


def test_the_worker_cuts_what_is_older_than_two_years_and_the_rest_still_verifies(app: Flask, session: Session) -> None:
    ended = Event()
    ended.set()
    add(session, 3)
    with later(days=729):
        add(session, 2)
        worker.run(app, ended)
        assert len(actions(session)) == 5
    with later(days=731):
        worker.run(app, ended)
        assert len(actions(session)) == 2
        assert told(app, "trim") == (0, "0 rows removed\n")
        assert told(app, "verify")[1].startswith("2 rows")
        add(session)
    with later(days=1500):
        assert told(app, "trim") == (0, "3 rows removed\n")
        add(session)
        assert told(app, "verify")[1].startswith("1 rows")


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, sandbox: Server) -> Iterator[Flask]:
    for site in site_on(request.param, request, tmp_path, sandbox):
        with site.app_context():
            yield site
            db.session.remove()


def test_many_writers_at_once_make_one_chain_and_a_look_in_between_sees_it_whole(site: Flask) -> None:
    with site.app_context():
        engine = db.engine

    def write(number: int) -> str:
        with Session(engine) as session:
            for _ in range(15):
                session.scalar(select(Draft.id))
                note(session, *[Access(Action.OPENED, uuid4(), uuid4(), str(number))] * 2)
                session.commit()
        return access_log.verify(engine).problem

    with ThreadPoolExecutor(4) as writers:
        assert set(writers.map(write, range(4))) == {""}
    verdict = access_log.verify(engine)
    assert (verdict.count, verdict.problem) == (120, "")


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_a_moment_means_the_same_in_whatever_zone_the_database_gives_it_back(site: Flask) -> None:
    with site.app_context(), Session(db.engine) as session:
        add(session, 3)
        abroad = create_engine(db.engine.url.update_query_dict({"options": "-ctimezone=Asia/Seoul"}))

        assert access_log.verify(abroad).problem == ""

        abroad.dispose()
        assert access_log.remove_before(session, now() + timedelta(hours=1)) == 3
        assert access_log.verify(db.engine).count == 0
