"""이력서 PDF: sets a résumé as a tagged PDF, by typst, in memory: nothing of it is ever written to a file."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

TEMPLATE = Path(__file__).with_name("resume.typ")
FONTS = Path(__file__).parents[3] / "node_modules"
WEIGHTS = ("400Regular", "700Bold")
SCRIPTS = ("arabic", "bengali", "devanagari", "khmer", "kr", "lao", "myanmar", "sinhala", "tamil", "thai")
FAMILIES = ("noto-sans", *(f"noto-sans-{script}" for script in SCRIPTS))
MISSING = re.compile('the text `"(.)"` could not be displayed')  # as typst says it
MOST_MISSING = 6


class TypesettingError(Exception):
    """The sheet itself is wrong, or its fonts are not installed."""


@cache
def fonts() -> typst.Fonts:
    """Look at the installed fonts once; typst loads each when it is first used. Without them it would print nothing."""
    folders = [FONTS / "@expo-google-fonts" / family / weight for family in FAMILIES for weight in WEIGHTS]
    folders.append(FONTS / "@embedpdf" / "fonts-sc" / "fonts")
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if not found.families():
        raise TypesettingError
    return found


def typeset(content: Mapping[str, object], written_at: datetime) -> bytes:
    """Set what ``resume.typ`` expects; every text in it is a value, so that none can be read as markup.

    Something that PDF/UA forbids, such as a letter that no font has, leaves a PDF with its tags and text.
    """
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    try:
        return _compiled(inputs, written_at, "ua-1")
    except typst.TypstError:
        pass
    try:
        return _compiled(inputs, written_at)
    except typst.TypstError:
        raise TypesettingError from None  # its message may hold what a person typed


def unprintable(text: str) -> list[str]:
    """Give the first few letters of the text that none of the fonts has: the sheet shows a box in their place."""
    left = {letter for letter in text if unicodedata.category(letter)[0] in "LNPS"}
    missing: list[str] = []
    while left and len(missing) < MOST_MISSING and (letter := _missing_one(left)):
        missing.append(letter)
        left.remove(letter)
    return missing


def _missing_one(letters: set[str]) -> str | None:
    empty: dict[str, object] = {
        "photo": None,
        "photo_text": "",
        "sections": [],
        "foot": "",
        "headline": "",
        "lang": "ko",
        "title": "-",
        "marked": "",
    }
    content = {**empty, "name": "-", "facts": [["", " ".join(sorted(letters))]]}
    try:
        _compiled({"data": json.dumps(content, ensure_ascii=False)}, datetime.now(UTC), "ua-1")
    except typst.TypstError as error:
        found = MISSING.search(str(error))
        return found[1] if found and found[1] in letters else None
    except TypesettingError:  # without fonts nothing is known of them
        return None
    return None


def _compiled(inputs: dict[str, str], written_at: datetime, *standards: Literal["ua-1"]) -> bytes:
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=list(standards), timestamp=int(written_at.timestamp())
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as one piece")
    return pdf
