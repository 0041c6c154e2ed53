"""체류비자: whose stay has an end."""

PERMANENT = "F-5"


def needs_expiry(visa: str) -> bool:
    """Permanent residents have no end of stay; their card is renewed, their stay is not (codelists.md 2.4)."""
    return bool(visa) and visa != PERMANENT
