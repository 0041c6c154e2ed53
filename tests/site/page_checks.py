"""What must be true of every page and every part of one; each check gives the places where it is not."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

# names that are the same in both languages: the brand, the bureau, and each language named in itself
NAMES = frozenset({"KOSME", "NICE:", "한국어", "English"})
# a person's own text, and what holds none of ours
OWN_TEXT = ("bdi", "textarea", "script", "style")
REFERENCES = ("for", "form", "list", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")
SPOKEN = ("placeholder", "title", "aria-label", "aria-description", "alt")


def problems(html: str, known_ids: Iterable[str] = (), names: Iterable[str] = ()) -> list[str]:
    """Check a page, or a part of the page whose ids are ``known_ids``; ``names`` are the same in both languages."""
    soup = BeautifulSoup(html, "html.parser")
    found = [*_duplicates(soup), *_references(soup, set(known_ids)), *_attributes(soup), *_forms(soup)]
    found += [*_texts(soup, NAMES | set(names)), *_pairs(soup), *_options(soup)]
    return [*found, *_heads(soup)] if soup.html else found


def ids_of(html: str) -> set[str]:
    return {str(tag["id"]) for tag in BeautifulSoup(html, "html.parser").select("[id]")}


def _shown(tag: Tag) -> str:
    return str(tag)[:120]


def _heads(soup: BeautifulSoup) -> Iterator[str]:
    if len(soup.select("h1")) != 1:
        yield f"{len(soup.select('h1'))} h1"
    title = soup.title
    if title is None or not title.text.strip():
        yield "no title"
    elif not all(str(title.get(f"data-{lang}", "")).strip() for lang in ("ko", "en")):
        yield "a title in one language"
    if len(soup.select("main")) != 1:
        yield f"{len(soup.select('main'))} main"
    if soup.html and soup.html.get("lang") not in ("ko", "en"):
        yield "no language"


def _duplicates(soup: BeautifulSoup) -> Iterator[str]:
    counts = Counter(str(tag["id"]) for tag in soup.select("[id]"))
    yield from (f"id {name!r} {count} times" for name, count in counts.items() if count > 1 or not name)


def _references(soup: BeautifulSoup, known: set[str]) -> Iterator[str]:
    ids = known | {str(tag["id"]) for tag in soup.select("[id]")}
    for name in REFERENCES:
        for tag in soup.select(f"[{name}]"):
            value = tag[name]
            wanted = value if isinstance(value, list) else str(value).split()
            is_closed = tag.name == "dialog" and not tag.has_attr("open")  # what opens in it brings its name
            is_switch = tag.get("name") == "_lang"  # it goes with the form of a page that has one
            if not wanted or (set(wanted) - ids and not (is_closed or is_switch)):
                yield f"{name} without a target: {_shown(tag)}"
    for tag in soup.select("a[href^='#']"):
        if str(tag["href"])[1:] not in ids:
            yield f"link without a target: {_shown(tag)}"
    for label in soup.select("label:not([for])"):
        if label.select_one("input, select, textarea") is None:
            yield f"label of nothing: {_shown(label)}"


def _attributes(soup: BeautifulSoup) -> Iterator[str]:
    for name in SPOKEN:
        yield from (f"{name}: {_shown(tag)}" for tag in soup.select(f"[{name}]") if str(tag[name]).strip())
    yield from (f"an image without alt: {_shown(tag)}" for tag in soup.select("img:not([alt])"))


def _forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.select("form"):
        tokens = [str(tag.get("value", "")) for tag in form.select("input[name=csrf_token]")]
        if str(form.get("method", "")).lower() == "post" and (len(tokens) != 1 or not tokens[0]):
            yield f"{len(tokens)} csrf_token in {_shown(form)}"
    named = {label["for"] for label in soup.select("label[for]")}
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
    for span in soup.select("span[lang]"):
        is_first = span["lang"] == "ko"
        other = span.next_sibling if is_first else span.previous_sibling
        wanted = "en" if is_first else "ko"
        is_pair = isinstance(other, Tag) and other.name == "span" and other.get("lang") == wanted
        if not is_pair:
            yield f"half a pair: {_shown(span)}"
        if not span.get_text().strip():
            yield f"an empty half: {_shown(span.parent or span)}"


def _options(soup: BeautifulSoup) -> Iterator[str]:
    for option in soup.select("option"):
        text = str(option.get("value", "")) if option.parent and option.parent.name == "datalist" else option.text
        names = [name for name in text.split(" · ") if name.strip()]
        if len(names) < 2 and any("가" <= letter <= "힣" for letter in text):  # one a language
            yield f"an option in one language: {_shown(option)}"
        if not names:
            yield f"an empty option: {_shown(option)}"
