"""Ten thousand broken pictures (R-123): no crash, no byte of the file in what is drawn, no growth of memory."""

import io
import json
import os
import random
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

from kosme_web.services.photos import LIBRARIES, PhotoProblem, child
from kosme_web.services.photos.kinds import kind_of
from kosme_web.services.photos.svg import BrokenError, UnsafeError, check

COUNT = int(os.environ.get("KOSME_MUTATIONS", "10000"))
HERE = Path(__file__).parent
MEGABYTE = 1_048_576
CANARY = b"CANARY-CANARY"
SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # JFIF, tables, frame, scan: nothing that could tell of the person
Mutation = Callable[[bytearray, random.Random], object]


def look() -> Image.Image:
    return Image.effect_noise((24, 32), 60).convert("RGB")


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    look().save(out, kind, **options)
    return out.getvalue() + CANARY


def pictures() -> list[bytes]:
    """One of each kind and of each way to pack it; all say the word wherever a picture may say something."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", CANARY.decode(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    said = {"exif": exif, "comment": CANARY, "icc_profile": CANARY * 20}
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="32"><!--{CANARY.decode()}--><desc>%s</desc>'
    grey = io.BytesIO()
    Image.effect_noise((24, 32), 60).save(grey, "GIF", comment=CANARY, save_all=True, append_images=[look()])
    return [
        saved("JPEG", **said),
        saved("JPEG", progressive=True, subsampling=0, **said),
        saved("MPO", save_all=True, append_images=[look()], exif=exif),
        saved("PNG", pnginfo=texts, exif=exif, icc_profile=CANARY * 20),
        saved("TIFF", exif=exif, compression="tiff_lzw"),
        saved("TIFF", exif=exif, compression="tiff_adobe_deflate"),
        saved("TIFF", exif=exif, compression="jpeg"),
        saved("BMP"),
        grey.getvalue() + CANARY,
        (svg % CANARY.decode() + '<path fill="#36f" d="M0 0h24v32z"/><use href="#a"/></svg>').encode(),
        (HERE / "photo.heic").read_bytes() + CANARY,
    ]


def flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)


def flip_head(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(min(64, len(content)))] ^= 1 << chance.randrange(8)


def overstate(content: bytearray, chance: random.Random) -> None:
    """Put a number of the largest kind where sizes, counts and offsets may stand."""
    number = chance.choice(
        [b"\xff\xff", b"\x7f\xff\xff\xff", b"\xff" * 4, bytes(4), b"\0\x80", struct.pack("<I", 60_000)]
    )
    place = chance.randrange(len(content))
    content[place : place + len(number)] = number


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randint(1, len(content)) :]


def repeat(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    content[begin:begin] = content[begin // 2 : begin] * 3


def forget(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    del content[begin : begin + chance.randint(1, 60)]


MUTATIONS: list[Mutation] = [flip, flip, flip_head, overstate, overstate, cut, repeat, forget]


def mutants() -> Iterator[tuple[str, bytes]]:
    chance, originals = random.Random(20_240_607), pictures()  # noqa: S311  no secret
    for number in range(COUNT):
        content = bytearray(originals[number % len(originals)])
        for _ in range(chance.choice([1, 1, 2, 3])):
            chance.choice(MUTATIONS)(content, chance)
            content = content or bytearray(b"\0")
        broken = resealed(bytes(content))
        kind = kind_of(broken)
        with suppress(UnsafeError, BrokenError):
            if kind == "SVG":
                check(broken)
            if kind:
                yield kind, broken


def resealed(content: bytes) -> bytes:
    """Give each part of a PNG the sum that belongs to it: who breaks a picture on purpose does so too."""
    if kind_of(content) != "PNG":
        return content
    parts, place = [content[:8]], 8
    while place + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, place)
        part = content[place + 4 : place + 8 + size]
        parts += [content[place : place + 4], part, struct.pack(">I", zlib.crc32(part))]
        place += 12 + size
    return b"".join(parts)


class Child:
    """The process that draws; another one takes its place if a picture ends it, as each upload has its own."""

    def __init__(self, ending: ExitStack) -> None:
        self.ending = ending
        self.ended = Counter[str]()
        self.begin()

    def begin(self) -> None:
        command = [sys.executable, "-I", "-S", str(HERE / "draw_many.py"), child.__file__, *LIBRARIES]
        process = subprocess.Popen(  # noqa: S603  a fixed command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
        )
        self.ending.enter_context(process)
        assert process.stdin
        assert process.stdout
        self.to, self.of = process.stdin, process.stdout

    def draw(self, kind: str, content: bytes) -> tuple[dict[str, Any], bytes]:
        self.to.write(f"{kind} {len(content)}\n".encode() + content)
        self.to.flush()
        line = self.of.readline()
        if not line:
            self.ended[kind] += 1
            self.begin()
            return {"problem": "DAMAGED", "memory": 0}, b""
        head = json.loads(line)
        return head, self.of.read(sum(head["sizes"]))


def segments(jpeg: bytes) -> set[int]:
    """Give the kinds of the parts that a JPEG begins with; it must begin and end as one."""
    assert (jpeg[:2], jpeg[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    found, place = set(), 2
    while 0xDA not in found:
        mark, kind, size = struct.unpack_from(">BBH", jpeg, place)
        assert mark == 0xFF
        found.add(kind)
        place += 2 + size
    return found


def test_ten_thousand_broken_pictures_crash_nothing_leave_nothing_and_fill_no_memory() -> None:
    told, memory = Counter[str](), list[int]()
    with ExitStack() as ending:
        one = Child(ending)
        for kind, content in mutants():
            head, files = one.draw(kind, content)
            memory.append(head["memory"])
            told[head.get("problem", "drawn")] += 1
            assert CANARY not in files
            place = 0
            for size in head.get("sizes", ()):
                assert segments(files[place : place + size]) <= SEGMENTS
                place += size

    tenth = len(memory) // 10
    assert max(memory[-tenth:]) - max(memory[tenth : 2 * tenth]) < 16 * MEGABYTE
    assert told.keys() <= {"drawn", *PhotoProblem}
    assert min(told["drawn"], told["DAMAGED"]) > COUNT // 10
    assert one.ended.keys() <= {"HEIF"}  # pi_heif 1.4 follows a null pointer when a content type is not UTF-8
