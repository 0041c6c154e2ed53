"""``make run``: brings the database up to date, starts the site and the sandbox, and says where they are."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
STARTS_WITHIN = 30.0


def address(name: str, default: str) -> str:
    return f"http://{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get(name) or default}"


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the service answers; give up when it ended or takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):  # noqa: S310  an address of this machine
                return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{url} did not start")


def main() -> int:
    os.chdir(ROOT)
    site, sandbox = address("PORT", "8000"), address("SANDBOX_PORT", "8001")
    subprocess.run([BIN / "flask", "--app", "wsgi", "db", "upgrade"], check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    listen = site.removeprefix("http://")
    limits = ["--connection-limit=2000", "--channel-timeout=20", "--threads=8", "--ident="]
    processes = [
        subprocess.Popen([BIN / "waitress-serve", f"--listen={listen}", *limits, "wsgi:app"]),  # noqa: S603
        subprocess.Popen([BIN / "python", "-m", "kosme_web.sandbox"]),  # noqa: S603
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for url, process in zip((site, sandbox), processes, strict=True):
            wait_for(url, process)
        print(f"\n  일자리매칭플랫폼 · Job matching platform   {site}")
        print(f"  문자와 시험 입력값 · messages and magic inputs   {sandbox}\n", flush=True)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
    return max(process.returncode or 0 for process in processes)


if __name__ == "__main__":
    sys.exit(main())
