"""The check itself: organisation token, crypto token, one question that is never repeated (it is billed)."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from requests import Request

from kosme_web.providers.http import ProviderAnswerError, ProviderCredentialsError
from kosme_web.providers.name_check.keys import CryptoKeys
from kosme_web.providers.name_check.types import (
    NameCheckAnswer,
    NameCheckResult,
    NameFormat,
    NameNotEncodableError,
    gateway_error,
    service_error,
)
from kosme_web.providers.service import SECONDS, OutsideService, Visit

OAUTH = "/digital/niceid/oauth/oauth/token"
CRYPTO = "/digital/niceid/api/v1.0/common/crypto/token"
CHECK = "/digital/niceid/api/v1.0/name/foreigner/check"
SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class NameCheck:
    """A contract with NICE. Number and name exist only while ``check`` runs."""

    base_url: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    product_id: str
    access_token: str | None = field(repr=False)
    name_format: NameFormat = NameFormat.CAPITALS
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("nice"), repr=False, compare=False)
    _fetched: list[str] = field(default_factory=list, repr=False, compare=False)

    def check(self, number: str, name: str, *, now: datetime) -> NameCheckAnswer:
        """Ask whether the name is the one registered with the 13 digits."""
        try:
            encoded = self.name_format.of(name).encode("euc-kr")
        except UnicodeEncodeError:
            raise NameNotEncodableError from None
        with self.service.visit(self.seconds) as visit:
            try:
                return self._check(visit, number.encode(), encoded, now)
            except ProviderCredentialsError:
                self._fetched.clear()  # the token may have been revoked; the next check fetches another
                raise

    def _check(self, visit: Visit, number: bytes, name: bytes, now: datetime) -> NameCheckAnswer:
        token = self._organisation_token(visit)
        request_no = f"REQ{secrets.token_hex(13)}"
        version, keys = self._crypto_keys(visit, token, request_no, now)
        enc_number, enc_name = keys.encrypt(number), keys.encrypt(name)
        wish = {
            "token_version_id": version,
            "enc_foreigner_id": enc_number,
            "enc_name": enc_name,
            "integrity_value": keys.sign(version + enc_number + enc_name),
        }
        answer = self._post(visit, CHECK, wish, token, now)
        try:
            return NameCheckAnswer(NameCheckResult(str(answer.get("result_cd"))), request_no)
        except ValueError:
            raise ProviderAnswerError("result_cd") from None

    def _organisation_token(self, visit: Visit) -> str:
        """Give the token that lives for decades: the operator's (KOSME_NICE_ACCESS_TOKEN), or one fetched once."""
        if known := self.access_token or next(iter(self._fetched), None):
            return known
        call = Request("POST", self.base_url + OAUTH, auth=(self.client_id, self.client_secret))
        call.data = {"grant_type": "client_credentials", "scope": "default"}
        call.headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        token = self._body(visit, call).get("access_token")
        if not isinstance(token, str) or not token:
            raise ProviderAnswerError("access_token")
        self._fetched[:] = [token]
        return token

    def _crypto_keys(self, visit: Visit, token: str, request_no: str, now: datetime) -> tuple[str, CryptoKeys]:
        moment = now.astimezone(SEOUL).strftime("%Y%m%d%H%M%S")
        answer = self._post(visit, CRYPTO, {"req_dtim": moment, "req_no": request_no, "enc_mode": "1"}, token, now)
        version, value = answer.get("token_version_id"), answer.get("token_val")
        if answer.get("result_cd") != "0000" or not isinstance(version, str) or not isinstance(value, str):
            raise ProviderAnswerError("crypto token")
        return version, CryptoKeys.derive(moment, request_no, value)

    def _post(self, visit: Visit, path: str, body: dict[str, str], token: str, now: datetime) -> dict[str, Any]:
        triple = f"{token}:{int(now.timestamp())}:{self.client_id}"
        headers = {
            "Authorization": f"bearer {base64.b64encode(triple.encode()).decode()}",
            "client_id": self.client_id,
            "ProductID": self.product_id,
        }
        wish = {"dataHeader": {"CNTY_CD": "ko", "TRAN_ID": secrets.token_hex(12)}, "dataBody": body}
        answer = self._body(visit, Request("POST", self.base_url + path, headers=headers, json=wish))
        if answer.get("rsp_cd") != "P000":
            raise service_error(answer.get("rsp_cd"))
        return answer

    def _body(self, visit: Visit, call: Request) -> dict[str, Any]:
        """Believe the status first, then the gateway, and only then read the body."""
        reply = visit.ask(call)
        if reply.status != HTTPStatus.OK:
            raise reply.failure()
        answer = reply.json()
        header, body = answer.get("dataHeader"), answer.get("dataBody")
        code = str(header.get("GW_RSLT_CD"))[:8] if isinstance(header, dict) else ""
        if code != "1200":
            raise gateway_error(code)
        if not isinstance(body, dict):
            raise ProviderAnswerError("dataBody")
        return body
