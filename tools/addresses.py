"""``make addresses``: the nation's addresses from the package kozip, of which nothing stays behind."""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import monotonic

from dotenv import dotenv_values

from kosme_web.address_index import kozip
from kosme_web.address_index.building import build
from kosme_web.address_index.entries import Entry
from kosme_web.address_index.storage import BusyError, alone, open_engine
from kosme_web.config import Settings

PIN = Path(__file__).with_name("requirements-kozip.txt")


def fetch(folder: Path) -> Path:
    """Download the package, 44 MB; unpacked it would take 662."""
    words = ("-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
    subprocess.run([sys.executable, *words, "-d", folder, "-r", PIN], check=True)  # noqa: S603  our own words
    return next(folder.glob("*.whl"))


def entries(package: Path) -> Iterator[Entry]:
    """Read the addresses out of the package as it is."""
    with zipfile.ZipFile(package) as archive, archive.open(kozip.FILE) as file:
        yield from kozip.entries(io.TextIOWrapper(file, encoding="utf-8"))


def tell(read: int) -> None:
    if read % 100_000 < 5000:  # noqa: PLR2004  a batch
        print(f"\r{read:,}", end="", flush=True)


def main() -> None:
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    settings = Settings.from_env({**written, **os.environ})
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    started = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(Path(folder))
        source = kozip.source(partial(entries, package))
        engine = open_engine(settings.address_index_url)
        try:
            with alone(engine):
                report = build(engine, source, tell)
        except BusyError:
            sys.exit("주소를 넣는 작업이 이미 진행 중입니다. / Another import of addresses is at work.")
    seconds = monotonic() - started
    print(f"\r주소 {report.total:,}개를 넣었습니다 ({kozip.AS_OF} 기준, 영문은 비공식).")
    print(f"{report.total:,} addresses are in place, as of {kozip.AS_OF}, in unofficial English; {seconds:.0f} s.")


if __name__ == "__main__":
    main()
