"""Who may see how the site is doing: whoever holds the token; without one, only this machine itself."""

import hmac
import ipaddress

from flask import request

from kosme_web.web.toolbox import settings

FORWARDED = ("X-Forwarded-For", "Forwarded", "Via")  # a proxy on this machine brings everybody


def is_operator() -> bool:
    token = settings().metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
    return _is_loopback(request.remote_addr) and not any(name in request.headers for name in FORWARDED)


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
