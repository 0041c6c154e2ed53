"""PortOne V2, headless (contract: identity-portone.md): send, resend, confirm."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from requests import Request

from kosme_web.providers.http import ProviderAnswerError, ask, failure
from kosme_web.providers.identity_verification.types import (
    Method,
    Operator,
    Person,
    Refusal,
    VerificationRefusedError,
    VerifiedPerson,
)

REFUSALS = {str(refusal): refusal for refusal in Refusal}


def new_verification_id() -> str:
    """Make an id that every agency takes: 32 hexadecimal digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class IdentityVerification:
    """One store and channel of PortOne."""

    base_url: str
    secret: str = field(repr=False)
    store_id: str
    channel_key: str = field(repr=False)
    accepts_test_channel: bool
    seconds: float = 5

    def send(self, verification_id: str, person: Person, operator: Operator, method: Method) -> None:
        """Have the agency ask the person: by a code in a message, or in the PASS app."""
        customer = {
            "name": person.name,
            "phoneNumber": person.phone_number,
            "identityNumber": person.identity_number,
            "ipAddress": person.ip_address,
        }
        wish = {"channelKey": self.channel_key, "customer": customer, "operator": operator, "method": method}
        self._post(f"{verification_id}/send", {"storeId": self.store_id, **wish})

    def resend(self, verification_id: str) -> None:
        self._post(f"{verification_id}/resend", None)

    def confirm(self, verification_id: str, code: str | None) -> VerifiedPerson:
        """Give the verified person; ``code`` for SMS only."""
        wish = {"storeId": self.store_id} | ({"otp": code} if code is not None else {})
        answer = self._post(f"{verification_id}/confirm", wish)
        try:
            return self._read(answer["identityVerification"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ProviderAnswerError(type(error).__name__) from None

    def _post(self, path: str, wish: dict[str, Any] | None) -> dict[str, Any]:
        url = f"{self.base_url}/identity-verifications/{path}"
        query = {"storeId": self.store_id} if wish is None else {}
        headers = {"Authorization": f"PortOne {self.secret}"}
        reply = ask(Request("POST", url, headers=headers, params=query, json=wish or {}), seconds=self.seconds)
        answer = reply.json()
        if reply.status == HTTPStatus.OK:
            return answer
        refusal = REFUSALS.get(str(answer.get("type")))
        raise VerificationRefusedError(refusal) if refusal else failure(reply.status)

    def _read(self, found: dict[str, Any]) -> VerifiedPerson:
        if found["status"] != "VERIFIED":
            raise VerificationRefusedError(Refusal.FAILED)
        if found["channel"]["type"] != "LIVE" and not self.accepts_test_channel:
            raise ProviderAnswerError("a test channel")
        customer = found["verifiedCustomer"]
        born = customer.get("birthDate")
        return VerifiedPerson(
            name=str(customer["name"]),
            birth_date=date.fromisoformat(born) if born else None,
            phone_number=customer.get("phoneNumber"),
            ci=customer.get("ci"),
            di=customer.get("di"),
        )
