"""외국인등록번호 on the page (R-104): two boxes while it is typed, a masked line once it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import g
from markupsafe import Markup

from kosme_web.domain.registration_number import Problem
from kosme_web.extensions import db
from kosme_web.models import Draft
from kosme_web.services import registration_numbers
from kosme_web.services.registration_numbers import CheckMark, Hands
from kosme_web.services.vault import Vault
from kosme_web.web.languages import both
from kosme_web.web.toolbox import toolbox

PROBLEM_TEXTS = {
    Problem.LENGTH: both("Write all 13 digits: 6 in front and 7 behind"),
    Problem.NOT_DIGITS: both("Write digits only"),
    Problem.CITIZEN: both(
        "This looks like a Korean resident number. Write the foreigner registration number on your residence card"
    ),
    Problem.IMPOSSIBLE_DATE: both("The first 6 digits are not a date of birth. Compare them with your residence card"),
    Problem.FUTURE: both("The date of birth lies in the future. Compare the digits with your residence card"),
    Problem.TOO_OLD: both("The date of birth is more than 110 years ago. Compare the digits with your residence card"),
    Problem.UNDER_15: both("A person under 15 may not be employed, so the résumé cannot be published"),
}


def number_problem_text(problem: Problem) -> Markup:
    return PROBLEM_TEXTS[problem]


def hands() -> Hands:
    """Give what this request handles numbers with."""
    return Hands(db.session(), toolbox().vault, g.get("request_id", ""))


@dataclass(frozen=True)
class NumberField:
    """What this one page shows of the number. Typed digits stay out of ``repr``."""

    masked: str | None = None
    checked_at: datetime | None = None
    checked_name: str = ""
    front: str = field(default="", repr=False)
    back: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    problem: Markup | None = None

    @classmethod
    def of(  # noqa: PLR0913
        cls,
        vault: Vault,
        draft: Draft,
        *,
        front: str = "",
        back: str = "",
        token: str = "",
        problem: Markup | None = None,
        mark: CheckMark | None = None,
    ) -> NumberField:
        kept = draft.number
        checked_at, checked_name = (kept.checked_at, kept.checked_name) if kept else (None, None)
        if mark and registration_numbers.bare(f"{front}-{back}") == mark.number:
            checked_at, checked_name = datetime.fromisoformat(mark.checked_at), mark.name
        return cls(
            registration_numbers.masked(vault, draft), checked_at, checked_name or "", front, back, token, problem
        )

    @property
    def is_unsaved(self) -> bool:
        return bool(self.front or self.back or self.token)
