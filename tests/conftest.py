"""A site of its own for each test: a real database file, and a real sandbox on a real socket for the session."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db, limiter
from kosme_web.sandbox import create_sandbox
from kosme_web.sandbox.mail import mail_server
from kosme_web.sandbox.state import State
from kosme_web.web.session import FRESH_SECONDS, PROVED
from tests import postgresql as postgresql_server
from tests.markup import shortened
from tests.people import join


class CompiledTemplates(BytecodeCache):
    """Keeps what Jinja made of each template: compiling the pages anew took most of a test's time."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


class RememberedRule(Rule):
    """Keeps what Werkzeug made of each URL rule: every test assembles a site, and compiles the same 150 rules anew."""

    builders: ClassVar[dict[tuple[object, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002  as its base
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self.builders:
            self.builders[key] = super()._compile_builder(append_unknown)
        return self.builders[key]


Flask.url_rule_class = RememberedRule


class StrictClient(FlaskClient):
    """Parses each page and partial strictly, so that no test can look at broken HTML."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401  as its base
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data:
            parser = html5lib.HTMLParser(strict=True)
            html = shortened(response.text)
            parser.parse(html) if "<html" in html else parser.parseFragment(html)
        return response


@dataclass(frozen=True)
class Server:
    """A WSGI app that is served on a port of this machine; the sandbox has another port for mail."""

    url: str
    mail_port: int = 0


def serve(app: Flask) -> Iterator[Server]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Server(f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def sandbox_app() -> Flask:
    return create_sandbox(slow_seconds=0.1)


@pytest.fixture(scope="session")
def sandbox(sandbox_app: Flask) -> Iterator[Server]:
    with served_mail(sandbox_app) as port:
        for server in serve(sandbox_app):
            yield replace(server, mail_port=port)


@pytest.fixture
def memory(sandbox_app: Flask) -> Iterator[State]:
    """What the sandbox remembers: nothing, at first."""
    memory: State = sandbox_app.extensions["state"]
    memory.reset()
    yield memory
    memory.reset()


@contextmanager
def served_mail(sandbox_app: Flask) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    mail = mail_server(sandbox_app.extensions["state"], "127.0.0.1", port)
    mail.start()
    yield port
    mail.stop()


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory, sandbox: Server) -> Path:
    """Migrate one empty database; each test begins with a copy of it."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_for(folder, sandbox))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return folder / "kosme.db"


def settings_for(folder: Path, sandbox: Server) -> Settings:
    urls = {f"KOSME_{name}_URL": sandbox.url for name in ("PORTONE", "NICE", "JUSO", "SOLAPI")}
    for name in ("NAVER", "NAVER_API", "KAKAO", "KAKAO_API", "FACEBOOK", "FACEBOOK_GRAPH"):
        urls[f"KOSME_{name}_URL"] = f"{sandbox.url}/{name.partition('_')[0].lower()}"
    mail = {"KOSME_SMTP_HOST": "127.0.0.1", "KOSME_SMTP_PORT": str(sandbox.mail_port)}
    env = {"KOSME_DATA_DIR": str(folder), "KOSME_LOG_LEVEL": "ERROR", **urls, **mail}
    return Settings.from_env({**env, "KOSME_PASS_QR_URL": f"{sandbox.url}/pass/{{id}}"})


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_server.running() as address:
        yield address


@dataclass(frozen=True)
class Membership:
    """A place with one member in it, and the cookie of her browser, which is logged in."""

    folder: Path
    cookie: str

    def give(self, client: FlaskClient) -> None:
        client.set_cookie("session", self.cookie)


@pytest.fixture(scope="session")
def membership(tmp_path_factory: pytest.TempPathFactory, sandbox: Server, template_database: Path) -> Membership:
    """Let a person sign up and log in once; each test that asks for her begins with a copy of her place.

    The log-in is no fresh proof, in the first minute of a run as in its tenth: a test that needs one makes it.
    """
    folder = tmp_path_factory.mktemp("member")
    shutil.copy(template_database, folder)
    app = create_app(settings_for(folder, sandbox))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    join(client, sandbox.url)
    with client.session_transaction() as session:
        session[PROVED] -= FRESH_SECONDS + 1
    cookie = client.get_cookie("session")
    assert cookie is not None
    with app.app_context():
        db.engine.dispose()
    return Membership(folder, cookie.value)


@pytest.fixture
def origin(request: pytest.FixtureRequest, template_database: Path) -> Path:
    """Give the place that the test's own is a copy of: with the member in it, if the test asks for ``membership``."""
    has_member = "membership" in request.fixturenames
    return request.getfixturevalue("membership").folder if has_member else template_database.parent


@pytest.fixture
def settings(tmp_path: Path, sandbox: Server, origin: Path) -> Settings:
    shutil.copy(origin / "secrets.json", tmp_path)
    return settings_for(tmp_path, sandbox)


@pytest.fixture
def app(settings: Settings, origin: Path) -> Iterator[Flask]:
    yield from site_with(settings, origin / "kosme.db")


def site_with(settings: Settings, database: Path) -> Iterator[Flask]:
    """Assemble a site on a copy of that database, and take it down afterwards."""
    shutil.copy(database, settings.data_dir / "kosme.db")
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    app.test_client_class = StrictClient
    limiter.reset()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def site_on(database: str, request: pytest.FixtureRequest, folder: Path, sandbox: Server) -> Iterator[Flask]:
    """Assemble a site on "sqlite" or "postgresql", with tables and without rows."""
    settings = settings_for(folder, sandbox)
    if database == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgresql"))
    else:
        shutil.copy(request.getfixturevalue("template_database"), folder / "kosme.db")
    site = create_app(settings)
    with site.app_context():
        engine = db.engine
        if database == "postgresql":
            postgresql_server.empty(engine)
            upgrade()
    yield site
    engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False  # its own test and every browser journey have it on
    return app.test_client()
