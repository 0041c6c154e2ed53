"""What the tests of the child share: where photos are drawn, and how one asks what became of a file."""

import io
from pathlib import Path
from tempfile import mkdtemp

import pytest
from PIL import Image

from kosme_web.services.photos import PhotoProblem, PhotoRefusedError, Studio

CANVAS = (413, 531)
STUDIO = Studio(Path(mkdtemp()))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40">%s</svg>'
BLUE_SVG = SVG % b'<rect width="30" height="40" fill="blue"/>'


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(STUDIO.draw(content).photo))


def problem_of(content: bytes) -> PhotoProblem:
    with pytest.raises(PhotoRefusedError) as caught:
        STUDIO.draw(content)
    return caught.value.problem
