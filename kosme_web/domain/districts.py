"""시도, 시군구 of a road address: all of an address that a résumé shows when its street is not to be seen."""

from typing import NamedTuple

from kosme_web.domain.code_lists import SIDO, SIGUNGU, CodeList, find


class District(NamedTuple):
    """The codes of a province and, where it is known, of a district in it."""

    sido: str
    sigungu: str | None

    def name(self, lang: str) -> str:
        """Give 부산광역시 남구 or Nam-gu, Busan."""
        names = [SIDO.full_label(self.sido, lang)]
        if self.sigungu:
            names.append(SIGUNGU.full_label(self.sigungu, lang))
        return " ".join(names) if lang == "ko" else ", ".join(reversed(names))


def district_of(road_address: str) -> District | None:
    """Read the first two words of an address; None for one that does not begin with a province."""
    words = [*road_address.split(), "", ""]
    sido = find(SIDO, words[0])
    if sido is None:
        return None
    return District(sido, _under(SIGUNGU, sido, words[1]))


def new_province(road_address: str) -> str | None:
    """Give the code of the province that took the place of the one in an address, if one did (N21)."""
    district = district_of(road_address)
    return SIDO.replaced_by(district.sido) if district else None


def _under(districts: CodeList, sido: str, name: str) -> str | None:
    rows = districts.rows.items()
    return next((code for code, row in rows if row.parent == sido and row.names["ko"] == name), None)
