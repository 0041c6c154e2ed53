"""Backups that cannot be made or read: refused in words, and nothing is half written."""

import shutil
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, delete, text
from sqlalchemy.orm import Session

from kosme_web.extensions import db
from kosme_web.models import DraftField, MemberKey, User
from kosme_web.providers.photo_store import PhotoStore, PhotoStoreError
from kosme_web.services.backups import Kit, creating, sealed_file
from kosme_web.services.backups.records import new_seal
from kosme_web.services.snapshots import snapshot
from kosme_web.web.toolbox import NAME
from tests.outbox import member
from tests.safekeeping.conftest import Backed, command, count


@pytest.mark.parametrize("at", [0.0, 0.3, 1.0])
def test_a_damaged_archive_brings_back_nothing(
    living: Flask, empty: Flask, tmp_path: Path, at: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the photos that stand in good chunks before the damage."""
    monkeypatch.setattr(sealed_file, "CHUNK", 1)
    again = tmp_path / "again"
    again.mkdir()
    command(living, "backup", "create", again)
    archive = next(again.glob("*.backup"))
    content = bytearray(archive.read_bytes())
    content[min(int(len(content) * at), len(content) - 1)] ^= 4
    archive.write_bytes(content)

    code, output = command(empty, "backup", "restore", archive)

    assert (code, output.startswith("Error: ")) == (1, True)
    assert count(empty, User, DraftField) == [0, 0]
    assert not list((empty.extensions[NAME].settings.data_dir / "photos").iterdir())


def test_what_cannot_be_restored_is_refused_in_words_and_changes_nothing(
    empty: Flask, living: Flask, backed: Backed, tmp_path: Path
) -> None:
    assert "is not empty" in command(living, "backup", "restore", backed.archive)[1]
    alone = tmp_path / "alone.backup"
    shutil.copy(backed.archive, alone)
    assert "--keys" in command(empty, "backup", "restore", alone)[1]
    keys = backed.backup / "member-keys.kosme"
    assert "no backup of ours" in command(empty, "backup", "restore", backed.data / "kosme.db", "--keys", keys)[1]
    assert "not a file of the kind keys" in command(empty, "backup", "restore", alone, "--keys", alone)[1]
    tools = empty.extensions[NAME]
    for settings, told in (
        ({"backup_key": bytes(32)}, "another KOSME_BACKUP_KEY"),
        ({"backup_key": b""}, "KOSME_BACKUP_KEY is not set"),
    ):
        empty.extensions[NAME] = replace(tools, settings=replace(tools.settings, **settings))
        assert told in command(empty, "backup", "restore", backed.archive)[1]
    empty.extensions[NAME] = replace(tools, vault=replace(tools.vault, keys={"other": bytes(32)}))
    assert "need the key dev1" in command(empty, "backup", "restore", backed.archive)[1]
    empty.extensions[NAME] = tools
    for change, told in (
        ("UPDATE alembic_version SET version_num = '0001'", "this database of 0001"),
        ("DROP TABLE alembic_version", "no tables: run db upgrade"),
    ):
        with empty.app_context(), db.engine.begin() as connection:
            connection.execute(text(change))
        code, output = command(empty, "backup", "restore", backed.archive)
        assert (code, told in output) == (1, True), output
    assert count(empty, User, DraftField, MemberKey) == [0, 0, 0]


def test_a_photo_that_is_gone_is_told_and_keeps_no_backup_from_being_made(living: Flask, tmp_path: Path) -> None:
    next((living.extensions[NAME].settings.data_dir / "photos").glob("*-small.jpg")).unlink()

    code, output = command(living, "backup", "create", tmp_path / "backup")

    assert (code, "2 photo files\n1 photo files are not in the store" in output) == (0, True), output


def test_two_backups_at_once_agree_on_the_keys_and_a_member_who_joins_meanwhile_has_one(
    living: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joining = [2]
    with living.app_context(), Session(db.engine) as session:
        session.execute(delete(MemberKey))
        session.commit()
        engine = db.engine

    def as_another(kit: Kit, owner: UUID) -> bytes:
        with Session(engine) as session:
            if session.get(MemberKey, owner) is None:
                session.add(MemberKey(user_id=owner, sealed=new_seal(kit, owner)))
                session.commit()
        return new_seal(kit, owner)

    def after_a_sign_up(engine: Engine) -> AbstractContextManager[Connection]:
        if joining[0]:
            joining[0] -= 1
            with Session(engine) as session:
                member(session)
        return snapshot(engine)

    monkeypatch.setattr(creating, "new_seal", as_another)
    monkeypatch.setattr(creating, "snapshot", after_a_sign_up)
    code, output = command(living, "backup", "create", tmp_path / "backup")
    assert (code, " 4 members" in output) == (0, True), output
    joining[0] = 99
    assert "try again" in command(living, "backup", "create", tmp_path / "backup")[1]


def test_keys_of_another_making_open_nothing_of_an_archive(living: Flask, empty: Flask, tmp_path: Path) -> None:
    with living.app_context(), Session(db.engine) as session:
        session.execute(delete(MemberKey))
        session.commit()
    command(living, "backup", "keys", tmp_path / "backup")

    code, output = command(empty, "backup", "restore", next((tmp_path / "backup").glob("*.backup")))

    assert (code, "the keys are not those of this archive" in output) == (1, True), output
    assert count(empty, User, MemberKey) == [0, 0]


def test_a_photo_store_that_is_away_leaves_no_half_archive(
    living: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_store: PhotoStore, _key: str) -> bytes:
        raise PhotoStoreError("ReadTimeout")

    monkeypatch.setattr(PhotoStore, "get", away)

    code, output = command(living, "backup", "create", tmp_path / "backup")

    assert (code, output) == (1, "Error: the photo store is not to be used at the moment: ReadTimeout\n")
    assert len(list((tmp_path / "backup").iterdir())) == 2
