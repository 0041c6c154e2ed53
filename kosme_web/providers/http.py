"""The one door to the outside: every answer has a time limit and a size limit, every failure a name."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import Any, cast

from requests import Request, RequestException, Session
from urllib3.exceptions import HTTPError

CHUNK = 8192
CONNECT_SECONDS = 3.0
TRY_LATER = (429, 500, 502, 503, 504)


class ProviderError(Exception):
    """The outside world did not do its part; the person's own work goes on."""


class ProviderUnavailableError(ProviderError):
    """No answer, not in time, or "try later"; asking again may help."""


class ProviderAnswerError(ProviderError):
    """An answer that the contract does not know; asking again will not help."""


@dataclass(frozen=True)
class Reply:
    """A status and a body of bounded size."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """Give the JSON object of the body; anything else breaks the contract."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):  # the latter: brackets within brackets without end
            content = None
        if not isinstance(content, dict):
            raise failure(self.status) if self.status != HTTPStatus.OK else ProviderAnswerError("no JSON object")
        return cast("dict[str, Any]", content)


def ask(call: Request, *, seconds: float, size: int = 65_536) -> Reply:
    """Send the call once; redirects are not followed, and no exception quotes the call."""
    deadline = monotonic() + seconds
    body = b""
    try:
        with Session() as http:
            http.trust_env = False
            limits = (min(CONNECT_SECONDS, seconds), seconds)
            with http.send(call.prepare(), stream=True, allow_redirects=False, timeout=limits) as reply:
                while chunk := reply.raw.read1(CHUNK, decode_content=True):
                    body += chunk
                    if monotonic() > deadline:
                        raise ProviderUnavailableError("too slow")
                    if len(body) > size:
                        raise ProviderAnswerError("too long")
                return Reply(reply.status_code, body)
    except (RequestException, HTTPError, OSError) as error:
        raise ProviderUnavailableError(type(error).__name__) from None  # its message may hold a key


def failure(status: int) -> ProviderError:
    """Name what a status other than 200 means where the contract says nothing else."""
    return ProviderUnavailableError(status) if status in TRY_LATER else ProviderAnswerError(status)
