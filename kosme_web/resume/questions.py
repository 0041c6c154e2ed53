"""등록 전 질문: what publishing asks once the answers are complete: a visa that is over (N19), gaps (N24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup

from kosme_web.domain import visa_rules
from kosme_web.domain.code_lists import VISA_PAST_REASON
from kosme_web.domain.gaps import gaps
from kosme_web.domain.months import Period, YearMonth
from kosme_web.domain.visa_rules import Expiry
from kosme_web.models import Draft
from kosme_web.resume.forms.education import EducationBase
from kosme_web.resume.forms.resume import ResumePage, posted_text
from kosme_web.resume.forms.work_experience import WorkRow
from kosme_web.services.drafts import write
from kosme_web.web.formats import today
from kosme_web.web.options import named

NAMES = ("visa_past_reason", "gap_reason", "gap_silent")
MOST_REASON = 300


@dataclass(frozen=True)
class Questions:
    """What is asked about this draft, and what was answered."""

    is_visa_past: bool
    gaps: list[Period]
    answers: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether publishing still waits for an answer: only the one about the visa is needed."""
        return self.is_visa_past and self.answers["visa_past_reason"] not in VISA_PAST_REASON

    @property
    def reasons(self) -> list[tuple[str, Markup]]:
        return [(code, named(VISA_PAST_REASON, code)) for code in VISA_PAST_REASON.codes]

    def details(self) -> dict[str, str | None]:
        """Give what the published résumé says of them; an answer to what is not asked any more is left out."""
        reason = self.answers["visa_past_reason"] if self.is_visa_past else None
        return {"visa_past_reason": reason, "gap_reason": self.answers["gap_reason"][:MOST_REASON] or None}


def questions(page: ResumePage) -> Questions:
    basics, fields = page.basic_information, page.draft.fields
    is_past = visa_rules.expiry(basics.visa.text, basics.visa_expires_on, today()) is Expiry.PAST
    answers = {name: fields.text(name).strip() for name in NAMES}
    return Questions(is_past, [] if answers["gap_silent"] else _gaps(page), answers)


def _gaps(page: ResumePage) -> list[Period]:
    schools = [cast("EducationBase", row) for row in page.shown("education", "overseas")]
    jobs = [cast("WorkRow", row) for row in page.shown("work")] if page.is_experienced else []
    periods = [Period(row.entered, row.left) for row in schools if row.entered]
    periods += [Period(row.started, row.ended) for row in jobs if row.started]
    return gaps(periods, YearMonth.of(today()))


def take_answers(draft: Draft) -> None:
    """Put what was answered into the draft; a page that does not ask changes nothing."""
    posted = {name: posted_text(name) for name in NAMES}
    write(draft, {name: text[:MOST_REASON] for name, text in posted.items() if text is not None})
