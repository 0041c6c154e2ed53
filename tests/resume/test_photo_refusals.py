"""A picture that cannot become a photo, or not now (R-123, W5): told in both languages, and the rest is kept."""

import fcntl
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from limits import parse
from PIL import Image

from kosme_web.config import Settings
from kosme_web.resume import photo_field
from kosme_web.services import photos
from tests.conftest import Membership
from tests.people import new_resume
from tests.photos import HTMX, both_ways, photo_id, picture, post, shown


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    membership.give(visitor)
    return new_resume(visitor)


def bomb() -> bytes:
    """A PNG of 80 KB that would unfold to 26 million pixels."""
    out = io.BytesIO()
    Image.new("1", (5100, 5100)).save(out, "PNG")
    return out.getvalue()


def small() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "GIF")
    return out.getvalue()


UNSAFE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSALS = {
    "empty": (b"", "빈 파일입니다. 다른 파일을", "The file is empty. Choose another one"),
    "too large": (bytes(5_242_881), "더 작은 파일을 골라 주세요", "Choose a smaller one"),
    "a bomb": (bomb(), "화소 수가 너무 많습니다. 가로 2,000화소", "The picture has too many pixels. Make it smaller"),
    "too small": (small(), "너무 작습니다", "The picture is too small for a photo. Choose one of at least 100 by 130"),
    "no picture": (b"MZ" + bytes(200), "아래에 적힌", "This is not a picture of the types listed below"),
    "damaged": (picture("")[0].getvalue()[:-30], "손상", "The picture is damaged and cannot be read. Choose"),
    "unsafe svg": (UNSAFE, "SVG", "Save it as PNG, then add it again"),
}


def body(title: str, photo: bytes) -> bytes:
    """Give the post of both; the test client's own leaves files open."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value
        for name, more, value in (
            ("seen", "", b"99"),
            ("title", "", title.encode()),
            ("photo", '; filename="me.png"', photo),
        )
    ]
    return b"\r\n".join([*parts, b"--edge--\r\n"])


def test_every_refusal_says_what_is_wrong_and_what_to_do_and_the_rest_is_kept(visitor: FlaskClient, url: str) -> None:
    """W5: the name says png, whatever it is."""
    for case, (content, korean, english) in REFUSALS.items():
        answer = visitor.post(url, data=body(case, content), content_type="multipart/form-data; boundary=edge")

        problem = BeautifulSoup(answer.text, "html.parser").select_one("#photo-error")
        assert problem, case
        assert (answer.status_code, korean in problem.text, english in problem.text) == (422, True, True), problem.text
        assert f'value="{case}"' in answer.text
        assert f'value="{case}"' in visitor.get(url).text


@both_ways
@pytest.mark.parametrize("way", ["", "/photo", "/photo/frame/choose"], ids=["save", "add", "frame"])
def test_when_all_places_are_taken_the_answer_says_to_come_again_and_keeps_the_rest(  # noqa: PLR0913, PLR0917
    visitor: FlaskClient,
    url: str,
    headers: dict[str, str],
    way: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With htmx and without, whatever was pressed: a file with an other button is told beside its text."""
    post(visitor, f"{url}/photo", headers, photo=picture("first.png"))
    known = photo_id(visitor, url)
    monkeypatch.setattr(photos, "WAIT_SECONDS", 0.05)
    sent = {"frame_photo": known} if "frame" in way else {"photo": picture("second.png")}
    with taken(settings.data_dir):
        answer = post(visitor, url + way, headers, title="통역사", **sent)

    if way or not headers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "사진을 올리는 사람이 많아" in answer.text
    assert "Many photos are being drawn at the moment. Everything else was saved" in answer.text
    assert 'value="통역사"' in visitor.get(url).text
    assert shown(visitor, url) == "first.png"


@contextmanager
def taken(folder: Path) -> Iterator[None]:
    with ExitStack() as places:
        for number in range(photos.PLACES):
            place = places.enter_context((folder / f"photo-{number}.lock").open("w"))
            fcntl.flock(place, fcntl.LOCK_EX)
        yield


def test_a_member_who_adds_one_photo_after_the_other_is_told_to_wait(
    visitor: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_field, "PER_MEMBER", parse("1/minute"))

    answers = [post(visitor, f"{url}/photo", HTMX, photo=picture(f"{number}.png")) for number in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "Wait a minute, then add it again" in answers[1].text
