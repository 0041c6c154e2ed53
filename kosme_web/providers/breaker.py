"""A circuit breaker: a service that is down is left alone for a while, so that nobody waits for it in vain."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from kosme_web.providers.http import ProviderUnavailableError

LONGEST_REST = 60.0


class ServiceRestsError(ProviderUnavailableError):
    """The service failed several times in a row and is not asked just now."""


@dataclass
class Breaker:
    """Opens after so many failures in a row; after a rest one call is let through, and decides."""

    most_failures: int = 5
    rest_seconds: float = 15.0
    clock: Callable[[], float] = monotonic  # never jumps with the time of day
    _failures: int = 0
    _rests_until: float | None = None
    _is_trying: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_open(self) -> bool:
        return self._rests_until is not None

    def enter(self) -> None:
        """Let the call through, or raise ServiceRestsError at once."""
        with self._lock:
            if self._rests_until is None:
                return
            if self._is_trying or self.clock() < self._rests_until:
                raise ServiceRestsError
            self._is_trying = True

    def succeed(self) -> None:
        with self._lock:
            self._failures, self._rests_until, self._is_trying = 0, None, False

    def fail(self, retry_after: float | None = None) -> None:
        """Count a failure; a service that names a time is left alone for that time, within reason."""
        with self._lock:
            self._failures += 1
            if self._is_trying or retry_after or self._failures >= self.most_failures:
                self._rests_until = self.clock() + min(retry_after or self.rest_seconds, LONGEST_REST)
            self._is_trying = False
