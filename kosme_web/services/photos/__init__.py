"""이력서 사진: draws any accepted picture anew, in a confined child process (R-123, domain.md 7)."""

import json
import subprocess  # the child is our own module
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore

from kosme_web.services.photos.svg import is_svg, is_unsafe

MOST_BYTES = 5_242_880
WALL_SECONDS = 20
WAIT_SECONDS = 10
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("child.py")))
_places = BoundedSemaphore(2)


class PhotoProblem(StrEnum):
    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"
    UNKNOWN_TYPE = "UNKNOWN_TYPE"
    HEIC = "HEIC"
    DAMAGED = "DAMAGED"
    TOO_MANY_PIXELS = "TOO_MANY_PIXELS"
    UNSAFE_SVG = "UNSAFE_SVG"


class PhotoRefusedError(ValueError):
    """The file is no picture we take, and why."""

    def __init__(self, problem: PhotoProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class PhotoBusyError(RuntimeError):
    """Two pictures are being drawn already, or the child could not be started; later it may go."""


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """A baseline JPEG of our own making, with nothing of the original but its look; size in pixels."""

    jpeg: bytes
    width: int
    height: int


def draw(content: bytes) -> DrawnPhoto:
    """Draw the picture on a new canvas, centred, 3:4; raises PhotoRefusedError and PhotoBusyError."""
    if not content:
        raise PhotoRefusedError(PhotoProblem.EMPTY)
    if len(content) > MOST_BYTES:
        raise PhotoRefusedError(PhotoProblem.TOO_LARGE)
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"msf1"):
        raise PhotoRefusedError(PhotoProblem.HEIC)
    if is_svg(content) and is_unsafe(content):
        raise PhotoRefusedError(PhotoProblem.UNSAFE_SVG)
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise PhotoBusyError
    try:
        answer = _run(content)
    finally:
        _places.release()
    head, _, jpeg = answer.partition(b"\n")
    try:
        verdict = json.loads(head)
    except ValueError:
        raise PhotoRefusedError(PhotoProblem.DAMAGED) from None  # the child was ended in the middle
    if "problem" in verdict:
        raise PhotoRefusedError(PhotoProblem(verdict["problem"]))
    return DrawnPhoto(jpeg, verdict["width"], verdict["height"])


def _run(content: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, the picture comes on its input
            COMMAND, input=content, capture_output=True, timeout=WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise PhotoRefusedError(PhotoProblem.DAMAGED) from None
    except OSError:
        raise PhotoBusyError from None
    return done.stdout
