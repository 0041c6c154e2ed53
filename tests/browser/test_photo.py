"""이력서 사진 in the browser (N1, N14, S8, S10, W5): told, sent, cancelled, made smaller, and never lost."""

import errno
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Request, Route, expect

from kosme_web.services.photos import MOST_BYTES
from tests.browser.hand import Hand

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("javascript", [True], ids=["javascript"])]
ORIENTATION, ROTATE_90 = 0x0112, 6
FAILED = "사진이 아직 저장되지 않았습니다"
PARKED = """() => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.getElementById("photo-file").files.length])"""


def picture(size: int = 0) -> bytes:
    """A picture that was taken sideways, red above and blue below once it stands; filled up to ``size`` bytes."""
    sideways = Image.new("RGB", (800, 600), "blue")
    sideways.paste("red", (0, 0, 400, 600))
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATE_90
    out = io.BytesIO()
    sideways.save(out, "JPEG", exif=exif)
    return out.getvalue() + bytes(max(size - out.tell(), 0))


def choose(page: Page, content: bytes, name: str = "IMG_0001.jpg") -> None:
    page.evaluate("import(document.body.dataset.photo)")  # as it comes when a hand comes near
    page.locator("#photo-file").set_input_files(FilePayload(name=name, mimeType="image/jpeg", buffer=content))


def told(page: Page, state: str) -> Any:  # noqa: ANN401  what expect gives
    return expect(page.locator(f"#photo-work > [data-is={state}]"))


def names_in_field(page: Page) -> list[str]:
    return list(page.eval_on_selector("#photo-file", "field => [...field.files].map((file) => file.name)"))


def press(page: Page, name: str) -> None:
    page.locator("#photo-work").get_by_role("button", name=name).click()


def test_a_photo_of_one_byte_too_many_is_refused_before_it_is_sent_and_fits_once_it_is_smaller(
    resume_page: Page, hand: Hand
) -> None:
    """N14, W5, S8: told with its size in both languages; what is made smaller stands upright."""
    page, sent = resume_page, list[Request]()
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    choose(page, picture(MOST_BYTES + 1))

    told(page, "large").to_contain_text("5 MB까지 올릴 수 있습니다. 이 사진의 크기:")
    told(page, "large").to_contain_text("5.01 MB")
    page.locator("header label:has([value=en])").click()
    told(page, "large").to_contain_text("Up to 5 MB can be added. The size of this photo: 5.01 MB")
    assert sent == []
    assert names_in_field(page) == ["IMG_0001.jpg"]

    press(page, "Make it smaller and add it")

    expect(page.locator("#photo img")).to_be_visible()
    expect(page.locator("#photo-work > :visible")).to_have_count(0)
    (size,) = re.findall(r"size: ([\d,]+) Bytes", page.locator("#photo-read").inner_text())
    assert 1000 < int(size.replace(",", "")) < 300_000
    served = hand.get(str(page.locator("#photo img").get_attribute("src")))
    drawn = Image.open(io.BytesIO(served.data))
    top, bottom = drawn.getpixel((200, 20)), drawn.getpixel((200, 510))
    assert (top[0] > 200, top[2] < 50) == (True, True)  # type: ignore[index]
    assert (bottom[0] < 50, bottom[2] > 200) == (True, True)  # type: ignore[index]
    assert served.headers["Cache-Control"] == "private, no-store"
    assert page.evaluate(PARKED) == "[{},{},0]"


def test_a_large_file_that_the_browser_cannot_open_is_told_and_never_sent(resume_page: Page) -> None:
    """N14."""
    sent: list[Request] = []
    resume_page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    choose(resume_page, b"II*\x00" + bytes(MOST_BYTES), "scan.tif")

    press(resume_page, "사진을 줄여서 올리기")

    told(resume_page, "unreadable").to_contain_text("이 브라우저에서 열 수 없는 파일")
    assert (names_in_field(resume_page), sent) == ([], [])


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")  # Werkzeug leaves the half file to the collector
def test_a_photo_on_its_way_shows_how_far_it_is_and_can_be_cancelled(resume_page: Page) -> None:
    page = resume_page
    page.locator("#title").fill("통역사")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 60_000}
    network.send("Network.emulateNetworkConditions", slow)

    choose(page, picture(450_000))

    told(page, "sending").to_contain_text("사진을 올리는 중입니다")
    expect(page.locator("progress")).to_have_attribute("value", re.compile(r"0\.\d*[1-9]"))
    press(page, "취소")
    expect(page.locator("#photo-work > :visible")).to_have_count(0)
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    assert names_in_field(page) == []
    assert page.locator("#title").input_value() == "통역사"
    page.reload()
    expect(page.locator("#photo-read")).to_contain_text("0 개")


