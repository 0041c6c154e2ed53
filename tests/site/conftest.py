"""A client that judges whatever it is given; html-validate judges the same once, at the end, in one process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Membership
from tests.site.walker import Walker, validated


@pytest.fixture(scope="session")
def html_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("html")
    yield folder
    assert validated(folder) == ""


@pytest.fixture
def walker(app: Flask, html_folder: Path) -> Iterator[Walker]:
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = type("WalkerHere", (Walker,), {"html_folder": html_folder, "told": {}})
    client = app.test_client()
    assert isinstance(client, Walker)
    yield client
    assert client.told == {}, client.told


@pytest.fixture
def member(walker: Walker, membership: Membership) -> Walker:
    membership.give(walker)
    return walker
