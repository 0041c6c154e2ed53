"""The confined child: a picture on the input, one line of JSON and new JPEGs on the output.

Runs alone (``python -I -S child.py``), so it imports nothing of ours: whatever a hostile file does to a decoder
happens here, with little memory, little time, and no file or socket that could be opened.
"""

import io
import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

PHOTO = (413, 531)  # 3.5 x 4.5 cm at 300 dpi
SMALL = (140, 180)
WHOLE = 1600  # the longer side, in pixels, of the whole picture that a frame is laid on, at most
ENOUGH = 1033  # the shorter side that a JPEG is decoded to, at least: the closest frame shows as much as a photo has
LEAST_WIDTH = 100  # of what a photo is cut from: less is no face any more
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "HEIF": 50_000_000}
MOST_PIXELS_ELSE = 25_000_000
SECONDS, SVG_SECONDS = 6, 2  # of processor time: a large HEIC takes two, an SVG a tenth unless it means harm
DPI = 96.0  # of CSS: what an SVG in millimetres is measured by
MEGABYTE = 1_048_576
STREAMS = 3  # input, output, errors

Answer = tuple[dict[str, object], list[bytes]]


def prepare(kind: str) -> None:
    """Import all that drawing that kind takes, as long as files may be opened."""
    import copy  # noqa: F401, PLC0415  Pillow imports it when it meets a palette

    from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401, PLC0415  no site-packages before

    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # our own limits are lower
    if kind == "HEIF":
        import pi_heif  # noqa: PLC0415

        pi_heif.options.DECODE_THREADS = 1
        pi_heif.options.THUMBNAILS = pi_heif.options.AUX_IMAGES = pi_heif.options.DEPTH_IMAGES = False
        pi_heif.register_heif_opener()  # type: ignore[attr-defined]
    elif kind == "SVG":
        import resvg_py  # noqa: F401, PLC0415


def confine(processor_seconds: int = SECONDS) -> None:
    """Bound memory and processor time; from here on nothing can be opened, written to a disk, or connected to."""
    for what, most in (
        (resource.RLIMIT_AS, 700 * MEGABYTE),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, STREAMS),
    ):
        resource.setrlimit(what, (most, most))


def main(kind: str, frame: list[int]) -> None:
    prepare(kind)
    confine(SVG_SECONDS if kind == "SVG" else SECONDS)
    head, files = answer(sys.stdin.buffer.read(), kind, frame)
    sizes = [len(file) for file in files]
    sys.stdout.buffer.write(b"".join([json.dumps({**head, "sizes": sizes}).encode(), b"\n", *files]))


def answer(content: bytes, kind: str, frame: list[int]) -> Answer:
    """Give the photo, its small copy and the whole picture, or the problem."""
    try:
        return draw(rasterize(content) if kind == "SVG" else content, "PNG" if kind == "SVG" else kind, frame)
    except MemoryError:
        return {"problem": "TOO_MANY_PIXELS"}, []
    except Exception:  # noqa: BLE001  a decoder may raise anything; the file is damaged to us
        return {"problem": "DAMAGED"}, []


def draw(content: bytes, kind: str, frame: list[int]) -> Answer:
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        if picture.width * picture.height > most_pixels(picture):
            return {"problem": "TOO_MANY_PIXELS"}, []
        picture.draft("RGB", (ENOUGH, ENOUGH))
        whole = on_white(upright(shrunk(picture)))
    if largest_width(whole) < LEAST_WIDTH:
        return {"problem": "TOO_SMALL"}, []
    photo = whole.resize(PHOTO, Image.Resampling.BICUBIC, box=box_of(whole, *frame))
    small = photo.resize(SMALL, Image.Resampling.BICUBIC)
    return {"width": photo.width, "height": photo.height}, [
        jpeg(photo, quality=90),
        jpeg(small, quality=85),
        jpeg(whole, quality=82),
    ]


def most_pixels(picture: "Picture") -> int:
    """Give how many may be decoded: of a JPEG line by line more than of what has to be held whole."""
    is_whole = "progressive" in picture.info
    return MOST_PIXELS_ELSE if is_whole else MOST_PIXELS.get(picture.format or "", MOST_PIXELS_ELSE)


def shrunk(picture: "Picture") -> "Picture":
    """Decode it, and make it as small as the whole picture: a mode that cannot be averaged first changes."""
    from PIL import Image  # noqa: PLC0415

    picture.load()
    factor = max(picture.size) // WHOLE
    small = plain(picture).reduce(factor) if factor > 1 else plain(picture)
    small.thumbnail((WHOLE, WHOLE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return small


def upright(picture: "Picture") -> "Picture":
    """Turn it as it says it was taken; what says so may be broken beside a good picture."""
    from PIL import ImageOps  # noqa: PLC0415

    with suppress(Exception):
        ImageOps.exif_transpose(picture, in_place=True)
    return picture


def plain(picture: "Picture") -> "Picture":
    """Give it as grey or colours, with transparency if it has any."""
    if picture.mode.startswith("I"):  # what is brighter than 255 would become white
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("L", "RGB", "RGBA"):
        return picture if "transparency" not in picture.info else picture.convert("RGBA")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def on_white(picture: "Picture") -> "Picture":
    """Lay it on a new canvas: what it says of itself beside its pixels does not come along."""
    from PIL import Image  # noqa: PLC0415

    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return canvas


def largest_width(whole: "Picture") -> float:
    """Give the width of the largest frame of the photo's shape that fits."""
    return min(whole.width, whole.height * PHOTO[0] / PHOTO[1])


def box_of(whole: "Picture", zoom: int, across: int, down: int) -> tuple[float, float, float, float]:
    """Lay the frame: the largest one at 100 %, moved by thousandths of the room beside it."""
    width = largest_width(whole) * 100 / zoom
    height = min(width * PHOTO[1] / PHOTO[0], whole.height)
    left, top = (whole.width - width) * across / 1000, (whole.height - height) * down / 1000
    return left, top, min(left + width, whole.width), min(top + height, whole.height)


def jpeg(picture: "Picture", quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(300, 300))
    return out.getvalue()


def rasterize(content: bytes) -> bytes:
    """Draw an SVG as large as two photos, at most; without fonts, for these would have to be opened."""
    import resvg_py  # noqa: PLC0415

    render: Callable[..., object] = resvg_py.svg_to_bytes
    text = content.decode().removeprefix("\ufeff")
    drawn = render(svg_string=text, width=PHOTO[0] * 2, height=PHOTO[1] * 2, dpi=DPI, skip_system_fonts=True)
    return bytes(drawn)  # type: ignore[call-overload,no-any-return]


if __name__ == "__main__":
    sys.path.extend(sys.argv[5:])
    main(sys.argv[1], [int(part) for part in sys.argv[2:5]])
