"""Facebook Login (contract: facebook.md): the Graph API with a proof of the secret, and signed requests to us."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from requests import Request

from kosme_web.providers.http import (
    ProviderAnswerError,
    ProviderError,
    ProviderUnavailableError,
    Reply,
)
from kosme_web.providers.service import SECONDS, OutsideService, Visit
from kosme_web.providers.social import NoticeError, Profile, subject_of, text_of

ISSUER = "https://www.facebook.com"
TRY_LATER = {1, 2, 4, 17, 32, 613}


@dataclass(frozen=True)
class DeletionRequest:
    subject: str = field(repr=False)
    issued_at: datetime


@dataclass(frozen=True)
class Facebook:
    graph_url: str
    version: str
    client_secret: str = field(repr=False)
    seconds: float = SECONDS
    client_id: str = field(default="", repr=False)  # with the secret it is the token of the app itself
    service: OutsideService = field(default_factory=lambda: OutsideService("facebook"), repr=False, compare=False)

    def profile(self, token: Mapping[str, Any], visit: Visit) -> Profile:
        """Read who it is; asked once more if the Graph is out of order for a moment."""
        wish = {"fields": "id,name,email", **self._proven(token["access_token"])}
        try:
            found = self._call(visit, "GET", "/me", wish)
        except ProviderUnavailableError:
            found = self._call(visit, "GET", "/me", wish)
        return Profile(
            ISSUER,
            subject_of(found.get("id")),
            name=text_of(found.get("name"), 100),
            email=text_of(found.get("email"), 254),
        )

    def unlink(self, access_token: str, subject: str) -> None:
        with self.service.visit(self.seconds) as visit:
            self._call(visit, "DELETE", f"/{quote(subject, safe='')}/permissions", self._proven(access_token))

    def release(self, subject: str) -> bool:
        """End the link by the token of the app itself, without which there is no way."""
        if not self.client_id:
            return False
        self.unlink(f"{self.client_id}|{self.client_secret}", subject)
        return True

    def _proven(self, access_token: str) -> dict[str, str]:
        proof = hmac.new(self.client_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()
        return {"access_token": access_token, "appsecret_proof": proof}

    def _call(self, visit: Visit, method: str, path: str, wish: Mapping[str, str]) -> dict[str, Any]:
        url = f"{self.graph_url}/{self.version}{path}"
        reply = visit.ask(Request(method, url, params=wish))
        answer = reply.json()
        if reply.status != HTTPStatus.OK or "error" in answer:
            raise _failure(reply, answer)
        return answer

    def read_signed_request(self, text: str) -> DeletionRequest:
        """Give who is meant, if the request is signed with our secret."""
        signature, dot, payload = text.partition(".")
        expected = hmac.digest(self.client_secret.encode(), payload.encode("utf-8", "replace"), "sha256")
        if not dot or not hmac.compare_digest(expected, _decoded(signature)):
            raise NoticeError("signature")
        try:
            wish = json.loads(_decoded(payload))
            if wish["algorithm"].upper() != "HMAC-SHA256":
                raise NoticeError("algorithm")
            issued_at = datetime.fromtimestamp(int(wish["issued_at"]), UTC)
            return DeletionRequest(subject_of(wish["user_id"]), issued_at)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, ProviderError):
            raise NoticeError("payload") from None


def _failure(reply: Reply, answer: Mapping[str, Any]) -> ProviderError:
    """Name what an error object means; its words may hold a token and are not repeated."""
    error = answer.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if code in TRY_LATER:
        return ProviderUnavailableError(code)
    return reply.failure() if reply.status != HTTPStatus.OK else ProviderAnswerError(code)


def _decoded(text: str) -> bytes:
    """Read base64url without padding."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise NoticeError("base64") from None
