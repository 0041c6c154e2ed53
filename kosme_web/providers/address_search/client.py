"""addrLinkApi.do and addrEngApi.do of juso.go.kr (contract: juso.md)."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic

from requests import Request

from kosme_web.providers.address_search.reading import read
from kosme_web.providers.address_search.types import Addresses, Refusal, SearchRefusedError
from kosme_web.providers.service import SECONDS, OutsideService

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
# what juso refuses. Only whole words: as parts of a road's name (Noryangjin-ro) they are left to juso
FORBIDDEN = re.compile(
    r"[%=><\[\]]|\b(or|select|insert|delete|update|create|drop|exec|union|fetch|declare|truncate)\b",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class AddressSearch:
    """Asks the Korean service, or the English one where the keyword holds no Hangul."""

    base_url: str
    key: str = field(repr=False)
    english_key: str = field(repr=False)
    seconds: float = SECONDS
    result_type: str = "json"
    service: OutsideService = field(default_factory=lambda: OutsideService("juso"), repr=False, compare=False)

    def search(self, keyword: str, page: int = 1, size: int = 10) -> Addresses:
        """Give one page of addresses, each in both languages; raises SearchRefusedError, ProviderError."""
        if FORBIDDEN.search(keyword):
            raise SearchRefusedError(Refusal.BAD_SIGN)
        is_korean = bool(HANGUL.search(keyword))
        wish = {
            "confmKey": self.key if is_korean else self.english_key,
            "keyword": " ".join(keyword.split()),
            "currentPage": page,
            "countPerPage": min(max(size, 1), 100),
            "resultType": self.result_type,
        }
        name = "addrLinkApi" if is_korean else "addrEngApi"
        with self.service.visit(self.seconds) as visit:
            reply = visit.ask(Request("POST", f"{self.base_url}/addrlink/{name}.do", data=wish))
            if reply.status != HTTPStatus.OK:
                raise reply.failure()
            return read(reply.body, is_korean=is_korean)


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
        if answer.rows:  # a keyword that names no building may be anything a person typed
            self._keep(question, answer)
        return answer

    def _keep(self, question: tuple[str, int, int], answer: Addresses) -> None:
        with self._lock:
            self._answers[question] = (monotonic(), answer)
            while len(self._answers) > self.keeps:
                self._answers.popitem(last=False)
