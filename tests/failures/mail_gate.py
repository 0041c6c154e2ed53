"""The same before the mail server: the eleven ways to fail, in the words of SMTP."""

import socket
import struct
from contextlib import suppress
from threading import Thread

from tests.failures.gate import Answer, Fault, Gate, say_nothing

ANSWERS: dict[Fault, Answer] = {
    Fault.SILENT: say_nothing,
    Fault.CRASH: b"451 4.3.0 Internal error\r\n",
    Fault.LATER: b"421 4.3.2 Closing, try again later\r\n",
    Fault.TOO_MANY: b"450 4.7.1 Too many connections\r\n",
    Fault.MALFORMED: b"\x00\xff\xfe 22\r\n",
    Fault.WRONG_TYPE: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    Fault.HUGE: (b"220-" + b"x" * 994 + b"\r\n") * 10_000,
}


class MailGate(Gate):
    """Speaks first, as a mail server does; ``RESET`` breaks off when the mail itself is under way."""

    answers = ANSWERS

    def _answer(self, caller: socket.socket) -> None:
        if self._has_failed(caller):
            return
        host, _, port = self.target.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as inside:
            back = Thread(target=_pour, args=(inside, caller), daemon=True)
            back.start()
            self._pass_commands(caller, inside)
            inside.shutdown(socket.SHUT_WR)
            back.join()

    def _pass_commands(self, caller: socket.socket, inside: socket.socket) -> None:
        is_mail = False
        while said := caller.recv(65_536):
            if is_mail and self.fault is Fault.RESET:
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                caller.close()
                return
            is_mail = said.upper() == b"DATA\r\n"
            inside.sendall(said)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(65_536):
            target.sendall(said)
