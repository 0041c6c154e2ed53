"""다른 언어로 쓴 글: what a person wrote a second time, in the other language, beside the text it stands for (F57).

It lies in the draft under the field's own name with a mark before its last part, so an entry's goes wherever the entry
goes: reset, removed, copied, taken along.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kosme_web.domain.names import has_hangul
from kosme_web.models import Draft, DraftRow
from kosme_web.services.draft_rows import ROW_LIMITS, shown_rows

MARK = "second_"
OF_PAGE = ("title", "gap_reason")
PROSE = (*OF_PAGE, "coursework", "duties")  # what a reader of Korean expects in Korean; names may be of any language
_OF_SCHOOL = ("university", "department", "major", "coursework")
OF_ROW: Mapping[str, tuple[str, ...]] = {
    "education": _OF_SCHOOL,
    "overseas": _OF_SCHOOL,
    "work": ("company_name", "company_department", "rank_other", "duties"),
}


class Pair(NamedTuple):
    """A text, under the last part of its field's name, and what was written for it in the other language."""

    prefix: str
    name: str
    text: str
    second: str

    @property
    def field(self) -> str:
        """The name under which the second text lies."""
        return self.prefix + MARK + self.name


def pairs_of(draft: Draft, row: DraftRow | None = None) -> Iterator[Pair]:
    """Give every text of the page, or of an entry, that may be said in another language, if it is there."""
    prefix, names = (row.prefix, OF_ROW[row.kind]) if row else ("", OF_PAGE)
    for name in names:
        text = draft.fields.text(prefix + name).strip()
        if text:
            yield Pair(prefix, name, text, draft.fields.text(prefix + MARK + name).strip())


def all_pairs(draft: Draft) -> Iterator[Pair]:
    yield from pairs_of(draft)
    for kind in ROW_LIMITS:
        for row in shown_rows(draft, kind):
            yield from pairs_of(draft, row)


def seconds_of(draft: Draft, row: DraftRow | None = None) -> dict[str, str] | None:
    """Give what is published of them: the second texts by name, or nothing."""
    return {pair.name: pair.second for pair in pairs_of(draft, row) if pair.second} or None


def choose(text: str, seconds: Mapping[str, str] | None, name: str, lang: str) -> str:
    """Give the text that is in the language, if one of the two is: Hangul for Korean, none for any other."""
    second = (seconds or {}).get(name, "")
    wants_hangul = lang == "ko"
    if text and second and has_hangul(text) != wants_hangul and has_hangul(second) == wants_hangul:
        return second
    return text


def is_foreign(text: str, name: str, lang: str) -> bool:
    """Whether a reader of the language meets another one in what was chosen: nothing was written in theirs (N23)."""
    if lang != "ko":
        return has_hangul(text)
    return name in PROSE and not has_hangul(text) and any(map(str.isalpha, text))
