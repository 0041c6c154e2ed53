"""``make run``: bring the database up to date, start the site, the sandbox and the worker, and stop all together."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from urllib.parse import quote

from dotenv import dotenv_values

from kosme_web.config import Settings, SettingsError

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "kosme_web" / "migrations"
WAITRESS = ("waitress", "--connection-limit=2000", "--channel-timeout=20", "--threads=8", "--ident=")
WORKER = "kosme_web.worker"  # sends mail and text messages; listens nowhere
MAIL_PORT_AFTER = 24  # the sandbox's mail port follows its own, unless it is set: 8001, 8025
SECONDS_TO_START = 60
SECONDS_TO_STOP = 6
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where one listens → where one asks


class StartError(Exception):
    """The start is refused or failed; its text says why, in both languages."""


@dataclass(frozen=True)
class Server:
    """One of the programs that are started, and where it listens."""

    module: tuple[str, ...]
    host: str
    port: int

    @property
    def near_host(self) -> str:
        return EVERYWHERE.get(self.host, self.host)

    @property
    def url(self) -> str:
        return f"http://{bracketed(self.near_host)}:{self.port}"

    def check_port(self) -> None:
        """Refuse a taken port now: the other program's answer would look like ours."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            socket.create_server((self.host, self.port), family=family).close()
        except OSError as error:
            address = f"{bracketed(self.host)}:{self.port}"
            korean = f"{address}에서 시작할 수 없습니다. HOST, PORT, SANDBOX_PORT를 확인해 주세요."
            raise StartError(f"{korean}\nCannot listen on {address}: {os.strerror(error.errno or 0)}.") from None

    def is_answering(self, name: str) -> bool:
        with closing(HTTPConnection(self.near_host, self.port, timeout=2)) as connection:
            try:
                connection.request("GET", "/healthz", headers={"Host": name} if name else {})
                return connection.getresponse().status == HTTPStatus.OK
            except (OSError, HTTPException):
                return False


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 2**16):
        raise StartError(f"{name}: 1부터 65535까지의 숫자로 써 주세요.\n{name}: a whole number from 1 to 65535.")
    return int(text)


def servers(env: Mapping[str, str], settings: Settings) -> list[Server]:
    """Give the site and, outside production, the sandbox."""
    host = env.get("HOST") or "127.0.0.1"
    site_port = port(env, "PORT", 8000)
    waitress = (*WAITRESS, *(("--no-clear-untrusted-proxy-headers",) if settings.proxy_hops else ()))
    site = Server((*waitress, f"--listen={bracketed(host)}:{site_port}", "wsgi:app"), host, site_port)
    sandbox = Server(("kosme_web.sandbox",), host, port(env, "SANDBOX_PORT", 8001))
    return [site] if settings.is_production else [site, sandbox]


def with_mail_port(env: Mapping[str, str]) -> dict[str, str]:
    """Give the environment in which site and sandbox agree on the sandbox's mail port."""
    following = port(env, "SANDBOX_PORT", 8001) + MAIL_PORT_AFTER
    return {**env, "SANDBOX_MAIL_PORT": env.get("SANDBOX_MAIL_PORT") or str(min(following, 2**16 - 1))}


def newest_revision() -> str:
    """Read the newest migration out of the files; asking Alembic would take a second of each start."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py"))
    named = set(re.findall(r"^revision\b[^=]*= *['\"](\w+)", text, re.MULTILINE))
    built_on = set(re.findall(r"^down_revision\b[^=]*= *['\"](\w+)", text, re.MULTILINE))
    return ",".join(sorted(named - built_on))


def is_migrated(database_url: str) -> bool:
    """Say whether a database file stands at the newest migration; of other databases only Alembic can tell."""
    scheme, _, path = database_url.partition(":///")
    if not scheme.startswith("sqlite"):
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as database:
            return database.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest_revision(),)]
    except sqlite3.Error:
        return False


def migrate(env: Mapping[str, str]) -> None:
    upgrade = ("-m", "flask", "--app", "wsgi", "db", "upgrade", "-d", str(MIGRATIONS))
    if subprocess.run([sys.executable, *upgrade], env=dict(env), check=False).returncode:  # noqa: S603  our own words
        raise StartError("데이터베이스를 준비하지 못했습니다.\nThe database could not be brought up to date.")


def wait_until_up(
    started: Sequence[Server], children: Sequence[subprocess.Popen[bytes]], name: str, end: Event
) -> None:
    """Wait until every server answers; give up when one has ended, when all is stopped, or when it takes too long."""
    deadline = monotonic() + SECONDS_TO_START
    waiting = list(started)
    while waiting and not end.wait(0.05):
        waiting = [server for server in waiting if not server.is_answering(name if server is started[0] else "")]
        if any(child.poll() is not None for child in children) or monotonic() > deadline:
            raise StartError("시작하지 못했습니다. 위의 내용을 확인해 주세요.\nThe start failed; see above.")


def have_ended(children: Sequence[subprocess.Popen[bytes]], seconds: float) -> bool:
    deadline = monotonic() + seconds
    while any(child.poll() is None for child in children):
        if monotonic() > deadline:
            return False
        sleep(0.02)
    return True


def stop(children: Sequence[subprocess.Popen[bytes]], *, are_told: bool) -> None:
    """Let requests under way finish: waitress does so on an interrupt, which Ctrl+C has sent to all already."""
    if are_told and have_ended(children, SECONDS_TO_STOP):
        return
    for number in (signal.SIGINT, signal.SIGKILL):
        for child in children:
            child.send_signal(number)
        if have_ended(children, SECONDS_TO_STOP):
            return


def welcome(started: Sequence[Server], settings: Settings) -> str:
    """Say in both languages where to go."""
    lines = [f"{started[0].url}  일자리매칭플랫폼 · Job matching platform"]
    lines += [
        f"{server.url}  받은 문자와 메일, 시험 입력값 · messages received, magic inputs" for server in started[1:]
    ]
    lines += [f"{settings.data_dir}  데이터 · data", "Ctrl+C  끝내기 · stop"]
    return "\n".join(["", *(f"  {line}" for line in lines), ""])


def launch(env: Mapping[str, str], *module: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", *module], env=dict(env))  # noqa: S603  our own words


def serve(started: Sequence[Server], env: Mapping[str, str], settings: Settings) -> int:
    """Run the servers until a signal comes or one of them ends; then stop all. Give the exit code."""
    end = Event()
    received: list[int] = []

    def note(number: int, _frame: object) -> None:
        received.append(number)
        end.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.extend(launch(env, *server.module) for server in started)
        wait_until_up(started, children, next(iter(settings.trusted_hosts), "").lstrip("."), end)
        if not end.is_set():
            children.append(launch(env, WORKER))  # last: it has nothing to do while the others come up
            print(welcome(started, settings), flush=True)
        while not end.wait(0.2):
            ended = [child.returncode for child in children if child.poll() is not None]
            if ended:
                return max(ended[0], 1)
    finally:
        stop(children, are_told=signal.SIGINT in received)
    return 0


def main() -> int:
    os.chdir(ROOT)
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    try:
        env = with_mail_port({**written, **os.environ})
        settings = Settings.from_env(env)
        env["KOSME_ADDRESS_INDEX_URL"] = settings.address_index_url  # the sandbox answers from it, too
        started = servers(env, settings)
        for server in started:
            server.check_port()
        if not settings.is_production:
            Server((), started[0].host, port(env, "SANDBOX_MAIL_PORT", 8025)).check_port()
        if not is_migrated(settings.database_url):
            migrate(env)
        return serve(started, env, settings)
    except (StartError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
