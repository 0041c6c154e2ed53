"""What the photo shows of its picture (R-123): moved by hand, wheel, two fingers and keys, and drawn as it was seen."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import FilePayload, Locator, Page, expect

pytestmark = pytest.mark.browser
SCENE = (900, 600)


def scene() -> bytes:
    """Colours that tell of each place where it was."""
    across = Image.linear_gradient("L").rotate(90).resize(SCENE)
    down = Image.linear_gradient("L").resize(SCENE)
    out = io.BytesIO()
    Image.merge("RGB", (across, down, ImageChops.invert(across))).save(out, "JPEG", quality=95)
    return out.getvalue()


def add(page: Page) -> None:
    file = FilePayload(name="me.jpg", mimeType="image/jpeg", buffer=scene())
    page.locator("#photo-file").set_input_files(file)


def places(page: Page) -> list[int]:
    return [int(page.locator(f"#frame_{name}").input_value()) for name in ("zoom", "across", "down")]


def seen(frame: Locator) -> Image.Image:
    """What the frame shows, without the outline of a face on it."""
    frame.locator("svg").evaluate("drawing => drawing.remove()")
    return Image.open(io.BytesIO(frame.screenshot())).convert("RGB").resize((41, 53))


def pinch(page: Page, frame: Locator) -> None:
    box = frame.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 20), ("touchMove", 24), ("touchMove", 28)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("javascript", [True], ids=["javascript"])
def test_the_photo_is_drawn_as_the_frame_showed_it_however_it_was_moved(resume_page: Page) -> None:
    page = resume_page
    page.locator("#title").fill("통역사")
    page.evaluate("import(document.body.dataset.photo)")
    add(page)
    first = str(page.locator("#photo img").get_attribute("src"))

    page.locator("#photo-frame-open").press("Enter")
    frame = page.locator("#dialog #frame")
    expect(frame.locator("img[src$=whole]")).to_be_visible()
    expect(page.locator("#frame_zoom")).to_be_focused()
    assert places(page) == [100, 500, 500]
    expect(page.locator("#frame_down")).to_be_disabled()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    assert places(page)[0] > 110
    frame.hover()
    page.mouse.wheel(0, -100)
    page.locator("#frame_down").press("ArrowRight")
    assert places(page) == [pytest.approx(150, abs=15), pytest.approx(500, abs=5), pytest.approx(510, abs=5)]
    frame.hover()
    page.mouse.down()
    page.mouse.move(100, 300, steps=3)
    page.mouse.up()
    moved = places(page)
    assert moved[1] > 600
    pinch(page, frame)
    assert places(page)[0] > moved[0]

    expected = seen(frame)
    page.get_by_role("button", name="이 부분 사용").click()
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator(f"#photo img:not([src='{first}'])")).to_be_visible()
    expect(page.locator("#photo-frame-open")).to_be_focused()
    drawn = page.request.get(str(page.locator("#photo img").get_attribute("src"))).body()
    difference = ImageChops.difference(expected, Image.open(io.BytesIO(drawn)).resize((41, 53)))
    assert max(ImageStat.Stat(difference).mean) < 4
    page.locator("#photo").get_by_role("button", name="되돌리기").click()
    expect(page.locator(f"#photo img[src='{first}']")).to_be_visible()
    assert page.locator("#title").input_value() == "통역사"


@pytest.mark.parametrize("javascript", [False], ids=["no-javascript"])
def test_without_the_script_the_sliders_choose_what_the_photo_shows(resume_page: Page) -> None:
    page = resume_page
    page.locator("#title").fill("통역사")
    add(page)
    page.locator(".bar button").click()
    page.locator("#photo-frame-open").click()
    first = str(page.locator("#photo > .photo img").get_attribute("src"))
    page.locator("#frame_zoom").press("End")
    page.locator("#frame_across").press("Home")
    page.get_by_role("button", name="이 부분 사용").click()

    expect(page.locator(f"#photo > .photo img:not([src='{first}'])")).to_be_visible()
    drawn = Image.open(io.BytesIO(page.request.get(str(page.locator("#photo img").get_attribute("src"))).body()))
    assert max(drawn.getpixel((206, 265))[::2]) > 200  # type: ignore[index]
    assert page.locator("#title").input_value() == "통역사"
