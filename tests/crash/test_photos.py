"""Photos when the site is killed at any instant: what was acknowledged is there, and what is there is whole."""

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

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
LONGEST = 0.9  # seconds that a site lives; drawing and storing a photo takes less


@pytest.fixture
def photos(settings: Settings) -> Path:
    return settings.data_dir / "photos"


def upload(address: str, cookie: str, acknowledged: list[str], end: Event) -> None:
    """Add one photo after the other until the site is gone; note those that it said it had."""
    content, name = picture()
    post: dict[str, Any] = {
        "files": {"photo": (name, content.getvalue())},
        "headers": HTMX,
        "cookies": {"session": cookie},
    }
    while not end.is_set():
        try:
            answer = requests.post(address, **post, timeout=5)
        except requests.RequestException:
            return
        part = BeautifulSoup(answer.text, "html.parser").select_one("#photo[data-photo]")
        if part and answer.ok:
            acknowledged.append(str(part["data-photo"]))


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
    for _ in range(CYCLES):
        site = killable.start(env)
        with uploads(f"{site.url}{url}/photo", membership.cookie, acknowledged):
            sleep(chance.uniform(0.05, LONGEST))
            site.kill()

    rows = session.scalars(select(Photo)).all()
    assert len(acknowledged) > CYCLES / 2
    assert set(acknowledged) <= {str(photo.id) for photo in rows}
    for photo in rows:
        served = visitor.get(f"/resume/photo/{photo.id}")
        assert served.status_code == 200
        assert Image.open(io.BytesIO(served.data)).load() is not None
    remove_orphans(session, open_photo_store(f"file://{photos}"), now())
    assert {path.name for path in photos.iterdir()} == {photo.key for photo in rows}
    assert visitor.get(url).status_code == 200
