"""내 정보 내려받기: all that the service knows of a member, by names that docs/export.md explains.

Each list says what goes out: a column that is added later stays inside until somebody decides. What helps to get in
(hashes, tokens, keys) and the sealed registration number never do.
"""

import base64
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kosme_web.models import (
    Consent,
    Draft,
    DraftFields,
    LogInSession,
    OutboxMessage,
    Photo,
    Resume,
    ShareLink,
    SocialAccount,
    User,
)
from kosme_web.models.base import now
from kosme_web.providers.photo_store import PhotoStore, PhotoStoreError
from kosme_web.services.draft_rows import ROW_LIMITS, shown_rows

FORMAT, VERSION = "kosme-web-export", 1
MEMBER = (
    *("login_id", "name", "birth_date", "phone_number", "email", "identity_verified_at", "language", "created_at"),
    *("road_address", "english_address", "postal_code", "detail_address"),
    *("seeker_type", "program_type", "referral_route", "referral_other"),
)
RESUME = (
    *("number", "published_at", "title", "name", "english_name", "name_checked_at", "phone_number", "email"),
    *("nationality", "visa", "visa_subtype", "visa_expires_on", "visa_past_reason"),
    *("road_address", "english_address", "postal_code", "detail_address"),
    *("seeker_type", "program_type", "career_kind", "gap_reason", "second_texts", "photo_id"),
)
SCHOOL = (
    *("is_overseas", "university", "univ_kind", "school_region", "school_country", "major", "department"),
    *("entered_on", "admission_kind", "left_on", "graduation_kind", "project_url", "coursework"),
    "second_texts",
)
JOB = (
    *("company_name", "industry", "sub_industry", "sido", "sigungu", "work_country", "started_on", "ended_on"),
    *("is_current", "company_department", "rank", "rank_other", "job_title", "duties", "leave_reason"),
    *("leave_reason_other", "second_texts"),
)
LISTS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "consents": (Consent, ("kind", "version", "language", "decision", "channel", "decided_at")),
    "sns_accounts": (SocialAccount, ("provider", "subject", "linked_at")),
    "log_ins": (LogInSession, ("device", "created_at", "seen_at", "expires_at", "ended_at")),
    "messages": (OutboxMessage, ("channel", "kind", "recipient", "language", "parameters", "state", "created_at")),
}


def own_data(session: Session, store: PhotoStore, owner: User) -> dict[str, Any]:
    """Give everything, as JSON knows it."""
    told: dict[str, Any] = {"format": FORMAT, "version": VERSION, "exported_at": _plain(now())}
    told["member"] = _of(owner, MEMBER)
    for name, (model, columns) in LISTS.items():
        rows = session.scalars(select(model).where(model.user_id == owner.id))
        told[name] = [_of(row, columns) for row in rows]
    drafts = session.scalars(select(Draft).where(Draft.owner_id == owner.id).order_by(Draft.created_at)).all()
    told["resumes"] = [_resume(session, draft) for draft in drafts]
    told["photos"] = list(_photos(session, store, owner))
    return told


def _resume(session: Session, draft: Draft) -> dict[str, Any]:
    fields = DraftFields.read(session.connection(), draft.id)
    rows = [row for kind in ROW_LIMITS for row in shown_rows(draft, kind)]
    of_rows = tuple(row.prefix for row in draft.rows.values())
    found = select(Resume).where(Resume.draft_id == draft.id).order_by(Resume.number)
    published = session.scalars(found.options(selectinload(Resume.education), selectinload(Resume.work)))
    links = session.scalars(select(ShareLink).where(ShareLink.draft_id == draft.id))
    return {
        **_of(draft, ("created_at", "changed_at", "deleted_at", "photo_id")),
        "has_registration_number": draft.number is not None,
        "texts": {name: field.value for name, field in fields.items() if not name.startswith(of_rows)},
        "entries": [{"kind": row.kind, "texts": _texts(fields, row.prefix)} for row in rows],
        "published": [_version(resume) for resume in published],
        "links": [
            _of(one, ("created_at", "expires_at", "revoked_at", "shows_contact", "shows_street")) for one in links
        ],
    }


def _texts(fields: DraftFields, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): one.value for name, one in fields.items() if name.startswith(prefix)}


def _version(resume: Resume) -> dict[str, Any]:
    entries = {
        "education": [_of(one, SCHOOL) for one in resume.education],
        "work": [_of(one, JOB) for one in resume.work],
    }
    return _of(resume, RESUME) | entries


def _photos(session: Session, store: PhotoStore, owner: User) -> Iterator[dict[str, Any]]:
    for photo in session.scalars(select(Photo).where(Photo.owner_id == owner.id)):
        try:
            jpeg = base64.b64encode(store.get(photo.key)).decode()
        except PhotoStoreError:
            jpeg = None
        yield {**_of(photo, ("id", "file_name", "byte_count", "width", "height", "created_at")), "jpeg_base64": jpeg}


def _of(row: object, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in columns}


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
