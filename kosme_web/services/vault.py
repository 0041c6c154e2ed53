"""Seals what the law wants encrypted: AES-256-GCM, a key id in front, bound to the place it belongs to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class VaultError(Exception):
    """Not to be opened: another place's seal, a changed byte, or a key that is not in the ring."""


def mark_of(key_id: str) -> bytes:
    """Give what every seal of that key begins with: the length of its id, and the id."""
    return bytes([len(key_id)]) + key_id.encode()


def key_id_of(sealed: bytes) -> str:
    """Give the id of the key that the seal names, as far as it can be read."""
    return sealed[1 : 1 + sealed[0]].decode("ascii", "replace") if sealed else ""


@dataclass(frozen=True)
class Vault:
    """Seals with the first key of the ring, opens with the one the seal names."""

    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def first(self) -> str:
        """Give the id of the key that seals."""
        return next(iter(self.keys))

    def seal(self, text: str, place: str) -> bytes:
        """Give the sealed text; ``place`` (table/column/row) must be named again to open it."""
        return self.seal_bytes(text.encode(), place)

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self.keys[self.first]).encrypt(nonce, content, place.encode())
        return mark_of(self.first) + nonce + sealed

    def open(self, sealed: bytes, place: str) -> str:
        """Give the text back; raises VaultError whatever is wrong with it."""
        try:
            return self.open_bytes(sealed, place).decode()
        except UnicodeDecodeError:
            raise VaultError(place) from None

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Give what was sealed; raises VaultError as ``open`` does."""
        try:
            end = 1 + sealed[0]
            key = self.keys[sealed[1:end].decode("ascii")]
            nonce, rest = sealed[end : end + NONCE], sealed[end + NONCE :]
            return AESGCM(key).decrypt(nonce, rest, place.encode())
        except (IndexError, KeyError, ValueError, InvalidTag):
            raise VaultError(place) from None
