"""이력서 사진 in the draft (R-123, N12): what replaced what, how it comes back, and a disk without room."""

import errno
import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.config import Settings
from kosme_web.models import Photo
from kosme_web.services.draft_photos import MOST_EARLIER
from tests.conftest import Membership
from tests.people import new_resume
from tests.photos import HTMX, both_ways, picture, post, shown


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


@both_ways
def test_every_replaced_photo_comes_back_in_turn(visitor: FlaskClient, url: str, headers: dict[str, str]) -> None:
    """N12: after three photos and a reload, with htmx and without."""
    for name in ("1.png", "2.png", "3.png"):
        post(visitor, f"{url}/photo", headers, photo=picture(name))

    back = []
    for _ in range(4):
        post(visitor, f"{url}/photo/undo", headers)
        back.append(shown(visitor, url))

    assert back == ["2.png", "1.png", "3.png", "2.png"]


@both_ways
def test_a_removed_photo_comes_back_and_those_before_it_too(
    visitor: FlaskClient, url: str, headers: dict[str, str]
) -> None:
    """N12."""
    for name in ("1.png", "2.png"):
        post(visitor, f"{url}/photo", headers, photo=picture(name))
    post(visitor, f"{url}/photo/remove", headers)
    post(visitor, f"{url}/photo/remove", headers)  # pressed twice
    assert shown(visitor, url) == ""
    assert "되돌리기" in visitor.get(url).text

    post(visitor, f"{url}/photo/undo", headers)
    assert shown(visitor, url) == "2.png"
    post(visitor, f"{url}/photo/undo", headers)
    assert shown(visitor, url) == "1.png"


def test_more_photos_than_are_kept_push_out_the_oldest(visitor: FlaskClient, url: str) -> None:
    for number in range(MOST_EARLIER + 2):
        post(visitor, f"{url}/photo", HTMX, photo=picture(f"{number}.png"))

    seen = []
    for _ in range(MOST_EARLIER + 1):
        post(visitor, f"{url}/photo/undo", HTMX)
        seen.append(shown(visitor, url))

    assert seen == [f"{number}.png" for number in range(MOST_EARLIER, 0, -1)] + [f"{MOST_EARLIER + 1}.png"]


@pytest.fixture
def full_disk(url: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  the résumé is there before
    """The disk takes the file and has no room for it when it is synced."""
    sync = os.fsync

    def no_room(handle: int) -> None:
        if "/photos/" in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(handle)

    monkeypatch.setattr(os, "fsync", no_room)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("button", ["", "/photo"], ids=["save", "add"])
@both_ways
def test_a_photo_for_which_there_is_no_room_is_told_and_the_rest_is_saved(  # noqa: PLR0913, PLR0917  with and without htmx
    visitor: FlaskClient, url: str, session: Session, settings: Settings, headers: dict[str, str], button: str
) -> None:
    answer = post(visitor, url + button, headers, photo=picture("me.png"), title="통역사")

    assert answer.status_code == (507 if button or not headers else 200)
    assert "지금은 사진을 저장할 공간이 없습니다" in answer.text
    assert "There is no room for the picture" in answer.text
    assert ('value="통역사"' in answer.text) != bool(headers)
    assert 'value="통역사"' in visitor.get(url).text
    assert session.scalar(select(func.count()).select_from(Photo)) == 0
    assert list((settings.data_dir / "photos").iterdir()) == []


def test_a_page_is_given_its_photo_again_only_when_another_device_changed_it(visitor: FlaskClient, url: str) -> None:
    """N28: the page asks with what it shows."""

    def asked(photo: str) -> TestResponse:
        return visitor.get(f"{url}/photo", query_string={"shown": photo}, headers=HTMX)

    assert asked("").status_code == 204
    post(visitor, f"{url}/photo", {}, photo=picture("phone.jpg"))
    changed = asked("")
    part = BeautifulSoup(changed.text, "html.parser").select_one("#photo")

    assert changed.headers["Kosme-Partial"] == "true"
    assert "phone.jpg" in changed.text
    assert part
    assert asked(str(part["data-photo"])).status_code == 204
    post(visitor, f"{url}/photo/remove", {})
    assert asked(str(part["data-photo"])).status_code == 200
    assert visitor.get(f"{url}/photo").location == f"{url}#photo"
