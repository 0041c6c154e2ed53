"""문자와 메일: text messages by SOLAPI, mail by SMTP."""

from kosme_web.providers.messages.errors import (
    MessageAwayError,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
)
from kosme_web.providers.messages.mail import Mail, MailServer, Security
from kosme_web.providers.messages.sms import Sms, SmsResult, SmsService, SmsStatus

__all__ = [
    "Mail",
    "MailServer",
    "MessageAwayError",
    "MessageConfigurationError",
    "MessageError",
    "MessageLostError",
    "MessageRefusedError",
    "MessageTemporaryError",
    "Security",
    "Sms",
    "SmsResult",
    "SmsService",
    "SmsStatus",
]
