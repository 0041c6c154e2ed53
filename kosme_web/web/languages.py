"""Both languages in every response: the style sheet shows one, the switch in the header turns the page over."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Protocol

from babel.support import Translations
from flask import g, has_request_context, request
from flask_login import current_user
from markupsafe import Markup
from wtforms.i18n import messages_path

LANGUAGES = ("ko", "en")  # the one place that names them; the first for a visitor of whom nothing is known
DISPLAYS = (*LANGUAGES, "both")  # what the switch offers
CATALOGUES = Path(__file__).parents[2] / "translations"


@cache
def catalogue(lang: str) -> Translations:
    """Give the compiled texts of a language; without them the start fails."""
    ours = Translations.load(CATALOGUES, [lang])
    if not isinstance(ours, Translations):
        raise FileNotFoundError(f"no compiled catalogue for {lang!r}: run make setup")
    ours.add_fallback(Translations.load(messages_path(), [lang], domain="wtforms"))
    return ours


def message(text: str) -> str:
    """Mark a text for the catalogues; it is translated where it is shown."""
    return text


def only(message: str, lang: str, **values: object) -> str:
    """Give the message in one language, for where two cannot stand: a title, a mail, a PDF."""
    text: str = catalogue(lang).gettext(message)
    return text % values if values else text


def each(text: Callable[[str], object]) -> Markup:
    """Set what ``text`` gives for each language side by side, escaped; once where both are the same."""
    shown = [Markup.escape(text(lang)) for lang in LANGUAGES]
    if len(set(shown)) == 1:
        return shown[0]
    spans = [f'<span lang="{lang}">{part}</span>' for lang, part in zip(LANGUAGES, shown, strict=True)]
    return Markup("".join(spans))  # noqa: S704  each part is escaped


@cache
def _fixed(message: str) -> Markup:
    return each(partial(only, message))


def both(message: str, **values: object) -> Markup:
    """Give the message in both languages; the values may be anything a person typed."""
    if not values:
        return _fixed(message)
    return each(lambda lang: only(message, lang, **values))


@cache
def both_as(context: str, message: str) -> Markup:
    """Give the message as it is called in one place, where one English word has two names in another language."""
    return each(lambda lang: catalogue(lang).pgettext(context, message))


def only_n(singular: str, plural: str, lang: str, n: int) -> str:
    """Give the right plural form in one language; ``%(n)s`` is the number, by thousands."""
    return str(catalogue(lang).ngettext(singular, plural, n)) % {"n": f"{n:,}"}


def both_n(singular: str, plural: str, n: int) -> Markup:
    """Give the right plural form in both languages."""
    return each(lambda lang: only_n(singular, plural, lang, n))


def page_display() -> str:
    """What the switch shows; the same throughout a request."""
    if not has_request_context():
        return LANGUAGES[0]
    if "page_display" not in g:
        g.page_display = _display_asked_for()
    return str(g.page_display)


def _display_asked_for() -> str:
    """Asked for now, remembered here, kept in the account, or the browser's wish."""
    asked = (
        request.form.get("_lang"),
        request.args.get("_lang") or request.args.get("lang"),
        request.cookies.get("lang"),
        getattr(current_user, "language", None),
        request.accept_languages.best_match(LANGUAGES),
    )
    return next((wish for wish in asked if wish in DISPLAYS), LANGUAGES[0])


def page_language() -> str:
    """The language that stands first: of ``<html lang>``, of options, of a title."""
    display = page_display()
    return display if display in LANGUAGES else LANGUAGES[0]


class Paired(Protocol):
    """Anything with a text in each language, such as a block of a legal text."""

    ko: str
    en: str


def pair(texts: Paired) -> Markup:
    """Set the two texts side by side."""
    return _paired(texts.ko, texts.en)


@lru_cache(maxsize=1024)
def _paired(*texts: str) -> Markup:
    return each(lambda lang: texts[LANGUAGES.index(lang)])
