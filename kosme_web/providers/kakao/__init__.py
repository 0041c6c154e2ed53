"""카카오 로그인 (contract: kakao.md): the account with its consents, the end of a link, Kakao's notice of one."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from requests import Request

from kosme_web.providers.http import ProviderAnswerError, ProviderUnavailableError, Reply
from kosme_web.providers.service import SECONDS, OutsideService, Visit
from kosme_web.providers.social import NoticeError, Profile, subject_of, text_of

ISSUER = "https://kauth.kakao.com"
TRY_LATER = {-1, -7, -10, -603, -9798}
NOT_LINKED = -101
KOREA = "+82 "


@dataclass(frozen=True)
class Kakao:
    api_url: str
    admin_key: str = field(repr=False)
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("kakao"), repr=False, compare=False)

    def profile(self, token: Mapping[str, Any], visit: Visit) -> Profile:
        """Read the account; its id must be the one the id_token names, and an unproven e-mail is none."""
        found = self._call(visit, "GET", "/v2/user/me", f"Bearer {token['access_token']}")
        subject = subject_of(found.get("id"))
        if subject != token["userinfo"].get("sub"):
            raise ProviderAnswerError("two subjects")
        account = _part(found, "kakao_account")
        is_email_good = account.get("is_email_valid") is True and account.get("is_email_verified") is True
        return Profile(
            ISSUER,
            subject,
            name=text_of(account.get("name"), 100) or text_of(_part(account, "profile").get("nickname"), 100),
            email=text_of(account.get("email"), 254) if is_email_good else "",
            phone_number=domestic(text_of(account.get("phone_number"), 30)),
        )

    def unlink(self, access_token: str, _subject: str) -> None:
        with self.service.visit(self.seconds) as visit:
            self._call(visit, "POST", "/v1/user/unlink", f"Bearer {access_token}")

    def release(self, subject: str) -> bool:
        """End the link by the admin key, without which there is no way; one that is over is no error."""
        if not self.admin_key:
            return False
        target = {"target_id_type": "user_id", "target_id": subject}
        with self.service.visit(self.seconds) as visit:
            self._call(visit, "POST", "/v1/user/unlink", f"KakaoAK {self.admin_key}", target)
        return True

    def read_notice(self, authorization: str, values: Mapping[str, str]) -> str:
        """Give who ended the link; the admin key is the whole proof that Kakao asks."""
        expected = f"KakaoAK {self.admin_key}"
        if not self.admin_key or not hmac.compare_digest(expected.encode(), authorization.encode("utf-8", "replace")):
            raise NoticeError("admin key")
        try:
            return subject_of(values.get("user_id"))
        except ProviderAnswerError:
            raise NoticeError("user_id") from None

    def _call(
        self, visit: Visit, method: str, path: str, authorization: str, form: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        headers = {"Authorization": authorization}
        reply = visit.ask(Request(method, f"{self.api_url}{path}", headers=headers, data=form))
        if reply.status == HTTPStatus.OK:
            return reply.json()
        code = _code(reply)
        if code == NOT_LINKED and method == "POST":
            return {}
        raise ProviderUnavailableError(code) if code in TRY_LATER else reply.failure()


def _code(reply: Reply) -> object:
    code = reply.json().get("code")
    return code if isinstance(code, int) else None


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def domestic(number: str) -> str:
    """Write a Korean number as it is typed here; a foreign one cannot be used for the verification."""
    return f"0{number.removeprefix(KOREA)}" if number.startswith(KOREA) else ""
