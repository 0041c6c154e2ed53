"""PortOne as the tests reach it, and the least it may say of a verified person."""

from typing import Any

from kosme_web.providers.identity_verification import IdentityVerification

SECRET = "sandbox-portone-secret"
VERIFIED: dict[str, Any] = {
    "id": "abc",
    "status": "VERIFIED",
    "verifiedAt": "2026-11-24T03:00:00Z",
    "channel": {"type": "LIVE"},
    "verifiedCustomer": {"name": "NGUYEN VAN ANH"},
}


def service(
    url: str, *, secret: str = SECRET, takes_tests: bool = True, seconds: float = 2, channel: str = "sandbox-channel"
) -> IdentityVerification:
    return IdentityVerification(url, secret, "store-1", channel, accepts_test_channel=takes_tests, seconds=seconds)
