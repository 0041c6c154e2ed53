"""Where the built files stand: names with a hash in them, from the manifest that the build wrote."""

import json
from functools import cache
from pathlib import Path

DIST = Path(__file__).parents[2] / "static" / "dist"
PREFIX = "/static/"


@cache
def manifest() -> dict[str, dict[str, str]]:
    return dict(json.loads((DIST / "manifest.json").read_text()))


def asset(name: str) -> str:
    """Give the address of a built file; a name the build did not make is a mistake in the template."""
    return PREFIX + manifest()[name]["file"]


def source_of(name: str) -> str:
    return (DIST / manifest()[name]["file"]).read_text()


def is_immutable(path: str, _url: str) -> bool:
    return Path(path).name in {entry["file"] for entry in manifest().values()}
