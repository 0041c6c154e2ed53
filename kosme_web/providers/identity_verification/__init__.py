"""휴대폰 본인인증: PASS and SMS through PortOne V2."""

from kosme_web.providers.identity_verification.client import IdentityVerification, new_verification_id
from kosme_web.providers.identity_verification.types import (
    Method,
    Operator,
    Person,
    Refusal,
    VerificationRefusedError,
    VerifiedPerson,
)

__all__ = [
    "IdentityVerification",
    "Method",
    "Operator",
    "Person",
    "Refusal",
    "VerificationRefusedError",
    "VerifiedPerson",
    "new_verification_id",
]