PAGE = "<!DOCTYPE html><html><body><form id=photo>Pay for this network</form></body></html>"


TROUBLES: dict[str, Callable[[Route], None]] = {
    "away": lambda route: route.abort(),
    "portal": lambda route: route.fulfill(body=PAGE, content_type="text/html"),
    "broken": lambda route: route.fulfill(status=502, body=PAGE, content_type="text/html"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_photo_that_does_not_arrive_stays_chosen_until_it_does(resume_page: Page, trouble: str) -> None:
    """N1, S10: over a switch of the language and an added entry, with the file still in its field."""
    page = resume_page
    page.route("**/photo", TROUBLES[trouble])
    choose(page, picture())
    told(page, "failed").to_contain_text(FAILED)

    page.locator("header label:has([value=en])").click()
    page.get_by_role("button", name="Add a Korean university").click()
    expect(page.locator("details[id^=education-]")).to_have_count(1)

    told(page, "failed").to_contain_text("The photo is not saved yet. The chosen file is still here.")
    assert names_in_field(page) == ["IMG_0001.jpg"]
    assert page.get_by_text("Pay for this network").count() == 0
    page.unroute_all()
    press(page, "Try again")
    expect(page.locator("#photo img")).to_be_visible()
    assert names_in_field(page) == []


def test_a_photo_whose_answer_was_lost_is_added_once(resume_page: Page) -> None:
    """S2 for photos: nothing is there to be undone."""

    def lose(route: Route) -> None:
        assert route.fetch().status == 200
        route.abort()

    resume_page.route("**/photo", lose, times=1)
    choose(resume_page, picture())
    told(resume_page, "failed").to_be_visible()

    press(resume_page, "다시 시도")

    expect(resume_page.locator("#photo img")).to_be_visible()
    expect(resume_page.locator("#photo").get_by_role("button", name="되돌리기")).to_have_count(0)


def test_a_full_disk_is_told_and_the_photo_is_still_there_when_there_is_room(
    resume_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def no_room(handle: int) -> None:
        if "/photos/" in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        with resume_page.expect_response("**/photo") as answer:
            choose(resume_page, picture())
        assert answer.value.status == 507
        expect(resume_page.locator("#photo-error")).to_contain_text("사진을 저장할 공간이 없습니다")
        told(resume_page, "failed").to_be_visible()
        assert names_in_field(resume_page) == ["IMG_0001.jpg"]

    press(resume_page, "다시 시도")

    expect(resume_page.locator("#photo img")).to_be_visible()
    expect(resume_page.locator("#photo-error")).to_have_count(0)


RESUME = "(same) => document.dispatchEvent(new CustomEvent('kosme:session-resumed', {detail: {samePerson: same}}))"


@pytest.mark.parametrize("is_same", [True, False], ids=["the same person", "another person"])
def test_a_photo_waits_for_the_next_log_in_of_the_same_person_only(resume_page: Page, *, is_same: bool) -> None:
    """S4 for photos."""
    page = resume_page
    (kept,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "session"]
    page.context.clear_cookies(name="session")
    choose(page, picture())
    told(page, "failed").to_be_visible()
    page.context.add_cookies([{"name": "session", "value": kept["value"], "url": page.url}])

    page.evaluate(RESUME, is_same)

    if is_same:
        expect(page.locator("#photo img")).to_be_visible()
    else:
        expect(page.locator("#photo-work > :visible")).to_have_count(0)
        page.reload()
        expect(page.locator("#photo-read")).to_contain_text("0 개")
    assert names_in_field(page) == []
