"""외국인 실명확인: does this name belong to this number, asked of NICE."""

from kosme_web.providers.name_check.client import NameCheck
from kosme_web.providers.name_check.keys import CryptoKeys
from kosme_web.providers.name_check.types import (
    NameCheckAnswer,
    NameCheckClosedError,
    NameCheckResult,
    NameFormat,
    NameNotEncodableError,
)

__all__ = [
    "CryptoKeys",
    "NameCheck",
    "NameCheckAnswer",
    "NameCheckClosedError",
    "NameCheckResult",
    "NameFormat",
    "NameNotEncodableError",
]
