"""외국인등록번호 of a résumé (R-104, R-125): kept sealed and only under its consent, erased with it.

What passes through the real-name check is never written here (R-115). A successful check is a mark: it lies beside
the kept number, or, before there is consent, travels in the page as a sealed token.
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kosme_web.domain.names import same_name
from kosme_web.domain.registration_number import RegistrationNumber, RegistrationNumberError
from kosme_web.models import Draft, DraftNumber
from kosme_web.models.base import now
from kosme_web.services.vault import Vault, VaultError

CHECKED_BY = "NICE"
TOKEN_LIFETIME = timedelta(days=1)
SHOWN = 6  # digits of the front part, which is all that is ever shown again


@dataclass(frozen=True)
class CheckMark:
    """A real-name check that succeeded: of which number and name, when, and under which request."""

    number: str
    name: str
    checked_at: str
    request_no: str

    def __repr__(self) -> str:
        return f"CheckMark({self.request_no})"


def bare(text: str) -> str:
    """Give what identifies a number: its digits, however it was typed; any other text as it is."""
    try:
        return RegistrationNumber.parse(text).digits
    except RegistrationNumberError:
        return text


def keep(vault: Vault, draft: Draft, text: str, mark: CheckMark | None) -> None:
    """Seal the number as it was typed. Another number voids the mark of the earlier one."""
    kept = kept_text(vault, draft)
    if draft.number is None:
        draft.number = DraftNumber(draft_id=draft.id)
    if kept is None or bare(kept) != bare(text):
        draft.number.sealed = vault.seal(text, _place(draft))
        void_mark(draft)
    if mark and mark.number == bare(text):
        set_mark(draft, mark)


def erase(draft: Draft) -> None:
    if draft.number is not None:  # else the draft would be looked over at the commit for nothing
        draft.number = None


def kept_text(vault: Vault, draft: Draft) -> str | None:
    """Give the kept text for the one request that needs it; it never goes into a page."""
    return vault.open(draft.number.sealed, _place(draft)) if draft.number and draft.number.sealed else None


def masked(vault: Vault, draft: Draft) -> str | None:
    """Give what a view may show, such as ``970314-•••••••``."""
    text = kept_text(vault, draft)
    if text is None:
        return None
    digits = "".join(character for character in bare(text) if character.isalnum())
    return f"{digits[:SHOWN]}-{'•' * len(digits[SHOWN:])}"


def set_mark(draft: Draft, mark: CheckMark) -> None:
    number = draft.number
    if number:
        number.checked_at = datetime.fromisoformat(mark.checked_at)
        number.checked_by, number.checked_name, number.check_request = CHECKED_BY, mark.name, mark.request_no


def void_mark(draft: Draft) -> None:
    number = draft.number
    if number:
        number.checked_at = number.checked_by = number.checked_name = number.check_request = None


def is_checked(draft: Draft, english_name: str) -> bool:
    """Whether the kept number was checked under the name the résumé now gives."""
    number = draft.number
    return bool(number and number.checked_at and same_name(number.checked_name or "", english_name))


def seal_mark(vault: Vault, draft_id: UUID, mark: CheckMark) -> str:
    """Give the token that carries the mark in the page until the number may be kept."""
    return base64.urlsafe_b64encode(vault.seal(json.dumps(asdict(mark)), f"check-mark/{draft_id}")).decode()


def open_mark(vault: Vault, draft_id: UUID, token: str) -> CheckMark | None:
    """Give the mark of a token that was made here, for this draft, within a day; else nothing."""
    try:
        text = vault.open(base64.urlsafe_b64decode(token.encode()), f"check-mark/{draft_id}")
        mark = CheckMark(**json.loads(text))
    except (binascii.Error, ValueError, VaultError):
        return None
    return mark if datetime.fromisoformat(mark.checked_at) > now() - TOKEN_LIFETIME else None


def _place(draft: Draft) -> str:
    return f"draft_number/sealed/{draft.id}"
