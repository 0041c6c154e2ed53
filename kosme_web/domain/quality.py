"""이력서 다듬기: what would make a title or an account of work say more; a suggestion, never an error."""

from enum import StrEnum

from kosme_web.domain.code_lists.code_list import fold

SAYS_NOTHING = ("이력서", "나의 이력서", "외국인 이력서", "résumé", "my resume", "cv", "취업", "구직", "job", "work")
GENERIC = frozenset(map(fold, SAYS_NOTHING))
SHORT_TITLE, SHORT_DUTIES = 4, 20


class Hint(StrEnum):
    TITLE_GENERIC = "TITLE_GENERIC"
    TITLE_SHORT = "TITLE_SHORT"
    DUTIES_MISSING = "DUTIES_MISSING"
    DUTIES_SHORT = "DUTIES_SHORT"


def title_hint(title: str) -> Hint | None:
    """Say what a title lacks; an empty one is an error already."""
    if not title:
        return None
    if fold(title) in GENERIC:
        return Hint.TITLE_GENERIC
    return Hint.TITLE_SHORT if len(title) < SHORT_TITLE else None


def duties_hint(duties: str) -> Hint | None:
    if not duties:
        return Hint.DUTIES_MISSING
    return Hint.DUTIES_SHORT if len(duties) < SHORT_DUTIES else None
