"""One outside service: its breaker, its figures, its line in the log. Adapters ask within a ``visit``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

import structlog
from requests import Request

from kosme_web.providers import metrics
from kosme_web.providers.breaker import Breaker, ServiceRestsError
from kosme_web.providers.http import (
    ANSWER_BYTES,
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
    Reply,
    ask,
)

SECONDS = 5.0  # for all calls of one visit together; with the page around it a person waits less than 6

log = structlog.get_logger()


@dataclass(frozen=True)
class Visit:
    """All the calls that one question of a person needs: they share one time limit."""

    ends_at: float

    def ask(self, call: Request, size: int = ANSWER_BYTES) -> Reply:
        return ask(call, seconds=self.ends_at - monotonic(), size=size)


OUTCOMES = (
    (ServiceRestsError, "resting"),
    (ProviderUnavailableError, "unavailable"),
    (ProviderCredentialsError, "credentials"),
    (ProviderAnswerError, "broken"),
    (ProviderError, "refused"),  # the service did its part: it said no
    (BaseException, "crash"),  # a mistake of ours
)


def outcome_of(error: BaseException | None) -> str:
    return next((name for kind, name in OUTCOMES if isinstance(error, kind)), "ok")


@dataclass(frozen=True)
class OutsideService:
    """``name`` is a constant of ours; it stands in figures and logs."""

    name: str
    breaker: Breaker = field(default_factory=Breaker)

    @contextmanager
    def visit(self, seconds: float = SECONDS) -> Iterator[Visit]:
        """Lend the service for one question, and note how that ends."""
        began = monotonic()
        failed: BaseException | None = None
        try:
            self.breaker.enter()
            yield Visit(began + seconds)
        except BaseException as error:
            failed = error
            raise
        finally:
            outcome = outcome_of(failed)
            self._move_breaker(outcome, failed)
            self._tell(outcome, failed)
            self._count(outcome, monotonic() - began)

    def _move_breaker(self, outcome: str, error: BaseException | None) -> None:
        """Only silence opens it: whoever answers, even nonsense or no, is there."""
        if outcome in ("unavailable", "crash"):
            self.breaker.fail(getattr(error, "retry_after", None))
        elif outcome != "resting":
            self.breaker.succeed()

    def _tell(self, outcome: str, error: BaseException | None) -> None:
        """Errors of this package hold no text of the provider and nothing of the question."""
        if outcome in ("unavailable", "broken", "credentials"):
            tell = log.error if outcome == "credentials" else log.warning
            tell("provider failed", provider=self.name, outcome=outcome, reason=str(error))

    def _count(self, outcome: str, seconds: float) -> None:
        metrics.CALLS.labels(self.name, outcome).inc()
        metrics.RESTING.labels(self.name).set(self.breaker.is_open)
        if outcome != "resting":
            metrics.SECONDS.labels(self.name).observe(seconds)
