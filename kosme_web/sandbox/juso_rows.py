"""The rows of juso.go.kr's answers: every field of the contract, every value a text."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

ROAD = re.compile(r"(?P<rn>\S+(?:로|길)) (?P<under>지하 ?)?(?P<main>\d+)(?:-(?P<sub>\d+))?$")


@dataclass(frozen=True)
class Building:
    road: str
    english: str
    postal_code: str
    name: str
    haystack: tuple[str, ...]
    is_apartment: bool = False
    codes: dict[str, str] = field(default_factory=dict)  # those that are true ones


def row(service: str, building: Building, *, is_apartment: bool, has_more: bool) -> dict[str, str]:
    """Give the building as the Korean or the English service tells it."""
    shared = {
        **_codes(building),
        "zipNo": building.postal_code,
        "bdKdcd": "1" if is_apartment or building.is_apartment else "0",
    }
    reference = f" ({building.name})" if building.name else ""
    if service.startswith("addrEng"):
        names = {"roadAddr": building.english, "korAddr": f"{building.road}{reference}", "jibunAddr": ""}
        return {**shared, **names}
    names = {
        "roadAddr": f"{building.road}{reference}",
        "roadAddrPart1": building.road,
        "roadAddrPart2": reference,
        "jibunAddr": "",
        "engAddr": building.english,
        "detBdNmList": "",
        "bdNm": building.name,
        "emdNo": "01",
    }
    more = {"hstryYn": "0", "relJibun": "", "hemdNm": ""} if has_more else {}
    return {**shared, **names, **more}


def _codes(building: Building) -> dict[str, str]:
    """What is not known is made up, but each code has its length and stays the same."""
    found = ROAD.search(building.road)
    digits = str(int(hashlib.sha256(building.road.encode()).hexdigest(), 16))
    before = building.road[: found.start()].split() if found else building.road.split()
    return {
        "admCd": digits[:10],
        "rnMgtSn": digits[:12],
        "bdMgtSn": digits[:25],
        "siNm": before[0],
        "sggNm": " ".join(one for one in before[1:] if one.endswith(("시", "군", "구"))),
        "emdNm": " ".join(one for one in before[1:] if one.endswith(("읍", "면"))),
        "liNm": "",
        "rn": found["rn"] if found else "",
        "udrtYn": "1" if found and found["under"] else "0",
        "buldMnnm": found["main"] if found else "0",
        "buldSlno": (found["sub"] if found else None) or "0",
        "mtYn": "0",
        "lnbrMnnm": "0",
        "lnbrSlno": "0",
        **building.codes,
    }


def xml(common: dict[str, str], rows: list[dict[str, str]]) -> str:
    def element(name: str, values: dict[str, Any]) -> str:
        inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in values.items())
        return f"<{name}>{inner}</{name}>"

    body = element("common", common) + "".join(element("juso", one) for one in rows)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><results>{body}</results>'
