"""A file of sealed chunks, written and read in a stream: a byte changed, missing or added anywhere is noticed.

Layout: magic, header (JSON) with its length in front, then chunks, each with its length in front. The key of a file is
derived (HKDF) from the backup key, a random salt and the header; chunks are AES-256-GCM, numbered by their nonce, and
the last one is marked. A chunk holds records, each with its length in front. Lengths are 4 bytes, big-endian.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kosme_web.services.backups.kit import BackupError

MAGIC = b"KOSME-SEALED-1\n"
CHUNK = 65_536  # bytes of records that are sealed together; a longer record is a chunk of its own
MOST = 67_108_864  # bytes: no chunk of ours is longer
MORE, END = b"more", b"end"
DAMAGED = "it is damaged, or was made with another KOSME_BACKUP_KEY"


class SealedWriter:
    """Takes records one after the other; without ``close`` the file counts as damaged."""

    def __init__(self, file: BinaryIO, key: bytes, kind: str, header: Mapping[str, str]) -> None:
        text = json.dumps({**header, "kind": kind, "salt": os.urandom(16).hex()}, sort_keys=True).encode()
        self._file, self._count, self._waiting = file, 0, bytearray()
        self._aead = _aead(key, text)
        file.write(MAGIC + _with_length(text))

    def write(self, record: bytes) -> None:
        self._waiting += _with_length(record)
        if len(self._waiting) >= CHUNK:
            self._seal(MORE)

    def close(self) -> None:
        self._seal(END)

    def _seal(self, mark: bytes) -> None:
        self._file.write(_with_length(self._aead.encrypt(_nonce(self._count), bytes(self._waiting), mark)))
        self._count += 1
        self._waiting.clear()


class SealedReader:
    """Gives header and records; raises BackupError as soon as something is not as it was written."""

    def __init__(self, file: BinaryIO, key: bytes, kind: str) -> None:
        self._file = file
        if file.read(len(MAGIC)) != MAGIC:
            raise BackupError("this is no backup of ours")
        text = self._read()
        self._aead = _aead(key, text)
        try:
            self.header: dict[str, str] = json.loads(text)
        except ValueError:
            raise BackupError(DAMAGED) from None
        if self.header.get("kind") != kind:
            raise BackupError(f"this is not a file of the kind {kind}, but {self.header.get('kind')}")

    def records(self) -> Iterator[memoryview]:
        count, is_end = 0, False
        while not is_end:
            chunk, is_end = self._open(count)
            count += 1
            yield from _split(memoryview(chunk))
        if self._file.read(1):
            raise BackupError(DAMAGED)

    def _open(self, count: int) -> tuple[bytes, bool]:
        sealed = self._read()
        for mark in (MORE, END):
            try:
                return self._aead.decrypt(_nonce(count), sealed, mark), mark == END
            except InvalidTag:
                continue
        raise BackupError(DAMAGED)

    def _read(self) -> bytes:
        length = int.from_bytes(self._file.read(4), "big")
        text = self._file.read(length) if 0 < length <= MOST else b""
        if not text or len(text) < length:
            raise BackupError(DAMAGED)
        return text


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a file beside, for its owner only, and give it its name once it is whole and on the disk."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _aead(key: bytes, header: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=MAGIC + header).derive(key))


def _nonce(count: int) -> bytes:
    return count.to_bytes(12, "big")


def _with_length(text: bytes) -> bytes:
    return len(text).to_bytes(4, "big") + text


def _split(chunk: memoryview) -> Iterator[memoryview]:
    at = 0
    while at < len(chunk):
        end = at + 4 + int.from_bytes(chunk[at : at + 4], "big")
        yield chunk[at + 4 : end]
        at = end
