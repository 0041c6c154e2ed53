"""Stencils: markup that is the same for everyone but for the texts in it, rendered once and then only filled in.

A template draws the fields of a form. What a person typed is a handful of places in it; all else is known before. So
the template is rendered once with marks in those places and cut there; an entry is then the pieces with its own texts
between them. What a stencil has no place for (an error, another device's text) the template itself draws.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from kosme_web.web.fields import BilingualForm, CodeField, RowForm, Texts, checked_if
from kosme_web.web.options import option

# between two characters of the private-use area, which stand in no template and no catalogue
MARK = re.compile("\ue000([a-z]+):([a-z_]+)(?:=([^\ue001]*))?\ue001")


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into the places: the texts, the stand-ins' real ids, and what the options depend on."""

    texts: Texts
    ids: Mapping[str, str]
    language: str = ""
    day: date = date.min
    is_lean: bool = False  # of a list that the page holds already, the chosen option is enough


Place = Callable[[Filling], str]


@dataclass(frozen=True)
class Stencil:
    """The pieces of the markup in their order; a place gives the text that stands there."""

    pieces: tuple[str | Place, ...]

    def fill(self, filling: Filling) -> Markup:
        parts = [piece if isinstance(piece, str) else piece(filling) for piece in self.pieces]
        return Markup("".join(parts))  # noqa: S704  each place escapes what it gives


def cut(draw: Callable[["Blank"], str], form: BilingualForm, stand_ins: tuple[str, ...] = ()) -> Stencil:
    """Draw the form with marks for its texts and cut it there, and where one of the stand-ins for an id is."""
    html = re.sub(r"\n\s+", "\n", draw(Blank(form)))  # indents; what was typed is not in it yet
    pieces: list[str | Place] = []
    end = 0
    for found in re.finditer("|".join((MARK.pattern, *map(re.escape, stand_ins))), html):
        pieces += [html[end : found.start()], _place(form, found)]
        end = found.end()
    return Stencil((*pieces, html[end:]))


class Blank:
    """Stands for a form while its stencil is cut: as the form, but with marks where its texts are."""

    def __init__(self, form: BilingualForm) -> None:
        self._form = form

    def __getattr__(self, name: str) -> object:
        return self[name] if name in self._form else getattr(self._form, name)

    def __getitem__(self, name: str) -> "BlankField":
        return BlankField(name, self._form[name])

    def says(self, name: str) -> Markup:
        return _mark("says", name)


class BlankField:
    """Stands for a field: its value, its options, its ticks are marks; label, id and flags are its own."""

    errors = ()
    rival = None

    def __init__(self, name: str, field: object) -> None:
        self._name, self._field = name, field
        self.data, self.text, self.checked = _mark("raw", name), _mark("text", name), _mark("checked", name)

    def __getattr__(self, name: str) -> object:
        return getattr(self._field, name)

    def options(self) -> Markup:
        return _mark("options", self._name)

    def checked_at(self, value: str) -> Markup:
        return _mark("at", f"{self._name}={value}")


def _mark(what: str, name: str) -> Markup:
    return Markup(f"\ue000{what}:{name}\ue001")  # noqa: S704  no text of anyone


def _place(form: BilingualForm, found: "re.Match[str]") -> Place:
    """Give what stands in the place: what the mark says, or the id that a stand-in stood for."""
    what, name, value = found.groups()
    if what is None:
        stand_in = found[0]
        return lambda filling: filling.ids[stand_in]
    if what == "options":
        return _options(form[name])
    if what == "says" and isinstance(form, RowForm):
        said = form.shown[name]
        return lambda filling: said(filling.texts)
    return {
        "raw": lambda filling: escape(text) if (text := filling.texts.raw(name)) else "",
        "text": lambda filling: escape(filling.texts[name]),
        "checked": lambda filling: checked_if(filling.texts.raw(name)),
        "at": lambda filling: checked_if(filling.texts.raw(name) == value),
    }[what]


def _options(field: CodeField) -> Place:
    name, parent = field.short_name, field.parent

    def place(filling: Filling) -> str:
        value = filling.texts.raw(name)
        if filling.is_lean and field.list_name:
            return option(field.code_list, filling.language, value if value in field.code_list else "")
        chosen = filling.texts.raw(parent) if parent else None
        return field.options_for(value, chosen, filling.language, filling.day)

    return place
