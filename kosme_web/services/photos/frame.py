"""Where a photo is cut out of its whole picture: a frame of the photo's shape, by numbers that a form can post."""

from dataclasses import dataclass
from typing import Self

LEAST_ZOOM, MOST_ZOOM = 100, 250  # per cent of the largest frame that fits
MOST_MOVE = 1000  # thousandths of the room beside the frame
MIDDLE = MOST_MOVE // 2
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Frame:
    """Without anybody's choice it is as large as can be, in the middle."""

    zoom: int = LEAST_ZOOM
    across: int = MIDDLE
    down: int = MIDDLE

    @classmethod
    def of(cls, zoom: str, across: str, down: str) -> Self:
        """Read what a form posted: what is no number is as if nobody had chosen, what is too much is bounded."""
        return cls(
            _within(zoom, LEAST_ZOOM, MOST_ZOOM, LEAST_ZOOM),
            _within(across, 0, MOST_MOVE, MIDDLE),
            _within(down, 0, MOST_MOVE, MIDDLE),
        )


def _within(text: str, least: int, most: int, otherwise: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return otherwise
    return min(max(int(text), least), most)
