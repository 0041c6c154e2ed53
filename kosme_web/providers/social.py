"""What an account at a provider says of a person, whoever the provider is; nothing in it is taken as proven."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.service import OutsideService, Visit

LONGEST_SUBJECT = 255


class NoticeError(Exception):
    """A notice that does not come from the provider, or that nobody can read."""


@dataclass(frozen=True)
class Profile:
    """Issuer and subject are the identity; the rest is a proposal for a form, empty where nothing was given."""

    issuer: str
    subject: str = field(repr=False)
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone_number: str = field(default="", repr=False)


class SocialService(Protocol):
    """The API of a provider; what Authlib brought a token for, and ``release``, which ends a link without the person.

    Each asks within one visit of ``service``. ``release`` tells whether the provider has a way to do so.
    """

    @property
    def service(self) -> OutsideService: ...
    @property
    def seconds(self) -> float: ...
    def profile(self, token: Mapping[str, Any], visit: Visit) -> Profile: ...
    def unlink(self, access_token: str, subject: str) -> None: ...
    def release(self, subject: str) -> bool: ...


def subject_of(value: object) -> str:
    """Give the id as text with all its digits; anything that cannot be an id breaks the contract."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.isprintable() or not 0 < len(text) <= LONGEST_SUBJECT:
        raise ProviderAnswerError("no subject")
    return text


def text_of(value: object, most: int) -> str:
    """Give a text that may be shown and typed over; whatever is none, or too long for its field, is left out."""
    return value if isinstance(value, str) and value.isprintable() and len(value) <= most else ""
