"""What goes to the agency and what comes back; what is secret stays out of ``repr``."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kosme_web.providers.http import ProviderError


class Operator(StrEnum):
    SKT = "SKT"
    KT = "KT"
    LGU = "LGU"
    SKT_MVNO = "SKT_MVNO"
    KT_MVNO = "KT_MVNO"
    LGU_MVNO = "LGU_MVNO"


class Method(StrEnum):
    SMS = "SMS"
    APP = "APP"


class Refusal(StrEnum):
    """PortOne's error types that a person can do something about, or that tell a state."""

    INVALID = "INVALID_REQUEST"
    TOO_MANY = "MAX_TRANSACTION_COUNT_REACHED"
    NOT_FOUND = "IDENTITY_VERIFICATION_NOT_FOUND"
    NOT_SENT = "IDENTITY_VERIFICATION_NOT_SENT"
    ALREADY_VERIFIED = "IDENTITY_VERIFICATION_ALREADY_VERIFIED"
    ALREADY_SENT = "IDENTITY_VERIFICATION_ALREADY_SENT"
    BY_AGENCY = "PG_PROVIDER"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to verify; the phone number in digits, ``identity_number`` the first seven digits and never kept."""

    name: str
    phone_number: str
    identity_number: str = field(repr=False)
    ip_address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifiedPerson:
    """What the agency vouches for; all but name and moment may be missing (contract 3.5)."""

    name: str
    verified_at: datetime
    birth_date: date | None
    phone_number: str | None
    ci: str | None = field(repr=False)
    di: str | None = field(repr=False)


class VerificationRefusedError(ProviderError):
    """The agency said no. ``told`` is its own sentence, for the person alone: it is shown, never logged or judged."""

    def __init__(self, refusal: Refusal, told: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.told = told
