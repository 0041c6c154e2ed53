"""이력서 작성하기: all forms of the one résumé page, filled from the draft, judged for publishing."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from flask import request
from werkzeug.datastructures import MultiDict

from kosme_web.models import Draft, DraftField
from kosme_web.resume.forms.address import AddressForm
from kosme_web.resume.forms.basic_information import BasicInformation, TitleForm
from kosme_web.resume.forms.education import EducationRow, OverseasEducationRow
from kosme_web.resume.forms.identifier_consent import IdentifierConsentForm
from kosme_web.resume.forms.work_experience import CareerForm, WorkRow
from kosme_web.web.fields import BilingualForm, RowForm

ROW_FORMS: dict[str, type[RowForm]] = {
    "education": EducationRow,
    "overseas": OverseasEducationRow,
    "work": WorkRow,
}
ROW_NAME = re.compile(r"(education|overseas|work)-([0-9a-f]{12})-[a-z_]+")


class ResumePage:
    """The page's forms as the draft has them."""

    def __init__(self, draft: Draft, *, refused: dict[str, str] | None = None) -> None:
        texts = {name: field.value for name, field in draft.fields.items()}
        typed = MultiDict(texts | (refused or {}))  # what was too long to keep is shown again as it was typed
        self.draft = draft
        self.title = TitleForm(typed)
        self.basic_information = BasicInformation(typed)
        self.address = AddressForm(typed)
        self.consent = IdentifierConsentForm(typed)
        self.career = CareerForm(typed)
        self.rows: dict[str, RowForm] = {
            row.id: ROW_FORMS[row.kind](row, typed) for row in sorted(draft.rows.values(), key=lambda row: row.position)
        }
        self._show_rivals()

    def _show_rivals(self) -> None:
        rivals = {name: field.rival for name, field in self.draft.fields.items() if field.rival is not None}
        for field in chain.from_iterable(self.forms()) if rivals else ():
            field.rival = rivals.get(field.name)

    def forms(self) -> Iterator[BilingualForm]:
        """Give every form of the page, in its order."""
        yield from (self.title, self.basic_information, self.address, self.consent, self.career)
        yield from self.rows.values()

    def of_kind(self, *kinds: str) -> list[RowForm]:
        """Give the entries of those kinds, the removed ones too: their places offer the way back."""
        return [form for form in self.rows.values() if form.row.kind in kinds]

    def shown(self, *kinds: str) -> list[RowForm]:
        return [form for form in self.of_kind(*kinds) if not form.row.is_removed]

    @property
    def is_experienced(self) -> bool:
        return self.career.career_kind.text == "EXPERIENCED"

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(field.name for field in chain.from_iterable(self.forms()))

    def posted(self) -> dict[str, str]:
        """Give the posted texts of this draft's own fields; any other name is not looked at."""
        return {name: text for name in request.form if name in self.names and (text := posted_text(name)) is not None}

    def unknown_rows(self) -> set[str]:
        """Give the entries that came with the post but are no longer in the draft."""
        found = (ROW_NAME.fullmatch(name) for name in request.form)
        return {match[2] for match in found if match} - self.rows.keys()


def posted_text(name: str) -> str | None:
    """Give the last text of that name: a check box comes after an empty hidden input of its name."""
    texts = request.form.getlist(name)
    return texts[-1].replace("\r\n", "\n") if texts else None


def is_base(field: DraftField) -> bool:
    """Whether the draft still holds what the posting page showed."""
    base = posted_text(f"base-{field.name}")  # the script sends it; a page without the script knows its version
    return field.version <= _seen() if base is None else field.value == base


def _seen() -> int:
    text = request.form.get("seen", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
