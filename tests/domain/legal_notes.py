"""A small legal text of its own, for the tests of how texts are read."""

from datetime import date
from pathlib import Path

from kosme_web.domain.legal import LegalText, loader

FIRST = date(2026, 11, 24)
KO = "# 제목\n\n문단 하나\n\n## 소제목\n\n- 첫째\n- 둘째\n"
EN = "# Title\n\nOne paragraph\n\n## Heading\n\n- First\n- Second\n"


def write(folder: Path, ko: str = KO, en: str = EN, version: str = "2026-11-24") -> Path:
    """Write one version of a small text of kind NOTE; gives the folder of all kinds."""
    (folder / "NOTE").mkdir(exist_ok=True)
    (folder / "NOTE" / f"{version}.ko.md").write_bytes(ko.encode())
    (folder / "NOTE" / f"{version}.en.md").write_bytes(en.encode())
    if version != "2026-11-24":
        for lang, text in (("ko", KO), ("en", EN)):
            (folder / "NOTE" / f"{version}.changed.{lang}.md").write_bytes(text.encode())
    return folder


def read(folder: Path, version: date = FIRST) -> LegalText:
    return loader.load(["NOTE"], folder)["NOTE"][version]
