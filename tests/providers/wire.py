"""A bare socket that answers as no web server would: slowly, in part, or by hanging up."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import monotonic

from kosme_web.providers.service import Visit

Answer = Callable[[socket.socket], None]
QUESTION_BYTES = 65_536


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """Give the address of a server that reads each question and leaves the answer to ``answer``."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):  # the end of the test closes the door
            while True:
                caller, _ = server.accept()
                with caller, suppress(OSError):
                    caller.recv(QUESTION_BYTES)
                    answer(caller)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def nobody() -> str:
    """Give an address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def visit() -> Visit:
    """Give a visit of one second, which nobody counts."""
    return Visit(monotonic() + 1)
