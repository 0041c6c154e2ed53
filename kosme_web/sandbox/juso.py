"""juso.go.kr: road-name addresses in Korean and English, over a seed of true ones."""

import csv
import json
import re
import time
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from kosme_web.address_index import AddressIndex
from kosme_web.sandbox import juso_index
from kosme_web.sandbox.juso_rows import Building, row, xml
from kosme_web.sandbox.state import state

KEYS = {"addrLinkApi": "sandbox-juso-key", "addrEngApi": "sandbox-juso-english-key"}
EXPIRED_KEY = "sandbox-juso-expired"
PROVINCES = re.compile(
    r"(서울|부산|대구|인천|광주|대전|울산)(특별시|광역시)?|세종(특별자치시)?|\S{2,4}(특별자치)?도|\S+통합특별시"
)
WORDS = re.compile(
    r"[%=><\[\]]|\b(or|select|insert|delete|update|create|drop|exec|union|fetch|declare|truncate)\b", re.IGNORECASE
)
MAGIC = {
    "sandbox-slow": ("응답 지연", "a slow answer"),
    "sandbox-huge": ("아주 큰 응답", "a huge answer"),
    "sandbox-html": ("점검 중 화면 (200)", "a maintenance page (200)"),
    "sandbox-down": ("503", "503"),
    "sandbox-truncated": ("잘린 JSON", "JSON cut short"),
    "sandbox-system": ("시스템 오류 (-999)", "system error (-999)"),
    "sandbox-expired": ("만료된 개발 승인키 (E0014)", "an expired development key (E0014)"),
    "sandbox-nothing": ("결과 없음: [] (보통은 null)", "nothing found, as [] (else it is null)"),
    "sandbox-single": ("결과 1건이 목록이 아닌 객체", "one row that is an object, not a list"),
    "sandbox-apartment": ("공동주택", "an apartment building"),
}
ROWS_FOR = {"sandbox-nothing": 0, "sandbox-single": 1, "sandbox-apartment": 1}
blueprint = Blueprint("juso", __name__)


@cache
def buildings() -> tuple[Building, ...]:
    path = Path(__file__).parent / "data" / "addresses.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_seed(one) for one in csv.DictReader(file))


def _seed(one: dict[str, str]) -> Building:
    haystack = tuple(_words(" ".join(one.values())))
    return Building(one["road"], one["english"], one["postal_code"], one["name"], haystack)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w\-]+", unicodedata.normalize("NFKC", text).casefold())


@blueprint.route("/addrlink/<any(addrLinkApi, addrEngApi):service>.do", methods=["GET", "POST"])
@blueprint.route("/addrlink/<any(addrLinkApi, addrEngApi):service>Jsonp.do", methods=["GET", "POST"])
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
    return _answer(service, keyword)


def _answer(service: str, keyword: str) -> Response:
    size, page = min(_number("countPerPage", 10), 100), _number("currentPage", 1)
    code = problem(service, keyword, page * size)
    total, shown = _matching(keyword, page, size) if code == "0" else (0, [])
    asks_more = request.values.get("addInfoYn") == "Y"
    is_apartment = keyword == "sandbox-apartment"
    rows = [row(service, one, is_apartment=is_apartment, has_more=asks_more) for one in shown]
    common = {
        "errorMessage": "정상" if code == "0" else code,
        "countPerPage": str(size),
        "totalCount": str(total),
        "errorCode": code,
        "currentPage": str(page),
    }
    return _encoded(common, rows, keyword)


def _matching(keyword: str, page: int, size: int) -> tuple[int, list[Building]]:
    """Give the number and one page: of the nation's addresses where they are there, else of the seed."""
    if keyword in ROWS_FOR:
        return ROWS_FOR[keyword], list(buildings()[: ROWS_FOR[keyword]])
    index: AddressIndex | None = current_app.extensions["addresses"]
    found = index and juso_index.found(index, keyword, page, size)
    if found:
        return found
    fitting = _fitting(_words(keyword))
    return len(fitting), fitting[(page - 1) * size : page * size]


def _fitting(wanted: list[str]) -> list[Building]:
    return [one for one in buildings() if all(any(hay.startswith(word) for hay in one.haystack) for word in wanted)]


def _encoded(common: dict[str, str], rows: list[dict[str, str]], keyword: str) -> Response:
    juso: Any = rows or None
    if keyword == "sandbox-nothing":
        juso = []
    if keyword == "sandbox-single":
        juso = rows[0]
    text = json.dumps({"results": {"common": common, "juso": juso}}, ensure_ascii=False)
    if request.path.endswith("Jsonp.do"):
        return Response(f"({text})", content_type="text/javascript;charset=UTF-8")
    if request.values.get("resultType") == "json":
        return Response(text, content_type="application/json;charset=UTF-8")
    return Response(xml(common, rows), content_type="text/xml;charset=UTF-8")


def problem(service: str, keyword: str, reach: int) -> str:
    """Give the first code that fits, in juso's order: key, empty, length, digits, words; "0" for none."""
    digits = keyword.isdecimal()
    checks = (
        ("E0014", request.values.get("confmKey") == EXPIRED_KEY or keyword == "sandbox-expired"),
        ("E0001", request.values.get("confmKey") != KEYS[service]),
        ("-999", keyword == "sandbox-system"),
        ("E0005", not keyword),
        ("E0008", len(keyword) == 1),
        ("E0010", len(keyword) > (40 if re.search("[가-힣]", keyword) else 80)),
        ("E0011", re.search(r"\d{11}", keyword)),
        ("E0009", digits and len(keyword) != 5),  # noqa: PLR2004  five digits are a postal code
        ("E0012", not digits and not re.search(r"[^\W\d_]", keyword)),
        ("E0013", WORDS.search(keyword)),
        ("E0006", PROVINCES.fullmatch(keyword)),
        ("E0015", reach > 9000),  # noqa: PLR2004
    )
    return next((code for code, is_so in checks if is_so), "0")


def _number(name: str, default: int) -> int:
    text = request.values.get(name, "")
    return max(int(text), 1) if re.fullmatch("[0-9]{1,6}", text) else default
