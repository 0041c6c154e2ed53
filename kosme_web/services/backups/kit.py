"""What a backup needs of the site."""

from dataclasses import dataclass, field

from kosme_web.providers.photo_store import PhotoStore
from kosme_web.services.vault import Vault


class BackupError(Exception):
    """It cannot be made or read; the text says why and what helps, and holds nothing of anybody."""


@dataclass(frozen=True)
class Kit:
    """The key of the backups (AES-256), and what opens members' keys and holds their photos."""

    key: bytes = field(repr=False)
    vault: Vault
    store: PhotoStore
