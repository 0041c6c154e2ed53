"""Looks at an SVG before anything draws it: no DTD, no files, no scripts, no foreign content."""

from xml.parsers import expat

REFUSED = frozenset({"image", "feimage", "foreignobject", "script", "iframe", "audio", "video", "handler"})
MOST_NODES = 5000
MOST_USES = 50


class _UnsafeError(Exception):
    pass


def is_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:65_536]


def is_unsafe(content: bytes) -> bool:
    """Whether it holds anything that reaches outside itself, or that grows when drawn."""
    count = {"node": 0, "use": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        count["node"] += 1
        count["use"] += tag == "use"
        if tag in REFUSED or count["node"] > MOST_NODES or count["use"] > MOST_USES:
            raise _UnsafeError
        for key, value in attributes.items():
            _check(key.rpartition(":")[2].lower(), value)

    def refuse(*_: object) -> int:
        raise _UnsafeError

    def text(data: str) -> None:
        if "@import" in data or "url(" in data.replace("url(#", ""):
            raise _UnsafeError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat's own signature
    except (_UnsafeError, expat.ExpatError, ValueError):
        return True
    return False


def _check(key: str, value: str) -> None:
    plain = "".join(value.split())
    if key.startswith("on") or (key in ("href", "src") and not plain.startswith("#")):
        raise _UnsafeError
    if "url(" in plain.replace("url(#", "") or "@import" in plain:
        raise _UnsafeError
