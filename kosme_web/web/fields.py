"""Form parts whose value is the text that was typed, or a code: shown as typed, judged when it counts."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import StopValidation, ValidationError

from kosme_web.domain.code_lists import CodeList
from kosme_web.models import DraftRow
from kosme_web.web.formats import today
from kosme_web.web.languages import both, catalogue, each, page_language
from kosme_web.web.options import chosen_of, named

NUMBER = re.compile("[0-9]{1,4}")


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


@dataclass(frozen=True, slots=True)
class Texts:
    """What was typed into one entry: the texts of the page whose names begin with its prefix."""

    typed: Mapping[str, str]
    prefix: str

    def raw(self, name: str) -> str:
        return self.typed.get(self.prefix + name, "")

    def __getitem__(self, name: str) -> str:
        return composed(self.raw(name))


def composed(text: str) -> str:
    """Give what was typed with each letter as one character, and without the blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


class RowForm(BilingualForm):
    """One repeated entry: part of the page's only HTML form, its names begin with the row's prefix.

    ``shown`` names what its heading and parts say of the texts typed in it; the template prints ``form.says``.
    """

    name_field: ClassVar[str]
    shown: ClassVar[Mapping[str, Callable[[Texts], Markup]]] = {}

    def __init__(self, row: DraftRow, typed: MultiDict[str, str]) -> None:
        super().__init__(typed, prefix=row.prefix)
        self.row = row
        self.texts = Texts(typed, row.prefix)

    def says(self, name: str) -> Markup:
        return self.shown[name](self.texts)

    @property
    def entry_name(self) -> str:
        """What the person called it: the school, the company."""
        return self.texts[self.name_field]

    def details(self) -> object:
        """Give the entry as it is published; for a row that was found valid."""
        raise NotImplementedError


class TextField(StringField):
    """A line or a box of text; ``rival`` is what was typed elsewhere at the same time."""

    rival: str | None = None
    is_refused = False  # the text that is shown was typed here, and what the draft holds is the other one

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the last text of the name: a choice is posted after an empty hidden input of its name."""
        if valuelist:
            self.data = valuelist[-1]

    @property
    def text(self) -> str:
        """What was typed, composed, with the blanks around it removed."""
        return composed(self.data or "")

    def checked_at(self, value: str) -> Markup:
        """Give the attribute of the radio button of that value."""
        return checked_if(self.data == value)


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

    @property
    def list_name(self) -> str:
        """Name the list if it is the same whatever else is chosen: an added entry takes it from the page."""
        return "" if self.parent else self.code_list.name

    def parent_code(self) -> str | None:
        return self.form[self.parent].data or "" if self.form is not None and self.parent else None

    def options(self) -> Markup:
        """Give every option, both names in each, with ``selected`` put in where the value is."""
        return self.options_for(self.data or "", self.parent_code(), page_language(), today())

    def options_for(self, value: str, parent: str | None, first: str, on: date) -> Markup:
        """Give the options as they are for another entry's texts."""
        if value not in self.code_list or (parent is not None and self.code_list.parent(value) != parent):
            value = ""
        return chosen_of(self.code_list, first, parent, on, value)

    def choices(self) -> list[tuple[str, Markup]]:
        """Give the choices as pairs of code and name, for radio buttons."""
        return [(code, named(self.code_list, code)) for code in self.code_list.current(today())]


class TickField(TextField):
    """A check box. It is posted after an empty hidden input of its name, so that "off" is an answer too."""

    @property
    def is_on(self) -> bool:
        return bool(self.data)

    @property
    def checked(self) -> Markup:
        """Give the attribute of a ticked box."""
        return checked_if(self.is_on)


def checked_if(is_on: object) -> Markup:  # a text that was posted is "on"
    return Markup(" checked") if is_on else Markup()


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
