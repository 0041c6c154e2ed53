"""The one door to the outside: every answer has a time limit and a size limit, every failure a name."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import Any, cast

from requests import ConnectionError as NoConnectionError
from requests import PreparedRequest, Request, RequestException, Session
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

CHUNK = 8192
ANSWER_BYTES = 65_536
CONNECT_SECONDS = 2.0
TRY_LATER = (429, 500, 502, 503, 504)
NOT_FOR_US = (401, 403)


class ProviderError(Exception):
    """The outside world did not do its part; the person's own work goes on."""


class ProviderUnavailableError(ProviderError):
    """No answer, not in time, or "try later"; asking again may help, after ``retry_after`` seconds if it said so."""

    retry_after: float | None = None


class ProviderAnswerError(ProviderError):
    """An answer that the contract does not know; asking again will not help."""


class ProviderCredentialsError(ProviderAnswerError):
    """The service does not take our key, address or clock: a matter for whoever runs the site, at once."""


@dataclass(frozen=True)
class Reply:
    """A status and a body of bounded size."""

    status: int
    body: bytes
    retry_after: float | None = None

    def json(self) -> dict[str, Any]:
        """Give the JSON object of the body; anything else breaks the contract."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):  # the latter: brackets within brackets without end
            content = None
        if not isinstance(content, dict):
            raise self.failure() if self.status != HTTPStatus.OK else ProviderAnswerError("no JSON object")
        return cast("dict[str, Any]", content)

    def failure(self) -> ProviderError:
        """Name what the status means where the contract says nothing else."""
        error = failure(self.status)
        if isinstance(error, ProviderUnavailableError):
            error.retry_after = self.retry_after
        return error


def ask(call: Request, *, seconds: float, size: int = ANSWER_BYTES) -> Reply:
    """Send the call once; redirects are not followed, and no exception quotes the call."""
    deadline = monotonic() + seconds
    try:
        prepared = call.prepare()
        try:
            return _send(prepared, deadline, size)
        except NoConnectionError as error:
            if not _has_never_arrived(error):
                raise
            return _send(prepared, deadline, size)  # nothing was sent, so nothing is sent twice
    except (RequestException, HTTPError, OSError) as error:
        raise ProviderUnavailableError(type(error).__name__) from None  # its message may hold a key


def _send(call: PreparedRequest, deadline: float, size: int) -> Reply:
    body = b""
    left = deadline - monotonic()
    if left <= 0:
        raise ProviderUnavailableError("too slow")
    with Session() as http:
        http.trust_env = False
        limits = (min(CONNECT_SECONDS, left), left)
        with http.send(call, stream=True, allow_redirects=False, timeout=limits) as reply:
            while chunk := reply.raw.read1(CHUNK, decode_content=True):
                body += chunk
                if monotonic() > deadline:
                    raise ProviderUnavailableError("too slow")
                if len(body) > size:
                    raise ProviderAnswerError("too long")
            return Reply(reply.status_code, body, _seconds_of(reply.headers.get("Retry-After", "")))


def _has_never_arrived(error: NoConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError | ConnectTimeoutError)


def _seconds_of(text: str) -> float | None:
    """Read a Retry-After, which is a number of seconds or a moment."""
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def failure(status: int) -> ProviderError:
    """Name what a status other than 200 means where the contract says nothing else."""
    if status in NOT_FOR_US:
        return ProviderCredentialsError(status)
    return ProviderUnavailableError(status) if status in TRY_LATER else ProviderAnswerError(status)
