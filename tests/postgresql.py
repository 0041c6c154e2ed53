"""A PostgreSQL server for the tests, on a socket of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from typing import Any

import pytest
from sqlalchemy import Engine, text

ACCOUNT = "postgres"  # PostgreSQL does not run as root; Debian's package makes this account for it


def empty(engine: Engine) -> None:
    """Take everything out of the database: the server is shared by the tests of a process."""
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def programs() -> Path:
    """Give the folder of the newest PostgreSQL server: Debian keeps it out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    beside = shutil.which("initdb")
    if not found and beside is None:
        pytest.fail("no PostgreSQL server: run make test-deps")
    return found[-1].parent if found else Path(str(beside)).resolve().parent


@contextmanager
def running() -> Iterator[str]:
    """Start a PostgreSQL server that is reached by a socket in its own folder only, and give its address."""
    is_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
    if is_root:
        os.chown(folder, getpwnam(ACCOUNT).pw_uid, getpwnam(ACCOUNT).pw_gid)
    account: dict[str, Any] = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if is_root else {}
    data, log = folder / "data", folder / "log"

    def run(name: str, *words: str) -> None:
        done = subprocess.run(  # noqa: S603  our own words
            [programs() / name, "-D", data, *words], cwd=folder, capture_output=True, text=True, check=False, **account
        )
        assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")

    run("initdb", "--username=kosme", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    run("pg_ctl", "-w", "-l", str(log), "-o", f"-k {folder} -h '' -F", "start")
    yield f"postgresql+psycopg://kosme@/postgres?host={folder}"
    run("pg_ctl", "-m", "immediate", "stop")
    shutil.rmtree(folder)
