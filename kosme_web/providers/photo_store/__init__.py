"""Where drawn photos lie: a local folder today, an S3-compatible store by another address."""

import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

KEY = re.compile(r"[0-9a-f-]{36}\.jpg")


class PhotoStoreError(Exception):
    """The store does not take or give anything at the moment."""


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
            raise PhotoStoreError(type(error).__name__) from None

    def get(self, key: str) -> bytes:
        _check(key)
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            raise PhotoMissingError(key) from None
        except (OSError, BaseError) as error:
            raise PhotoStoreError(type(error).__name__) from None


def open_photo_store(url: str) -> PhotoStore:
    """Open ``file:///folder`` or any address that obstore knows, such as ``s3://bucket/prefix``."""
    if urlsplit(url).scheme != "file":
        return PhotoStore(from_url(url), None)
    folder = Path(urlsplit(url).path)
    folder.mkdir(parents=True, exist_ok=True)
    return PhotoStore(LocalStore(folder), folder)


def _write_durably(folder: Path, key: str, content: bytes) -> None:
    """Write beside, sync, give it its name, sync the folder: obstore's local store leaves out the syncs."""
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".photo-")
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
    if not KEY.fullmatch(key):
        raise PhotoMissingError
