"""A visit to an outside service: what opens the breaker, what closes it, and what is counted and told."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from requests import Request
from structlog.testing import capture_logs

from kosme_web.providers import metrics
from kosme_web.providers.breaker import Breaker, ServiceRestsError
from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
)
from kosme_web.providers.service import SECONDS, OutsideService
from kosme_web.web import request_log
from tests.providers.wire import nobody


class Clock:
    """A clock that goes only when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock) -> OutsideService:
    return OutsideService("test", Breaker(most_failures=3, rest_seconds=10, clock=clock))


def visit(service: OutsideService, error: BaseException | None = None) -> None:
    with service.visit():
        if error is not None:
            raise error


def fail(
    service: OutsideService, times: int = 1, error: Callable[[], BaseException] = ProviderUnavailableError
) -> None:
    for _ in range(times):
        with pytest.raises(type(error())):
            visit(service, error())


def test_after_so_many_failures_in_a_row_a_service_is_left_alone(service: OutsideService) -> None:
    fail(service, 3)

    with pytest.raises(ServiceRestsError):
        visit(service)


def test_failures_that_are_not_in_a_row_do_not_count_together(service: OutsideService) -> None:
    fail(service, 2)
    visit(service)
    fail(service, 2)

    visit(service)


@pytest.mark.parametrize("error", [ProviderAnswerError, ProviderError, ProviderCredentialsError])
def test_whoever_answers_is_there_whatever_is_said(service: OutsideService, error: type[ProviderError]) -> None:
    fail(service, 20, error)

    visit(service)


def test_after_the_rest_one_call_is_let_through_and_its_success_opens_the_way(
    service: OutsideService, clock: Clock
) -> None:
    fail(service, 3)
    clock.now += 10
    with service.visit(), pytest.raises(ServiceRestsError):
        visit(service)

    visit(service)
    assert not service.breaker.is_open


def test_after_the_rest_one_more_failure_is_enough_for_another(service: OutsideService, clock: Clock) -> None:
    fail(service, 3)
    clock.now += 10
    fail(service)
    clock.now += 9.9

    with pytest.raises(ServiceRestsError):
        visit(service)


def test_a_mistake_of_ours_in_the_call_that_was_let_through_does_not_close_the_way_for_good(
    service: OutsideService, clock: Clock
) -> None:
    fail(service, 3)
    clock.now += 10
    fail(service, error=ZeroDivisionError)
    clock.now += 10

    visit(service)


@pytest.mark.parametrize(("wish", "rest"), [(30.0, 30.0), (86_400.0, 60.0)])
def test_a_service_that_names_a_time_is_left_alone_until_then_within_reason(
    service: OutsideService, clock: Clock, wish: float, rest: float
) -> None:
    def busy() -> ProviderUnavailableError:
        error = ProviderUnavailableError(503)
        error.retry_after = wish
        return error

    fail(service, error=busy)
    clock.now += rest - 0.1
    with pytest.raises(ServiceRestsError):
        visit(service)
    clock.now += 0.1

    visit(service)


def test_of_many_threads_one_tries_after_the_rest(service: OutsideService, clock: Clock) -> None:
    fail(service, 3)
    clock.now += 10
    together, outcomes = Barrier(8), []

    def come() -> None:
        together.wait()
        try:
            with service.visit():
                together.wait()  # the visit lasts until every other thread has had its answer
        except ServiceRestsError:
            outcomes.append("resting")
            together.wait()
        else:
            outcomes.append("tried")

    threads = [Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["resting"] * 7 + ["tried"]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "ok"),
        (ProviderError(), "refused"),
        (ProviderAnswerError(), "broken"),
        (ProviderCredentialsError(), "credentials"),
        (ProviderUnavailableError(), "unavailable"),
        (ZeroDivisionError(), "crash"),
    ],
)
def test_every_visit_is_counted_by_its_outcome(
    service: OutsideService, error: BaseException | None, outcome: str
) -> None:
    labels = {"provider": "test", "outcome": outcome}
    before = metrics.REGISTRY.get_sample_value("kosme_provider_calls_total", labels) or 0
    if error is None:
        visit(service)
    else:
        fail(service, error=lambda: error)

    assert metrics.REGISTRY.get_sample_value("kosme_provider_calls_total", labels) == before + 1


def test_a_resting_service_shows_in_the_figures(service: OutsideService) -> None:
    fail(service, 3)
    assert metrics.REGISTRY.get_sample_value("kosme_provider_resting", {"provider": "test"}) == 1

    service.breaker.succeed()
    visit(service)
    assert metrics.REGISTRY.get_sample_value("kosme_provider_resting", {"provider": "test"}) == 0


def test_a_refused_key_is_an_alarm_and_a_silent_service_a_warning(service: OutsideService) -> None:
    request_log.configure("WARNING")  # whatever level another test has left
    with capture_logs() as lines:
        fail(service, error=lambda: ProviderCredentialsError(401))
        fail(service, error=lambda: ProviderUnavailableError(503))
        fail(service, error=ProviderError)

    shared = {"event": "provider failed", "provider": "test"}
    assert lines == [
        {**shared, "outcome": "credentials", "reason": "401", "log_level": "error"},
        {**shared, "outcome": "unavailable", "reason": "503", "log_level": "warning"},
    ]


def test_the_calls_of_a_visit_share_one_time_limit_of_less_than_six_seconds(service: OutsideService) -> None:
    assert SECONDS <= 5
    with pytest.raises(ProviderUnavailableError), service.visit(seconds=0) as lent:
        lent.ask(Request("GET", nobody()))
