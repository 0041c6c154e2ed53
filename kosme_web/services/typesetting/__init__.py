"""이력서 PDF: sets a résumé as a tagged PDF, by typst, in memory: nothing of it is ever written to a file."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

TEMPLATE = Path(__file__).with_name("resume.typ")
FONTS = Path(__file__).parents[3] / "node_modules"
WEIGHTS = ("400Regular", "700Bold")
SCRIPTS = ("arabic", "bengali", "devanagari", "khmer", "kr", "lao", "myanmar", "sinhala", "tamil", "thai")
FAMILIES = ("noto-sans", *(f"noto-sans-{script}" for script in SCRIPTS))


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


def _compiled(inputs: dict[str, str], written_at: datetime, *standards: Literal["ua-1"]) -> bytes:
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=list(standards), timestamp=int(written_at.timestamp())
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives a PDF as one piece")
    return pdf
