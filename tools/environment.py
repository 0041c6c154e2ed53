"""Make ``.venv`` and put the pinned packages of one requirements file into it; uses nothing but Python itself."""

import subprocess
import sys
from pathlib import Path

from tools.system_packages import install

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
UV_PIN = Path(__file__).with_name("requirements-uv.txt")
OLDEST = (3, 11)


def succeeds(*command: object) -> bool:
    try:
        return subprocess.run([str(part) for part in command], check=False).returncode == 0  # noqa: S603  our own words
    except OSError:
        return False


def make_venv() -> None:
    """Make the environment; Debian keeps a part of ``venv`` in a package of its own."""
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    if succeeds(*command):
        return
    print("python3 -m venv failed; trying to install python3-venv", flush=True)
    if not (install(["python3-venv"]) and succeeds(*command)):
        sys.exit("Python cannot make .venv / .venv를 만들 수 없습니다.\nsudo apt-get install python3-venv")


def install_packages(requirements: Path) -> None:
    """Install by uv, which takes seconds; by pip where uv cannot be had."""
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    has_uv = succeeds(UV, "--version") or succeeds(*pip, "-r", UV_PIN)
    uv = (UV, "pip", "install", "--quiet", "--compile-bytecode")  # compiled once, each start saves two seconds
    by_uv = (*uv, "--python", PYTHON, "--require-hashes", "-r", requirements)
    if has_uv and succeeds(*by_uv):
        return
    print("uv could not install the packages; pip does, which takes longer", flush=True)
    if not succeeds(*pip, "-r", requirements):
        sys.exit(f"The packages of {requirements} could not be installed / 패키지를 설치하지 못했습니다.")


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Python {'.'.join(map(str, OLDEST))} or newer is needed / 필요합니다: PYTHON=python3.11 make run")
    if not succeeds(PYTHON, "-c", ""):
        make_venv()
    install_packages(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
