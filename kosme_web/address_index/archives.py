"""The official files: text in a ZIP or bare, read as a stream, strictly; nothing is unpacked onto the disk."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

BOM = b"\xef\xbb\xbf"
LONGEST = 20_000  # bytes of a line
CONTROL = re.compile(r"[\0-\x1f\x7f]")
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
ZIP_MARK = b"PK\3\4"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # the last: packed in a way of its own
NOTHING = (["No Data"], [""])


class FileError(ValueError):
    """The file is refused; the text says where and why."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}, line {line}: {problem}" if line else f"{name}: {problem}")


@dataclass(frozen=True)
class Member:
    """One text file; ``mark`` tells it from another of the same name."""

    name: str
    month: str
    mark: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def members(path: Path) -> list[Member]:
    """Give the text files in a ZIP, or the one that this is; raises FileError."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            if file.read(len(ZIP_MARK)) == ZIP_MARK:
                raise FileError(path.name, 0, "the archive is broken")
        about = path.stat()
        month = f"{datetime.fromtimestamp(about.st_mtime, UTC):%Y-%m}"
        return [Member(path.name, month, f"{about.st_size}", lambda: path.open("rb"))]
    with zipfile.ZipFile(path) as archive:
        found = [_member(path, info) for info in archive.infolist() if not info.is_dir()]
    return [member for member in found if member.name.lower().endswith(".txt")]


def _member(path: Path, info: zipfile.ZipInfo) -> Member:
    name = info.filename if info.flag_bits & UTF8_FLAG else _korean(info.filename)
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts:
        raise FileError(name, 0, "leads out of the archive")
    if info.flag_bits & ENCRYPTED_FLAG:
        raise FileError(name, 0, "is encrypted")

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with zipfile.ZipFile(path) as archive, archive.open(info) as file:
            yield file

    year, month = info.date_time[:2]
    return Member(place.name, f"{year:04}-{month:02}", f"{info.file_size} {info.CRC:08x}", opened)


def _korean(name: str) -> str:
    """Read a name that the archive keeps in CP949 without saying so."""
    try:
        return name.encode("cp437").decode("cp949")
    except UnicodeError:
        return name


def fingerprint(chosen: list[Member], *more: str) -> str:
    text = "\n".join([*more, *(f"{member.name} {member.mark}" for member in chosen)])
    return hashlib.sha256(text.encode()).hexdigest()


def rows(member: Member, columns: int, header: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line; a header line means UTF-8, else the file is CP949 unless it has a BOM."""
    try:
        yield from _rows(member, columns, header)
    except BROKEN:
        raise FileError(member.name, 0, "the archive is broken") from None


def _rows(member: Member, columns: int, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    encoding, is_checked = "utf-8" if header else "cp949", bool(header)
    with member.open() as file:
        for line, raw in enumerate(_lines(member, file), 1):
            data = raw
            if line == 1 and raw.startswith(BOM):
                encoding, is_checked, data = "utf-8", True, raw.removeprefix(BOM)
            if not is_checked and not data.isascii():
                _refuse_utf8(member, line, data)
                is_checked = True
            row = _decoded(member, line, data, encoding).split("|")
            if any(map(CONTROL.search, row)):
                raise FileError(member.name, line, "a control character")
            if line == 1 and header:
                if tuple(name.strip() for name in row) != header:
                    raise FileError(member.name, 1, "not the header line of this file")
            elif row not in NOTHING:
                if len(row) != columns:
                    raise FileError(member.name, line, f"{len(row)} columns in place of {columns}")
                yield line, row


def _lines(member: Member, file: IO[bytes]) -> Iterator[bytes]:
    number = 0
    while raw := file.readline(LONGEST):
        number += 1
        if len(raw) >= LONGEST:
            raise FileError(member.name, number, "the line has no end")
        yield raw.rstrip(b"\r\n")


def _decoded(member: Member, line: int, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FileError(member.name, line, f"not {encoding.upper()}") from None


def _refuse_utf8(member: Member, line: int, data: bytes) -> None:
    """Refuse UTF-8 without a BOM: much of it can be read as CP949 too, as nonsense."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise FileError(member.name, line, "UTF-8 without a BOM; the official file is CP949")
