"""A whole résumé as typed texts: put into a new draft, or over what a draft has now, in one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from kosme_web.models import Draft, DraftFields, User
from kosme_web.services.draft_rows import add_row, remove_row, shown_rows
from kosme_web.services.drafts import write
from kosme_web.services.resume_list import check_room


@dataclass(frozen=True)
class TypedEntry:
    """One school or job: its kind, and what was typed by the name of its field without the prefix."""

    kind: str
    texts: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class TypedResume:
    """What a person would have typed; ``kinds`` are the kinds of entries that it speaks of."""

    texts: Mapping[str, str] = field(repr=False)
    entries: Sequence[TypedEntry]
    kinds: frozenset[str] = frozenset({"education", "overseas", "work"})


def put_over(draft: Draft, typed: TypedResume) -> None:
    """Let the texts take the place of the draft's; they and its entries can be brought back until it is published."""
    for kind in typed.kinds:
        for row in shown_rows(draft, kind):
            remove_row(draft, row)
    write(draft, typed.texts)
    for entry in typed.entries:
        row = add_row(draft, entry.kind, secrets.token_hex(6))
        write(draft, {row.prefix + name: text for name, text in entry.texts.items()})


def begin(session: Session, owner: User, resumes: Sequence[TypedResume]) -> list[Draft]:
    """Begin a draft with each of them: all, or with an error none."""
    check_room(session, owner, len(resumes))
    drafts = [Draft(owner_id=owner.id) for _ in resumes]
    session.add_all(drafts)
    session.flush()
    for draft, typed in zip(drafts, resumes, strict=True):
        draft.fields = DraftFields(draft.id, {})
        put_over(draft, typed)
        session.flush()
        draft.fields.save(session.connection())
    session.commit()
    return drafts
