"""juso.go.kr: road-name addresses in Korean and English, over a seed of true ones."""

import csv
import re
import time
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox.state import state

KEYS = {"addrLinkApi": "sandbox-juso-key", "addrEngApi": "sandbox-juso-english-key"}
PROVINCES = re.compile(
    r"(서울|부산|대구|인천|광주|대전|울산)(특별시|광역시)?|세종(특별자치시)?|\S{2,4}(특별자치)?도|\S+통합특별시"
)
MAGIC = {
    "sandbox-slow": ("응답 지연", "a slow answer"),
    "sandbox-huge": ("아주 큰 응답", "a huge answer"),
    "sandbox-html": ("점검 중 화면 (200)", "a maintenance page (200)"),
    "sandbox-down": ("503", "503"),
    "sandbox-truncated": ("잘린 JSON", "JSON cut short"),
    "sandbox-system": ("시스템 오류 (-999)", "system error (-999)"),
}
blueprint = Blueprint("juso", __name__)


@dataclass(frozen=True)
class Building:
    road: str
    english: str
    postal_code: str
    name: str
    haystack: tuple[str, ...]


@cache
def buildings() -> tuple[Building, ...]:
    path = Path(__file__).parent / "data" / "addresses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Building(
                row["road"], row["english"], row["postal_code"], row["name"], tuple(_words(" ".join(row.values())))
            )
            for row in csv.DictReader(file)
        )


def _words(text: str) -> list[str]:
    return re.findall(r"[\w\-]+", unicodedata.normalize("NFKC", text).casefold())


@blueprint.route("/addrlink/<any(addrLinkApi, addrEngApi):service>.do", methods=["GET", "POST"])
def search(service: str) -> ResponseReturnValue:
    keyword = request.values.get("keyword", "").strip()
    match keyword:
        case "sandbox-slow":
            time.sleep(state().slow_seconds)
        case "sandbox-huge":
            return "[" * 1_000_000
        case "sandbox-html":
            return "<h1>점검 중</h1>"
        case "sandbox-down":
            return "", 503
        case "sandbox-truncated":
            return Response('{"results": {"common"', mimetype="application/json")
    size = min(_number("countPerPage", 10), 100)
    page = _number("currentPage", 1)
    code = problem(service, keyword, page * size)
    wanted = _words(keyword)
    found = [b for b in buildings() if all(any(hay.startswith(word) for hay in b.haystack) for word in wanted)]
    rows = [_row(service, building) for building in found[(page - 1) * size : page * size]] if code == "0" else []
    common = {
        "errorMessage": "정상" if code == "0" else code,
        "countPerPage": str(size),
        "totalCount": str(len(found) if code == "0" else 0),
        "errorCode": code,
        "currentPage": str(page),
    }
    if request.values.get("resultType") == "json":
        return {"results": {"common": common, "juso": rows or None}}
    return Response(_xml(common, rows), mimetype="text/xml")


def problem(service: str, keyword: str, reach: int) -> str:  # noqa: C901, PLR0911  one line a code of the contract
    if request.values.get("confmKey") != KEYS[service]:
        return "E0001"
    if keyword == "sandbox-system":
        return "-999"
    if not keyword:
        return "E0005"
    if len(keyword) < 2:  # noqa: PLR2004
        return "E0008"
    if len(keyword) > (40 if re.search("[가-힣]", keyword) else 80):
        return "E0010"
    if re.search(r"\d{11}", keyword):
        return "E0011"
    if keyword.isdecimal() and len(keyword) != 5:  # noqa: PLR2004  five digits are a postal code
        return "E0009"
    if not re.search(r"[^\W\d_]", keyword) and not keyword.isdecimal():
        return "E0012"
    if re.search(r"[%=><\[\]]|\b(select|insert|delete|update|drop|union)\b", keyword, re.IGNORECASE):
        return "E0013"
    if PROVINCES.fullmatch(keyword):
        return "E0006"
    return "E0015" if reach > 9000 else "0"  # noqa: PLR2004


def _row(service: str, building: Building) -> dict[str, str]:
    base = {
        "zipNo": building.postal_code,
        "jibunAddr": "",
        "admCd": "",
        "rnMgtSn": "",
        "bdMgtSn": "",
        "bdNm": building.name,
    }
    if service == "addrEngApi":
        return {**base, "roadAddr": building.english, "korAddr": f"{building.road} ({building.name})"}
    return {
        **base,
        "roadAddr": f"{building.road} ({building.name})",
        "roadAddrPart1": building.road,
        "roadAddrPart2": f" ({building.name})",
        "engAddr": building.english,
        "bdKdcd": "0",
    }


def _xml(common: dict[str, str], rows: list[dict[str, str]]) -> str:
    def element(name: str, values: dict[str, Any]) -> str:
        inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in values.items())
        return f"<{name}>{inner}</{name}>"

    body = element("common", common) + "".join(element("juso", row) for row in rows)
    return f'<?xml version="1.0" encoding="UTF-8"?><results>{body}</results>'


def _number(name: str, default: int) -> int:
    text = request.values.get(name, "")
    return max(int(text), 1) if re.fullmatch("[0-9]{1,6}", text) else default
