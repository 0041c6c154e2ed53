"""One university, college or campus."""

from dataclasses import dataclass
from datetime import date

from kosme_web.domain.code_lists import SIDO

LONGEST = 100  # characters that a name may have in a résumé


@dataclass(frozen=True, slots=True)
class School:
    """Its names by language (a foreign one has a single name, of no language) and what picking it tells besides."""

    ko: str = ""
    en: str = ""
    foreign: str = ""
    kind: str = ""  # of UNIV_KIND
    region: str = ""  # of SIDO
    country: str = ""  # of COUNTRY
    others: tuple[str, ...] = ()  # old names and abbreviations that people type
    campus: str = ""  # as the official list calls it
    gone_on: date | None = None  # the first official list without it

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.ko, self.en, self.foreign)))

    @property
    def text(self) -> str:
        """What picking it writes: the same, whichever language the page is in."""
        first, *rest = self.names
        whole = f"{first} ({rest[0]})" if rest else first
        return whole if len(whole) <= LONGEST else first

    def region_on(self, day: date) -> str:
        """Give the region as it may be chosen on that day."""
        if self.region and SIDO.is_stopped(self.region, day):
            return SIDO.replaced_by(self.region) or self.region
        return self.region
