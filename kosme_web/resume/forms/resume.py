"""이력서 작성하기: all forms of the one résumé page, filled from the draft, judged for publishing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from typing import TypeVar

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField

from kosme_web.models import Draft, DraftRow, FieldText
from kosme_web.resume.forms.basic_information import BasicInformation, TitleForm
from kosme_web.resume.forms.education import EducationRow, OverseasEducationRow
from kosme_web.resume.forms.identifier_consent import IdentifierConsentForm
from kosme_web.resume.forms.work_experience import CareerForm, WorkRow
from kosme_web.web.fields import BilingualForm, Required, RowForm, TextField, Texts
from kosme_web.web.member_forms import PlaceForm

ROW_FORMS: dict[str, type[RowForm]] = {
    "education": EducationRow,
    "overseas": OverseasEducationRow,
    "work": WorkRow,
}
PAGE_FORMS: dict[str, type[BilingualForm]] = {  # by the page's attribute
    "title": TitleForm,
    "basic_information": BasicInformation,
    "address": PlaceForm,
    "consent": IdentifierConsentForm,
    "career": CareerForm,
}
AnyForm = TypeVar("AnyForm", bound=BilingualForm)
ROW_NAME = re.compile(r"(education|overseas|work)-([0-9a-f]{12})-[a-z_]+")
ROW_LIKE = re.compile(r"(?:base-)?(?:education|overseas|work)-")


class ResumePage:
    """The page's forms as the draft has them."""

    def __init__(self, draft: Draft, *, refused: Mapping[str, str] | None = None) -> None:
        self.draft = draft
        self.refused = dict(refused or {})  # what met another text or was too long is shown again as it was typed
        self.rows = RowForms(self)

    @cached_property
    def texts(self) -> dict[str, str]:
        """What was typed, by the field's name."""
        return {name: field.value for name, field in self.draft.fields.items()} | self.refused

    @cached_property
    def typed(self) -> MultiDict[str, str]:
        """The same as a form takes it."""
        return MultiDict(self.texts)

    @cached_property
    def title(self) -> TitleForm:
        return self.with_rivals(TitleForm(self.typed))

    @cached_property
    def basic_information(self) -> BasicInformation:
        return self.with_rivals(BasicInformation(self.typed))

    @cached_property
    def address(self) -> PlaceForm:
        return self.with_rivals(PlaceForm(self.typed))

    @cached_property
    def consent(self) -> IdentifierConsentForm:
        return self.with_rivals(IdentifierConsentForm(self.typed))

    @cached_property
    def career(self) -> CareerForm:
        return self.with_rivals(CareerForm(self.typed))

    @cached_property
    def rivals(self) -> dict[str, str]:
        """What was typed elsewhere at the same time, by the field's name: it stands beside what the field shows."""
        return {
            name: field.value if field.rival == self.refused.get(name) else field.rival
            for name, field in self.draft.fields.items()
            if field.rival is not None
        }

    def with_rivals(self, form: AnyForm) -> AnyForm:
        """Put what was typed elsewhere beside what stands in the form."""
        for field in form if self.rivals else ():
            field.rival = self.rivals.get(field.name)
            field.is_refused = field.name in self.refused
        return form

    def field(self, name: str) -> TextField:
        """Give the field of that name, one that the draft has."""
        found: TextField = self.form_with(name)[name.rpartition("-")[2]]
        return found

    def form_with(self, name: str) -> BilingualForm:
        return next(self._forms_with(name))

    def _forms_with(self, name: str) -> Iterator[BilingualForm]:
        row = ROW_NAME.fullmatch(name)
        if row:
            yield self.rows[row[2]]
        else:
            yield from (getattr(self, form) for form, kind in PAGE_FORMS.items() if name in field_names(kind))

    def forms(self) -> Iterator[BilingualForm]:
        """Give every form of the page, in its order."""
        yield from (self.title, self.basic_information, self.address, self.consent, self.career)
        yield from self.rows.values()

    def of_kind(self, *kinds: str) -> list[DraftRow]:
        """Give the entries of those kinds, the removed ones too: their places offer the way back."""
        return [row for row in self.rows.rows.values() if row.kind in kinds]

    def shown_rows(self, *kinds: str) -> list[DraftRow]:
        return [row for row in self.of_kind(*kinds) if not row.is_removed]

    def shown(self, *kinds: str) -> list[RowForm]:
        """Give the forms of the entries that are not removed."""
        return [self.rows[row.id] for row in self.shown_rows(*kinds)]

    def entry_name(self, row: DraftRow) -> str:
        """What the person called the entry, without making a form for it."""
        return Texts(self.texts, row.prefix)[ROW_FORMS[row.kind].name_field]

    def has_rivals(self, prefix: str) -> bool:
        return any(name.startswith(prefix) for name in self.rivals)

    def has_trouble(self, form: str) -> bool:
        """Whether one of the page's forms was judged and complains, or holds another device's texts."""
        made: BilingualForm | None = vars(self).get(form)
        return bool(made and made.errors) or not self.rivals.keys().isdisjoint(field_names(PAGE_FORMS[form]))

    @property
    def is_experienced(self) -> bool:
        return Texts(self.texts, "")["career_kind"] == "EXPERIENCED"

    @cached_property
    def names(self) -> frozenset[str]:
        """The name of every field, without making a form for it."""
        rows = (row.prefix + name for row in self.draft.rows.values() for name in field_names(ROW_FORMS[row.kind]))
        return frozenset(chain(rows, *(field_names(form) for form in PAGE_FORMS.values())))

    def posted(self) -> dict[str, str]:
        """Give the posted texts of this draft's own fields; any other name is not looked at.

        A text that the page only sends back as it was shown is not one that was typed: another may stand there by now.
        """
        typed = {name: text for name in request.form if name in self.names and (text := posted_text(name)) is not None}
        return {name: text for name, text in typed.items() if set(posted_texts(f"base-{name}")) != {text}}

    def homeless(self) -> list[str]:
        """Give the posted fields of entries that are no longer in the draft."""
        found = (ROW_NAME.fullmatch(name) for name in request.form)
        return [match[0] for match in found if match and match[2] not in self.rows]


