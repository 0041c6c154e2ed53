"""What a photo of a good phone costs, from the start of its child to its end: P9."""

import io
import json
import subprocess  # the child is our own module
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryFile

from PIL import Image

from bench.table import Figure
from kosme_web.services.photos import MOST_BYTES, command_for
from kosme_web.services.photos.frame import Frame

SIZES = {"as phones write it": (8165, 6124), "progressive": (5770, 4330)}  # 50 megapixels, and the most that may be
TIMES = 9
MEGABYTE = 1_048_576
# a small parent of its own: the system counts what a parent holds as its child's memory, too
WATCH = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True, env={})
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""


def measure() -> Iterator[Figure]:
    for way, size in SIZES.items():
        content = photo(size, is_progressive=way == "progressive")
        spent = [watched(content) for _ in range(TIMES)]
        what = f"{size[0] * size[1] / 1e6:.0f}-megapixel JPEG of {len(content) / MEGABYTE:.1f} MB, {way}"
        yield Figure("P9", f"{what}: the whole child", median(seconds for seconds, _ in spent) * 1000, 200, "ms CPU")
        yield Figure("P9", f"{what}: all its memory", max(memory for _, memory in spent) / MEGABYTE, 60, "MB")


def photo(size: tuple[int, int], *, is_progressive: bool) -> bytes:
    """Make a picture with soft shapes in it, and pack it into as much as a photo may weigh."""
    noise = Image.effect_noise((400, 300), 90)
    parts = [noise.resize(size), noise.rotate(180).resize(size), Image.linear_gradient("L").resize(size)]
    picture = Image.merge("RGB", parts)
    for quality in range(80, 20, -5):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, progressive=is_progressive)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError("the picture does not fit")


def watched(content: bytes) -> tuple[float, int]:
    """Give the processor time and the most memory of one child."""
    with TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        done = subprocess.run(  # noqa: S603  a fixed command
            [sys.executable, "-I", "-S", "-c", WATCH, *command_for("JPEG", Frame())],
            stdin=file,
            capture_output=True,
            check=True,
        )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory
