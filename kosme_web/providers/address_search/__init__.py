"""주소검색: road-name addresses from juso.go.kr."""

from kosme_web.providers.address_search.client import AddressSearch, CachedAddressSearch
from kosme_web.providers.address_search.types import (
    Address,
    Addresses,
    KeyExpiredError,
    KeyNotApprovedError,
    Refusal,
    SearchRefusedError,
    SystemFailedError,
)

__all__ = [
    "Address",
    "AddressSearch",
    "Addresses",
    "CachedAddressSearch",
    "KeyExpiredError",
    "KeyNotApprovedError",
    "Refusal",
    "SearchRefusedError",
    "SystemFailedError",
]
