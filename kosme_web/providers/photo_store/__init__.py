"""Where drawn photos lie: a local folder today, an S3-compatible store by another address."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

KEY = re.compile(r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(-small|-whole)?\.jpg")
UNFINISHED = ".photo-"  # begins the name of a file that is still being written
FULL = (errno.ENOSPC, errno.EDQUOT)


class PhotoStoreError(Exception):
    """The store does not take or give anything at the moment."""


class PhotoStoreFullError(PhotoStoreError):
    """There is no room left for another photo."""


class PhotoMissingError(PhotoStoreError):
    """No photo of that key."""


class PhotoStore:
    """Puts and gets whole photos; a local one is on the disk when ``put`` returns."""

    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        self._store = store
        self._folder = folder

    def put(self, key: str, content: bytes) -> None:
        """Store under a new key; a half-written file never has it."""
        _check(key)
        try:
            if self._folder:
                _write_durably(self._folder, key, content)
            else:
                self._store.put(key, content, mode="create")
        except (OSError, BaseError) as error:
            is_full = isinstance(error, OSError) and error.errno in FULL
            raise (PhotoStoreFullError if is_full else PhotoStoreError)(type(error).__name__) from None

    def get(self, key: str) -> bytes:
        _check(key)
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            raise PhotoMissingError(key) from None
        except (OSError, BaseError) as error:
            raise PhotoStoreError(type(error).__name__) from None

    def names_before(self, moment: datetime) -> Iterator[list[str]]:
        """Give what was stored before that moment, finished or not, a few at a time."""
        for files in self._store.list():
            old = [file["path"] for file in files if file["last_modified"] < moment]
            yield [name for name in old if is_key(name) or name.startswith(UNFINISHED)]

    def delete(self, names: Sequence[str]) -> None:
        """Delete files by the names that ``names_before`` gave; one that is gone already is no trouble."""
        for name in names:
            with suppress(FileNotFoundError):
                self._store.delete(name)


def is_key(name: str) -> bool:
    return KEY.fullmatch(name) is not None


def id_in(name: str) -> UUID | None:
    """Give the id that a key names; an unfinished file names none."""
    found = KEY.fullmatch(name)
    return UUID(found[1]) if found else None


def open_photo_store(url: str) -> PhotoStore:
    """Open ``file:///folder`` or any address that obstore knows, such as ``s3://bucket/prefix``."""
    if urlsplit(url).scheme != "file":
        return PhotoStore(from_url(url), None)
    folder = Path(urlsplit(url).path)
    folder.mkdir(parents=True, exist_ok=True)
    return PhotoStore(LocalStore(folder), folder)


def _write_durably(folder: Path, key: str, content: bytes) -> None:
    """Write beside, sync, give it its name, sync the folder: obstore's local store leaves out the syncs."""
    handle, draft = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(folder / key)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _check(key: str) -> None:
    if not is_key(key):
        raise PhotoMissingError
