"""A member with a new résumé, and a clock that a test turns on."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.conftest import Membership
from tests.people import new_resume


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(ZoneInfo("UTC")), tick=False) as clock:
        yield clock
