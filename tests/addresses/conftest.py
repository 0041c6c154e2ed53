"""An app whose copy of the addresses is filled by the command that an operator uses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from kosme_web.address_index import AddressIndex
from kosme_web.web.toolbox import NAME

Import = Callable[..., str]


@pytest.fixture
def take_in(app: Flask) -> Import:
    """Run the command, and give what it says; a refusal begins with Error."""

    def run(kind: str, path: Path, *more: str) -> str:
        return app.test_cli_runner().invoke(args=["address-import", "--kind", kind, *more, str(path)]).output

    return run


@pytest.fixture
def index(app: Flask) -> AddressIndex:
    index: AddressIndex = app.extensions[NAME].local_addresses.index
    return index
