"""Bounds on what costs money or can be guessed: log-ins, codes, name checks; without the store nothing passes."""

import structlog
from limits import RateLimitItem
from werkzeug.exceptions import ServiceUnavailable

from kosme_web.extensions import limiter

log = structlog.get_logger()


def is_within(limit: RateLimitItem, *bucket: str) -> bool:
    """Count one try in the bucket and tell whether it is still allowed; 503 when the store is away."""
    try:
        return limiter.hit(limit, *bucket)
    except Exception as error:  # each store raises errors of its own
        log.exception("rate limit store unavailable", error=type(error).__name__)
        raise ServiceUnavailable from None
