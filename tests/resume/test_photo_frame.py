"""What the photo shows of its picture (R-123): chosen, taken back, kept apart from photos that nobody sees again."""

import io
import os
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.config import Settings
from kosme_web.models import Photo
from kosme_web.models.base import now
from kosme_web.providers.photo_store import open_photo_store
from kosme_web.services import draft_photos
from kosme_web.services.draft_photos import forget_unused, remove_orphans
from tests.conftest import Membership
from tests.people import new_resume
from tests.photos import HTMX, both_ways, page_of, photo_id, picture, post, shown


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


def shape(client: FlaskClient, url: str, size: str = "") -> Image.Image:
    (shown,) = [str(image["src"]) for image in page_of(client, url).select("#photo img")][:1]
    served = client.get(shown + size)
    assert (served.status_code, served.mimetype) == (200, "image/jpeg")
    assert served.headers["Cache-Control"] == "private, no-store"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    return Image.open(io.BytesIO(served.data))


def wide_picture() -> tuple[io.BytesIO, str]:
    """Red left, blue right; what is cut out of the middle has both."""
    out = io.BytesIO()
    wide = Image.new("RGB", (800, 400), "blue")
    wide.paste("red", (0, 0, 400, 400))
    wide.save(out, "TIFF", compression="tiff_lzw")
    return io.BytesIO(out.getvalue()), "scan.tif"


@both_ways
def test_what_the_photo_shows_can_be_chosen_and_taken_back(
    visitor: FlaskClient, url: str, session: Session, headers: dict[str, str]
) -> None:
    """The whole picture is kept, so that this goes again and again, and on another device."""
    post(visitor, f"{url}/photo", headers, photo=wide_picture())
    assert [shape(visitor, url, size).size for size in ("", "/small", "/whole")] == [(413, 531), (140, 180), (800, 400)]

    tool = BeautifulSoup(post(visitor, f"{url}/photo/frame", headers, title="통역사").text, "html.parser")
    chosen = {str(field["name"]): str(field["value"]) for field in tool.select("[name^=frame_]")}
    assert chosen.items() >= {"frame_zoom": "100", "frame_across": "500", "frame_down": "500"}.items()
    asked = {**chosen, "frame_zoom": "200", "frame_across": "0", "frame_down": "9" * 30}
    done = post(visitor, f"{url}/photo/frame/choose", headers, **asked)

    assert (done.status_code, done.headers.get("Kosme-Dialog")) == ((200, "close") if headers else (303, None))
    red, _, blue = shape(visitor, url).getpixel((400, 265))  # type: ignore[misc]
    assert red > blue
    assert shape(visitor, url, "/whole").size == (800, 400)
    (frame,) = session.scalars(select(Photo.frame).where(Photo.whole_id != Photo.id)).all()
    assert frame == [200, 0, 500]
    post(visitor, f"{url}/photo/undo", headers)
    red, _, blue = shape(visitor, url).getpixel((400, 265))  # type: ignore[misc]
    assert blue > red
    assert 'value="통역사"' in visitor.get(url).text


@both_ways
@pytest.mark.parametrize("change", ["replaced", "removed"])
def test_a_frame_of_a_photo_that_is_gone_changes_nothing(
    visitor: FlaskClient, url: str, headers: dict[str, str], change: str
) -> None:
    post(visitor, f"{url}/photo", headers, photo=wide_picture())
    old = {"frame_photo": photo_id(visitor, url)}
    if change == "replaced":
        post(visitor, f"{url}/photo", headers, photo=picture("new.png"))
    else:
        post(visitor, f"{url}/photo/remove", headers)
        assert post(visitor, f"{url}/photo/frame", headers).status_code == (409 if headers else 303)

    answer = post(visitor, f"{url}/photo/frame/choose", headers, **old, frame_zoom="250")

    told = answer.text if headers else visitor.get(url).text
    assert "그사이 사진이 바뀌었거나 삭제되었습니다" in told
    assert "The photo was changed or removed in the meantime" in told
    assert shown(visitor, url) == ("new.png" if change == "replaced" else "")


def test_photos_that_nobody_can_see_again_go_and_their_files_too(
    visitor: FlaskClient, url: str, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those which fell off the end; not one that a copy shows, or from whose picture another was cut."""
    monkeypatch.setattr(draft_photos, "MOST_EARLIER", 2)
    post(visitor, f"{url}/photo", HTMX, photo=picture("0.png"))
    copy = visitor.post(f"{url}/copy").location
    post(visitor, f"{url}/photo", HTMX, photo=wide_picture())
    whole = photo_id(visitor, url)
    post(visitor, f"{url}/photo/frame/choose", HTMX, frame_photo=whole, frame_zoom="150")
    cut = photo_id(visitor, url)
    copy_of_cut = visitor.post(f"{url}/copy").location
    for number in range(2 + 1):
        post(visitor, f"{url}/photo", HTMX, photo=picture(f"{number}.png"))

    store = open_photo_store(settings.photo_store_url)
    later = now() + timedelta(seconds=5)
    assert forget_unused(session, now() - timedelta(days=1)) == 0
    assert forget_unused(session, later) == 1  # the picture that was cut
    os.utime(settings.data_dir / "photos" / f"{whole}-whole.jpg", (0, 0))
    assert remove_orphans(session, store, now() - timedelta(days=1)) == 0  # looks at that file alone
    assert remove_orphans(session, store, later) == 2

    photos_left = {str(one) for one in session.scalars(select(Photo.id))}
    assert len(photos_left) == 2 + 1 + 2
    assert whole not in photos_left
    assert shape(visitor, copy_of_cut, "/whole").size == (800, 400)
    assert photo_id(visitor, copy_of_cut) == cut
    assert shape(visitor, copy).size == (413, 531)
    names = {path.name for path in (settings.data_dir / "photos").iterdir()}
    assert names == {f"{one}{size}.jpg" for one in photos_left for size in ("", "-small")} | {
        f"{one}-whole.jpg" for one in photos_left - {cut} | {whole}
    }
