"""A file of sealed chunks: what was written comes back, and nothing may be changed, missing or added."""

import io
import random
from pathlib import Path

import pytest

from kosme_web.services.backups import BackupError
from kosme_web.services.backups.sealed_file import CHUNK, SealedReader, SealedWriter, replacing

KEY = bytes(range(32))
RECORDS = [b"", b"one", b"x" * CHUNK, b"\x00\xff" * 10, b"last"]


def written(records: list[bytes], header: str = "r1") -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY, "archive", {"revision": header})
    for record in records:
        writer.write(record)
    writer.close()
    return file.getvalue()


def read(content: bytes, key: bytes = KEY) -> list[bytes]:
    return [bytes(record) for record in SealedReader(io.BytesIO(content), key, "archive").records()]


@pytest.mark.parametrize("records", [[], [b""], RECORDS, [b"x" * 700] * 300])
def test_what_was_written_comes_back(records: list[bytes]) -> None:
    assert read(written(records)) == records
    assert SealedReader(io.BytesIO(written(records)), KEY, "archive").header["revision"] == "r1"


def test_no_byte_may_be_changed_missing_or_added() -> None:
    content, chance = written([b"one", b"two" * 100]), random.Random(5)  # noqa: S311  no secret
    for at in range(len(content)):
        for wrong in (
            content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :],
            content[:at],
        ):
            with pytest.raises(BackupError):
                read(wrong)
    with pytest.raises(BackupError):
        read(content + b"\x00")


def test_chunks_may_not_be_left_out_or_change_places() -> None:
    content = written([bytes([number]) * CHUNK for number in range(4)])
    start = len(content) - len(written([])) + 4 + 16
    length = CHUNK + 4 + 4 + 16
    head = start - 4 * length
    chunks = [content[head + length * number : head + length * (number + 1)] for number in range(4)]
    rest = content[head + 4 * length :]
    assert content[:head] + b"".join(chunks) + rest == content
    for wrong in (chunks[1:], chunks[:3], [chunks[1], chunks[0], *chunks[2:]], [*chunks, chunks[3]]):
        with pytest.raises(BackupError):
            read(content[:head] + b"".join(wrong) + rest)


def test_another_key_opens_nothing_and_says_what_may_be_wrong() -> None:
    with pytest.raises(BackupError, match="another KOSME_BACKUP_KEY"):
        read(written(RECORDS), bytes(32))
    with pytest.raises(BackupError, match="no backup of ours"):
        read(b"PK\x03\x04")


def test_a_file_that_was_not_finished_leaves_the_one_before_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "member-keys.kosme"
    with replacing(path) as file:
        file.write(b"first")
    assert path.stat().st_mode & 0o777 == 0o600

    with pytest.raises(ZeroDivisionError), replacing(path) as file:
        file.write(bytes([1 // 0]))

    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
