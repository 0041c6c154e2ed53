"""이력서 사진 (R-123): decoded by content, drawn anew; whatever the file is, the answer is a photo or a reason."""

import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from kosme_web.services.photos import MOST_BYTES, PhotoProblem, PhotoRefusedError, draw

CANVAS = (413, 531)
ORIENTATION, ROTATE_90 = 0x0112, 6
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40">%s</svg>'
BLUE_SVG = SVG % b'<rect width="30" height="40" fill="blue"/>'


def picture(kind: str, size: tuple[int, int] = (30, 40), color: object = "blue", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(draw(content).jpeg))


def problem_of(content: bytes) -> PhotoProblem:
    with pytest.raises(PhotoRefusedError) as caught:
        draw(content)
    return caught.value.problem


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises any number of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [*(picture(kind) for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF")), BLUE_SVG, b"\xef\xbb\xbf\n" + BLUE_SVG],
    ids=["jpeg", "png", "gif", "bmp", "tiff", "svg", "svg with a byte order mark"],
)
def test_every_type_of_the_manual_becomes_a_jpeg_of_one_size(content: bytes) -> None:
    result = draw(content)

    photo = Image.open(io.BytesIO(result.jpeg))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", CANVAS)
    assert (result.width, result.height) == CANVAS
    red, green, blue = photo.getpixel((CANVAS[0] // 2, CANVAS[1] // 2))  # type: ignore[misc]
    assert blue > 200
    assert max(red, green) < 60


def test_a_photo_taken_sideways_stands_upright() -> None:
    sideways = Image.new("RGB", (40, 30), "blue")
    sideways.paste("red", (0, 0, 20, 30))  # its left half is the top once it is turned
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATE_90
    out = io.BytesIO()
    sideways.save(out, "PNG", exif=exif)

    photo = drawn(out.getvalue())

    middle, above, below = CANVAS[0] // 2, CANVAS[1] // 2 - 20, CANVAS[1] // 2 + 20  # small pictures stay small
    top, bottom = photo.getpixel((middle, above)), photo.getpixel((middle, below))
    assert top[0] > 200 > top[2]  # type: ignore[index]
    assert bottom[2] > 200 > bottom[0]  # type: ignore[index]


def test_what_is_transparent_is_drawn_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 40), (255, 0, 0, 0)).save(out, "PNG")

    assert drawn(out.getvalue()).getpixel((CANVAS[0] // 2, CANVAS[1] // 2)) == (255, 255, 255)


def test_only_the_first_picture_of_many_is_drawn() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 40), color) for color in ("blue", "red")]
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

    photo = draw(jpeg).jpeg

    assert b"SECRET" not in photo
    assert b"Exif" not in photo
    assert Image.open(io.BytesIO(photo)).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", PhotoProblem.EMPTY),
        (b"x" * (MOST_BYTES + 1), PhotoProblem.TOO_LARGE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), PhotoProblem.HEIC),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(100), PhotoProblem.HEIC),
        (b"%PDF-1.7\n", PhotoProblem.UNKNOWN_TYPE),
        (b"MZ" + bytes(200), PhotoProblem.UNKNOWN_TYPE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", PhotoProblem.UNKNOWN_TYPE),
        (picture("WEBP"), PhotoProblem.UNKNOWN_TYPE),
        (picture("JPEG")[:200], PhotoProblem.DAMAGED),
        (picture("PNG", (300, 400))[:-30], PhotoProblem.DAMAGED),
        (png_that_says(100, 100), PhotoProblem.DAMAGED),
        (png_that_says(50_000, 50_000), PhotoProblem.TOO_MANY_PIXELS),
        (b"<html><body>no picture</body></html>", PhotoProblem.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_a_photo_is_refused_for_its_reason(content: bytes, problem: PhotoProblem) -> None:
    assert problem_of(content) is problem


def test_a_file_of_exactly_the_most_bytes_is_taken() -> None:
    content = picture("BMP")

    assert draw(content + bytes(MOST_BYTES - len(content))).jpeg


DOCTYPE = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        SVG % b"<script>alert(1)</script>",
        SVG % b'<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        SVG % b'<image href="file:///etc/passwd"/>',
        SVG % b'<image xlink:href="http://192.0.2.1/" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        SVG % b'<feImage href="data:,x"/>',
        SVG % b"<foreignObject><iframe/></foreignObject>",
        SVG % b'<a href="javascript:alert(1)"><rect/></a>',
        SVG % b'<use href="http://192.0.2.1/a.svg#b"/>',
        SVG % b'<use href=" \n//192.0.2.1/a.svg#b"/>',
        SVG % b'<rect onload="alert(1)"/>',
        SVG % b'<rect fill="url(http://192.0.2.1/)"/>',
        SVG % b'<rect fill="u r l ( http://192.0.2.1/ )"/>',
        SVG % b"<style>@import 'http://192.0.2.1/';</style>",
        SVG % b"<style>rect { fill: url(http://192.0.2.1/) }</style>",
        DOCTYPE + SVG % b"<text>&b;</text>",
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG % b"",
        b'<?xml-stylesheet href="http://192.0.2.1/"?>' + SVG % b"",
        SVG % (b"<g/>" * 5000),
        SVG % (b'<g id="a"/>' + b'<use href="#a"/>' * 51),
        SVG % b"<g>",
        b"<svg",
    ],
)
def test_an_svg_that_reaches_out_or_grows_is_refused_before_it_is_drawn(content: bytes) -> None:
    assert problem_of(content) is PhotoProblem.UNSAFE_SVG


def test_an_svg_may_use_its_own_parts() -> None:
    inner = b'<defs><linearGradient id="a"><stop stop-color="blue"/></linearGradient></defs>'
    photo = drawn(SVG % (inner + b'<rect id="b" width="30" height="40" fill="url(#a)"/><use href="#b"/>'))

    assert photo.getpixel((CANVAS[0] // 2, CANVAS[1] // 2))[2] > 200  # type: ignore[index]


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def doubled(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    return content[:begin] + content[begin // 2 : begin] * 3 + content[begin:]


@pytest.mark.parametrize("change", [flipped, cut, doubled])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF"])
def test_a_broken_picture_is_a_photo_or_refused_and_nothing_else(
    change: Callable[[bytes, random.Random], bytes], kind: str
) -> None:
    broken = change(picture(kind), random.Random(f"{change.__name__} {kind}"))  # noqa: S311  no secret
    try:
        result = draw(broken)
    except PhotoRefusedError as error:
        assert error.problem in PhotoProblem  # noqa: PT017  either end is right
    else:
        assert Image.open(io.BytesIO(result.jpeg)).size == CANVAS
