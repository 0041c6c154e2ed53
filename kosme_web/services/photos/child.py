"""The confined child: a picture on the input, one line of JSON and a new JPEG on the output.

Runs alone (``python -I child.py``), so it imports nothing of ours: whatever a hostile file does to a decoder
happens here, with little memory, little time, no files to write and nothing to steal.
"""

import io
import json
import resource
import sys
from collections.abc import Callable

CANVAS = (413, 531)  # 3.5 x 4.5 cm at 300 dpi
FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF")
MOST_PIXELS = {"JPEG": 60_000_000}
MOST_PIXELS_ELSE = 25_000_000
MOST_GROWTH = 2.0
MEGABYTE = 1_048_576


def confine() -> None:
    """Bound memory, processor time, and everything that could be written or opened."""
    for what, most in (
        (resource.RLIMIT_AS, 700 * MEGABYTE),
        (resource.RLIMIT_CPU, 10),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    content = sys.stdin.buffer.read()
    confine()
    try:
        head, jpeg = draw(content)
    except MemoryError:
        head, jpeg = {"problem": "TOO_MANY_PIXELS"}, b""
    except Exception:  # noqa: BLE001  a decoder may raise anything; the file is damaged to us
        head, jpeg = {"problem": "DAMAGED"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + jpeg)


def draw(content: bytes) -> tuple[dict[str, object], bytes]:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  after the limits stand

    Image.MAX_IMAGE_PIXELS = None  # our own limits are lower
    if content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        content = rasterize(content)
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        return {"problem": "UNKNOWN_TYPE"}, b""
    most = MOST_PIXELS.get(picture.format or "", MOST_PIXELS_ELSE)
    if picture.width * picture.height > most:
        return {"problem": "TOO_MANY_PIXELS"}, b""
    picture.draft("RGB", (CANVAS[0] * 2, CANVAS[1] * 2))
    picture.load()
    turned = ImageOps.exif_transpose(picture).convert("RGBA")
    scale = min(max(CANVAS[0] / turned.width, CANVAS[1] / turned.height), MOST_GROWTH)
    size = max(round(turned.width * scale), 1), max(round(turned.height * scale), 1)
    fitted = turned.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    canvas = Image.new("RGB", CANVAS, "white")
    place = ((CANVAS[0] - size[0]) // 2, (CANVAS[1] - size[1]) // 2)
    canvas.paste(fitted, place, fitted)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=88)
    return {"width": CANVAS[0], "height": CANVAS[1]}, out.getvalue()


def rasterize(content: bytes) -> bytes:
    import resvg_py  # noqa: PLC0415  only an SVG pays for loading it

    render: Callable[..., object] = resvg_py.svg_to_bytes
    drawn = render(svg_string=content.decode("utf-8-sig"), width=CANVAS[0] * 2)
    return bytes(drawn)  # type: ignore[call-overload,no-any-return]


if __name__ == "__main__":
    main()
