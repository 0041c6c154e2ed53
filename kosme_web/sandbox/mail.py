"""A mail server on its own port: takes mail from whoever knows the password, and shows it on the first page."""

import asyncio
import logging
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from kosme_web.sandbox.state import State

USER, PASSWORD = b"sandbox-mail", b"sandbox-mail-password"
MOST_BYTES = 1_000_000
FULL, UNKNOWN, TOO_LARGE, DROPPED, SLOW = "full", "nobody", "large", "dropped", "slow"
MAGIC = {
    f"{FULL}@…": ("사서함이 가득 참 (452)", "the mailbox is full (452)"),
    f"{UNKNOWN}@…": ("없는 사용자 (550)", "no such user (550)"),
    f"{TOO_LARGE}@…": ("용량 초과 (552)", "too large (552)"),
    f"{DROPPED}@…": ("받은 뒤 연결 끊김", "taken, then the line breaks"),
    f"{SLOW}@…": ("받은 뒤 응답 지연", "taken, a slow answer"),
}
logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library warns of a name of its own at each log-in
AT_RECIPIENT = {FULL: "452 4.2.2 Mailbox full", UNKNOWN: "550 5.1.1 No such user here"}


class Inbox:
    """What happens at each step of the conversation."""

    def __init__(self, memory: State) -> None:
        self.memory = memory

    async def handle_MAIL(  # noqa: N802  the library's names
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusal = AT_RECIPIENT.get(address.partition("@")[0])
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        kind = envelope.rcpt_tos[0].partition("@")[0]
        if kind == TOO_LARGE:
            return "552 5.3.4 Message too large"
        self._keep(envelope)
        if kind == SLOW:
            await asyncio.sleep(self.memory.slow_seconds)
        if kind == DROPPED and server.transport is not None:
            server.transport.close()
        return "250 OK"

    def _keep(self, envelope: Envelope) -> None:
        message = message_from_bytes(envelope.original_content or b"", EmailMessage, policy=default)
        parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
        texts = {kind: part.get_content().replace("\r\n", "\n") if part else "" for kind, part in parts.items()}
        names = {"subject": "Subject", "from": "From", "message_id": "Message-ID"}
        mail = {name: str(message[header]) for name, header in names.items()}
        mail |= {"to": ", ".join(envelope.rcpt_tos), "text": texts["plain"], "html": texts["html"]}
        with self.memory.lock:
            self.memory.mail.appendleft({**mail, "sent_at": datetime.now(UTC).isoformat(timespec="seconds")})


def authenticate(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    """Check the password; ``handled=False`` has the library answer 535, without it the client waits for ever."""
    is_known = mechanism in ("LOGIN", "PLAIN") and isinstance(data, LoginPassword)
    if is_known and isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD):
        return AuthResult(success=True)
    return AuthResult(success=False, handled=False)


def mail_server(memory: State, host: str, port: int) -> Controller:
    """Give the server, not yet started; its mail goes into the sandbox's memory."""
    return Controller(
        Inbox(memory),
        hostname=host,
        port=port,
        authenticator=authenticate,
        auth_require_tls=False,
        data_size_limit=MOST_BYTES,
        ident="sandbox",
    )
