"""A real Redis, on a socket of its own, where log-ins under way can be kept."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from redis import Redis, RedisError


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.fail("no Valkey or Redis: run make test-deps")
    folder = Path(tempfile.mkdtemp(prefix="redis", dir="/tmp"))  # a socket's path must be short
    words = ("--port", "0", "--unixsocket", str(folder / "s"), "--save", "", "--dir", str(folder))
    server = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)  # noqa: S603  our own words
    url = f"unix://{folder}/s"
    while not is_up(url):
        sleep(0.01)
    yield url
    server.terminate()
    server.wait()
    shutil.rmtree(folder)


def is_up(url: str) -> bool:
    try:
        return bool(Redis.from_url(url).ping())
    except RedisError:
        return False
