"""국적, 국가명: ISO 3166-1 alpha-2 with the names of CLDR, without Korea (codelists.md 2.3)."""

from babel import Locale

from kosme_web.domain.code_lists.loader import LANGUAGES, Code, CodeList

# exceptional reservations, groupings and private codes, and Korea itself
LEFT_OUT = frozenset("AC CP CQ DG EA EU EZ IC KR QO TA UN XA XB ZZ".split())  # noqa: SIM905
NAMES = {
    "TW": ("대만", "Taiwan"),
    "HK": ("홍콩", "Hong Kong"),
    "MO": ("마카오", "Macao"),
    "CD": ("콩고민주공화국", "DR Congo"),
    "CG": ("콩고공화국", "Republic of the Congo"),
    "MM": ("미얀마", "Myanmar"),
    "PS": ("팔레스타인", "Palestine"),
    "XXA": ("무국적", "Stateless"),
    "XXB": ("난민", "Refugee"),
}


def countries(name: str) -> CodeList:
    """Give the list in Hangul order; stateless persons and refugees come last."""
    territories = {lang: Locale(lang).territories for lang in LANGUAGES}
    codes = [code for code in territories["ko"] if len(code) == 2 and code.isalpha() and code not in LEFT_OUT]  # noqa: PLR2004
    rows = [Code(code, {lang: territories[lang][code] for lang in LANGUAGES}) for code in codes if code not in NAMES]
    rows += [Code(code, dict(zip(LANGUAGES, pair, strict=True))) for code, pair in NAMES.items()]
    rows.sort(key=lambda row: (len(row.code), row.names["ko"]))
    return CodeList(name, {row.code: row for row in rows})