class RowForms(Mapping[str, RowForm]):
    """The forms of the entries in their order, each made when it is first asked for: most answers show one."""

    def __init__(self, page: ResumePage) -> None:
        self.page = page
        self.rows = {row.id: row for row in sorted(page.draft.rows.values(), key=lambda row: row.position)}
        self.made: dict[str, RowForm] = {}

    def __getitem__(self, row_id: str) -> RowForm:
        if row_id not in self.made:
            row = self.rows[row_id]
            self.made[row_id] = self.page.with_rivals(ROW_FORMS[row.kind](row, self.page.typed))
        return self.made[row_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@cache
def field_names(form: type[BilingualForm]) -> frozenset[str]:
    """Give the names of the fields that a class of forms declares."""
    return frozenset(name for name in dir(form) if isinstance(getattr(form, name), UnboundField))


@cache
def required_names(form: type[BilingualForm]) -> tuple[str, ...]:
    """Give the names of the fields that must not be empty: those whose validators say so."""
    return tuple(
        name for name in field_names(form) if any(isinstance(one, Required) for one in _validators(form, name))
    )


def _validators(form: type[BilingualForm], name: str) -> Iterator[object]:
    """Give the validators that a declared field was written with, wherever they stand among its arguments."""
    for argument in getattr(form, name).args:
        yield from argument if isinstance(argument, list) else ()


def has_impossible_rows() -> bool:
    """Whether a field came with an entry's id that no page of ours ever had."""
    names = (name.removeprefix("base-") for name in request.form if ROW_LIKE.match(name))
    return not all(ROW_NAME.fullmatch(name) for name in names)


def posted_text(name: str) -> str | None:
    """Give the last text of that name: a check box comes after an empty hidden input of its name."""
    texts = posted_texts(name)
    return texts[-1] if texts else None


def posted_texts(name: str) -> list[str]:
    return [text.replace("\r\n", "\n") for text in request.form.getlist(name)]


def is_base(field: FieldText) -> bool:
    """Whether the draft still holds what the posting page showed, or what it sent before without hearing of it again.

    The script sends these texts; a page without the script knows its version.
    """
    bases = posted_texts(f"base-{field.name}")
    return field.value in bases if bases else field.version <= seen()


def seen() -> int:
    """Give the version of the draft that the posting page showed."""
    text = request.form.get("seen", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
