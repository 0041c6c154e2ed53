"""이력서 등록 전 확인: everything that keeps the résumé from being published, in the order of the page."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from kosme_web.models import DraftRow
from kosme_web.resume.forms.basic_information import BasicInformation, TitleForm
from kosme_web.resume.forms.identifier_consent import IdentifierConsentForm
from kosme_web.resume.forms.resume import ROW_FORMS, ResumePage, required_names
from kosme_web.resume.forms.work_experience import CareerForm
from kosme_web.resume.number_field import NumberField
from kosme_web.services import registration_numbers
from kosme_web.web.fields import BilingualForm, Complaint, RowForm, Texts, complaints_of
from kosme_web.web.languages import both
from kosme_web.web.member_forms import PlaceForm

SECTIONS = (
    ("title", both("Title of Resume")),
    ("basics", both("Basic Information")),
    ("address-section", both("Address and types")),
    ("photo", both("Photo")),
    ("consent", both("Consent")),
    ("education", both("Education")),
    ("work", both("Work Experience")),
)
OTHER_NAME = both("This is not the name that was checked. Write the checked name, or have this one checked")


def complaints(page: ResumePage, number: NumberField) -> list[Complaint]:
    """Judge every part that is shown, so that every error is told at once."""
    found = _of(page.title) + _of(page.basic_information) + _of_number(page, number)
    found += _of(page.address) + _of(page.consent)
    schools = page.shown("education", "overseas")
    if not schools:
        found.append(Complaint("education", both("Add at least one university")))
    for row in schools:
        found += _of(row, row.entry_name)
    found += _of(page.career)
    if page.is_experienced:
        jobs = page.shown("work")
        if not jobs:
            found.append(Complaint("work", both("Add a job, or choose newcomer")))
        for row in jobs:
            found += _of(row, row.entry_name)
    return found


def _of(form: BilingualForm | RowForm, entry: str = "") -> list[Complaint]:
    form.validate()
    return complaints_of(form, entry)


def _of_number(page: ResumePage, number: NumberField) -> list[Complaint]:
    if number.problem:
        return [Complaint("registration_front", number.problem)]
    if number.masked is None:
        if number.is_unsaved:
            return []  # the missing consent is complained of already
        return [Complaint("registration_front", both("Enter your foreigner registration number"))]
    english_name = page.basic_information.english_name.text
    if not registration_numbers.is_checked(page.draft, english_name):
        if number.checked_at and english_name:
            return [Complaint("english_name", OTHER_NAME)]
        return [Complaint("name-check-open", both("Have your name checked with this number"))]
    return []


class Section(NamedTuple):
    """A part of the page: where it is, its name, whether it is done, and how much of it is left to check."""

    anchor: str
    name: Markup
    is_done: bool
    left: int


def states(page: ResumePage, number: NumberField, found: list[Complaint]) -> tuple[Section, ...]:
    """Give each section of the page with its state, for the list beside it: done, started, or what is left."""
    rows = page.shown_rows("education", "overseas")
    jobs = page.shown_rows("work") if page.is_experienced else []
    filled = {
        "title": _is_filled(page, TitleForm),
        "basics": _is_filled(page, BasicInformation) and number.masked is not None,
        "address-section": _is_filled(page, PlaceForm),
        "photo": page.draft.photo_id is not None,
        "consent": _is_filled(page, IdentifierConsentForm),
        "education": bool(rows) and _are_filled(page, rows),
        "work": _is_filled(page, CareerForm) and _are_filled(page, jobs) and (bool(jobs) or not page.is_experienced),
    }
    left = {anchor: 0 for anchor, _ in SECTIONS}
    for complaint in found:
        left[_section_of(complaint.anchor, page)] += 1
    return tuple(Section(anchor, name, filled[anchor] and not left[anchor], left[anchor]) for anchor, name in SECTIONS)


def _is_filled(page: ResumePage, form: type[BilingualForm], prefix: str = "") -> bool:
    texts = Texts(page.texts, prefix)
    return all(texts[name] for name in required_names(form))


def _are_filled(page: ResumePage, rows: Sequence[DraftRow]) -> bool:
    return all(_is_filled(page, ROW_FORMS[row.kind], row.prefix) for row in rows)


def _section_of(anchor: str, page: ResumePage) -> str:
    if anchor.startswith(("education", "overseas")):
        return "education"
    if anchor.startswith(("work", "career")):
        return "work"
    if anchor in page.title:
        return "title"
    if anchor in page.address:
        return "address-section"
    return "consent" if anchor in page.consent else "basics"
