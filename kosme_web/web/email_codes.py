"""이메일 인증번호: made from the wish it belongs to and a key, so that no table and no message in waiting holds it."""

import hashlib
import hmac

from kosme_web.web.toolbox import settings


def code_of(change_id: str) -> str:
    """Give six digits, the same whenever they are asked for."""
    digest = hmac.new(settings().secret_key.encode(), f"email-code|{change_id}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**6:06}"
