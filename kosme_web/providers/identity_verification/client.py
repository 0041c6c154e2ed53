"""PortOne V2 (contract: identity-portone.md): send, resend and confirm without a window, fetch for both ways."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from requests import Request

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.identity_verification.reading import read, sentence
from kosme_web.providers.identity_verification.types import (
    Method,
    Operator,
    Person,
    Refusal,
    VerificationRefusedError,
    VerifiedPerson,
)
from kosme_web.providers.service import SECONDS, OutsideService, Visit

REFUSALS = {str(refusal): refusal for refusal in Refusal}


def new_verification_id() -> str:
    """Make an id that every agency takes: 32 hexadecimal digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class IdentityVerification:
    """One store and channel of PortOne; ``bypass`` are fields that go on to the agency (contract 3.6)."""

    base_url: str
    secret: str = field(repr=False)
    store_id: str
    channel_key: str = field(repr=False)
    accepts_test_channel: bool
    bypass: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = SECONDS
    service: OutsideService = field(default_factory=lambda: OutsideService("portone"), repr=False, compare=False)

    def send(self, verification_id: str, person: Person, operator: Operator, method: Method) -> None:
        """Have the agency ask the person: by a code in a message, or in the PASS app."""
        customer = {
            "name": person.name,
            "phoneNumber": person.phone_number,
            "identityNumber": person.identity_number,
            "ipAddress": person.ip_address,
        }
        wish = {"storeId": self.store_id, "channelKey": self.channel_key, "customer": customer}
        wish |= {"operator": operator, "method": method} | ({"bypass": dict(self.bypass)} if self.bypass else {})
        with self.service.visit(self.seconds) as visit:
            self._post(visit, f"{verification_id}/send", wish)

    def resend(self, verification_id: str) -> None:
        with self.service.visit(self.seconds) as visit:
            self._post(visit, f"{verification_id}/resend", None)

    def confirm(self, verification_id: str, code: str | None) -> VerifiedPerson:
        """Give the verified person, also where the answer to an earlier try got lost; ``code`` for SMS only."""
        wish = {"storeId": self.store_id} | ({"otp": code} if code is not None else {})
        with self.service.visit(self.seconds) as visit:
            try:
                answer = self._post(visit, f"{verification_id}/confirm", wish)
                person = self._read(answer.get("identityVerification"), verification_id)
            except VerificationRefusedError as error:
                if error.refusal is not Refusal.ALREADY_VERIFIED:
                    raise
                person = self._fetch(visit, verification_id)
            if person is None:
                raise ProviderAnswerError("confirmed but not verified")
            return person

    def fetch(self, verification_id: str) -> VerifiedPerson | None:
        """Ask how far it is: the verified person, or nobody yet."""
        with self.service.visit(self.seconds) as visit:
            return self._fetch(visit, verification_id)

    def _fetch(self, visit: Visit, verification_id: str) -> VerifiedPerson | None:
        call = Request("GET", f"{self.base_url}/identity-verifications/{verification_id}")
        call.params = {"storeId": self.store_id}
        return self._read(self._send(visit, call), verification_id)

    def _read(self, found: object, verification_id: str) -> VerifiedPerson | None:
        return read(found, verification_id, accepts_test_channel=self.accepts_test_channel)

    def _post(self, visit: Visit, path: str, wish: dict[str, Any] | None) -> dict[str, Any]:
        call = Request("POST", f"{self.base_url}/identity-verifications/{path}", json=wish or {})
        call.params = {"storeId": self.store_id} if wish is None else {}
        return self._send(visit, call)

    def _send(self, visit: Visit, call: Request) -> dict[str, Any]:
        call.headers = {"Authorization": f"PortOne {self.secret}"}
        reply = visit.ask(call)
        answer = reply.json()
        if reply.status == HTTPStatus.OK:
            return answer
        refusal = REFUSALS.get(str(answer.get("type")))
        if refusal is None:
            raise reply.failure()
        raise VerificationRefusedError(refusal, sentence(answer.get("pgMessage")))
