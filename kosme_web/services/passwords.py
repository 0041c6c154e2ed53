"""Password hashes: Argon2id at OWASP's minimum, a few at a time, and as slow for nobody as for somebody."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kosme_web.domain.credentials import plain_password

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_places = BoundedSemaphore(4)
NOBODY = _hasher.hash(secrets.token_urlsafe())  # a member without a password is judged by it too: nobody may know it


def hash_password(password: str) -> str:
    with _places:
        return _hasher.hash(plain_password(password).encode("utf-8", "replace"))


def is_password(password_hash: str, password: str) -> bool:
    with _places:
        try:
            return _hasher.verify(password_hash, plain_password(password).encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False
