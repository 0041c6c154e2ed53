"""외국인 실명확인: does this name belong to this number, asked of NICE."""

from kosme_web.providers.name_check.client import (
    NameCheck,
    NameCheckAnswer,
    NameCheckResult,
    NameNotEncodableError,
)
from kosme_web.providers.name_check.keys import CryptoKeys

__all__ = ["CryptoKeys", "NameCheck", "NameCheckAnswer", "NameCheckResult", "NameNotEncodableError"]
