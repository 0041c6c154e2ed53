"""The 6.37 million addresses of kozip 1.1.4: data of Korea Post of 2021-11, without English or buildings."""

import re
from collections.abc import Callable, Iterable, Iterator

from kosme_web.address_index.building import Source
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.regions import today

VERSION, AS_OF = "kozip 1.1.4", "2021-11"
FILE = "kozip/new_zip.json"
# one value a line, indented by its depth: {zip: {province: {district: ["road number|quarter village"]}}}
OPENED = re.compile(r'( {4}| {8}| {12})"([^"\\]*)": [{\[]')
LINE = re.compile(r' {16}"(?P<road>\S+) (?P<main>\d{1,5})(?:-(?P<sub>\d{1,5}))?\|(?P<emd>\S+)(?: (?P<ri>\S+))?",?')
CLOSED = re.compile(r" *[}\]],?|\{")


class LayoutError(ValueError):
    """The file is not that of this version."""


def entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Read the file line by line: as a whole it would take more than a gigabyte of memory."""
    open_names = {4: "", 8: "", 12: ""}
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\n")
        if found := LINE.fullmatch(text):
            yield _entry(open_names[4], open_names[8], open_names[12], found)
        elif opened := OPENED.fullmatch(text):
            open_names[len(opened[1])] = opened[2]
        elif not CLOSED.fullmatch(text):
            raise LayoutError(f"line {number}")


def source(read: Callable[[], Iterator[Entry]]) -> Source:
    """Name these addresses as something to build an index from."""
    return Source("kozip", VERSION, AS_OF, (read,))


def _entry(zip_code: str, sido: str, sgg: str, found: re.Match[str]) -> Entry:
    return Entry(
        sido=today(sido, sgg),
        sgg=sgg,
        emd=found["emd"],
        ri=found["ri"] or "",
        road=found["road"],
        main=int(found["main"]),
        sub=int(found["sub"] or 0),
        underground=0,
        zip=zip_code,
    )
