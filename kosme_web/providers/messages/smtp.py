"""smtplib with an end: a server whose answers never stop is left, as one that hung up."""

import smtplib
from io import BufferedReader
from time import monotonic
from typing import cast

ANSWER_BYTES = 65_536  # of one connection together
LONGEST = 60.0  # seconds


class Answers:
    """What the server says, by lines, as ``smtplib`` reads them."""

    def __init__(self, file: BufferedReader) -> None:
        self.file = file
        self.left = ANSWER_BYTES
        self.ends_at = monotonic() + LONGEST

    def readline(self, size: int) -> bytes:
        line = self.file.readline(size)
        self.left -= len(line)
        is_whole = line.endswith(b"\n") or not line
        if not is_whole or self.left < 0 or monotonic() > self.ends_at:
            raise OSError("an answer without end")
        return line

    def close(self) -> None:
        self.file.close()


class Connection(smtplib.SMTP):
    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = cast("BufferedReader", Answers(self.sock.makefile("rb")))
        return super().getreply()


class SealedConnection(Connection, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""
