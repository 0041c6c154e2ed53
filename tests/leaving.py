"""How a member leaves, and where a test looks for what must be gone."""

from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web import worker
from kosme_web.extensions import db
from kosme_web.models.base import Base
from tests.outbox import later
from tests.people import MEMBER

# after the last member is gone: what names nobody; the law wants the log of accesses to numbers for two years
MAY_KEEP_ROWS = {"departure", "identifier_access", "identifier_access_ends"}


def prove(client: FlaskClient) -> None:
    assert client.post("/account/prove", data={"password": MEMBER["password"]}).status_code == 303


def leave(client: FlaskClient) -> TestResponse:
    prove(client)
    return client.post("/account/leave", data={"is_sure": "1"})


def erase_after(app: Flask, **span: float) -> None:
    """Let the worker do its round when so much time has passed."""
    with app.app_context(), later(**span):
        worker.erase(app)


def counts(session: Session) -> dict[str, int]:
    """Give how many rows each table has, of those that have any and may have none."""
    session.rollback()
    tables = {name: one for name, one in Base.metadata.tables.items() if name not in MAY_KEEP_ROWS}
    found = {name: session.scalar(select(func.count()).select_from(one)) or 0 for name, one in tables.items()}
    session.rollback()
    return {name: count for name, count in found.items() if count}


def traces(app: Flask, folder: Path, needles: Iterable[bytes]) -> dict[bytes, set[str]]:
    """Give in which files below the folder each needle stands, of those that stand anywhere."""
    with app.app_context():
        db.session.remove()
    contents = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = {needle: {name for name, content in contents.items() if needle in content} for needle in needles}
    return {needle: names for needle, names in found.items() if names}
