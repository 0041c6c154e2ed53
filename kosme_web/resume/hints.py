"""확인하면 좋은 것: what looks like a slip or deserves a word before publishing; none of it forbids anything."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import cast

from markupsafe import Markup

from kosme_web.domain import education_rules, quality, visa_rules, work_rules
from kosme_web.domain.code_lists import SIDO
from kosme_web.domain.districts import new_province
from kosme_web.domain.education_rules import EducationWarning
from kosme_web.domain.months import Period, YearMonth
from kosme_web.domain.quality import Hint
from kosme_web.domain.visa_rules import Expiry
from kosme_web.domain.work_rules import Job, WorkWarning
from kosme_web.models import User
from kosme_web.resume.forms.education import EducationBase
from kosme_web.resume.forms.resume import ResumePage
from kosme_web.resume.forms.work_experience import WorkRow
from kosme_web.services.second_texts import pairs_of
from kosme_web.services.typesetting import unprintable
from kosme_web.web.fields import Complaint
from kosme_web.web.formats import today
from kosme_web.web.languages import both, both_n, each, only

SCHOOL_TEXTS = {
    EducationWarning.START_IN_FUTURE: both("These studies begin in the future. Is that right?"),
    EducationWarning.START_TOO_YOUNG: both("These studies began before the age of 14. Is that right?"),
    EducationWarning.VERY_SHORT: both("These studies took less than 3 months. Is that right?"),
    EducationWarning.VERY_LONG: both("These studies took more than 12 years. Is that right?"),
    EducationWarning.EXPECTED_FAR_AWAY: both("Graduation is more than 6 years away. Is that right?"),
}
JOB_TEXTS = {
    WorkWarning.DUPLICATE: both("This job is entered twice with the same months. Is that right?"),
    WorkWarning.OVERLAP: both("This job overlaps with another one. Is that right?"),
}
QUALITY_TEXTS = {
    Hint.TITLE_GENERIC: both("This title fits every résumé. Name the job you want or your field"),
    Hint.TITLE_SHORT: both("The title is very short. Name the job you want or your field"),
    Hint.DUTIES_MISSING: both("Companies read first what you did there. Write your tasks, one a line"),
    Hint.DUTIES_SHORT: both("Say a little more of what you did there: what, for how long, with what result"),
}
OTHER_TYPE = both("With this visa another type of job seeker is usual. Is yours right?")
STUDIES_OVERLAP = both("These studies overlap with others. Is that right?")
NAMELESS = both("The name of the university is missing. Is that right?")
NO_STUDY = both("With a D-2 visa, studies that go on are usual. Check the graduation kinds")
EXPIRY_TEXTS: dict[Expiry, Callable[[int], Markup]] = {
    Expiry.MAY_EXTEND: lambda days: both(
        "Your stay ends in %(days)s days. You may apply for an extension from now on", days=days
    ),
    Expiry.STRONG: lambda days: both_n(
        "Your stay ends in %(n)s day. Apply for an extension now",
        "Your stay ends in %(n)s days. Apply for an extension now",
        days,
    ),
    Expiry.PAST: lambda _: both("The date your visa ends is over. Check it, or renew your stay"),
}


def hints(page: ResumePage, owner: User) -> list[Complaint]:
    """Give every hint, in the order of the page; rows that are not finished yet are left out."""
    person = [*_of_title(page), *_of_visa(page), *_of_address(page), *_of_type(page)]
    return [*person, *_of_schools(page, owner), *_of_jobs(page), *_of_letters(page)]


def _of_title(page: ResumePage) -> list[Complaint]:
    hint = quality.title_hint(page.title.title.text)
    return [Complaint("title", QUALITY_TEXTS[hint])] if hint else []


def _of_type(page: ResumePage) -> list[Complaint]:
    """Ask about a type of job seeker that is unusual with the visa (N20); what was chosen stays."""
    suggested, chosen = visa_rules.suggested_seeker_type(page.basic_information.visa.text), page.address.seeker_type
    if suggested is None or chosen.text in ("", suggested):
        return []
    return [Complaint("seeker_type", OTHER_TYPE)]


def _of_address(page: ResumePage) -> list[Complaint]:
    new = new_province(page.address.road_address.text)
    return [Complaint("road_address", each(partial(_renamed, new)))] if new else []


def _renamed(province: str, lang: str) -> str:
    name = SIDO.full_label(province, lang)
    return only("A new name is available: %(name)s. Search the address again to use it", lang, name=name)


def _of_visa(page: ResumePage) -> list[Complaint]:
    basics, day = page.basic_information, today()
    ends = basics.visa_expires_on
    text = EXPIRY_TEXTS.get(visa_rules.expiry(basics.visa.text, ends, day))
    return [Complaint("visa_expires_year", text((ends - day).days))] if text and ends else []


def _of_schools(page: ResumePage, owner: User) -> list[Complaint]:
    this_month = YearMonth.of(today())
    rows = [cast("EducationBase", row) for row in page.shown("education", "overseas")]
    dated = [(row, Period(row.entered, row.left)) for row in rows if row.entered]
    found = [Complaint(row.row.anchor, NAMELESS) for row in rows if not row.entry_name]
    for row, period in dated:
        warned = education_rules.warnings(period, row.graduation_kind.text, this_month, owner.birth_date)
        found += [Complaint(row.row.anchor, SCHOOL_TEXTS[one], row.entry_name) for one in warned]
    pairs = education_rules.overlaps([period for _, period in dated])
    for place in sorted(set(chain.from_iterable(pairs))):
        row = dated[place][0]
        found.append(Complaint(row.row.anchor, STUDIES_OVERLAP, row.entry_name))
    kinds = [row.graduation_kind.text for row in rows]
    if rows and education_rules.lacks_current_study(page.basic_information.visa.text, kinds):
        found.append(Complaint("education", NO_STUDY))
    return found


def _of_jobs(page: ResumePage) -> list[Complaint]:
    if not page.is_experienced:
        return []
    rows = [cast("WorkRow", row) for row in page.shown("work")]
    dated = [(row, Job(row.entry_name, Period(row.started, row.ended))) for row in rows if row.started]
    warned = work_rules.warnings([job for _, job in dated])
    told = {(kind, place) for kind, *places in warned for place in places}
    found = [
        Complaint(dated[place][0].row.anchor, JOB_TEXTS[kind], dated[place][0].entry_name)
        for kind, place in sorted(told, key=lambda one: (one[1], one[0]))
    ]
    thin = [(row, quality.duties_hint(row.duties.text)) for row in rows]
    return found + [Complaint(row.row.anchor, QUALITY_TEXTS[hint], row.entry_name) for row, hint in thin if hint]


def _of_letters(page: ResumePage) -> list[Complaint]:
    """Tell which letters the PDF cannot show, and where they are."""
    kinds = ("education", "overseas", *(("work",) if page.is_experienced else ()))
    places = [("title", "", pairs_of(page.draft))]
    places += [(row.row.anchor, row.entry_name, pairs_of(page.draft, row.row)) for row in page.shown(*kinds)]
    texts = {(anchor, entry): "".join(pair.text + pair.second for pair in pairs) for anchor, entry, pairs in places}
    missing = unprintable("".join(texts.values()))
    found = [(place, [letter for letter in missing if letter in text]) for place, text in texts.items()]
    return [Complaint(anchor, unprintable_text(letters), entry) for (anchor, entry), letters in found if letters]


def unprintable_text(letters: Sequence[str]) -> Markup:
    return both("The PDF cannot show these characters: %(letters)s. Write them another way", letters=" ".join(letters))
