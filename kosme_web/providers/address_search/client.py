"""addrLinkApi.do and addrEngApi.do of juso.go.kr (contract: juso.md)."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import Any

from requests import Request

from kosme_web.providers.address_search.types import Address, Addresses, Refusal, SearchRefusedError
from kosme_web.providers.http import ProviderAnswerError, ask, failure

REFUSALS = {str(refusal): refusal for refusal in Refusal}
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
SIGNS = re.compile(r"[%=><\[\]]")
# juso refuses these; as parts of a road's name (Noryangjin-ro) they stay
WORDS = re.compile(
    r"\b(or|select|insert|delete|update|create|drop|exec|union|fetch|declare|truncate)\b", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True)
class AddressSearch:
    """Asks the Korean service, or the English one where the keyword holds no Hangul."""

    base_url: str
    key: str = field(repr=False)
    english_key: str = field(repr=False)
    seconds: float = 5

    def search(self, keyword: str, page: int = 1, size: int = 10) -> Addresses:
        """Give one page of addresses, each in both languages; raises SearchRefusedError, ProviderError."""
        is_korean = bool(HANGUL.search(keyword))
        wish = {
            "confmKey": self.key if is_korean else self.english_key,
            "keyword": " ".join(WORDS.sub(" ", SIGNS.sub(" ", keyword)).split()),
            "currentPage": page,
            "countPerPage": min(max(size, 1), 100),
            "resultType": "json",
        }
        name = "addrLinkApi" if is_korean else "addrEngApi"
        reply = ask(
            Request("POST", f"{self.base_url}/addrlink/{name}.do", data=wish), seconds=self.seconds, size=262_144
        )
        if reply.status != HTTPStatus.OK:
            raise failure(reply.status)
        try:
            return self._read(reply.json()["results"], is_korean=is_korean)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ProviderAnswerError(type(error).__name__) from None

    @staticmethod
    def _read(results: dict[str, Any], *, is_korean: bool) -> Addresses:
        code = results["common"]["errorCode"]
        if code in REFUSALS:
            raise SearchRefusedError(REFUSALS[code])
        if code != "0":
            raise ProviderAnswerError(code)
        rows = results["juso"] or []  # null, a list or a single object: all three are seen
        read = _korean if is_korean else _english
        listed = [rows] if isinstance(rows, dict) else rows
        return Addresses(int(results["common"]["totalCount"]), tuple(read(row) for row in listed))


def _korean(row: dict[str, str]) -> Address:
    return Address(
        road=row["roadAddrPart1"].strip(),
        reference=row["roadAddrPart2"].strip(),
        english=row["engAddr"].strip(),
        lot=row["jibunAddr"].strip(),
        postal_code=row["zipNo"],
    )


def _english(row: dict[str, str]) -> Address:
    road, _, reference = row["korAddr"].strip().partition(" (")
    return Address(
        road=road,
        reference=f"({reference}" if reference else "",
        english=row["roadAddr"].strip(),
        lot=row["jibunAddr"].strip(),
        postal_code=row["zipNo"],
    )


@dataclass(frozen=True)
class CachedAddressSearch:
    """Answers the same question from memory for a day; holds addresses of buildings, not of people."""

    service: AddressSearch
    keeps: int = 1000
    seconds: float = 86_400
    _answers: "OrderedDict[tuple[str, int, int], tuple[float, Addresses]]" = field(
        default_factory=OrderedDict, repr=False
    )
    _lock: Lock = field(default_factory=Lock, repr=False)

    def search(self, keyword: str, page: int = 1, size: int = 10) -> Addresses:
        question = (" ".join(keyword.split()), page, size)
        with self._lock:
            made_at, answer = self._answers.get(question, (0.0, None))
        if answer is not None and made_at > monotonic() - self.seconds:
            return answer
        answer = self.service.search(*question)
        with self._lock:
            self._answers[question] = (monotonic(), answer)
            while len(self._answers) > self.keeps:
                self._answers.popitem(last=False)
        return answer
