"""Looks at an SVG before anything draws it: no DTD, no files, no scripts, no foreign content."""

import re
from xml.parsers import expat

REFUSED = frozenset({"image", "feimage", "foreignobject", "script", "iframe", "audio", "video", "handler"})
MOST_NODES = 5000
MOST_USES = 50
OUTSIDE = re.compile(r"@import|url\((?!['\"]?#)", re.IGNORECASE)


class UnsafeError(Exception):
    """It holds something that reaches outside itself, or that grows when drawn."""


class BrokenError(Exception):
    """It is no XML."""


def is_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:65_536]


def check(content: bytes) -> None:
    """Look at all of it; raises UnsafeError and BrokenError."""
    count = {"node": 0, "use": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        count["node"] += 1
        count["use"] += tag == "use"
        if tag in REFUSED or count["node"] > MOST_NODES or count["use"] > MOST_USES:
            raise UnsafeError
        for key, value in attributes.items():
            _check(key.rpartition(":")[2].lower(), value)

    def refuse(*_: object) -> int:
        raise UnsafeError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = _check_text
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat's own signature
    except (expat.ExpatError, ValueError):
        raise BrokenError from None


def _check(key: str, value: str) -> None:
    plain = "".join(value.split())
    if key.startswith("on") or (key in ("href", "src") and not plain.startswith("#")):
        raise UnsafeError
    _check_text(plain)


def _check_text(text: str) -> None:
    if OUTSIDE.search("".join(text.split())):
        raise UnsafeError
