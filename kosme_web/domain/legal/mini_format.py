"""The format the texts are written in: strict and small, so that a lawyer can edit it and nothing hides in it.

``# `` begins the title, which is the first line; ``## `` a heading; ``- `` an entry of a list, whose lines follow
each other. Any other line is a paragraph. An empty line stands between blocks. There is nothing else: a mark of
another format, an indented line or a heading with nothing below it is an error that names the line.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kosme_web.domain.legal.legal_text import BlockKind

TITLE = "# "
MARKS = {BlockKind.HEADING: "## ", BlockKind.LIST: "- ", BlockKind.PARAGRAPH: ""}
FOREIGN_STARTS = ("#", "-", "+", "=", "|", "•", "·")  # marks of other formats, or one of ours that went wrong
FOREIGN_SIGNS = frozenset("*`<>\\")
MISSING_LINE = "an empty line is missing before this one"


class LegalTextError(ValueError):
    """A text's file is wrong; the message names the file and, where there is one, the line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block in one language, and the line it begins on."""

    kind: BlockKind
    texts: tuple[str, ...]
    line: int


def normalised(content: bytes) -> str:
    """Give the source as it counts for the digest: composed, its lines ended alike, without blanks at their ends."""
    text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    return "\n".join(line.rstrip(" \r") for line in text.split("\n")).rstrip("\n")


def parse(name: str, source: str) -> tuple[str, tuple[Part, ...]]:
    """Give the title and the blocks of one file; LegalTextError names ``name`` and the line."""
    first, *lines = source.split("\n")
    if not first.startswith(TITLE):
        raise _error(name, 1, f"begins with {TITLE!r} and the title")
    title = _checked(name, 1, first.removeprefix(TITLE))
    if not any(lines):
        raise _error(name, 1, "has a title and nothing below it")
    if lines[0]:
        raise _error(name, 2, MISSING_LINE)
    blocks = tuple(_blocks(name, lines[1:], first=3))
    _check_headings(name, blocks)
    return title, blocks


def _blocks(name: str, lines: list[str], first: int) -> Iterator[Part]:
    """Cut the lines at the empty ones; ``first`` is the number of the first line."""
    start = 0
    for end in [index for index, line in enumerate(lines) if not line] + [len(lines)]:
        if start == end:
            raise _error(name, first + end, "one empty line between blocks is enough")
        yield _block(name, lines[start:end], first + start)
        start = end + 1


def _block(name: str, lines: list[str], first: int) -> Part:
    kind = _kind(lines[0])
    for number, line in enumerate(lines[1:], start=first + 1):
        if kind is not BlockKind.LIST or _kind(line) is not kind:
            raise _error(name, number, MISSING_LINE)
    texts = (line.removeprefix(MARKS[kind]) for line in lines)
    return Part(kind, tuple(_checked(name, number, text) for number, text in enumerate(texts, start=first)), first)


def _kind(line: str) -> BlockKind:
    return next(kind for kind, mark in MARKS.items() if line.startswith(mark))


def _checked(name: str, number: int, text: str) -> str:
    """Give the text of a line, unless the line was meant to be something that the format does not know."""
    if not text or text != text.strip() or text.startswith(FOREIGN_STARTS):
        raise _error(name, number, "is neither a heading, an entry nor a paragraph")
    if odd := sorted(sign for sign in set(text) if sign in FOREIGN_SIGNS or _is_unseen(sign)):
        raise _error(name, number, f"holds {odd[0]!r}, which the format does not know")
    return text


def _is_unseen(sign: str) -> bool:
    """Whether nobody would see the sign, while it changed the digest: controls, and blanks that are no space."""
    return unicodedata.category(sign)[0] in "CZ" and sign != " "


def _check_headings(name: str, blocks: tuple[Part, ...]) -> None:
    for block, following in pairwise((*blocks, None)):
        is_bare = following is None or following.kind is BlockKind.HEADING
        if block and block.kind is BlockKind.HEADING and is_bare:
            raise _error(name, block.line, "a heading with nothing below it")


def _error(name: str, line: int, problem: str) -> LegalTextError:
    return LegalTextError(f"{name}, line {line}: {problem}")
