"""Reading one setting of each kind from the environment; what is wrong is noted, and all of it told at once."""

import base64
import binascii
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.", "[::1]", "0.0.0.0")  # noqa: S104  a list to refuse, not to bind
GENERATED = dict.fromkeys(  # bytes of each
    ("KOSME_SECRET_KEY", "KOSME_NUMBER_KEYS", "KOSME_IDENTITY_KEY", "KOSME_BACKUP_KEY"), 32
)


class Reader:
    """Reads settings of every kind; each complaint names its setting."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[str] = []
        self.is_production = self._choice("KOSME_ENV", "development", ("development", "production")) == "production"
        self.data_dir = Path(env.get("KOSME_DATA_DIR") or "var").absolute()
        self.generated = {} if self.is_production else development_secrets(self.data_dir)

    def _text(self, name: str, default: str) -> str:
        return self.env.get(name) or default

    def _secret(self, name: str, development: str = "") -> str:
        value = self.env.get(name) or self.generated.get(name) or ("" if self.is_production else development)
        if not value:
            self.problems.append(f"{name}: not set; production has no default for it")
        elif self.is_production and (value.startswith("sandbox-") or value == development):
            self.problems.append(f"{name}: this is a value of the sandbox")
        return value

    def _outside(self, name: str, sandbox: str, real: str) -> str:
        url = (self.env.get(name) or (real if self.is_production else sandbox)).rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self.problems.append(f"{name}: not an address such as https://host")
        elif self.is_production and (parts.scheme != "https" or parts.netloc.startswith(LOOPBACK)):
            self.problems.append(f"{name}: production speaks to the real service over HTTPS, not to a sandbox")
        return url

    def _origins(self, name: str) -> tuple[str, ...]:
        """Read what goes into the content policy of one page, and can be nothing else there."""
        origins = tuple(self.env.get(name, "").split())
        if not all(re.fullmatch(r"https://(?:\*\.)?[a-z0-9.-]+(?::[0-9]+)?", origin) for origin in origins):
            self.problems.append(f"{name}: origins such as https://host, separated by spaces")
        return origins

    def _object(self, name: str) -> Mapping[str, Any]:
        try:
            found = json.loads(self.env.get(name) or "{}")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self.problems.append(f"{name}: a JSON object")
            return {}
        return found

    def _key(self, name: str, text: str) -> bytes:
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if text and len(key) != GENERATED["KOSME_IDENTITY_KEY"]:
            self.problems.append(f"{name}: each key is 32 bytes in base64")
        return key

    def _key_ring(self, name: str) -> Mapping[str, bytes]:
        """Read ``id:key id:key …``; keys that only open older numbers follow the one that seals."""
        ring = {}
        for entry in self._secret(name).split():
            key_id, _, text = entry.partition(":")
            ring[key_id] = self._key(name, text or "?")
        return ring

    def _choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.env.get(name) or default
        if value not in choices:
            self.problems.append(f"{name}: one of {', '.join(choices)}")
        return value

    def _flag(self, name: str, *, default: bool) -> bool:
        return self._choice(name, "1" if default else "0", ("0", "1")) == "1"

    def _number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.env.get(name) or str(default)
        if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
            self.problems.append(f"{name}: a whole number from {low} to {high}")
            return default
        return int(text)


def development_secrets(data_dir: Path) -> dict[str, str]:
    """Give the secrets of this machine, made on the first start and readable by their owner only."""
    path = data_dir / "secrets.json"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        made = {name: base64.b64encode(secrets.token_bytes(size)).decode() for name, size in GENERATED.items()}
        made["KOSME_NUMBER_KEYS"] = f"dev1:{made['KOSME_NUMBER_KEYS']}"
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made, indent=2))
        with suppress(FileExistsError):  # of two first starts at once, one wins and both read the same file
            os.link(draft, path)
        draft.unlink()
    return dict(json.loads(path.read_text()))
