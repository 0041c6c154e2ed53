"""국적, 국가명: ISO 3166-1 alpha-2 with the names of CLDR, without Korea (codelists.md 2.3)."""

from pathlib import Path

from babel import Locale

from kosme_web.domain.code_lists.code_list import LANGUAGES, Code, CodeList
from kosme_web.domain.code_lists.loader import DATA, CodeListError, load, records

ALPHA_2 = 2  # the stateless and refugees have a code of ICAO 9303 with three letters, and are of no country
GROUPS = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
EXCEPTIONAL = frozenset({"AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
UNINHABITED = frozenset({"AQ", "BV", "GS", "HM", "IO", "TF", "UM"})
LEFT_OUT = GROUPS | EXCEPTIONAL | UNINHABITED | {"KR"}


def nationalities() -> CodeList:
    """Give every nationality in Hangul order; stateless persons and refugees come last."""
    return _list("nationality", _rows())


def countries() -> CodeList:
    """Give every country where one may have studied or worked, Korea aside."""
    return _list("country", {code: row for code, row in _rows().items() if len(code) == ALPHA_2})


def _list(name: str, rows: dict[str, Code]) -> CodeList:
    ordered = dict(sorted(rows.items(), key=lambda item: (len(item[0]), item[1].names["ko"])))
    return CodeList(name, ordered, aliases(DATA / "country_alias.csv", rows))


def _rows() -> dict[str, Code]:
    """Give the names of CLDR, with those that codelists.md 2.3 words otherwise in their place."""
    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    codes = [str(code) for code in territories["ko"] if len(str(code)) == ALPHA_2 and str(code).isalpha()]
    names = {code: {lang: str(territories[lang][code]) for lang in LANGUAGES} for code in codes if code not in LEFT_OUT}
    return {code: Code(code, each, each) for code, each in names.items()} | dict(load("country_name").rows)


def aliases(path: Path, rows: dict[str, Code]) -> dict[str, str]:
    """Read the other names that people type, such as USA; a code that is not in the list is left out."""
    found: dict[str, str] = {}
    for line, record in records(path):
        alias, code = record["alias"], record["code"]
        if not alias or alias in found or (code not in rows and len(code) == ALPHA_2):
            raise CodeListError(f"{path.name}, line {line}: {alias!r} is empty or stands twice, or has no country")
        found[alias] = code
    return {alias: code for alias, code in found.items() if code in rows}
