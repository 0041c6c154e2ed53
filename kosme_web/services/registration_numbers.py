"""외국인등록번호 of a résumé (R-104, R-125): kept sealed and only under its consent, erased with it.

What passes through the real-name check is never written here (R-115). A successful check is a mark: it lies beside
the kept number, or, before there is consent, travels in the page as a sealed token. Whoever seals, opens, checks or
erases a number leaves a row in the access log with it.
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from kosme_web.domain.names import same_name
from kosme_web.domain.registration_number import RegistrationNumber, RegistrationNumberError
from kosme_web.models import Action, Draft, DraftNumber
from kosme_web.models.base import now
from kosme_web.services.access_log import Access, note
from kosme_web.services.vault import Vault, VaultError

CHECKED_BY = "NICE"
TOKEN_LIFETIME = timedelta(days=1)
SHOWN = 6  # digits of the front part, which is all that is ever shown again
ALL_HIDDEN = "••••••-•••••••"


@dataclass(frozen=True)
class CheckMark:
    """A real-name check that succeeded: of which number and name, when, and under which request."""

    number: str
    name: str
    checked_at: str
    request_no: str

    def __repr__(self) -> str:
        return f"CheckMark({self.request_no})"


class Hands(NamedTuple):
    """What a number is handled with: the transaction it is part of, the keys, and the request that asks for it."""

    session: Session
    vault: Vault
    request_id: str

    def note(self, draft: Draft, action: Action) -> None:
        note(self.session, Access(action, draft.owner_id, draft.id, self.request_id))

    def write_down(self, draft: Draft, action: Action) -> None:
        """Have an access on the disk before it happens, where nothing else is changed with it."""
        self.note(draft, action)
        self.session.commit()


def bare(text: str) -> str:
    """Give what identifies a number: its digits, however it was typed; any other text as it is."""
    try:
        return RegistrationNumber.parse(text).digits
    except RegistrationNumberError:
        return text


def keep(hands: Hands, draft: Draft, text: str, mark: CheckMark | None) -> None:
    """Seal the number as it was typed. Another number voids the mark of the earlier one."""
    kept = kept_text(hands, draft)
    if draft.number is None:
        draft.number = DraftNumber(draft_id=draft.id)
    if kept is None or bare(kept) != bare(text):
        draft.number.sealed, draft.number.sealed_mask = sealed(hands.vault, draft.id, text)
        hands.note(draft, Action.SEALED)
        void_mark(draft)
    if mark and mark.number == bare(text):
        set_mark(draft, mark)


def sealed(vault: Vault, draft_id: UUID, text: str) -> tuple[bytes, bytes]:
    """Give the sealed number, and beside it what a page shows of it."""
    digits = "".join(character for character in bare(text) if character.isalnum())
    mask = f"{digits[:SHOWN]}-{'•' * len(digits[SHOWN:])}"
    return vault.seal(text, place_of(draft_id)), vault.seal(mask, _mask_place(draft_id))


def erase(hands: Hands, draft: Draft) -> None:
    if draft.number is not None:  # else the draft would be looked over at the commit for nothing
        draft.number = None
        hands.note(draft, Action.ERASED)


def kept_text(hands: Hands, draft: Draft) -> str | None:
    """Open the kept number for the one request that needs it; it never goes into a page."""
    if draft.number is None:
        return None
    hands.note(draft, Action.OPENED)
    return hands.vault.open(draft.number.sealed, place_of(draft.id))


def kept_text_now(hands: Hands, draft: Draft) -> str | None:
    """Open the kept number outside a change of the draft."""
    text = kept_text(hands, draft)
    hands.session.commit()
    return text


def masked(vault: Vault, draft: Draft) -> str | None:
    """Give what a view may show, such as ``970314-•••••••``; the number itself stays shut."""
    number = draft.number
    if number is None:
        return None
    return vault.open(number.sealed_mask, _mask_place(draft.id)) if number.sealed_mask else ALL_HIDDEN


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


def place_of(draft_id: UUID) -> str:
    return f"draft_number/sealed/{draft_id}"


def _mask_place(draft_id: UUID) -> str:
    return f"draft_number/sealed_mask/{draft_id}"
