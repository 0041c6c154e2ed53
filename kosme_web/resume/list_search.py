"""목록에서 찾기: finds a nationality, or an industry, by any part of its name in either language, or by its code."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from markupsafe import Markup

from kosme_web.domain.code_lists import INDUSTRY, NATIONALITY, SUB_INDUSTRY, CodeList
from kosme_web.domain.code_lists.lookup import MOST, look_up
from kosme_web.web.formats import today
from kosme_web.web.languages import both
from kosme_web.web.options import named

TEXT = "list_text"
CHOICE = "list_choice"


@dataclass(frozen=True)
class Hit:
    """One row of the answer: what its button posts, its name, and what it is part of."""

    code: str
    name: Markup
    part_of: Markup


@dataclass(frozen=True)
class ListSearch:
    """The open search: over which lists, where it asks, and what the answer of a choice replaces."""

    title: Markup
    label: Markup
    lists: tuple[CodeList, ...]
    urls: Mapping[str, str]  # of the search and of the choice
    target: str

    @property
    def text(self) -> str:
        return request.form.get(TEXT, "")

    @property
    def hits(self) -> list[Hit]:
        """Give what the text may mean; before anything is typed, what is few enough to be read through."""
        if not self.text.strip():
            first = self.lists[0]
            return [_hit(first, code) for code in first.current(today())] if len(first) < MOST else []
        found = (_hit(one, code) for one in self.lists for code in look_up(one, self.text, today()))
        return list(found)[:MOST]


def _hit(code_list: CodeList, code: str) -> Hit:
    section = named(INDUSTRY, code_list.parent(code)) if code_list is SUB_INDUSTRY else Markup()
    return Hit(code, named(code_list, code), section)


def nationality_search(urls: Mapping[str, str]) -> ListSearch:
    return ListSearch(
        both("Find a nationality"),
        both("Part of the name in Korean or English, or the code"),
        (NATIONALITY,),
        urls,
        "#nationality-place",
    )


def industry_search(urls: Mapping[str, str], prefix: str) -> ListSearch:
    return ListSearch(
        both("Find an industry"),
        both("Part of the name in Korean or English"),
        (INDUSTRY, SUB_INDUSTRY),
        urls,
        f"#{prefix}industry-place",
    )


def chosen_nationality() -> dict[str, str]:
    code = request.form.get(CHOICE, "")
    return {"nationality": code} if code in NATIONALITY.current(today()) else {}


def chosen_industry(prefix: str, detail: str) -> dict[str, str]:
    """Give what choosing a section or a division writes; a detail that is still of the section stays."""
    code = request.form.get(CHOICE, "")
    if code in SUB_INDUSTRY:
        return {f"{prefix}industry": SUB_INDUSTRY.parent(code), f"{prefix}sub_industry": code}
    if code not in INDUSTRY:
        return {}
    stays = detail in SUB_INDUSTRY and SUB_INDUSTRY.parent(detail) == code
    return {f"{prefix}industry": code, f"{prefix}sub_industry": detail if stays else ""}
