"""이력서 사진 (R-123): decoded by content, drawn anew; whatever the file is, the answer is a photo or a reason."""

import fcntl
import io
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from kosme_web.services import photos
from kosme_web.services.photos import MOST_BYTES, PhotoBusyError, PhotoProblem, Studio, child
from kosme_web.services.photos.frame import Frame
from tests.studio import BLUE_SVG, CANVAS, STUDIO, SVG, drawn, problem_of

ORIENTATION, ROTATE_90 = 0x0112, 6
HEIC = (Path(__file__).parent / "photo.heic").read_bytes()  # 160 x 120, red left, blue right, to be turned by EXIF


def picture(kind: str, size: tuple[int, int] = (120, 160), color: object = "blue", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises any number of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        *(picture(kind) for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF")),
        picture("TIFF", compression="tiff_lzw"),
        picture("MPO", save_all=True, append_images=[Image.new("RGB", (120, 160), "red")]),
        BLUE_SVG,
        b"\xef\xbb\xbf\n" + BLUE_SVG,
    ],
    ids=["jpeg", "png", "gif", "bmp", "tiff", "packed tiff", "jpeg of two", "svg", "svg with a byte order mark"],
)
def test_every_type_of_the_manual_becomes_a_jpeg_of_one_size(content: bytes) -> None:
    result = STUDIO.draw(content)

    photo, small, _ = (Image.open(io.BytesIO(part)) for part in (result.photo, result.small, result.whole))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", CANVAS)
    assert photo.info["dpi"] == (300, 300)
    assert (result.width, result.height) == CANVAS
    assert (small.format, small.size) == ("JPEG", (140, 180))
    red, green, blue = photo.getpixel((CANVAS[0] // 2, CANVAS[1] // 2))  # type: ignore[misc]
    assert blue > 200
    assert max(red, green) < 60


def sideways(kind: str) -> bytes:
    """Red left and blue right as it lies; red above and blue below once it is turned as it says."""
    lying = Image.new("RGB", (160, 120), "blue")
    lying.paste("red", (0, 0, 80, 120))
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATE_90
    out = io.BytesIO()
    lying.save(out, kind, exif=exif)
    return out.getvalue()


def is_red(photo: Image.Image, x: int, y: int) -> bool:
    red, _, blue = photo.getpixel((x, y))  # type: ignore[misc]
    assert abs(red - blue) > 150
    return bool(red > blue)


@pytest.mark.parametrize("content", [sideways("PNG"), sideways("JPEG"), HEIC], ids=["png", "jpeg", "heic"])
def test_a_photo_taken_sideways_stands_upright(content: bytes) -> None:
    photo = drawn(content)

    assert [is_red(photo, x, y) for x in (5, 408) for y in (20, 510)] == [True, False] * 2


def test_a_good_picture_may_say_nonsense_of_how_it_was_taken() -> None:
    head, rest = picture("PNG")[:33], picture("PNG")[33:]

    assert drawn(head + chunk(b"eXIf", b"nonsense") + rest).size == CANVAS


def test_a_progressive_jpeg_has_to_be_held_whole_and_may_have_fewer_pixels() -> None:
    size = (5001, 5001)
    as_phones_write, progressive = (picture("JPEG", size, progressive=way) for way in (False, True))

    assert drawn(as_phones_write).size == CANVAS
    assert problem_of(progressive) is PhotoProblem.TOO_MANY_PIXELS


def test_the_closest_frame_is_nearly_as_sharp_as_the_photo() -> None:
    whole = STUDIO.draw(picture("JPEG", (3024, 4032))).whole

    assert Image.open(io.BytesIO(whole)).size == (1200, 1600)


def test_a_frame_shows_its_part_of_the_picture_and_the_whole_stays_whole() -> None:
    """The picture has a row of four colours; at 250 % the frame is a fifth as wide as it is, and moves along it."""
    row = Image.new("RGB", (413 * 2, 531))
    for place, colour in enumerate(("red", "lime", "blue", "yellow")):
        row.paste(colour, (place * 206, 0, place * 206 + 207, 531))
    out = io.BytesIO()
    row.save(out, "PNG")

    seen = {}
    for across in (0, 500, 1000):
        result = STUDIO.draw(out.getvalue(), Frame(250, across, 1000))
        seen[across] = Image.open(io.BytesIO(result.photo)).resize((2, 1), Image.Resampling.BOX)
        assert Image.open(io.BytesIO(result.whole)).size == (826, 531)

    def near(photo: Image.Image, x: int) -> str:
        pixel = photo.getpixel((x, 0))
        return "".join("10"[part < 128] for part in pixel)  # type: ignore[union-attr]

    assert [(near(seen[a], 0), near(seen[a], 1)) for a in seen] == [("100", "100"), ("010", "001"), ("110", "110")]


def test_what_is_transparent_is_drawn_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (120, 160), (255, 0, 0, 0)).save(out, "PNG")

    assert drawn(out.getvalue()).getpixel((CANVAS[0] // 2, CANVAS[1] // 2)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "kind"), [("I;16", "PNG"), ("I;16B", "TIFF")])
def test_sixteen_bits_of_grey_stay_grey(mode: str, kind: str) -> None:
    out = io.BytesIO()
    Image.new("I", (120, 160), 128 * 256).convert(mode).save(out, kind)

    assert drawn(out.getvalue()).getpixel((CANVAS[0] // 2, CANVAS[1] // 2)) == (128, 128, 128)


def test_only_the_first_picture_of_many_is_drawn() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (120, 160), color) for color in ("blue", "red")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    assert drawn(out.getvalue()).getpixel((CANVAS[0] // 2, CANVAS[1] // 2))[2] > 200  # type: ignore[index]


def test_nothing_of_the_file_but_its_look_is_left() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET description"
    exif.get_ifd(0x8825)[1] = "SECRET place"
    jpeg = picture("JPEG", exif=exif, comment=b"SECRET <script>", icc_profile=b"SECRET profile")
    xmp = b"http://ns.adobe.com/xap/1.0/\x00SECRET"
    jpeg = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + jpeg[2:] + b"SECRET at the end"
    assert jpeg.count(b"SECRET") == 6

    result = STUDIO.draw(jpeg)

    for part in (result.photo, result.small, result.whole):
        assert b"SECRET" not in part
        assert b"Exif" not in part
        told = Image.open(io.BytesIO(part)).info
        assert told.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", PhotoProblem.EMPTY),
        (b"x" * (MOST_BYTES + 1), PhotoProblem.TOO_LARGE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), PhotoProblem.DAMAGED),
        (HEIC[:400], PhotoProblem.DAMAGED),
        (HEIC.replace(b"application/rdf+xml", b"\xff" * 19), PhotoProblem.DAMAGED),  # the library breaks down on it
        (b"%PDF-1.7\n", PhotoProblem.UNKNOWN_TYPE),
        (b"MZ" + bytes(200), PhotoProblem.UNKNOWN_TYPE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", PhotoProblem.UNKNOWN_TYPE),
        (picture("WEBP"), PhotoProblem.UNKNOWN_TYPE),
        (picture("JPEG")[:200], PhotoProblem.DAMAGED),
        (picture("PNG", (300, 400))[:-30], PhotoProblem.DAMAGED),
        (png_that_says(100, 100), PhotoProblem.DAMAGED),
        (png_that_says(50_000, 50_000), PhotoProblem.TOO_MANY_PIXELS),
        (picture("BMP", (5001, 5001), 1)[:5000], PhotoProblem.TOO_MANY_PIXELS),
        (picture("PNG", (99, 400)), PhotoProblem.TOO_SMALL),
        (picture("GIF", (400, 127)), PhotoProblem.TOO_SMALL),
        (b"<html><body>no picture</body></html>", PhotoProblem.UNKNOWN_TYPE),
        (SVG % b"<g>", PhotoProblem.DAMAGED),
        (b"<svg", PhotoProblem.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_a_photo_is_refused_for_its_reason(content: bytes, problem: PhotoProblem) -> None:
    assert problem_of(content) is problem


def test_a_file_of_exactly_the_most_bytes_is_taken() -> None:
    content = picture("BMP")

    assert STUDIO.draw(content + bytes(MOST_BYTES - len(content))).photo


def test_a_picture_that_finds_no_place_in_time_is_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at a time, whichever process of this machine they belong to: the places are locks in the folder."""
    monkeypatch.setattr(photos, "WAIT_SECONDS", 0.05)
    studio = Studio(tmp_path)
    studio.draw(BLUE_SVG)
    taken = [path.open() for path in sorted(tmp_path.iterdir())] + [(tmp_path / "photo-1.lock").open("w")]
    for place in taken:
        fcntl.flock(place, fcntl.LOCK_EX)

    with pytest.raises(PhotoBusyError):
        studio.draw(BLUE_SVG)

    taken.pop().close()
    assert studio.draw(BLUE_SVG).photo
    for place in taken:
        place.close()


def test_many_threads_get_their_photos_one_after_the_other() -> None:
    with ThreadPoolExecutor(5) as threads:
        results = list(threads.map(lambda _: STUDIO.draw(picture("JPEG")).photo, range(5)))

    assert len(set(results)) == 1


CHILD_TRIES = """
import importlib.util, socket, sys
spec = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
sys.path.extend(sys.argv[2:])
child.prepare("JPEG")
child.confine()
def told(do):
    try:
        do()
    except (OSError, MemoryError) as error:
        return type(error).__name__
for do in (lambda: open("/etc/hostname"), lambda: open("/dev/null", "w"), socket.socket, lambda: bytearray(10**9)):
    print(told(do))
"""


def test_the_child_can_open_nothing_and_has_little_memory() -> None:
    command = [sys.executable, "-I", "-S", "-c", CHILD_TRIES, child.__file__, *photos.LIBRARIES]

    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()  # noqa: S603  ours

    assert told == ["OSError", "OSError", "OSError", "MemoryError"]
