"""Mail by SMTP (contract: messaging.md B): one message a connection, and every answer sorted by what it asks for."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from enum import StrEnum

from kosme_web.providers.messages.errors import (
    MessageAwayError,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
)
from kosme_web.providers.messages.smtp import Connection, SealedConnection
from kosme_web.providers.service import OutsideService

OURS_TO_MEND = (530, 534, 535, 538)  # log-in needed, or refused
CLOSES = 421
OF_THE_SERVER: dict[int, type[MessageError]] = {4: MessageAwayError, 5: MessageConfigurationError}
OF_THE_MAIL: dict[int, type[MessageError]] = {4: MessageTemporaryError, 5: MessageRefusedError}
SEVEN_BITS = SMTP.clone(cte_type="7bit")  # goes through every relay unchanged


class Security(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person; ``outbox_id`` makes its Message-ID."""

    outbox_id: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; ``sender`` is an address, with a name if there is one."""

    host: str
    port: int
    security: Security
    user: str = field(repr=False)
    password: str = field(repr=False)
    sender: str
    seconds: float = 10  # for each step: nobody waits for it at a page
    service: OutsideService = field(default_factory=lambda: OutsideService("mail"), repr=False, compare=False)

    def send(self, mail: Mail) -> str:
        """Hand the mail over once and give its Message-ID.

        Raises MessageError, or ServiceRestsError if nothing was tried.
        """
        written = self.written(mail)
        content = written.as_bytes(policy=SEVEN_BITS)
        with self.service.visit(), self._connection() as server:
            silence: type[MessageError] = MessageAwayError
            try:
                size = [f"size={len(content)}"] if server.has_extn("size") else []
                _demand(server.mail(parseaddr(self.sender)[1], size))
                _demand(server.rcpt(mail.to))
                silence = MessageLostError
                _demand(server.data(content))
            except (smtplib.SMTPException, OSError) as error:
                raise _failure(error, OF_THE_MAIL, silence) from None
        return str(written["Message-ID"])

    def written(self, mail: Mail) -> EmailMessage:
        """Write text and HTML into one message; a line break in a header is refused."""
        if not all(header.isprintable() for header in (self.sender, mail.to, mail.subject)):
            raise MessageRefusedError("HEADER")
        name, address = parseaddr(self.sender)
        message = EmailMessage(policy=SEVEN_BITS)
        try:
            message["From"] = Address(name, addr_spec=address)
            message["To"] = Address(addr_spec=mail.to)
            message["Subject"] = mail.subject
        except (ValueError, IndexError, UnicodeError):  # the last two: from the parser of addresses
            raise MessageRefusedError("HEADER") from None
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{mail.outbox_id}@{address.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = f"<mailto:{address}?subject=unsubscribe>"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """Open a connection, logged in; however it ends, it is closed, and a failing farewell changes nothing."""
        server = self._open()
        try:
            yield server
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        try:
            server = self._connect()
            try:
                server.ehlo_or_helo_if_needed()
                if self.user:
                    server.login(self.user, self.password)
            except BaseException:
                server.close()
                raise
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            raise MessageConfigurationError(type(error).__name__) from None
        except (smtplib.SMTPException, OSError) as error:
            raise _failure(error, OF_THE_SERVER, MessageAwayError) from None
        return server

    def _connect(self) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return SealedConnection(self.host, self.port, timeout=self.seconds, context=ssl.create_default_context())
        server = Connection(self.host, self.port, timeout=self.seconds)
        if self.security is Security.STARTTLS:
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


def _demand(answer: tuple[int, bytes]) -> None:
    code = answer[0]
    if not 200 <= code < 300:  # noqa: PLR2004  "done", in SMTP
        raise smtplib.SMTPResponseException(code, "")


def _failure(error: Exception, by_class: Mapping[int, type[MessageError]], silence: type[MessageError]) -> MessageError:
    """Sort an answer by its class; without a proper one it is ``silence`` that says what that means."""
    code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
    if code // 100 not in by_class:
        return silence(type(error).__name__)
    kind = MessageConfigurationError if code in OURS_TO_MEND else by_class[code // 100]
    return (MessageAwayError if code == CLOSES else kind)(f"SMTP_{code}")
