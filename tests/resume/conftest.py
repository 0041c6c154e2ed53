"""A member whose résumé is written once, ready to be published; each test that asks for it begins with a copy."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db
from tests.conftest import Membership, Server, settings_for
from tests.site.filled import filled_resume


@dataclass(frozen=True)
class Written:
    """A place with a member and her résumé in it, the cookie of her browser, and where the résumé is."""

    folder: Path
    cookie: str
    url: str


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, sandbox: Server, membership: Membership) -> Written:
    folder = tmp_path_factory.mktemp("written")
    for name in ("kosme.db", "secrets.json"):
        shutil.copy(membership.folder / name, folder)
    app = create_app(settings_for(folder, sandbox))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    membership.give(client)
    url = filled_resume(client)
    with app.app_context():
        db.engine.dispose()
    return Written(folder, membership.cookie, url)


@pytest.fixture
def origin(request: pytest.FixtureRequest, origin: Path) -> Path:
    """Give the place that the test's own is a copy of: with the résumé in it, if the test asks for ``written``."""
    return request.getfixturevalue("written").folder if "written" in request.fixturenames else origin


@pytest.fixture
def url(visitor: FlaskClient, written: Written, settings: Settings) -> str:
    """Let the visitor be its writer, and give where it is."""
    shutil.copytree(written.folder / "photos", settings.data_dir / "photos", dirs_exist_ok=True)
    visitor.set_cookie("session", written.cookie)
    return written.url


@pytest.fixture
def shown(visitor: FlaskClient, url: str) -> str:
    """Have the résumé published, and give where it is."""
    assert visitor.post(f"{url}/publish", data={"seen": "99"}).location == f"{url}/published"
    return url
