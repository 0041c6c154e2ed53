"""메일: SMTP (contract: messaging.md B), against the sandbox's mail server and against servers of bad manners."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kosme_web.providers.messages import (
    Mail,
    MailServer,
    MessageAwayError,
    MessageConfigurationError,
    MessageError,
    MessageLostError,
    MessageRefusedError,
    MessageTemporaryError,
    Security,
)
from kosme_web.sandbox.mail import Inbox, authenticate
from kosme_web.sandbox.state import State
from tests.conftest import Server

HERE = "127.0.0.1"
USER, PASSWORD = "sandbox-mail", "sandbox-mail-password"


@pytest.fixture
def server(sandbox: Server, memory: State) -> MailServer:
    assert not memory.mail
    return at(sandbox.mail_port)


def at(port: int, security: Security = Security.NONE) -> MailServer:
    return MailServer(HERE, port, security, USER, PASSWORD, "일자리매칭 <no-reply@sandbox.example>")


def mail(to: str = "anh@example.com", subject: str = "이력서가 등록되었습니다", text: str = "안녕하세요") -> Mail:
    return Mail(str(uuid4()), to, subject, text, f"<p>{text}</p>")


def error_of(server: MailServer, written: Mail) -> MessageError:
    with pytest.raises(MessageError) as caught:
        server.send(written)
    return caught.value


def test_korean_subject_and_body_round_trip(server: MailServer, memory: State) -> None:
    text = "응우옌 님, 이력서가 등록되었습니다.\n\nNguyễn Văn Đức · สวัสดี · \N{GRINNING FACE}\n" + "긴 줄 " * 300
    subject = "(광고) 정보 수신동의 처리 결과 / Your answers about receiving messages " + "가" * 60

    message_id = server.send(mail(subject=subject, text=text))

    got = memory.mail[0]
    assert got["subject"] == subject
    assert got["text"].rstrip("\n") == text
    assert got["html"].rstrip("\n") == f"<p>{text}</p>"
    assert got["from"] == "일자리매칭 <no-reply@sandbox.example>"
    assert got["to"] == "anh@example.com"
    assert got["message_id"] == message_id


def test_what_is_written_is_plain_and_complete(server: MailServer) -> None:
    written = server.written(mail())

    assert written["Auto-Submitted"] == "auto-generated"
    assert written["List-Unsubscribe"] == "<mailto:no-reply@sandbox.example?subject=unsubscribe>"
    assert written["Date"] is not None
    assert [part.get_content_type() for part in written.iter_parts()] == ["text/plain", "text/html"]
    assert written.as_bytes().isascii()


@pytest.mark.parametrize(
    ("to", "code", "error"),
    [
        ("full@example.com", "SMTP_452", MessageTemporaryError),
        ("nobody@example.com", "SMTP_550", MessageRefusedError),
        ("large@example.com", "SMTP_552", MessageRefusedError),
    ],
)
def test_smtp_452_550_552(server: MailServer, memory: State, to: str, code: str, error: type[MessageError]) -> None:
    told = error_of(server, mail(to))

    assert type(told) is error
    assert told.code == code
    assert to not in str(told)
    assert not memory.mail


def test_a_mail_over_the_servers_limit_is_refused_before_it_is_sent(server: MailServer, memory: State) -> None:
    assert error_of(server, mail(text="가" * 400_000)).code == "SMTP_552"
    assert not memory.mail


def test_smtp_530(server: MailServer, memory: State) -> None:
    told = error_of(replace(server, user=""), mail())

    assert type(told) is MessageConfigurationError
    assert told.code == "SMTP_530"
    assert not memory.mail


def test_smtp_535(server: MailServer, memory: State) -> None:
    told = error_of(replace(server, password="wrong"), mail())

    assert type(told) is MessageConfigurationError
    assert told.code == "SMTP_535"
    assert not memory.mail


def test_drop_in_data(server: MailServer, memory: State) -> None:
    told = error_of(server, mail("dropped@example.com"))

    assert type(told) is MessageLostError
    assert len(memory.mail) == 1


def test_no_answer_after_data_is_a_mail_that_may_have_been_sent(server: MailServer, memory: State) -> None:
    memory.slow_seconds, before = 5, memory.slow_seconds

    told = error_of(replace(server, seconds=0.3), mail("slow@example.com"))

    memory.slow_seconds = before
    assert type(told) is MessageLostError
    assert len(memory.mail) == 1


@pytest.mark.parametrize(
    "written",
    [
        mail(subject="Hello\r\nBcc: everybody@example.com"),
        mail(subject="Hello\nBcc: everybody@example.com"),
        mail("anh@example.com\r\nBcc: everybody@example.com"),
        mail("anh@example.com>\r\nRCPT TO:<everybody@example.com"),
        mail("no address"),
        mail(""),
        mail("anh@example.com, everybody@example.com"),
        mail("ä@example.com"),
    ],
)
def test_cr_lf_in_a_header_or_a_second_address_is_refused(server: MailServer, memory: State, written: Mail) -> None:
    told = error_of(server, written)

    assert type(told) is MessageRefusedError
    assert told.code == "HEADER"
    assert not memory.mail


def test_cr_lf_in_name(server: MailServer, memory: State) -> None:
    told = error_of(replace(server, sender="KOSME\r\nBcc: everybody@example.com <no-reply@example.com>"), mail())

    assert type(told) is MessageRefusedError
    assert not memory.mail


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    with socket.create_server((HERE, 0)) as probe:
        port = probe.getsockname()[1]

    assert type(error_of(at(port), mail())) is MessageAwayError


@contextmanager
def saying(*lines: str) -> Iterator[int]:
    """Give the port of a server that says those lines, one at each turn of the client, and hangs up."""
    listening = socket.create_server((HERE, 0))

    def talk() -> None:
        caller, _ = listening.accept()
        with caller, suppress(OSError):
            for line in lines:
                caller.sendall(f"{line}\r\n".encode())
                caller.recv(1000)

    thread = Thread(target=talk)
    thread.start()
    yield listening.getsockname()[1]
    thread.join()
    listening.close()


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ((), MessageAwayError),
        (("421 busy",), MessageAwayError),
        (("451 not now",), MessageAwayError),
        (("554 no",), MessageConfigurationError),
        (("hello?",), MessageAwayError),
        (("220 " + "x" * 9000,), MessageAwayError),
        (("220-hi\r\n" * 10_000 + "220 hi", "250 hi", "250 sender", "451 later"), MessageAwayError),
        (("220 hi", "250 hi"), MessageAwayError),
        (("220 hi", "250 hi", "250 sender", "421 closing"), MessageAwayError),
        (("220 hi", "250 hi", "250 sender", "250 recipient"), MessageLostError),
        (("220 hi", "250 hi", "250 sender", "250 recipient", "451 later"), MessageTemporaryError),
        (("220 hi", "250 hi", "250 sender", "250 recipient", "354 go on"), MessageLostError),
        (("220 hi", "250 hi", "250 sender", "250 recipient", "354 go on", "what?"), MessageLostError),
    ],
)
def test_wherever_the_conversation_breaks_it_is_known_whether_it_was_sent(
    lines: tuple[str, ...], error: type[MessageError]
) -> None:
    with saying(*lines) as port:
        assert type(error_of(replace(at(port), user=""), mail())) is error


def test_a_server_that_offers_no_encryption_is_a_wrong_setting(sandbox: Server, memory: State) -> None:
    told = error_of(at(sandbox.mail_port, Security.STARTTLS), mail())

    assert type(told) is MessageConfigurationError
    assert not memory.mail


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate of this machine that vouches for itself, and the context of a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / "certificate.pem", folder / "key.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key_path.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path, key_path)
    return path, context


@contextmanager
def encrypted(memory: State, security: Security, context: ssl.SSLContext) -> Iterator[MailServer]:
    with socket.create_server((HERE, 0)) as probe:
        port = probe.getsockname()[1]
    taking = Controller(
        Inbox(memory),
        hostname=HERE,
        port=port,
        authenticator=authenticate,
        auth_require_tls=False,
        tls_context=context if security is Security.STARTTLS else None,
        ssl_context=context if security is Security.TLS else None,
    )
    taking.start()
    yield at(port, security)
    taking.stop()


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_tls_certificate_wrong(memory: State, tmp_path: Path, security: Security) -> None:
    _, context = certificate(tmp_path)
    with encrypted(memory, security, context) as server:
        told = error_of(server, mail())

    assert type(told) is MessageConfigurationError
    assert told.code == "SSLCertVerificationError"
    assert not memory.mail


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mail_travels_encrypted(
    memory: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    path, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with encrypted(memory, security, context) as server:
        server.send(mail())

    assert len(memory.mail) == 1


def test_secrets_and_recipients_are_not_shown(server: MailServer) -> None:
    assert PASSWORD not in repr(server)
    assert "anh@" not in repr(mail())
