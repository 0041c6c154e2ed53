"""약관과 동의문: the texts a person decides on, each block in both languages, with a version and a digest.

A file ``texts/<KIND>.<version>.txt`` holds blocks of two lines, Korean above English, with an empty line between
blocks; ``# `` begins a heading (the first one is the title), ``- `` an item. The texts are drafts for the agency's
legal office to confirm; a new version is a new file, and the old ones stay readable.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
MARKS = {"# ": "heading", "- ": "item"}
REQUIRED_AT_SIGN_UP = ("TOS_PRIVACY", "CORP_INFO", "UID_SIGNUP", "THIRD_PARTY")
CHANNELS = ("MKT_SNS", "MKT_EMAIL")


class LegalTextError(ValueError):
    """A text's file is wrong; the message names the file and the block."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, an item or a paragraph, in both languages."""

    kind: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class LegalText:
    kind: str
    version: date
    title: Block
    blocks: tuple[Block, ...]
    digest: str


@cache
def current(kind: str) -> LegalText:
    """Give the newest version of a text; KeyError for a kind that there is none of."""
    versions = sorted(TEXTS.glob(f"{kind}.*.txt"))
    if not versions:
        raise KeyError(kind)
    return read(versions[-1])


def read(path: Path) -> LegalText:
    kind, version, _ = path.name.split(".")
    source = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).strip()
    blocks = [_block(path.name, number, text) for number, text in enumerate(source.split("\n\n"), start=1)]
    if blocks[0].kind != "heading":
        raise LegalTextError(f"{path.name}: the first block is not a title")
    digest = hashlib.sha256(f"{version}\n{source}".encode()).hexdigest()
    return LegalText(kind, date.fromisoformat(version), blocks[0], tuple(blocks[1:]), digest)


def _block(name: str, number: int, text: str) -> Block:
    lines = text.split("\n")
    if len(lines) != 2 or not all(lines):  # noqa: PLR2004  Korean and English
        raise LegalTextError(f"{name}, block {number}: needs one Korean and one English line")
    marks = [line[:2] if line[:2] in MARKS else "" for line in lines]
    if marks[0] != marks[1]:
        raise LegalTextError(f"{name}, block {number}: the languages differ in kind")
    ko, en = (line.removeprefix(marks[0]) for line in lines)
    return Block(MARKS.get(marks[0], "paragraph"), ko, en)
