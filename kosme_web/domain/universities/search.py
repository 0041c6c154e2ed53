"""Finds a university by what has been typed of it: in either language, shortened, by initials, in mid-syllable."""

import re
from collections.abc import Iterable

from kosme_web.domain.typeahead import Typeahead
from kosme_web.domain.universities.school import School

MOST = 8
WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = {"of", "and", "the", "for", "at", "in", "de"}


def acronym(name: str) -> str:
    """Give the first letters of a name's words: "Seoul National University" is SNU."""
    return "".join(word[0] for word in WORD.findall(name) if word.casefold() not in SMALL_WORDS)


class SchoolIndex:
    """All schools of a list, ready to be searched; it never changes."""

    def __init__(self, schools: Iterable[School]) -> None:
        self.schools = tuple(schools)
        self.typeahead = Typeahead(
            (*school.names, *school.others, acronym(school.en or school.foreign)) for school in self.schools
        )

    def search(self, query: str) -> list[School]:
        """Give the schools that were most likely meant, the likeliest first."""
        found = self.typeahead.search(query)
        ordered = sorted(found, key=lambda place: (found[place], self._order(place), place))
        return [self.schools[place] for place in ordered[:MOST]]

    def _order(self, place: int) -> tuple[bool, int]:
        """Graduate schools after their universities, branches after the main campus: their names are longer."""
        school = self.schools[place]
        return bool(school.ko and not school.kind), len(school.ko or school.foreign)
