"""Persistent data. Importing this package registers every table on ``Base.metadata``."""

from kosme_web.models.consent import Consent, Decision
from kosme_web.models.draft import Draft, DraftField, DraftNumber, DraftRow, Photo
from kosme_web.models.identity_verification import IdentityVerification
from kosme_web.models.outbox import Channel, DeliveryReport, MessageState, OutboxMessage
from kosme_web.models.resume import EducationEntry, Resume, WorkEntry
from kosme_web.models.user import LogInSession, User

__all__ = [
    "Channel",
    "Consent",
    "Decision",
    "DeliveryReport",
    "Draft",
    "DraftField",
    "DraftNumber",
    "DraftRow",
    "EducationEntry",
    "IdentityVerification",
    "LogInSession",
    "MessageState",
    "OutboxMessage",
    "Photo",
    "Resume",
    "User",
    "WorkEntry",
]
