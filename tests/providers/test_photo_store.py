"""Where photos lie: on the disk when ``put`` returns, under keys of ours only."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from kosme_web.providers.photo_store import (
    PhotoMissingError,
    PhotoStore,
    PhotoStoreError,
    PhotoStoreFullError,
    open_photo_store,
)

NAME = "00000000-0000-7000-8000-000000000000"
PICTURE = b"\xff\xd8 a picture \xff\xd9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "photos"


@pytest.fixture
def store(folder: Path) -> PhotoStore:
    return open_photo_store(f"file://{folder}")


def new_key() -> str:
    return f"{uuid4()}.jpg"


def test_a_photo_comes_back_as_it_was_put(store: PhotoStore, folder: Path) -> None:
    key = new_key()

    store.put(key, PICTURE)

    assert store.get(key) == PICTURE
    assert [path.name for path in folder.iterdir()] == [key]


def test_only_its_owner_on_the_machine_may_read_the_file(store: PhotoStore, folder: Path) -> None:
    key = new_key()

    store.put(key, PICTURE)

    assert (folder / key).stat().st_mode & 0o077 == 0


def test_the_file_is_synced_before_it_has_its_name_and_the_folder_after(
    store: PhotoStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, steps, sync = new_key(), [], os.fsync

    def watched(handle: int) -> None:
        what = Path(f"/proc/self/fd/{handle}").readlink()
        steps.append(("folder" if what == folder else "file", (folder / key).exists()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    store.put(key, PICTURE)

    assert steps == [("file", False), ("folder", True)]


def test_a_full_disk_is_told_and_leaves_no_half_file(
    store: PhotoStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(PhotoStoreFullError):
        store.put(new_key(), PICTURE)

    assert list(folder.iterdir()) == []


def test_a_folder_that_takes_nothing_is_told(store: PhotoStore, folder: Path) -> None:
    folder.rmdir()
    folder.write_text("a file where the folder was")

    with pytest.raises(PhotoStoreError):
        store.put(new_key(), PICTURE)


def test_a_photo_that_is_not_there_is_missing(store: PhotoStore) -> None:
    with pytest.raises(PhotoMissingError):
        store.get(new_key())


def test_a_file_that_cannot_be_read_is_no_missing_photo(store: PhotoStore, folder: Path) -> None:
    key = new_key()
    (folder / key).mkdir()

    with pytest.raises(PhotoStoreError):
        store.get(key)


@pytest.mark.parametrize(
    "key", ["", "a.jpg", "../kosme.db", f"../{NAME}.jpg", f"{NAME}.png", f"{NAME}.jpg\n", f"/{NAME}.jpg"]
)
def test_a_key_that_is_not_ours_reaches_nothing(store: PhotoStore, folder: Path, key: str) -> None:
    (folder.parent / "kosme.db").write_bytes(b"secret")

    with pytest.raises(PhotoMissingError):
        store.get(key)
    with pytest.raises(PhotoMissingError):
        store.put(key, PICTURE)

    assert list(folder.iterdir()) == []


def test_what_is_ours_and_old_is_named_finished_or_not_and_can_be_deleted(store: PhotoStore, folder: Path) -> None:
    old, young, unfinished = new_key(), new_key(), ".photo-x1y2z3"
    for name in (old, young, unfinished, "README", "lost.jpg"):
        (folder / name).write_bytes(PICTURE)
        if name != young:
            os.utime(folder / name, (0, 0))

    names = [name for some in store.names_before(datetime.fromtimestamp(1, UTC)) for name in some]
    store.delete([*names, new_key()])  # another tidier may have been faster

    assert sorted(names) == sorted([old, unfinished])
    assert sorted(path.name for path in folder.iterdir()) == sorted([young, "README", "lost.jpg"])


def test_any_store_that_obstore_knows_will_do() -> None:
    store, key = open_photo_store("memory://"), new_key()

    store.put(key, PICTURE)

    assert store.get(key) == PICTURE
    with pytest.raises(PhotoMissingError):
        store.get(new_key())


def test_a_key_of_a_distant_store_is_written_once() -> None:
    store, key = open_photo_store("memory://"), new_key()
    store.put(key, PICTURE)

    with pytest.raises(PhotoStoreError):
        store.put(key, b"another")

    assert store.get(key) == PICTURE
