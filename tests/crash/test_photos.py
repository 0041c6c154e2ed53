"""Photos when the site is killed at any instant: what was acknowledged is there, and what is there is whole."""

import io
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
import requests
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.config import Settings
from kosme_web.models import Photo
from kosme_web.models.base import now
from kosme_web.providers.photo_store import open_photo_store
from kosme_web.services.draft_photos import remove_orphans
from tests.conftest import Membership
from tests.crash import killable
from tests.people import new_resume
from tests.site.filled import HTMX, picture

CYCLES = 20


@pytest.fixture
def photos(settings: Settings) -> Path:
    return settings.data_dir / "photos"


def add(address: str, cookie: str) -> str:
    """Add a photo and give its id, if the site said that it has it."""
    content, name = picture()
    files = {"photo": (name, content.getvalue())}
    answer = requests.post(address, files=files, headers=HTMX, cookies={"session": cookie}, timeout=30)
    part = BeautifulSoup(answer.text, "html.parser").select_one("#photo[data-photo]")
    return str(part["data-photo"]) if part and answer.ok else ""


def upload(address: str, cookie: str, acknowledged: list[str], end: Event) -> None:
    """Add one photo after the other until the site is gone; note those that it said it had."""
    with suppress(requests.RequestException):
        while not end.is_set():
            acknowledged += filter(None, [add(address, cookie)])  # a busy site may refuse one, and says so


def seconds_of_one(env: Mapping[str, str], url: str, cookie: str) -> float:
    """Measure how long a photo takes on this machine, so that sites are killed in the midst of it."""
    site, began = killable.start(env), monotonic()
    assert add(f"{site.url}{url}/photo", cookie)
    spent = monotonic() - began
    site.kill()
    return spent


@contextmanager
def uploads(address: str, cookie: str, acknowledged: list[str]) -> Iterator[None]:
    end = Event()
    threads = [Thread(target=upload, args=(address, cookie, acknowledged, end)) for _ in range(2)]
    for thread in threads:
        thread.start()
    yield
    end.set()
    for thread in threads:
        thread.join()


def test_a_site_that_is_killed_twenty_times_loses_no_photo_and_shows_no_half_one(
    visitor: FlaskClient, session: Session, settings: Settings, photos: Path, membership: Membership
) -> None:
    membership.give(visitor)
    url = new_resume(visitor)
    env = {"KOSME_DATA_DIR": str(settings.data_dir), "KOSME_LOG_LEVEL": "ERROR"}
    chance, acknowledged = random.Random(4), list[str]()  # noqa: S311  no secret
    longest = 2 * seconds_of_one(env, url, membership.cookie)
    for _ in range(CYCLES):
        site = killable.start(env)
        with uploads(f"{site.url}{url}/photo", membership.cookie, acknowledged):
            sleep(chance.uniform(0, longest))
            site.kill()

    rows = session.scalars(select(Photo)).all()
    assert acknowledged
    assert set(acknowledged) <= {str(photo.id) for photo in rows}
    for photo in rows:
        served = visitor.get(f"/resume/photo/{photo.id}")
        assert served.status_code == 200
        assert Image.open(io.BytesIO(served.data)).load() is not None
    remove_orphans(session, open_photo_store(f"file://{photos}"), now())
    keys = {key for photo in rows for key in (photo.key, photo.small_key, photo.whole_key)}
    assert {path.name for path in photos.iterdir()} == keys
    assert visitor.get(url).status_code == 200
