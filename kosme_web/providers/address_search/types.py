"""Addresses in both languages, and what a person can change about a search."""

from dataclasses import dataclass
from enum import StrEnum

from kosme_web.providers.http import ProviderAnswerError, ProviderCredentialsError, ProviderError


@dataclass(frozen=True, slots=True)
class Address:
    """One building: its road address in both languages, its lot, its five-digit postal code."""

    road: str
    reference: str
    english: str
    lot: str
    postal_code: str
    is_apartment: bool = False  # then the address is of no use without building and unit
    is_official: bool = True  # its English; else that is written by the rule only
    codes: str = ""  # of the legal quarter, the road and the building, in one text


@dataclass(frozen=True, slots=True)
class Addresses:
    total: int
    rows: tuple[Address, ...]
    as_of: str = ""  # the month of the data, where they are a copy


class Refusal(StrEnum):
    """juso's codes that a person can act on (contract 4)."""

    EMPTY = "E0005"
    TOO_BROAD = "E0006"
    TOO_SHORT = "E0008"
    ONLY_DIGITS = "E0009"
    TOO_LONG = "E0010"
    LONG_NUMBER = "E0011"
    ONLY_SIGNS = "E0012"
    BAD_SIGN = "E0013"
    TOO_FAR = "E0015"


class SearchRefusedError(ProviderError):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class SystemFailedError(ProviderAnswerError):
    """-999: juso.go.kr says itself that it does not work."""


class KeyNotApprovedError(ProviderCredentialsError):
    """E0001: the key is unknown, or that of another product or another site."""


class KeyExpiredError(ProviderCredentialsError):
    """E0014: a development key whose time is over."""


FAULTS: dict[str, type[ProviderAnswerError]] = {
    "-999": SystemFailedError,
    "E0001": KeyNotApprovedError,
    "E0014": KeyExpiredError,
}
