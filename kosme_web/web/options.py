"""The options of a select: each list rendered once, both names in each option, the page's language first."""

from datetime import date
from functools import lru_cache

from markupsafe import Markup

from kosme_web.domain.code_lists import NATIONALITY, CodeList
from kosme_web.web.formats import today
from kosme_web.web.languages import LANGUAGES, each, only


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
    return option(code_list, first, value) + finished  # it has left the list, stays readable and chosen


@lru_cache(maxsize=4096)
def option(code_list: CodeList, first: str, value: str) -> Markup:
    """Render the chosen option alone."""
    text = doubled(code_list, value, first) if value else choose(first)
    return Markup('<option value="{}" selected>{}</option>').format(value, text)


def choose(first: str) -> str:
    return " · ".join(only("Choose", lang) for lang in _ordered(first))


@lru_cache(maxsize=2048)
def options(code_list: CodeList, first: str, parent: str | None, on: date) -> Markup:
    """Render every option, once per process and day."""
    if parent is not None:
        codes = code_list.children(parent, on)
    else:
        codes = code_list.by_name(on, first) if code_list is NATIONALITY else code_list.current(on)
    rows = [("", choose(first)), *((code, doubled(code_list, code, first)) for code in codes)]
    return Markup().join(Markup('<option value="{}">{}</option>').format(*row) for row in rows)


@lru_cache(maxsize=256)
def narrowing(code_list: CodeList, first: str, on: date, value: str) -> Markup:
    """Render a list by which something may be narrowed down, and before it the choice not to."""
    everything = " · ".join(only("All regions", lang) for lang in _ordered(first))
    rows = [("", everything), *((code, doubled(code_list, code, first)) for code in code_list.current(on))]
    marks = {value: Markup(" selected")}
    return Markup().join(
        Markup('<option value="{}"{}>{}</option>').format(code, marks.get(code, ""), text) for code, text in rows
    )


@lru_cache(maxsize=4096)
def named(code_list: CodeList, code: str) -> Markup:
    """Give the name of a code as a pair."""
    return each(lambda lang: code_list.full_label(code, lang))
