"""The drill: back up, erase somebody, lose everything, bring the old archive back. Who was erased stays erased."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import (
    Draft,
    DraftField,
    DraftNumber,
    IdentifierAccess,
    LogInSession,
    MemberKey,
    MessageState,
    OutboxMessage,
    Photo,
    Resume,
    User,
)
from kosme_web.models.base import Base
from kosme_web.services.access_log import verify
from kosme_web.services.backups import tables
from kosme_web.web.toolbox import NAME
from tests.people import LOG_IN, MEMBER, NUMBER
from tests.safekeeping.conftest import Backed, command, count

OF_ANH = ("NGUYEN", "Nguyen Van Anh", "23456789", "2345-6789", "vananh97", "생산관리", NUMBER[1])
OF_BE = ("Tran Thi Be".upper(), "98765432", "thibe2000", "번역가")
BE = {**LOG_IN, "login_id": "thibe2000", "name": "Tran Thi Be"}


def erase(app: Flask, login_id: str) -> None:
    """Do what a withdrawal ends with."""
    with app.app_context(), Session(db.engine) as session:
        session.execute(text('DELETE FROM "user" WHERE login_id_key = :key'), {"key": login_id})
        session.commit()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("empty", ["sqlite", "postgresql"], indirect=True)
def test_all_comes_back_and_the_member_goes_on_as_before(empty: Flask, backed: Backed) -> None:
    code, output = command(empty, "backup", "restore", backed.archive)
    assert code == 0, output
    assert ", 2 members, 3 photo files\nleft out without a key: 0 members, 0 rows and files" in output

    assert count(empty, LogInSession) == [0]  # one may have been ended since
    anh = empty.test_client()
    assert anh.post("/log-in", data=LOG_IN).status_code == 303
    with empty.app_context(), Session(db.engine) as session:
        resume = session.scalars(select(Resume)).one()
        photo = session.scalars(select(Photo)).one()
        assert verify(db.engine).count == len(session.scalars(select(IdentifierAccess)).all()) > 0
    page = anh.get(f"/resume/{resume.draft_id}").text
    assert f"{NUMBER[0]}-•••••••" in page
    assert "생산관리 · QA" in page
    assert anh.get(f"/resume/{resume.draft_id}/published").status_code == 200
    assert (empty.extensions[NAME].settings.data_dir / "photos" / photo.key).read_bytes()[:2] == b"\xff\xd8"
    check = {"check_name": "NGUYEN VAN ANH"}  # of the number that was brought back
    assert anh.post(f"/resume/{resume.draft_id}/name-check/run", data=check).status_code == 303
    assert command(empty, "audit", "verify")[0] == 0
    assert command(empty, "keys", "check")[0] == 0


def test_who_was_erased_is_not_in_what_the_old_archive_brings_back(living: Flask, empty: Flask, tmp_path: Path) -> None:
    backup, restored = tmp_path / "backup", empty.extensions[NAME].settings.data_dir
    erase(living, "vananh97")
    assert command(living, "backup", "keys", backup)[0] == 0
    archive = next(backup.glob("*.backup"))

    code, output = command(empty, "backup", "restore", archive)

    assert (code, "left out without a key: 1 members" in output) == (0, True), output
    with empty.app_context():
        db.session.execute(text("VACUUM"))
        db.engine.dispose()
    there = everything(restored)
    assert [word for word in OF_ANH if word.encode() in there] == []
    assert all(word.encode() in there for word in OF_BE[2:])
    assert list((restored / "photos").iterdir()) == []
    assert count(empty, User, DraftNumber, Resume, Photo, MemberKey, Draft) == [1, 0, 0, 0, 1, 1]
    assert empty.test_client().post("/log-in", data=LOG_IN).status_code != 303
    assert empty.test_client().post("/log-in", data=BE).status_code == 303
    assert command(empty, "audit", "verify")[0] == 0  # the log outlives the member, and names nobody


def test_nothing_of_anybody_can_be_read_in_the_files_of_a_backup(backed: Backed) -> None:
    there = everything(backed.backup)

    assert [word for word in (*OF_ANH, *OF_BE, MEMBER["email"]) if word.encode() in there] == []
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in backed.backup.iterdir())
    assert {path.suffix for path in backed.backup.iterdir()} == {".backup", ".kosme"}


def test_the_next_backup_has_the_next_members_and_the_keys_still_open_the_first_one(
    living: Flask, empty: Flask, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    (first,) = backup.glob("*.backup")
    erase(living, "thibe2000")
    code, output = command(living, "backup", "create", backup)
    assert (code, " 1 members, 3 photo files" in output) == (0, True), output

    code, output = command(empty, "backup", "restore", first)

    assert (code, " 1 members, 3 photo files\nleft out without a key: 1 members" in output) == (0, True), output
    assert count(empty, User, DraftNumber) == [1, 1]


def test_a_restored_site_is_backed_up_with_the_same_keys(empty: Flask, backed: Backed, tmp_path: Path) -> None:
    assert command(empty, "backup", "restore", backed.archive)[0] == 0
    again = tmp_path / "again"
    again.mkdir()
    assert command(empty, "backup", "create", again)[0] == 0
    with empty.app_context(), db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "identifier_access_ends":
                connection.execute(table.delete())

    code, output = command(empty, "backup", "restore", backed.archive, "--keys", again / "member-keys.kosme")

    assert (code, "0 members, 0 rows" in output) == (0, True), output


def test_a_message_that_waited_is_not_sent_again_by_itself(living: Flask, empty: Flask, tmp_path: Path) -> None:
    with living.app_context(), Session(db.engine) as session:
        assert session.scalar(select(func.count()).where(OutboxMessage.state == MessageState.QUEUED))
    again = tmp_path / "again"
    again.mkdir()
    command(living, "backup", "create", again)

    command(empty, "backup", "restore", next(again.glob("*.backup")))

    with empty.app_context(), Session(db.engine) as session:
        rests = select(OutboxMessage.state, OutboxMessage.next_try_at).distinct()
        assert session.execute(rests).all() == [(MessageState.UNKNOWN, None)]


def test_each_table_is_some_members_or_nobodys_or_left_out_on_purpose() -> None:
    """A new table is a decision: what is a member's must go with the member, also from old backups."""
    for table in tables.kept_tables():
        is_owned = True
        try:
            tables.path_to_member(table)
        except LookupError:
            is_owned = False
        assert is_owned == (table.name not in tables.OF_NOBODY), table.name
    assert set(Base.metadata.tables) >= tables.LEFT_OUT | tables.OF_NOBODY


def test_the_archive_is_of_one_moment(
    living: Flask, empty: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved while it is written is in the next one, whole."""
    again, rows = tmp_path / "again", tables.rows
    again.mkdir()
    with living.app_context():
        engine = db.engine

    def meanwhile(*words: object) -> object:
        with Session(engine) as session:
            session.execute(update(DraftField).values(value="meanwhile"))
            session.execute(update(User).values(name="MEANWHILE"))
            session.commit()
        return rows(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "rows", meanwhile)
    assert command(living, "backup", "create", again)[0] == 0

    assert command(empty, "backup", "restore", next(again.glob("*.backup")))[0] == 0

    with empty.app_context(), Session(db.engine) as session:
        assert set(session.scalars(select(User.name))) == {"NGUYEN VAN ANH", OF_BE[0]}
        assert "meanwhile" not in session.scalars(select(DraftField.value)).all()
