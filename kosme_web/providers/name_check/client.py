"""The check itself: organisation token, crypto token, one question that is never repeated (it is billed)."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from requests import Request

from kosme_web.providers.http import ProviderAnswerError, ProviderError, ProviderUnavailableError, ask, failure
from kosme_web.providers.name_check.keys import CryptoKeys

OAUTH = "/digital/niceid/oauth/oauth/token"
CRYPTO = "/digital/niceid/api/v1.0/common/crypto/token"
CHECK = "/digital/niceid/api/v1.0/name/foreigner/check"
SEOUL = ZoneInfo("Asia/Seoul")
BUSY = ("19", "1711", "1712", "1713", "1714", "1715", "1716")  # gateway codes of quotas and of closed hours begin so


class NameCheckResult(StrEnum):
    MATCH = "1"
    NAME_DIFFERS = "2"
    NOT_FOUND = "3"
    PROTECTED = "7"
    MISUSE = "8"


class NameNotEncodableError(ProviderError):
    """The name holds a letter that EUC-KR does not have; nothing was asked."""


@dataclass(frozen=True, slots=True)
class NameCheckAnswer:
    result: NameCheckResult
    request_no: str


@dataclass(frozen=True)
class NameCheck:
    """A contract with NICE. Number and name exist only while ``check`` runs."""

    base_url: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    product_id: str
    access_token: str | None = field(repr=False)
    seconds: float = 10

    def check(self, number: str, name: str, *, now: datetime) -> NameCheckAnswer:
        """Ask whether the name (trimmed, one blank, capitals) is the one registered with the 13 digits."""
        try:
            encoded = " ".join(name.upper().split()).encode("euc-kr")
        except UnicodeEncodeError:
            raise NameNotEncodableError from None
        token = self.access_token or self._organisation_token()
        request_no = f"REQ{secrets.token_hex(13)}"
        version, keys = self._crypto_keys(token, request_no, now)
        enc_number, enc_name = keys.encrypt(number.encode()), keys.encrypt(encoded)
        wish = {
            "token_version_id": version,
            "enc_foreigner_id": enc_number,
            "enc_name": enc_name,
            "integrity_value": keys.sign(version + enc_number + enc_name),
        }
        answer = self._post(CHECK, wish, token, now)
        if answer.get("rsp_cd") != "P000":
            raise ProviderAnswerError("rsp_cd")
        try:
            return NameCheckAnswer(NameCheckResult(str(answer.get("result_cd"))), request_no)
        except ValueError:
            raise ProviderAnswerError("result_cd") from None

    def _organisation_token(self) -> str:
        """Fetch the token that lives for decades; an operator stores it as KOSME_NICE_ACCESS_TOKEN."""
        call = Request(
            "POST",
            self.base_url + OAUTH,
            auth=(self.client_id, self.client_secret),
            data={"grant_type": "client_credentials", "scope": "default"},
        )
        token = self._body(call).get("access_token")
        if not isinstance(token, str):
            raise ProviderAnswerError("access_token")
        return token

    def _crypto_keys(self, token: str, request_no: str, now: datetime) -> tuple[str, CryptoKeys]:
        moment = now.astimezone(SEOUL).strftime("%Y%m%d%H%M%S")
        answer = self._post(CRYPTO, {"req_dtim": moment, "req_no": request_no, "enc_mode": "1"}, token, now)
        if (answer.get("rsp_cd"), answer.get("result_cd")) != ("P000", "0000"):
            raise ProviderAnswerError("crypto token")
        try:
            return str(answer["token_version_id"]), CryptoKeys.derive(moment, request_no, answer["token_val"])
        except KeyError:
            raise ProviderAnswerError("crypto token") from None

    def _post(self, path: str, body: dict[str, str], token: str, now: datetime) -> dict[str, Any]:
        triple = f"{token}:{int(now.timestamp())}:{self.client_id}"
        headers = {
            "Authorization": f"bearer {base64.b64encode(triple.encode()).decode()}",
            "client_id": self.client_id,
            "ProductID": self.product_id,
        }
        wish = {"dataHeader": {"CNTY_CD": "ko", "TRAN_ID": secrets.token_hex(12)}, "dataBody": body}
        return self._body(Request("POST", self.base_url + path, headers=headers, json=wish))

    def _body(self, call: Request) -> dict[str, Any]:
        reply = ask(call, seconds=self.seconds)
        if reply.status != HTTPStatus.OK:
            raise failure(reply.status)
        answer = reply.json()
        header, body = answer.get("dataHeader"), answer.get("dataBody")
        code = str(header.get("GW_RSLT_CD")) if isinstance(header, dict) else ""
        if code.startswith(BUSY):
            raise ProviderUnavailableError(code)
        if code != "1200" or not isinstance(body, dict):
            raise ProviderAnswerError(code)
        return body
