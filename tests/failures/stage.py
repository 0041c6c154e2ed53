"""A site whose every way to the outside leads through a gate, and a member who stands before each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kosme_web.extensions import db, limiter
from kosme_web.models import OutboxMessage
from kosme_web.providers.address_search import CachedAddressSearch
from kosme_web.providers.service import OutsideService
from kosme_web.sandbox.state import State
from kosme_web.web.toolbox import NAME, Toolbox
from tests.failures.gate import Fault, Gate
from tests.people import join, new_resume

WITHIN = 0.3  # seconds a call may take where it is known to take too long; else the usual limit


@dataclass
class Stage:
    """``gates`` by the name of the adapter in the toolbox. A new service needs an adapter there and a row."""

    app: Flask
    sandbox_url: str
    gates: dict[str, Gate]
    memory: State  # of the sandbox
    member: FlaskClient = field(init=False)
    resume: str = field(init=False)

    def __post_init__(self) -> None:
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.usual = self.toolbox = replace(self.toolbox, address_search=replace(self.toolbox.address_search, keeps=0))
        self.member = self.app.test_client()
        join(self.member, self.sandbox_url)
        self.resume = new_resume(self.member)

    @property
    def toolbox(self) -> Toolbox:
        return cast("Toolbox", self.app.extensions[NAME])

    @toolbox.setter
    def toolbox(self, toolbox: Toolbox) -> None:
        self.app.extensions[NAME] = toolbox

    def service(self, adapter: str) -> OutsideService:
        return cast("OutsideService", _bare(getattr(self.usual, adapter)).service)

    def limit(self, adapter: str) -> float:
        return cast("float", _bare(getattr(self.usual, adapter)).seconds)

    def reset(self) -> None:
        """Forget what earlier failures left behind: tries, and services that are left alone."""
        limiter.reset()
        for adapter in self.gates:
            breaker = self.service(adapter).breaker
            breaker.clock = monotonic
            breaker.succeed()
        with self.database() as session:
            session.execute(delete(OutboxMessage))
            session.commit()

    def directly(self, url: str) -> str:
        """Give the address at the sandbox that a gate stands before: a browser goes there by itself."""
        for gate in self.gates.values():
            url = url.replace(gate.url, self.sandbox_url)
        return url

    @contextmanager
    def failing(self, adapter: str, fault: Fault, after: int = 0) -> Iterator[None]:
        """Have the service fail in this way, and be well again afterwards: the site goes on running."""
        gate = self.gates[adapter]
        gate.fail(fault, after)
        if fault.takes_time:
            self.toolbox = replace(self.usual, **{adapter: _hurried(getattr(self.usual, adapter))})
        try:
            yield
        finally:
            self.toolbox = self.usual
            gate.recover()
            self.service(adapter).breaker.clock = lambda: monotonic() + 120  # the rest is over

    @contextmanager
    def database(self) -> Iterator[Session]:
        with self.app.app_context():
            engine = db.engine
        with Session(engine) as session:
            yield session


def _bare(adapter: Any) -> Any:  # noqa: ANN401  any adapter, without the cache before it
    return adapter.service if isinstance(adapter, CachedAddressSearch) else adapter


def _hurried(adapter: Any) -> Any:  # noqa: ANN401  the same service, less patience
    hurried = replace(_bare(adapter), seconds=WITHIN)
    return replace(adapter, service=hurried) if isinstance(adapter, CachedAddressSearch) else hurried
