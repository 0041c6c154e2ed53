"""The site in a process of its own, served by Waitress, that a test kills in the middle of whatever it does."""

from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import NamedTuple

from waitress.server import create_server

from kosme_web.app import create_app
from kosme_web.config import Settings

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload([__name__])  # all is imported once; each start then takes a moment only


class Killable(NamedTuple):
    process: ForkServerProcess
    url: str

    def kill(self) -> None:
        """End it as ``kill -9`` does: nothing of it is asked first."""
        self.process.kill()
        self.process.join()
        self.process.close()


def start(env: Mapping[str, str]) -> Killable:
    ours, theirs = FORKS.Pipe()
    process = FORKS.Process(target=serve, args=(dict(env), theirs))
    process.start()
    theirs.close()
    url = f"http://127.0.0.1:{ours.recv()}"
    ours.close()
    return Killable(process, url)


def serve(env: Mapping[str, str], told: Connection) -> None:
    app = create_app(Settings.from_env(env))
    app.config["WTF_CSRF_ENABLED"] = False
    server = create_server(app, listen="127.0.0.1:0", threads=4)
    told.send(server.effective_port)
    server.run()
