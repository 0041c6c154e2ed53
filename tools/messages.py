"""``make messages``: brings both catalogues in line with the sources; ``--check`` only tells what is wrong."""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE, TRANSLATED = "en", ("ko",)  # English is written in the sources; the others are translated from it
LANGUAGES = (*TRANSLATED, SOURCE)
KEYWORDS = {"both": None, "both_as": ((1, "c"), 2), "only": None, "message": None, "both_n": (1, 2), "only_n": (1, 2)}
HEADER_KEPT = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:")
SAME_IN_KOREAN = {"KT", "LG U+", "SKT", "PASS", "SMS", "SNS", "KOSME", "ID", "QR", "E-mail", "URL"}

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
HANGUL = re.compile(r"[가-힣]")
FULL_WIDTH = re.compile(r"[\u3000-\u3002\uff01-\uff5e]")
ENGLISH_SENTENCE = re.compile(r"(?:\b[A-Za-zÀ-ÿ'\u2019]+ ){3,}[a-zÀ-ÿ]+")


def sources() -> Catalog:
    """Give every text of the sources; a template that cannot be read stops it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for folder in ("kosme_web", "templates"):  # the rest of the repository is large, and not searched
        local = [(pattern.removeprefix(f"{folder}/"), name) for pattern, name in methods if pattern.startswith(folder)]
        local_options = {pattern.removeprefix(f"{folder}/"): values for pattern, values in options.items()}
        for _, _, text, _, context in extract_from_dir(str(ROOT / folder), local, local_options, KEYWORDS):
            found.add(text, context=context)
    return found


def path_of(lang: str) -> Path:
    return ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po"


def read(lang: str) -> Catalog:
    with path_of(lang).open("rb") as file:
        return read_po(file, locale=lang)


def written(catalogue: Catalog) -> bytes:
    """Give the text of the file: sorted, one line a message, no dates and no names, so that only texts change it."""
    draft = BytesIO()
    write_po(draft, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    head, _, body = draft.getvalue().decode().partition("\n\n")
    kept = [line for line in head.split("\n") if line.startswith(("msg", *(f'"{name}' for name in HEADER_KEPT)))]
    return "\n".join(["# Texts of kosme-web", *kept, "", body]).encode()


def updated(old: Catalog, wanted: Catalog, lang: str) -> Catalog:
    """Give the catalogue anew: known texts stay, English is its own source, the rest waits for its translator."""
    fresh = Catalog(locale=lang, fuzzy=False)
    for message in wanted:
        if message.id:
            known = old.get(message.id, message.context)
            empty = ("",) * fresh.num_plurals if message.pluralizable else ""
            text = known.string if known else empty
            shown = message.id if lang == SOURCE else text
            fresh.add(message.id, shown, flags=known.flags if known else (), context=message.context)
    return fresh


def problems(lang: str, catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Tell everything that is wrong with a catalogue, a line each."""
    known = {key_of(message): message for message in catalogue if message.id}
    needed = {key_of(message) for message in wanted if message.id}
    told = [f"missing: {key!r}" for key in needed - known.keys()]
    told += [f"no longer used: {key!r}" for key in (known.keys() - needed) | set(catalogue.obsolete)]
    for key in needed & known.keys():
        judge = problems_of_source if lang == SOURCE else problems_of_translation
        told += [f"{problem}: {key!r}" for problem in judge(known[key], catalogue.num_plurals)]
    return [f"{lang}: {line}" for line in sorted(told)]


def key_of(message: Message) -> object:
    """A text is known by itself, and where one English text has two translations, by the place it is for as well."""
    return (message.context, message.id) if message.context else message.id


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def problems_of_source(message: Message, _plurals: int) -> Iterator[str]:
    if message.string != message.id:
        yield "English differs from the sources"
    if message.fuzzy:
        yield "unsure"
    if any("!" in text for text in forms(message.id)):
        yield "has an exclamation mark"


def problems_of_translation(message: Message, plurals: int) -> Iterator[str]:
    texts = forms(message.string)
    if message.fuzzy:
        yield "unsure"
    if len(texts) != (plurals if message.pluralizable else 1) or not all(texts):
        yield "empty"
        return
    for text in texts:
        yield from problems_of_korean(text, is_same=text in SAME_IN_KOREAN)
        yield from problems_of_places(text, forms(message.id)[-1])


def problems_of_korean(text: str, *, is_same: bool) -> Iterator[str]:
    words = PLACEHOLDER.sub("", text)
    if words.strip() and not HANGUL.search(words) and not is_same and re.search(r"[A-Za-z]{2}", words):
        yield "not in Korean"
    if ENGLISH_SENTENCE.search(words):
        yield "has a sentence in English"
    if FULL_WIDTH.search(words):
        yield "has full-width punctuation"
    if "!" in words:
        yield "has an exclamation mark"
    if "당신" in words:
        yield "says 당신"


def problems_of_places(text: str, source: str) -> Iterator[str]:
    """Each value must be shown, and no other; a sign that only looks like a place would break the page."""
    places = set(PLACEHOLDER.findall(source))
    if set(PLACEHOLDER.findall(text)) != places:
        yield "shows other values than its source"
    elif places and "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
        yield "has a % that is no value"


def main() -> int:
    wanted = sources()
    if "--check" not in sys.argv:
        for lang in LANGUAGES:
            path_of(lang).parent.mkdir(parents=True, exist_ok=True)
            old = read(lang) if path_of(lang).exists() else Catalog(locale=lang)
            path_of(lang).write_bytes(written(updated(old, wanted, lang)))
    told = [problem for lang in LANGUAGES for problem in problems(lang, read(lang), wanted)]
    if any(path_of(lang).read_bytes() != written(read(lang)) for lang in LANGUAGES):
        told.append("the catalogues are not as `make messages` writes them")
    if told:
        print(*told, sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
