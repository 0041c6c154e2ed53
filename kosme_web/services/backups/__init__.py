"""Backups: one consistent look at everything, each member's part sealed with a key of that member alone.

``create`` writes the archive, ``write_keys`` the one file of the members' keys beside it, ``restore`` reads both.
"""

from kosme_web.services.backups.creating import KEYS_FILE, Created, create, refresh_keys
from kosme_web.services.backups.kit import BackupError, Kit
from kosme_web.services.backups.restoring import Restored, restore

__all__ = ["KEYS_FILE", "BackupError", "Created", "Kit", "Restored", "create", "refresh_keys", "restore"]
