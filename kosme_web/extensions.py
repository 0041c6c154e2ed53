"""The Flask extensions, created once and bound to an app by ``create_app``."""

import ipaddress
from typing import Any

from flask import Flask, request
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from limits import RateLimitItem
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

import kosme_web.models  # noqa: F401  registers the tables
from kosme_web.models import sqlite
from kosme_web.models.base import Base

csrf = CSRFProtect()
db = SQLAlchemy(metadata=Base.metadata)
login_manager = LoginManager()
migrate = Migrate()
compress = Compress()


def client_address() -> str:
    """Name the bucket of the client: its IPv4 address, or its IPv6 network of 64 bits."""

    address = request.remote_addr or "unknown"
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    is_v6 = isinstance(parsed, ipaddress.IPv6Address)
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if is_v6 else address


class RateLimiter:
    """Counts tries in the store that the configuration names: memory, or Redis for several processes."""

    def init_app(self, app: Flask) -> None:
        self._windows = FixedWindowRateLimiter(storage_from_string(app.config["RATELIMIT_STORAGE_URI"]))

    def hit(self, limit: RateLimitItem, *bucket: str) -> bool:
        """Count one try in the bucket and tell whether it is within the limit."""
        return self._windows.hit(limit, *bucket)

    def reset(self) -> None:
        self._windows.storage.reset()


limiter = RateLimiter()


def engine_options(database_url: str) -> dict[str, Any]:
    """Give what the engine of this database is made with; no error text ever holds what was typed."""
    is_sqlite = database_url.startswith("sqlite")
    return {"hide_parameters": True, **({"connect_args": {"factory": sqlite.LiningUp}} if is_sqlite else {})}
