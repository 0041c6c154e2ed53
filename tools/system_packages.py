"""Programs of the system that a step needs: installed by apt where that is allowed, else named clearly."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One thing the tests use, how to see that it is there, and the Debian packages that bring it."""

    what: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def has_chromium() -> bool:
    return shutil.which("chromium") is not None


def has_firefox() -> bool:
    return shutil.which("firefox-esr") is not None


def has_webkit() -> bool:
    return all(shutil.which(name) for name in ("WebKitWebDriver", "Xvfb"))


def has_postgresql() -> bool:
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def has_redis() -> bool:
    return any(shutil.which(name) for name in ("valkey-server", "redis-server"))


def has_hangul_font() -> bool:
    fc_list = shutil.which("fc-list")
    return bool(fc_list and subprocess.check_output([fc_list, ":lang=ko", "family"]).strip())  # noqa: S603  our own words


FOR_TESTS = (
    Need("Chromium, for the journeys in a browser", ("chromium",), has_chromium),
    Need("Firefox ESR, for what must hold in its engine too", ("firefox-esr",), has_firefox),
    Need("WebKitGTK with its driver and a screen nobody sees, for the same", ("webkit2gtk-driver", "xvfb"), has_webkit),
    Need("a PostgreSQL server, for the tests of the larger set-up", ("postgresql",), has_postgresql),
    Need("Valkey or Redis, for log-ins under way that several machines share", ("redis-server",), has_redis),
    Need("a font with Hangul, for the screenshots", ("fontconfig", "fonts-noto-cjk"), has_hangul_font),
)


def install(packages: Iterable[str]) -> bool:
    """Install the packages if we may; say whether it was done."""
    apt_get = shutil.which("apt-get")
    if os.geteuid() != 0 or apt_get is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(
        subprocess.run([apt_get, *command], env=quiet, stdin=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603
        for command in commands
    )


def main() -> None:
    missing = [need for need in FOR_TESTS if not need.is_there()]
    if not missing:
        return
    packages = sorted({package for need in missing for package in need.packages})
    print("Installing:", *packages, flush=True)
    install(packages)
    still = [need for need in missing if not need.is_there()]
    if still:
        names = "\n".join(f"  - {need.what}" for need in still)
        sys.exit(f"The tests need / 테스트에 필요합니다:\n{names}\nsudo apt-get install {' '.join(packages)}")


if __name__ == "__main__":
    main()
