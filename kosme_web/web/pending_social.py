"""The SNS account somebody came with while signing up or linking: in the browser's own session, for two hours."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import session

from kosme_web.services.social_accounts import SocialIdentity
from kosme_web.web.social_log_in import Arrival

KEY = "social"
SECONDS = 7200


@dataclass(frozen=True)
class Pending:
    """An identity that opens nothing yet, and what its profile proposes for the forms. No token is in it."""

    provider: str
    issuer: str
    subject: str = field(repr=False)
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone_number: str = field(repr=False)
    until: float

    @property
    def identity(self) -> SocialIdentity:
        return SocialIdentity(self.provider, self.issuer, self.subject)


def remember(arrival: Arrival) -> None:
    profile = asdict(arrival.profile)
    session[KEY] = asdict(Pending(arrival.trip.provider.value, **profile, until=time.time() + SECONDS))


def pending() -> Pending | None:
    held: Any = session.get(KEY)
    if not isinstance(held, dict) or held.get("until", 0) < time.time():
        return None
    try:
        return Pending(**held)
    except TypeError:  # of another version of the site
        return None


def forget() -> None:
    session.pop(KEY, None)
