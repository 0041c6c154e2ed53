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
            with db.engine.begin() as connection:  # the server is shared
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
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
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert in_force == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_every_new_connection_has_the_same_promises(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as first, db.engine.connect() as second:
        assert first.connection.dbapi_connection is not second.connection.dbapi_connection
        assert second.execute(text("PRAGMA synchronous")).scalar() == 2
