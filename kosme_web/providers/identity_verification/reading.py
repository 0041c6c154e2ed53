"""Reads PortOne's object of a verification, and nothing of it that we must not keep (pgRawResponse)."""

from datetime import date, datetime
from typing import Any

from kosme_web.providers.http import ProviderAnswerError
from kosme_web.providers.identity_verification.types import Refusal, VerificationRefusedError, VerifiedPerson

LONGEST_SENTENCE = 200


def read(found: object, verification_id: str, *, accepts_test_channel: bool) -> VerifiedPerson | None:
    """Give the verified person, or None while the person is still being asked."""
    try:
        return _read(found, verification_id, accepts_test_channel=accepts_test_channel)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProviderAnswerError(type(error).__name__) from None


def _read(found: Any, verification_id: str, *, accepts_test_channel: bool) -> VerifiedPerson | None:  # noqa: ANN401
    if found["id"] != verification_id:
        raise ProviderAnswerError("another id")
    status = found["status"]
    if status == "FAILED":
        raise VerificationRefusedError(Refusal.FAILED, sentence((found.get("failure") or {}).get("pgMessage")))
    if status == "READY":
        return None
    if status != "VERIFIED":
        raise ProviderAnswerError("status")
    if found["channel"]["type"] != "LIVE" and not accepts_test_channel:
        raise ProviderAnswerError("a test channel")
    return _person(found["verifiedCustomer"], found["verifiedAt"])


def _person(customer: dict[str, Any], verified_at: str) -> VerifiedPerson:
    moment = datetime.fromisoformat(verified_at)
    if moment.tzinfo is None or not isinstance(customer["name"], str):
        raise ProviderAnswerError("verifiedAt or name")
    born = customer.get("birthDate")
    return VerifiedPerson(
        name=customer["name"],
        verified_at=moment,
        birth_date=date.fromisoformat(born) if born else None,
        phone_number=_text(customer, "phoneNumber"),
        ci=_text(customer, "ci"),
        di=_text(customer, "di"),
    )


def _text(customer: dict[str, Any], name: str) -> str | None:
    """Give an optional field; an empty one is as good as none."""
    value = customer.get(name)
    if value is not None and not isinstance(value, str):
        raise ProviderAnswerError(name)
    return value or None


def sentence(text: object) -> str:
    """Give the agency's words in one line of bounded length."""
    words = " ".join(str(text).split()) if isinstance(text, str) else ""
    return "".join(filter(str.isprintable, words))[:LONGEST_SENTENCE]
