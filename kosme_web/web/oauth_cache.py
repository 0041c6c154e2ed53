"""SNS log-ins under way in a store that several processes share (Authlib's cache mode), instead of in the cookie."""

from typing import cast

import structlog
from redis import Redis, RedisError
from werkzeug.exceptions import ServiceUnavailable

log = structlog.get_logger()


class Cache:
    """Valkey or Redis as Authlib uses it; without it no log-in by a provider begins or ends."""

    def __init__(self, url: str) -> None:
        self.redis = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)

    def get(self, name: str) -> bytes | None:
        return cast("bytes | None", self._do("get", name))

    def set(self, name: str, text: str, seconds: int) -> None:
        self._do("set", name, text, ex=seconds)

    def delete(self, name: str) -> None:
        self._do("delete", name)

    def _do(self, action: str, *words: str, **more: int) -> object:
        try:
            return getattr(self.redis, action)(*words, **more)
        except RedisError as error:
            log.exception("oauth cache unavailable", error=type(error).__name__)
            raise ServiceUnavailable from None
