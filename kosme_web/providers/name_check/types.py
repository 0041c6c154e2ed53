"""What the bureau can say, and why it may say nothing."""

from dataclasses import dataclass
from enum import StrEnum

from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderCredentialsError,
    ProviderError,
    ProviderUnavailableError,
)

CLOSED = {str(code) for code in range(1711, 1717)}  # outside the agreed hours
BUSY = {str(code) for code in range(1900, 1907)}  # throttled, or the quota is used up
FAILING = {"E998", "E999", "EAPI2701", "EAPI5001", "EAPI5002"}  # inside NICE, or between NICE and its source
CONTRACT = ("14", "17", "18", "1907", "1908")  # token, clock, client, address, product, period of the contract


class NameCheckResult(StrEnum):
    MATCH = "1"
    NAME_DIFFERS = "2"
    NOT_FOUND = "3"
    PROTECTED = "7"
    MISUSE = "8"


class NameFormat(StrEnum):
    """How NICE wants a foreigner's name; blanks are always trimmed and collapsed."""

    CAPITALS = "capitals"
    AS_TYPED = "as-typed"
    JOINED = "joined"  # capitals without blanks

    def of(self, name: str) -> str:
        words = name.split() if self is NameFormat.AS_TYPED else name.upper().split()
        return ("" if self is NameFormat.JOINED else " ").join(words)


class NameNotEncodableError(ProviderError):
    """The name holds a letter that EUC-KR does not have; nothing was asked."""


class NameCheckClosedError(ProviderError):
    """NICE answers, but not at this hour."""


@dataclass(frozen=True, slots=True)
class NameCheckAnswer:
    result: NameCheckResult
    request_no: str


def gateway_error(code: str) -> ProviderError:
    """Name what a GW_RSLT_CD other than 1200 means."""
    if code in CLOSED:
        return NameCheckClosedError(code)
    if code in BUSY:
        return ProviderUnavailableError(code)
    return ProviderCredentialsError(code) if code.startswith(CONTRACT) else ProviderAnswerError(code)


def service_error(code: object) -> ProviderError:
    """Name what an rsp_cd other than P000 means."""
    known = str(code) if isinstance(code, str) and code.isalnum() else "rsp_cd"
    return ProviderUnavailableError(known) if known in FAILING else ProviderAnswerError(known[:8])
