"""기관 통합 로그인 (contract: onepass.md): any OpenID provider, in the place where Digital OnePass was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from requests import Request

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.service import SECONDS, OutsideService, Visit
from kosme_web.providers.social import Profile, subject_of, text_of


@dataclass(frozen=True)
class InstitutionalSso:
    """Reads what the id_token leaves out; where that is asked is said by the provider's own description."""

    issuer: str
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("sso"), repr=False, compare=False)

    def profile(self, token: Mapping[str, Any], visit: Visit) -> Profile:
        """Put id_token and userinfo together; both must be about the same person."""
        claims = dict(token["userinfo"])
        subject = subject_of(claims.get("sub"))
        if url := token.get("userinfo_endpoint"):
            more = _userinfo(visit, url, token["access_token"])
            if more.get("sub") != subject:
                raise ProviderAnswerError("two subjects")
            claims |= more
        return Profile(
            self.issuer,
            subject,
            name=text_of(claims.get("name"), 100),
            email=text_of(claims.get("email"), 254),
            phone_number=text_of(claims.get("phone_number"), 30),
        )

    def unlink(self, access_token: str, subject: str) -> None:
        """Nothing to tell: OpenID Connect knows no end of a link."""

    def release(self, _subject: str) -> bool:
        return False


def _userinfo(visit: Visit, url: str, access_token: str) -> dict[str, Any]:
    bearer = {"Authorization": f"Bearer {access_token}"}
    reply = visit.ask(Request("GET", url, headers=bearer))
    if reply.status != HTTPStatus.OK:
        raise reply.failure()
    return reply.json()
