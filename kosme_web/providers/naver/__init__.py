"""네이버 로그인 (contract: naver.md): the wrapped profile, the end of a link, and Naver's notice of one."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from requests import Request

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.service import SECONDS, OutsideService, Visit
from kosme_web.providers.social import NoticeError, Profile, subject_of, text_of

ISSUER = "https://nid.naver.com"
OLDEST_NOTICE = timedelta(minutes=10)
BLOCK = 16
NOTICE = ("clientId", "encryptUniqueId", "timestamp", "signature")


@dataclass(frozen=True)
class UnlinkNotice:
    subject: str = field(repr=False)
    sent_at: datetime


@dataclass(frozen=True)
class Naver:
    login_url: str
    api_url: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("naver"), repr=False, compare=False)

    def profile(self, token: Mapping[str, Any], visit: Visit) -> Profile:
        """Read the profile; an item the person refused is absent, and the e-mail is never a verified one."""
        bearer = {"Authorization": f"Bearer {token['access_token']}"}
        reply = visit.ask(Request("GET", f"{self.api_url}/v1/nid/me", headers=bearer))
        if reply.status != HTTPStatus.OK:
            raise reply.failure()
        answer = reply.json()
        found = answer.get("response")
        if answer.get("resultcode") != "00" or not isinstance(found, dict):
            raise ProviderAnswerError("no profile")
        return Profile(
            ISSUER,
            subject_of(found.get("id")),
            name=text_of(found.get("name"), 100),
            email=text_of(found.get("email"), 254),
            phone_number=text_of(found.get("mobile"), 20),
        )

    def unlink(self, access_token: str, _subject: str) -> None:
        """Revoke the token, which ends the link; a token that was revoked before is no error."""
        form = {"client_id": self.client_id, "client_secret": self.client_secret, "token": access_token}
        with self.service.visit(self.seconds) as visit:
            reply = visit.ask(Request("POST", f"{self.login_url}/oauth2.0/revoke", data=form))
            if reply.status != HTTPStatus.OK:
                raise reply.failure()

    def release(self, _subject: str) -> bool:
        """Naver ends a link by a token of the person only, and we keep none."""
        return False

    def read_notice(self, values: Mapping[str, str], moment: datetime) -> UnlinkNotice:
        """Give who ended the link, if the notice is signed with our secret, for us, and of now."""
        client_id, sealed, timestamp, signature = (values.get(name, "") for name in NOTICE)
        key = hashlib.md5(self.client_secret.encode(), usedforsecurity=False).digest()
        signed = f"clientId={client_id}&encryptUniqueId={sealed}&timestamp={timestamp}"
        expected = hmac.digest(key, signed.encode("utf-8", "replace"), "sha256")
        if not hmac.compare_digest(expected, decoded(signature)) or client_id != self.client_id:
            raise NoticeError("signature")
        try:
            sent_at = datetime.fromtimestamp(int(timestamp), UTC)
        except (ValueError, OverflowError, OSError):
            raise NoticeError("timestamp") from None
        if abs(moment - sent_at) > OLDEST_NOTICE:
            raise NoticeError("timestamp")
        return UnlinkNotice(opened(key, decoded(sealed)), sent_at)


def decoded(text: str) -> bytes:
    """Read base64url without padding."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise NoticeError("base64") from None


def opened(key: bytes, sealed: bytes) -> str:
    """Open an id: the initialisation vector, then AES-128-CBC."""
    try:
        cipher = Cipher(algorithms.AES(key), modes.CBC(sealed[:BLOCK])).decryptor()
        padded = cipher.update(sealed[BLOCK:]) + cipher.finalize()
        unpadder = PKCS7(BLOCK * 8).unpadder()
        return subject_of((unpadder.update(padded) + unpadder.finalize()).decode())
    except (ValueError, ProviderAnswerError):
        raise NoticeError("sealed id") from None
