"""The addresses of our own copy: while juso.go.kr is away, in its place, and while somebody types."""

from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

from kosme_web.address_index import AddressIndex, Found, QuestionError, Why
from kosme_web.domain.address_codes import join
from kosme_web.providers.address_search.types import Address, Addresses, Refusal, SearchRefusedError
from kosme_web.providers.http import ProviderUnavailableError

REFUSALS = {
    Why.EMPTY: Refusal.EMPTY,
    Why.TOO_SHORT: Refusal.TOO_SHORT,
    Why.TOO_BROAD: Refusal.TOO_BROAD,
    Why.TOO_LONG: Refusal.TOO_LONG,
    Why.ONLY_DIGITS: Refusal.ONLY_DIGITS,
    Why.TOO_FAR: Refusal.TOO_FAR,
}


class NoCopyError(ProviderUnavailableError):
    """No addresses have been imported here."""


@dataclass(frozen=True)
class LocalAddressSearch:
    """Answers like the service, from the index."""

    index: AddressIndex = field(repr=False)

    def search(self, keyword: str, page: int = 1, size: int = 10) -> Addresses:
        """Give one page of addresses, each in both languages; raises SearchRefusedError, NoCopyError."""
        try:
            found = self.index.search(keyword, page, size)
        except QuestionError as error:
            raise SearchRefusedError(REFUSALS[error.why]) from None
        except DBAPIError as error:
            raise ProviderUnavailableError(type(error).__name__) from None
        if found is None:
            raise NoCopyError("no addresses have been imported")
        return Addresses(found.total, tuple(map(address_of, found.rows)), found.as_of)


def address_of(found: Found) -> Address:
    return Address(
        road=found.road,
        reference=found.reference,
        english=found.english,
        lot=found.lot,
        postal_code=found.zip,
        is_apartment=found.is_apartment,
        is_official=found.is_official,
        codes=join(found.code, found.road_code, found.number),
    )
