"""이력서 사진: draws any accepted picture anew, in a confined child process (R-123, domain.md 7)."""

import fcntl
import json
import signal
import subprocess  # the child is our own module
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

from kosme_web.services.photos import svg
from kosme_web.services.photos.frame import Frame
from kosme_web.services.photos.kinds import kind_of

MOST_BYTES = 5_242_880
WALL_SECONDS = 15
WAIT_SECONDS = 5
PLACES = 2
TOO_LONG = (-signal.SIGXCPU, -signal.SIGKILL)
COMMAND = (sys.executable, "-I", "-S", str(Path(__file__).with_name("child.py")))
LIBRARIES = sorted(  # where the child finds its decoders: it does not look for anything by itself
    {
        str(Path(spec.origin).parents[1])
        for name in ("PIL", "pi_heif", "resvg_py")
        if (spec := find_spec(name)) and spec.origin
    }
)


class PhotoProblem(StrEnum):
    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"
    UNKNOWN_TYPE = "UNKNOWN_TYPE"
    DAMAGED = "DAMAGED"
    TOO_MANY_PIXELS = "TOO_MANY_PIXELS"
    TOO_SMALL = "TOO_SMALL"
    TOO_SLOW = "TOO_SLOW"
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
    """JPEGs of our own making, with nothing of the original but its look; the size is the photo's, in pixels."""

    photo: bytes
    small: bytes
    whole: bytes
    width: int
    height: int


class Studio:
    """Draws two pictures at a time, for all threads and processes of this machine that share the folder."""

    def __init__(self, folder: Path) -> None:
        self._places = [folder / f"photo-{number}.lock" for number in range(PLACES)]

    def draw(self, content: bytes, frame: Frame = Frame()) -> DrawnPhoto:  # noqa: B008  it never changes
        """Draw what the frame shows of the picture; raises PhotoRefusedError and PhotoBusyError."""
        kind = _checked(content)
        with self._place():
            return _run(content, kind, frame)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Wait for a place; the system gives it back when the file is closed, whatever ends the process."""
        deadline = monotonic() + WAIT_SECONDS
        while monotonic() < deadline:
            for path in self._places:
                with path.open("w") as place:
                    try:
                        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        continue
                    yield
                    return
            sleep(0.02)
        raise PhotoBusyError


def _checked(content: bytes) -> str:
    """Give the kind of a file that may go to its decoder."""
    if not content:
        raise PhotoRefusedError(PhotoProblem.EMPTY)
    if len(content) > MOST_BYTES:
        raise PhotoRefusedError(PhotoProblem.TOO_LARGE)
    kind = kind_of(content)
    if kind is None:
        raise PhotoRefusedError(PhotoProblem.UNKNOWN_TYPE)
    if kind == "SVG":
        _check_svg(content)
    return kind


def _check_svg(content: bytes) -> None:
    try:
        svg.check(content)
    except svg.UnsafeError:
        raise PhotoRefusedError(PhotoProblem.UNSAFE_SVG) from None
    except svg.BrokenError:
        raise PhotoRefusedError(PhotoProblem.DAMAGED) from None


def command_for(kind: str, frame: Frame) -> list[str]:
    return [*COMMAND, kind, str(frame.zoom), str(frame.across), str(frame.down), *LIBRARIES]


def _run(content: bytes, kind: str, frame: Frame) -> DrawnPhoto:
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, the picture comes on its input
            command_for(kind, frame), input=content, capture_output=True, timeout=WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise PhotoRefusedError(PhotoProblem.TOO_SLOW) from None
    except OSError:
        raise PhotoBusyError from None
    if done.returncode:  # it was ended in the middle
        raise PhotoRefusedError(PhotoProblem.TOO_SLOW if done.returncode in TOO_LONG else PhotoProblem.DAMAGED)
    head, _, files = done.stdout.partition(b"\n")
    verdict = json.loads(head)
    if "problem" in verdict:
        raise PhotoRefusedError(PhotoProblem(verdict["problem"]))
    first, second, _ = verdict["sizes"]
    parts = files[:first], files[first : first + second], files[first + second :]
    return DrawnPhoto(*parts, verdict["width"], verdict["height"])
