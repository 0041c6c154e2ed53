"""What a field of the draft is called, and how its text reads, away from its form."""

from typing import cast

from markupsafe import Markup

from kosme_web.models import DraftRow
from kosme_web.resume.forms.resume import ROW_NAME, ResumePage
from kosme_web.services.second_texts import MARK
from kosme_web.web.fields import TextField
from kosme_web.web.languages import both, each, message, only
from kosme_web.web.options import named

STUDY, WORK = message("Period of study"), message("Period of work")
START, END = message("Start"), message("End")
WHOLES = {  # by how the name begins: what the year, the month and the day are of
    "visa_expires_": (message("Expiration date of Visa"),),
    "entered_": (STUDY, START),
    "left_": (STUDY, END),
    "started_": (WORK, START),
    "ended_": (WORK, END),
}
PARTS = {"year": message("Year"), "month": message("Month"), "day": message("Day")}
OF_QUESTIONS = {
    "visa_past_reason": both("Your visa is over by the date you gave. What applies?"),
    "gap_reason": both("What you did then"),
}


def row_of(page: ResumePage, name: str) -> DraftRow | None:
    """Give the entry that the field belongs to, if it is one of an entry that is there or was removed."""
    match = ROW_NAME.fullmatch(name)
    return page.rows.rows.get(match[2]) if match else None


def label_of(page: ResumePage, name: str) -> Markup:
    """Give the label of the form: of a date, with what it is a part of; of a second text, the one it stands for."""
    prefix, dash, last = name.rpartition("-")
    last = last.removeprefix(MARK)
    whole = next((parts for start, parts in WHOLES.items() if last.startswith(start)), None)
    if whole:
        parts = (*whole, PARTS[last.rpartition("_")[2]])
        return each(lambda lang: " · ".join(only(part, lang) for part in parts))
    field = _field(page, prefix + dash + last)
    return cast("Markup", field.label.text) if field else OF_QUESTIONS.get(last, both("No longer asked for"))


def is_second(name: str) -> bool:
    """Whether it is what was written a second time, in the other language."""
    return name.rpartition("-")[2].startswith(MARK)


def reading_of(page: ResumePage, name: str, text: str) -> Markup:
    """Give the text as the page shows it: a code by its name."""
    code_list = getattr(_field(page, name), "code_list", None)
    if code_list is not None and text in code_list:
        return named(code_list, text)
    return Markup("<bdi>{}</bdi>").format(text)


def _field(page: ResumePage, name: str) -> TextField | None:
    return page.field(name) if name in page.names else None
