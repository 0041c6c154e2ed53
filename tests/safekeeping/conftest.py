"""A site with two members, one with a whole résumé; and sites on empty databases to bring a backup back into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db
from kosme_web.models.base import Base
from tests import postgresql as postgresql_server
from tests.conftest import COMPILED, Membership, Server, StrictClient, settings_for
from tests.people import somebody_else
from tests.site.filled import EVERYTHING, filled_resume


@dataclass(frozen=True)
class Backed:
    """A folder with a site's data, and one with its first backup; Anh has a published résumé, Be a draft."""

    data: Path
    backup: Path

    @property
    def archive(self) -> Path:
        return next(self.backup.glob("*.backup"))


def command(app: Flask, *words: str | Path) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=[str(word) for word in words], catch_exceptions=False)
    return answer.exit_code, answer.output


def count(app: Flask, *models: type[Base]) -> list[int | None]:
    with app.app_context(), Session(db.engine) as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in models]


@contextmanager
def site_of(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    app.test_client_class = StrictClient
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def backed(tmp_path_factory: pytest.TempPathFactory, sandbox: Server, membership: Membership) -> Backed:
    backed = Backed(tmp_path_factory.mktemp("backed"), tmp_path_factory.mktemp("backup"))
    for name in ("kosme.db", "secrets.json"):
        shutil.copy(membership.folder / name, backed.data)
    with site_of(settings_for(backed.data, sandbox)) as app:
        anh, be = app.test_client(), somebody_else(app.test_client(), sandbox.url)
        membership.give(anh)
        url = filled_resume(anh)
        assert anh.post(f"{url}/publish", data=EVERYTHING).location == f"{url}/published"
        be_resume(be)
        code, output = command(app, "backup", "create", backed.backup)
        assert code == 0, output
    return backed


def be_resume(client: FlaskClient) -> None:
    client.post(client.post("/resume/new").location, data={"title": "번역가 Be", "seen": "99"})


@pytest.fixture
def living(backed: Backed, tmp_path: Path, sandbox: Server) -> Iterator[Flask]:
    """The site that was backed up, to go on with."""
    shutil.copytree(backed.data, tmp_path / "living")
    shutil.copytree(backed.backup, tmp_path / "backup")
    with site_of(settings_for(tmp_path / "living", sandbox)) as app:
        yield app


@pytest.fixture(params=["sqlite"])
def empty(
    request: pytest.FixtureRequest, backed: Backed, tmp_path: Path, sandbox: Server, template_database: Path
) -> Iterator[Flask]:
    """A new site with the keys of the old one: tables, and nothing in them."""
    folder = tmp_path / "restored"
    folder.mkdir()
    shutil.copy(backed.data / "secrets.json", folder)
    settings = settings_for(folder, sandbox)
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgresql"))
    else:
        shutil.copy(template_database, folder / "kosme.db")
    with site_of(settings) as app:
        if request.param == "postgresql":
            with app.app_context():
                postgresql_server.empty(db.engine)
                upgrade()
        yield app
