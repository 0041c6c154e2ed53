"""What must be true of every page and every part of one; each check gives the places where it is not."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from kosme_web.domain import code_lists
from tests.markup import long_lists, shortened

# names that are the same in both languages: the brand, the bureau, and each language named in itself
NAMES = frozenset({"KOSME", "NICE:", "한국어", "English"})
SAME = {
    code_list.label(code, "ko")
    for code_list in vars(code_lists).values()
    if isinstance(code_list, code_lists.CodeList)
    for code in code_list.current(date.today())  # noqa: DTZ011  any day will do
    if code_list.label(code, "ko") == code_list.label(code, "en")
}
# a person's own text, and what holds none of ours
OWN_TEXT = ("bdi", "textarea", "script", "style")
REFERENCES = ("for", "form", "list", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")
SPOKEN = ("placeholder", "title", "aria-label", "aria-description", "alt")


def problems(html: str, known_ids: Iterable[str] = (), names: Iterable[str] = ()) -> list[str]:
    """Check a page, or a part of the page whose ids are ``known_ids``; ``names`` are the same in both languages."""
    soup = BeautifulSoup(shortened(html), "html.parser")
    found = [*_duplicates(soup), *_references(soup, set(known_ids)), *_attributes(soup), *_forms(soup)]
    found += [*_texts(soup, NAMES | set(names)), *_pairs(soup), *_options(soup)]
    found += [problem for one in long_lists(html) for problem in _list_problems(one)]
    return [*found, *_heads(soup)] if soup.html else found


def ids_of(html: str) -> set[str]:
    return set(re.findall(r"<[^<>]* id=\"([^\"]*)\"", html))


def _shown(tag: Tag) -> str:
    return str(tag)[:120]


def _heads(soup: BeautifulSoup) -> Iterator[str]:
    if len(soup.find_all("h1")) != 1:
        yield f"{len(soup.select('h1'))} h1"
    title = soup.title
    if title is None or not title.text.strip():
        yield "no title"
    elif not all(str(title.get(f"data-{lang}", "")).strip() for lang in ("ko", "en")):
        yield "a title in one language"
    if len(soup.find_all("main")) != 1:
        yield f"{len(soup.select('main'))} main"
    if soup.html and soup.html.get("lang") not in ("ko", "en"):
        yield "no language"


def _duplicates(soup: BeautifulSoup) -> Iterator[str]:
    counts = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    yield from (f"id {name!r} {count} times" for name, count in counts.items() if count > 1 or not name)


def _references(soup: BeautifulSoup, known: set[str]) -> Iterator[str]:
    ids = known | {str(tag["id"]) for tag in soup.find_all(id=True)}
    for name in REFERENCES:
        for tag in soup.find_all(lambda tag, name=name: tag.has_attr(name)):
            value = tag[name]
            wanted = value if isinstance(value, list) else str(value).split()
            is_closed = tag.name == "dialog" and not tag.has_attr("open")  # what opens in it brings its name
            is_switch = tag.get("name") == "_lang"  # it goes with the form of a page that has one
            if not wanted or (set(wanted) - ids and not (is_closed or is_switch)):
                yield f"{name} without a target: {_shown(tag)}"
    for tag in soup.find_all("a", href=re.compile("^#")):
        if str(tag["href"])[1:] not in ids:
            yield f"link without a target: {_shown(tag)}"
    for label in soup.find_all("label", {"for": False}):
        if label.select_one("input, select, textarea") is None:
            yield f"label of nothing: {_shown(label)}"


def _attributes(soup: BeautifulSoup) -> Iterator[str]:
    for name in SPOKEN:
        yield from (
            f"{name}: {_shown(tag)}"
            for tag in soup.find_all(lambda tag, name=name: tag.has_attr(name))
            if str(tag[name]).strip()
        )
    yield from (f"an image without alt: {_shown(tag)}" for tag in soup.find_all("img", alt=False))


def _forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.find_all("form"):
        tokens = [str(tag.get("value", "")) for tag in form.select("input[name=csrf_token]")]
        if str(form.get("method", "")).lower() == "post" and (len(tokens) != 1 or not tokens[0]):
            yield f"{len(tokens)} csrf_token in {_shown(form)}"
    named = {label["for"] for label in soup.find_all("label", {"for": True})}
    for control in soup.select("input[id]:not([type=hidden]), select, textarea"):
        is_named = control.get("id") in named or control.has_attr("aria-labelledby")
        if not is_named and control.find_parent("label") is None:
            yield f"a control without a label: {_shown(control)}"


def _texts(soup: BeautifulSoup, names: set[str] | frozenset[str]) -> Iterator[str]:
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString) or not any(letter.isalpha() for letter in text):
            continue
        if text.strip() not in names and not _is_held(text):
            yield f"text outside a pair: {text.strip()[:80]!r}"


def _is_held(text: NavigableString) -> bool:
    """Whether it is one half of a pair, an option, the title, or a person's own."""
    return any(
        parent.name in (*OWN_TEXT, "option", "title") or (parent.name == "span" and parent.get("lang") in ("ko", "en"))
        for parent in text.parents
    )


def _pairs(soup: BeautifulSoup) -> Iterator[str]:
    for span in soup.find_all("span", lang=True):
        is_first = span["lang"] == "ko"
        other = span.next_sibling if is_first else span.previous_sibling
        wanted = "en" if is_first else "ko"
        is_pair = isinstance(other, Tag) and other.name == "span" and other.get("lang") == wanted
        if not is_pair:
            yield f"half a pair: {_shown(span)}"
        if span.find(string=re.compile(r"\S")) is None:  # within a template too
            yield f"an empty half: {_shown(span.parent or span)}"


@cache
def _list_problems(options: str) -> list[str]:
    return [*_options(BeautifulSoup(options, "html.parser"))]


def _options(soup: BeautifulSoup) -> Iterator[str]:
    for option in soup.find_all("option"):
        is_of_select = bool(option.parent and option.parent.name == "select")
        shown = "".join(str(one) for one in option.find_all(string=True))  # within a template too
        text = shown if is_of_select else shown or str(option.get("value", ""))
        names = [name for name in text.split(" · ") if name.strip()]
        if len(names) < 2 and any("가" <= letter <= "힣" for letter in text):  # one a language
            yield f"an option in one language: {_shown(option)}"
        if not names:
            yield f"an empty option: {_shown(option)}"
