"""Form parts whose value is the text that was typed, or a code: shown as typed, judged when it counts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import StopValidation, ValidationError

from kosme_web.domain.code_lists import NATIONALITY, CodeList
from kosme_web.models import DraftRow
from kosme_web.web.languages import LANGUAGES, both, catalogue, each, only, page_language

NUMBER = re.compile("[0-9]{1,4}")


def today() -> date:
    """Give the day in Korea: every rule about dates is about that day."""
    return datetime.now(ZoneInfo("Asia/Seoul")).date()


class BothTranslations:
    """Lets WTForms' own messages ("Not a valid choice.") come in both languages too."""

    gettext = staticmethod(both)

    @staticmethod
    def ngettext(singular: str, plural: str, n: int) -> Markup:
        return each(lambda lang: catalogue(lang).ngettext(singular, plural, n))


class BilingualForm(Form):
    class Meta:
        def get_translations(self, _form: Form) -> BothTranslations:
            return BothTranslations()


class RowForm(BilingualForm):
    """One repeated entry: part of the page's only HTML form, its names begin with the row's prefix."""

    def __init__(self, row: DraftRow, typed: MultiDict[str, str]) -> None:
        super().__init__(typed, prefix=row.prefix)
        self.row = row

    @property
    def entry_name(self) -> str:
        """What the person called it: the school, the company."""
        raise NotImplementedError

    def details(self) -> object:
        """Give the entry as it is published; for a row that was found valid."""
        raise NotImplementedError


class TextField(StringField):
    """A line or a box of text; ``rival`` is what another device typed at the same time."""

    rival: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the last text of the name: a choice is posted after an empty hidden input of its name."""
        if valuelist:
            self.data = valuelist[-1]

    @property
    def text(self) -> str:
        """What was typed, composed, with the blanks around it removed."""
        return unicodedata.normalize("NFC", self.data or "").strip()


class CodeField(TextField):
    """A choice of a code list; ``parent`` names the field of the form that a linked list hangs on."""

    def __init__(
        self,
        label: Markup,
        code_list: CodeList,
        validators: Sequence[object] = (),
        *,
        parent: str | None = None,
        **kwargs: Any,  # noqa: ANN401  WTForms' own
    ) -> None:
        super().__init__(label, [*validators, Listed()], **kwargs)
        self.code_list = code_list
        self.parent = parent
        self.form = kwargs.get("_form")

    @property
    def code(self) -> str | None:
        return self.text or None

    def parent_code(self) -> str | None:
        return self.form[self.parent].data or "" if self.form is not None and self.parent else None

    def options(self) -> Markup:
        """Give every option, both names in each, with ``selected`` put in where the value is."""
        value, parent = self.data or "", self.parent_code()
        if value not in self.code_list or (parent is not None and self.code_list.parent(value) != parent):
            value = ""
        return chosen_of(self.code_list, page_language(), parent, today(), value)

    def choices(self) -> list[tuple[str, Markup]]:
        """Give the choices as pairs of code and name, for radio buttons."""
        return [(code, named(self.code_list, code)) for code in self.code_list.current(today())]


class TickField(TextField):
    """A check box. It is posted after an empty hidden input of its name, so that "off" is an answer too."""

    @property
    def is_on(self) -> bool:
        return bool(self.data)


def _ordered(first: str) -> list[str]:
    """Give the languages, the page's first."""
    return sorted(LANGUAGES, key=lambda lang: lang != first)


def doubled(code_list: CodeList, code: str, first: str) -> str:
    """Give both names in one text, the page's language first, for an ``<option>``."""
    names = [code_list.label(code, lang) for lang in _ordered(first)]
    if code_list.is_stopped(code, today()):
        marks = [only("no longer issued", lang) for lang in _ordered(first)]
        names = [f"{name} ({mark})" for name, mark in zip(names, marks, strict=True)]
    return names[0] if names[0] == names[1] else " · ".join(names)


@lru_cache(maxsize=4096)
def chosen_of(code_list: CodeList, first: str, parent: str | None, on: date, value: str) -> Markup:
    """Give every option with ``selected`` put in: once per process, day and code, whoever chose it."""
    finished = options(code_list, first, parent, on)
    before, chosen, after = finished.partition(f'value="{value}"')
    if chosen:
        return Markup("{}{} selected{}").format(before, chosen, after)
    gone = Markup('<option value="{}" selected>{}</option>')  # it has left the list, stays readable and chosen
    return gone.format(value, doubled(code_list, value, first)) + finished


@lru_cache(maxsize=2048)
def options(code_list: CodeList, first: str, parent: str | None, on: date) -> Markup:
    """Render every option, once per process and day."""
    if parent is not None:
        codes = code_list.children(parent, on)
    else:
        codes = code_list.by_name(on, first) if code_list is NATIONALITY else code_list.current(on)
    choose = " · ".join(only("Choose", lang) for lang in _ordered(first))
    rows = [("", choose), *((code, doubled(code_list, code, first)) for code in codes)]
    return Markup().join(Markup('<option value="{}">{}</option>').format(*row) for row in rows)


@lru_cache(maxsize=4096)
def named(code_list: CodeList, code: str) -> Markup:
    """Give the name of a code as a pair."""
    return each(lambda lang: code_list.full_label(code, lang))


class Listed:
    """The code is offered today, or was offered once; and it is of the part that the parent's choice leaves."""

    def __call__(self, _form: Form, field: CodeField) -> None:
        code = field.data
        if not code:
            return
        parent = field.parent_code()
        codes, day = field.code_list, today()
        is_known = code in codes and (code in codes.current(day) or codes.is_stopped(code, day))
        if not is_known or (parent is not None and codes.parent(code) != parent):
            raise ValidationError(both("Choose one of the list"))


class Required:
    """Something other than blanks must be there; marks the control as required."""

    field_flags = {"required": True}  # noqa: RUF012  WTForms reads it so

    def __init__(self, message: Markup) -> None:
        self.message = message

    def __call__(self, _form: Form, field: TextField) -> None:
        if not field.text:
            raise StopValidation(self.message)


class Between:
    """A whole number within bounds, in a text field: a draft keeps whatever was typed."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, _form: Form, field: TextField) -> None:
        text = ascii_digits(field.text)
        if text and not (NUMBER.fullmatch(text) and self.low <= int(text) <= self.high):
            raise ValidationError(both("Write a number from %(low)s to %(high)s", low=self.low, high=self.high))


class AtMost:
    """No longer than so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: TextField) -> None:
        count = len(field.text)
        if count > self.most:
            raise ValidationError(
                both("Write at most %(most)s characters; there are %(count)s", most=self.most, count=count)
            )


def ascii_digits(text: str) -> str:
    """Turn full-width digits into plain ones; everything else stays."""
    return unicodedata.normalize("NFKC", text).strip()


def whole_number(field: TextField) -> int | None:
    """Give the number of a field that was found valid."""
    text = ascii_digits(field.text)
    return int(text) if NUMBER.fullmatch(text) else None


@dataclass(frozen=True)
class Complaint:
    """One thing to put right: where, of which entry (as the person called it), and what to do."""

    anchor: str
    text: Markup
    entry: str = ""


def complaints_of(form: Form, entry: str = "") -> list[Complaint]:
    """Give what a judged form complains of, in its order."""
    return [Complaint(field.id, field.errors[0], entry) for field in form if field.errors]


def draft_id_of() -> UUID:
    """Give the draft that the request is about."""
    return cast("UUID", (request.view_args or {})["draft_id"])
