"""``make messages``: brings both catalogues in line with the sources; ``--check`` only tells what is wrong."""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LANGUAGES = ("ko", "en")
METHODS = [("kosme_web/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"both": None, "only": None, "message": None, "both_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def sources() -> Catalog:
    """Give every text of the sources, without the places it stands in."""
    found = Catalog()
    for folder in ("kosme_web", "templates"):
        prefixed = [
            (pattern.removeprefix(f"{folder}/"), name) for pattern, name in METHODS if pattern.startswith(folder)
        ]
        for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), prefixed, keywords=KEYWORDS):
            found.add(message)
    return found


def path_of(lang: str) -> Path:
    return ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po"


def problems(lang: str, wanted: Catalog) -> list[str]:
    """Tell what is missing, left over, unsure, empty, or has other placeholders than its source."""
    with path_of(lang).open("rb") as file:
        catalogue = read_po(file, locale=lang)
    known = {one.id: one for one in catalogue if one.id}
    needed = {one.id for one in wanted if one.id}
    told = [f"{lang}: missing {one!r}" for one in needed - known.keys()]
    told += [f"{lang}: no longer used {one!r}" for one in known.keys() - needed]
    for key in needed & known.keys():
        one = known[key]
        texts = [one.string] if isinstance(one.string, str) else list(one.string)
        places = set(PLACEHOLDER.findall(key if isinstance(key, str) else key[-1]))
        if one.fuzzy or not all(texts):
            told.append(f"{lang}: unsure or empty {key!r}")
        elif (
            any(set(PLACEHOLDER.findall(text)) - places for text in texts)
            or set(PLACEHOLDER.findall(texts[-1])) != places
        ):
            told.append(f"{lang}: placeholders differ in {key!r}")
        if any("!" in text for text in texts):
            told.append(f"{lang}: no exclamation marks, as in {key!r}")
    return told


def update(lang: str, wanted: Catalog) -> None:
    """Write the catalogue anew: known texts stay, English is its own source, Korean waits for its translator."""
    with path_of(lang).open("rb") as file:
        old = {one.id: one.string for one in read_po(file, locale=lang) if one.id}
    fresh = Catalog(locale=lang, project="kosme-web", version="0.1", charset="utf-8", fuzzy=False)
    fresh.header_comment = "# Texts of kosme-web"
    for one in wanted:
        if one.id:
            fresh.add(one.id, old.get(one.id) or (one.id if lang == "en" else ""))
    with path_of(lang).open("wb") as file:
        write_po(file, fresh, width=110, sort_output=True)


def main() -> int:
    wanted = sources()
    if "--check" not in sys.argv:
        for lang in LANGUAGES:
            update(lang, wanted)
    told = [problem for lang in LANGUAGES for problem in problems(lang, wanted)]
    print(*told, sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
