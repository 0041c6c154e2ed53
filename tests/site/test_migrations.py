"""Migrations: all the way up, down and up again, on SQLite and PostgreSQL; then the tables are those of the models."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from kosme_web.app import create_app
from kosme_web.extensions import db
from tests import postgresql as postgresql_server
from tests.conftest import Server, settings_for


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, sandbox: Server) -> Iterator[Flask]:
    """The site on a database without tables."""
    settings = settings_for(tmp_path, sandbox)
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgresql"))
    app = create_app(settings)
    with app.app_context():
        if request.param == "postgresql":
            postgresql_server.empty(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def differences() -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata))


@pytest.mark.usefixtures("empty")
def test_up_gives_the_tables_of_the_models_and_down_leaves_nothing() -> None:
    for _ in range(2):
        upgrade()
        assert tables() == set(db.metadata.tables)
        assert differences() == []

        downgrade(revision="base")
        assert tables() == set()


MEMBER_ROW = {
    "id": "0190aaaabbbb7cccdddd000000000001",
    "login_id": "vananh97",
    "login_id_key": "vananh97",
    "password_hash": "x",
    "name": "NGUYEN VAN ANH",
    "phone_number": "+821023456789",
    "identity_key": "k",
    "road_address": "",
    "english_address": "",
    "postal_code": "",
    "detail_address": "",
    "seeker_type": "GENERAL",
    "program_type": "GENERAL",
    "referral_route": "SCHOOL",
    "referral_other": "",
    "language": "ko",
    "identity_verified_at": "2026-11-24 00:00:00+00:00",
    "created_at": "2026-11-24 00:00:00+00:00",
}


def put(table: str, row: dict[str, str]) -> None:
    columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    with db.engine.begin() as connection:
        connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({places})'), row)  # noqa: S608  our own


def ask(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


@pytest.mark.usefixtures("empty")
def test_members_and_what_hangs_on_them_survive_the_step_to_sns_accounts_and_back() -> None:
    upgrade(revision="0001")
    moment = MEMBER_ROW["created_at"]
    put("user", MEMBER_ROW)
    opened = {"id": MEMBER_ROW["id"], "user_id": MEMBER_ROW["id"], "token_hash": "t", "device": ""}
    put("log_in_session", {**opened, "created_at": moment, "seen_at": moment, "expires_at": moment})

    upgrade(revision="0002")
    assert ask("SELECT count(*) FROM log_in_session") == [(1,)]
    other = {"id": "0190aaaabbbb7cccdddd000000000002", "identity_key": "l"}
    without = {name: text for name, text in MEMBER_ROW.items() if not name.startswith(("login", "password"))}
    put("user", {**without, **other})

    downgrade(revision="0001")
    assert ask("SELECT count(*) FROM log_in_session") == [(1,)]
    assert ask('SELECT login_id, password_hash FROM "user" ORDER BY identity_key')[0] == ("vananh97", "x")
    assert len(ask('SELECT login_id FROM "user" WHERE login_id IS NOT NULL')) == 2


@pytest.mark.usefixtures("empty")
def test_a_table_that_the_migrations_do_not_know_is_seen() -> None:
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE log_in_session"))

    assert [change[0] for change in differences()][:1] == ["add_table"]  # type: ignore[index]
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE consent ADD COLUMN surplus INTEGER"))
    assert "remove_column" in [change[0] for change in differences()]  # type: ignore[index]


def test_sqlite_acknowledges_only_what_is_on_the_disk_and_holds_its_references(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        in_force = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }

    promised = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
    assert in_force == promised


def test_every_new_connection_has_the_same_promises(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as first, db.engine.connect() as second:
        assert first.connection.dbapi_connection is not second.connection.dbapi_connection
        assert second.execute(text("PRAGMA synchronous")).scalar() == 2
