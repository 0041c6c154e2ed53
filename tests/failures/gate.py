"""Stands on a port of its own before the sandbox: lets everything through, or fails in one of eleven ways."""

import http.client
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from threading import Thread
from urllib.parse import urlsplit

from tests.failures.certificates import Certificates

HOST = "127.0.0.1"
HUGE = 10_000_000
JSON = b"Content-Type: application/json\r\n"


class Fault(StrEnum):
    REFUSED = "connection refused"
    NO_CONNECTION = "connect time-out"
    SILENT = "read time-out"
    CRASH = "500"
    LATER = "503 Retry-After"
    TOO_MANY = "429"
    MALFORMED = "malformed"
    WRONG_TYPE = "wrong type"
    HUGE = "10 MB body"
    RESET = "reset in mid-body"
    TLS = "TLS error"

    @property
    def takes_time(self) -> bool:
        return self in (Fault.NO_CONNECTION, Fault.SILENT)


def reply(status: str, head: bytes, body: bytes) -> bytes:
    length = f"Content-Length: {len(body)}\r\n".encode()
    return f"HTTP/1.1 {status}\r\nConnection: close\r\n".encode() + head + length + b"\r\n" + body


def say_nothing(caller: socket.socket) -> None:
    caller.settimeout(5)
    caller.recv(1)  # until the other side has had enough


def break_off(caller: socket.socket) -> None:
    caller.sendall(b"HTTP/1.1 200 OK\r\n" + JSON + b'Content-Length: 900\r\n\r\n{"results": {"common": {')
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Answer = bytes | Callable[[socket.socket], None]
ANSWERS: dict[Fault, Answer] = {
    Fault.SILENT: say_nothing,
    Fault.CRASH: reply("500 Internal Server Error", b"", b"<h1>Internal Server Error</h1>"),
    Fault.LATER: reply("503 Service Unavailable", b"Retry-After: 30\r\n", b""),
    Fault.TOO_MANY: reply("429 Too Many Requests", JSON, b'{"type": "TOO_MANY_REQUESTS"}'),
    Fault.MALFORMED: reply("200 OK", JSON, b'{"results": {"common": {"errorCode"'),
    Fault.WRONG_TYPE: reply("200 OK", JSON, b'["results", "identityVerification", "dataHeader"]'),
    Fault.HUGE: reply("200 OK", JSON, b'{"results": "' + b"x" * HUGE + b'"}'),
    Fault.RESET: break_off,
}


class Gate:
    """One way to the sandbox; what it does to a call is decided by ``fault``."""

    answers = ANSWERS

    def __init__(self, target: str, certificates: Certificates | None = None) -> None:
        self.target = urlsplit(target).netloc
        self.certificates = certificates
        self.fault: Fault | None = None
        self.coming: Fault | None = None
        self.calls_left = 0
        self.fillers: list[socket.socket] = []
        self.port = 0
        self._open()

    @property
    def url(self) -> str:
        return f"{'https' if self.certificates else 'http'}://{HOST}:{self.port}"

    def fail(self, fault: Fault, after: int = 0) -> None:
        """Fail from now on, or when that many more calls went well."""
        self.coming, self.calls_left = fault, after
        if after == 0:
            self._begin(fault)

    def _begin(self, fault: Fault) -> None:
        self.fault = fault
        if fault in (Fault.REFUSED, Fault.NO_CONNECTION):
            self.close()
        if fault is Fault.NO_CONNECTION:
            self._listen(backlog=0)  # and nobody ever accepts: the queue is full at once
            for _ in range(4):
                filler = socket.socket()
                filler.setblocking(False)  # noqa: FBT003  its only way
                filler.connect_ex((HOST, self.port))
                self.fillers.append(filler)

    def recover(self) -> None:
        was, self.fault, self.coming = self.fault, None, None
        if was in (Fault.REFUSED, Fault.NO_CONNECTION):
            if was is Fault.NO_CONNECTION:
                self.close()
            self._open()

    def close(self) -> None:
        for one in (*self.fillers, self.listener):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.fillers = []

    def _listen(self, backlog: int) -> None:
        self.listener = socket.create_server((HOST, self.port), backlog=backlog)
        self.port = self.listener.getsockname()[1]

    def _open(self) -> None:
        self._listen(backlog=16)
        Thread(target=self._serve, args=(self.listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                caller, _ = listener.accept()
                Thread(target=self._meet, args=(caller,), daemon=True).start()

    def _meet(self, caller: socket.socket) -> None:
        with caller, suppress(OSError, http.client.HTTPException):
            if self.certificates is None:
                self._answer(caller)
                return
            with self._certified().wrap_socket(caller, server_side=True) as sealed:
                self._answer(sealed)

    def _certified(self) -> ssl.SSLContext:
        assert self.certificates is not None
        return self.certificates.unknown if self.fault is Fault.TLS else self.certificates.known

    def _answer(self, caller: socket.socket) -> None:
        head, body = _question(caller)
        if not self._has_failed(caller):
            answer = self._pass_on(head, body)
            self._count()
            caller.sendall(answer)

    def _has_failed(self, caller: socket.socket) -> bool:
        answer = self.answers.get(self.fault) if self.fault else None
        if isinstance(answer, bytes):
            caller.sendall(answer)
        elif answer:
            answer(caller)
        return answer is not None

    def _count(self) -> None:
        """Note that a call went well, before its answer is given: the next call is to meet what is coming."""
        self.calls_left -= 1
        if self.coming and self.fault is None and self.calls_left == 0:
            self._begin(self.coming)

    def _pass_on(self, head: list[str], body: bytes) -> bytes:
        method, path, _ = head[0].split(" ")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        inside = http.client.HTTPConnection(self.target, timeout=10)
        scheme = "https" if self.certificates else "http"
        inside.request(method, path, body, {**headers, "Connection": "close", "X-Forwarded-Proto": scheme})
        found = inside.getresponse()
        content = found.read()
        inside.close()
        kind = f"Content-Type: {found.getheader('Content-Type')}\r\n".encode()
        return reply(f"{found.status} {found.reason}", kind, content)


def _question(caller: socket.socket) -> tuple[list[str], bytes]:
    text = b""
    while b"\r\n\r\n" not in text:
        text += caller.recv(65_536) or _left()
    head, _, body = text.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    while len(body) < length:
        body += caller.recv(65_536) or _left()
    return lines, body


def _left() -> bytes:
    raise ConnectionError("the caller left in the middle of the question")
