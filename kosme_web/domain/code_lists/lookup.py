"""Finds rows of a code list by any part of their code or of their names, in either language."""

from datetime import date
from functools import cache

from kosme_web.domain.code_lists.code_list import LANGUAGES, CodeList
from kosme_web.domain.typeahead import Typeahead

MOST = 30  # rows that a person reads through


def look_up(code_list: CodeList, text: str, on: date) -> list[str]:
    """Give the codes that a person may mean, of those that may be chosen on that day; the likeliest first."""
    found = typeahead_of(code_list).search(text)
    current = set(code_list.current(on))
    codes = code_list.codes
    return [codes[place] for place in sorted(found, key=lambda place: (found[place], place)) if codes[place] in current]


@cache
def typeahead_of(code_list: CodeList) -> Typeahead:
    others: dict[str, list[str]] = {code: [] for code in code_list.codes}
    for alias, code in code_list.aliases.items():
        others[code].append(alias)
    return Typeahead(
        (
            code,
            *(code_list.label(code, lang) for lang in LANGUAGES),
            *(code_list.full_label(code, lang) for lang in LANGUAGES),
            *others[code],
        )
        for code in code_list.codes
    )
