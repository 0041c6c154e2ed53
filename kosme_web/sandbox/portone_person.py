"""What PortOne tells of a verification: the same person always has the same CI and DI; agencies differ in the rest."""

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

from kosme_web.sandbox.state import Verification

CENTURIES = {"1": 19, "2": 19, "5": 19, "6": 19, "3": 20, "4": 20, "7": 20, "8": 20}
NO_DI, NO_PHONE, UNDERAGE, LOST = "0008", "0009", "0010", "0011"
LEFT_OUT = {
    "sandbox-danal": ("operator", "phoneNumber", "isForeigner"),  # without the extra contract
    "sandbox-inicis": ("di", "operator"),
}


def shown(verification: Verification) -> dict[str, Any]:
    """Give the object of the contract for its status."""
    answer = {
        "status": verification.status,
        "id": verification.id,
        "channel": {
            "type": "LIVE" if verification.channel == "sandbox-live" else "TEST",
            "key": verification.channel,
            "pgProvider": "SANDBOX",
            "pgMerchantId": "sandbox",
        },
        "requestedAt": verification.requested_at,
        "updatedAt": verification.changed_at,
        "statusChangedAt": verification.changed_at,
    }
    if verification.status == "VERIFIED":
        person = {"verifiedCustomer": _verified(verification), "verifiedAt": verification.changed_at}
        return {**answer, **person, "pgTxId": f"tx-{verification.id}", "pgRawResponse": "{}", "version": "V2"}
    asked = {name: verification.customer.get(name) for name in ("name", "phoneNumber")}
    failure = {"failure": {"reason": "sandbox", "pgCode": "B999", "pgMessage": "본인인증에 실패했습니다"}}
    return {**answer, "requestedCustomer": asked, **(failure if verification.status == "FAILED" else {})}


def _verified(verification: Verification) -> dict[str, Any]:
    customer, magic = verification.customer, verification.magic
    digits = customer.get("identityNumber", "0000001")
    year = datetime.now(UTC).year - 14 if magic == UNDERAGE else CENTURIES[digits[6]] * 100 + int(digits[:2])
    person = "|".join(("".join(sorted(customer["name"].upper().split())), digits))
    found = {
        "name": customer["name"],
        "phoneNumber": customer["phoneNumber"],
        "operator": verification.operator,
        "birthDate": f"{year}-{digits[2:4]}-{digits[4:6]}",
        "gender": "MALE" if int(digits[6]) % 2 else "FEMALE",
        "isForeigner": digits[6] in "5678",
        "ci": base64.b64encode(hashlib.sha512(f"ci|{person}".encode()).digest()).decode(),
        "di": hashlib.sha256(f"di|{person}".encode()).hexdigest(),
    }
    if "identityNumber" not in customer:
        del found["birthDate"]  # in the PASS app only the phone knows it
    missing = (*LEFT_OUT.get(verification.channel, ()), {NO_DI: "di", NO_PHONE: "phoneNumber"}.get(magic))
    return {name: value for name, value in found.items() if name not in missing}
