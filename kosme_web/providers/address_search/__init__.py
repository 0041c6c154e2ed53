"""주소검색: road-name addresses from juso.go.kr, or from our own copy."""

from kosme_web.providers.address_search.client import AddressSearch, CachedAddressSearch
from kosme_web.providers.address_search.local import LocalAddressSearch, NoCopyError
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
    "LocalAddressSearch",
    "NoCopyError",
    "Refusal",
    "SearchRefusedError",
    "SystemFailedError",
]
