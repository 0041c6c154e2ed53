"""Persistent data. Importing this package registers every table on ``Base.metadata``."""

from kosme_web.models.consent import Consent, Decision
from kosme_web.models.draft import Draft, DraftField, DraftNumber, DraftPast, DraftRow, DraftSave, Photo
from kosme_web.models.draft_fields import DraftFields, FieldText
from kosme_web.models.email_change import EmailChange
from kosme_web.models.hand_over import HandOver
from kosme_web.models.identifier_access import START, Action, IdentifierAccess, IdentifierAccessEnds
from kosme_web.models.identity_verification import IdentityVerification
from kosme_web.models.member_key import MemberKey
from kosme_web.models.outbox import Channel, DeliveryReport, MessageState, OutboxMessage
from kosme_web.models.resume import EducationEntry, Resume, WorkEntry
from kosme_web.models.share_link import ShareLink
from kosme_web.models.social_account import SocialAccount
from kosme_web.models.user import LogInSession, User

__all__ = [
    "START",
    "Action",
    "Channel",
    "Consent",
    "Decision",
    "DeliveryReport",
    "Draft",
    "DraftField",
    "DraftFields",
    "DraftNumber",
    "DraftPast",
    "DraftRow",
    "DraftSave",
    "EducationEntry",
    "EmailChange",
    "FieldText",
    "HandOver",
    "IdentifierAccess",
    "IdentifierAccessEnds",
    "IdentityVerification",
    "LogInSession",
    "MemberKey",
    "MessageState",
    "OutboxMessage",
    "Photo",
    "Resume",
    "ShareLink",
    "SocialAccount",
    "User",
    "WorkEntry",
]
