"""A site of its own for the measurements: a migrated database file, and a member who came in by the front door."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING
from uuid import UUID

import requests
from flask import Flask
from flask_migrate import upgrade
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from bench.applicant import BASICS, IDENTITY, LOG_IN, MEMBER, ROWS
from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.extensions import db
from kosme_web.sandbox import create_sandbox

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class SetUpError(Exception):
    """The site did not take what the applicant typed, so nothing could be measured."""


@contextmanager
def served(app: "WSGIApplication") -> Iterator[str]:
    """Serve an app on a free port of this machine and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Resume:
    """A résumé that was written: its page, and the ids of its entries in their order."""

    page: str
    row_ids: list[str]

    @property
    def draft_id(self) -> UUID:
        return UUID(self.page.rpartition("/")[2])


class Member:
    """Fills in forms as a browser without the script does: gets the page, then posts with its CSRF token."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.row_ids = count(1)

    @property
    def cookie(self) -> str:
        cookie = self.client.get_cookie("session")
        return cookie.value if cookie else ""

    def token(self, page: str) -> str:
        found = CSRF.search(self.client.get(page).text)
        if found is None:
            raise SetUpError(f"{page} has no form")
        return found[1]

    def send(self, page: str, values: Mapping[str, str], url: str = "") -> TestResponse:
        """Post what was filled in on the page; any answer but a redirect is a form that was refused."""
        answer = self.client.post(url or page, data={"csrf_token": self.token(page), **values})
        if answer.location is None:
            raise SetUpError(f"{url or page} answered {answer.status}")
        return answer

    def join(self, sandbox: str) -> None:
        self.send("/sign-up/identity", IDENTITY)
        text: str = requests.get(f"{sandbox}/inbox.json", timeout=5).json()["sms"][0]["text"]
        self.send("/sign-up/identity/confirm", {"code": "".join(filter(str.isdigit, text))})
        self.send("/sign-up/member", MEMBER)
        self.send("/log-in", LOG_IN)

    def write_resume(self, **entries: int) -> Resume:
        """Write a résumé with so many entries of each kind."""
        page = self.send("/resume", {}, "/resume/new").location
        typed, row_ids = dict(BASICS), list[str]()
        for kind, how_many in entries.items():
            for row_id in (f"{next(self.row_ids):012x}" for _ in range(how_many)):
                self.send(page, {"row_id": row_id}, f"{page}/{kind}/add")
                row_ids.append(row_id)
                typed |= {f"{kind}-{row_id}-{name}": text for name, text in ROWS[kind].items()}
        self.send(page, {**typed, "seen": "999"})
        self.client.get(page)  # which tells that it was saved: the next one has nothing to tell
        return Resume(page, row_ids)


@contextmanager
def new_site() -> Iterator[Member]:
    """Give the site as the first start makes it, by a member who is logged in.

    The request log is written as ever, but to nowhere: only the table is to be read.
    """
    with TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        with redirect_stderr(nowhere), served(create_sandbox()) as sandbox:
            urls = {f"KOSME_{name}_URL": sandbox for name in ("PORTONE", "NICE", "JUSO")}
            app = create_app(Settings.from_env({"KOSME_DATA_DIR": folder, **urls}))
            with app.app_context():
                upgrade()
            member = Member(app)
            member.join(sandbox)
        yield member
        with app.app_context():
            db.engine.dispose()
