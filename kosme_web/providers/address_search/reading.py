"""Reads juso's answer, which is JSON or XML of the same shape, into addresses."""

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from kosme_web.domain.address_codes import join
from kosme_web.providers.address_search.types import FAULTS, Address, Addresses, Refusal, SearchRefusedError
from kosme_web.providers.http import ProviderAnswerError

CODES = ("admCd", "rnMgtSn", "bdMgtSn")
REFUSALS = {str(refusal): refusal for refusal in Refusal}


def read(body: bytes, *, is_korean: bool) -> Addresses:
    """Give the addresses; raises SearchRefusedError and ProviderAnswerError."""
    try:
        is_xml = body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        return _read(_from_xml(body) if is_xml else json.loads(body)["results"], is_korean=is_korean)
    except (ValueError, KeyError, TypeError, AttributeError, ParseError, RecursionError) as error:
        raise ProviderAnswerError(type(error).__name__) from None


def _from_xml(body: bytes) -> dict[str, Any]:
    """Give the shape that JSON has. A document type, which alone can hold entities, is refused unread."""
    if b"<!" in body.replace(b"<![CDATA[", b""):
        raise ProviderAnswerError("a document type")
    root = fromstring(body)  # noqa: S314  bounded in size, and without a document type nothing can unfold
    if root.tag != "results":
        raise ProviderAnswerError("another document")
    return {"common": _texts(root.find("common")), "juso": [_texts(row) for row in root.findall("juso")]}


def _texts(element: Element | None) -> dict[str, str]:
    return {child.tag: child.text or "" for child in element} if element is not None else {}


def _read(results: dict[str, Any], *, is_korean: bool) -> Addresses:
    code = results["common"]["errorCode"]
    if code in REFUSALS:
        raise SearchRefusedError(REFUSALS[code])
    if code != "0":
        raise FAULTS.get(code, ProviderAnswerError)(code)
    rows = results["juso"] or []  # null, a list or a single object: all three are seen
    listed = [rows] if isinstance(rows, dict) else rows
    address = _korean if is_korean else _english
    return Addresses(int(results["common"]["totalCount"]), tuple(address(row) for row in listed))


def _korean(row: dict[str, str]) -> Address:
    return Address(
        road=row["roadAddrPart1"].strip(),
        reference=row["roadAddrPart2"].strip(),
        english=row["engAddr"].strip(),
        lot=row["jibunAddr"].strip(),
        postal_code=row["zipNo"],
        is_apartment=row.get("bdKdcd") == "1",
        codes=join(*(row.get(name, "") for name in CODES)),
    )


def _english(row: dict[str, str]) -> Address:
    road, _, reference = row["korAddr"].strip().partition(" (")
    return Address(
        road=road,
        reference=f"({reference}" if reference else "",
        english=row["roadAddr"].strip(),
        lot=row["jibunAddr"].strip(),
        postal_code=row["zipNo"],
        is_apartment=row.get("bdKdcd") == "1",
        codes=join(*(row.get(name, "") for name in CODES)),
    )
