"""The records of an archive: whose it is, what it is, and its text, sealed with the key of that member alone."""

import base64
import os
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kosme_web.services.backups.kit import BackupError, Kit
from kosme_web.services.backups.sealed_file import SealedReader
from kosme_web.services.key_ring import key_place
from kosme_web.services.vault import VaultError

ARCHIVE, KEYS = "archive", "keys"  # kinds of files
PHOTO = "photo store"  # stands in place of a table's name; the text is a file: its key, a line break, its bytes
ID, SECRET, NONCE = 16, 32, 12  # bytes
NOBODY = UUID(int=0)
CACHED = 4096  # members whose key stays opened: their rows lie close together


class Record(NamedTuple):
    """One row or file; ``text`` is sealed unless it is nobody's."""

    owner: UUID
    name: str
    text: bytes

    def packed(self) -> bytes:
        name = self.name.encode()
        return self.owner.bytes + bytes([len(name)]) + name + self.text

    @classmethod
    def unpacked(cls, packed: memoryview) -> "Record":
        end = ID + 1 + packed[ID]
        return cls(UUID(bytes=bytes(packed[:ID])), bytes(packed[ID + 1 : end]).decode(), bytes(packed[end:]))


class MemberSeals:
    """Seals and opens records of members; ``backup_id`` and the record's name are bound into each seal."""

    def __init__(self, backup_id: str) -> None:
        self._backup_id = backup_id
        self._cipher = lru_cache(CACHED)(AESGCM)

    def seal(self, secret: bytes, name: str, text: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(secret).encrypt(nonce, text, self._place(name))

    def open(self, secret: bytes, name: str, sealed: bytes) -> bytes:
        try:
            return self._cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], self._place(name))
        except InvalidTag:
            raise BackupError("the keys are not those of this archive") from None

    def _place(self, name: str) -> bytes:
        return f"{name}/{self._backup_id}".encode()


class MemberSecrets:
    """The members' secrets out of the file of keys, in the order of their ids: 48 bytes a member, nothing more."""

    def __init__(self, path: Path, kit: Kit) -> None:
        self._packed = bytearray()
        with path.open("rb") as file:
            for record in SealedReader(file, kit.key, KEYS).records():
                self._packed += record

    def __len__(self) -> int:
        return len(self._packed) // (ID + SECRET)

    def get(self, owner: UUID) -> bytes | None:
        at = bisect_left(range(len(self)), owner.bytes, key=self._id_at)
        start = at * (ID + SECRET) + ID
        return (
            bytes(self._packed[start : start + SECRET]) if at < len(self) and self._id_at(at) == owner.bytes else None
        )

    def _id_at(self, number: int) -> bytes:
        start = number * (ID + SECRET)
        return bytes(self._packed[start : start + ID])


def new_seal(kit: Kit, owner: UUID, secret: bytes | None = None) -> bytes:
    """Seal a member's secret, made if there is none, for the table of members' keys."""
    return kit.vault.seal(base64.b64encode(secret or os.urandom(SECRET)).decode(), key_place(owner))


def opened(kit: Kit, owner: UUID, sealed: bytes) -> bytes:
    """Give the secret back; raises BackupError if no key of the ring opens it."""
    try:
        return base64.b64decode(kit.vault.open(sealed, key_place(owner)))
    except VaultError:
        raise BackupError("a member's key cannot be opened: see flask keys check") from None
