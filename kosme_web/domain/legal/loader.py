"""Reads the legal texts from their files and fails loudly: a text that lacks a line in one language is never shown.

A document is two files, ``texts/<KIND>/<version>.ko.md`` and ``texts/<KIND>/<version>.en.md``; the version is the day
it comes into force. A new version is two more files; the old ones stay, since consent records point to them. Beside
them, ``<version>.changed.ko.md`` and ``<version>.changed.en.md`` say in plain words what is different.
The texts are drafts that the agency's legal office has to confirm (docs/legal-texts.md).
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kosme_web.domain.legal.legal_text import LANGUAGES, Block, LegalText, Pair
from kosme_web.domain.legal.mini_format import LegalTextError, Part, normalised, parse

TEXTS = Path(__file__).parent / "texts"
FILE_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(\.changed)?\.(ko|en)\.md", re.ASCII)

Library = Mapping[str, Mapping[date, LegalText]]


def load(kinds: Collection[str], folder: Path = TEXTS) -> Library:
    """Read and check every version of every kind, the oldest one first; there is exactly one folder a kind."""
    found = {path.name for path in folder.iterdir()}
    if odd := sorted(found ^ set(kinds)):
        raise LegalTextError(f"{folder.name}: {odd[0]} is {'missing' if odd[0] in kinds else 'not a known kind'}")
    return {kind: _read_all(folder / kind) for kind in kinds}


def _read_all(folder: Path) -> dict[date, LegalText]:
    """Read every version; each but the first says what it changed."""
    first, *later = _versions(folder)
    texts = {first: _read(folder, first)}
    for version in later:
        _, changed, _ = _parsed(folder, f"{version}.changed")
        texts[version] = replace(_read(folder, version), changed=changed)
    return texts


def _versions(folder: Path) -> list[date]:
    """Give the versions in a folder, and see that each stands there in both languages."""
    languages: dict[date, set[str]] = {}
    for path in sorted(folder.iterdir()):
        name = FILE_NAME.fullmatch(path.name)
        if name is None:
            raise LegalTextError(f"{folder.name}/{path.name}: the name is not <version>.<ko or en>.md")
        try:
            day = date.fromisoformat(name[1])
        except ValueError:
            raise LegalTextError(f"{folder.name}/{path.name}: {name[1]} is no day") from None
        if not name[2]:
            languages.setdefault(day, set()).add(name[3])
    for version, present in languages.items():
        if missing := set(LANGUAGES) - present:
            raise LegalTextError(f"{folder.name}/{version}.{missing.pop()}.md: is missing")
    if not languages:
        raise LegalTextError(f"{folder.name}: has no text")
    return sorted(languages)


def _read(folder: Path, version: date) -> LegalText:
    title, blocks, sources = _parsed(folder, str(version))
    return LegalText(folder.name, version, title, blocks, _digest(version, sources))


def _parsed(folder: Path, stem: str) -> tuple[Pair, tuple[Block, ...], Mapping[str, str]]:
    """Give title, blocks and sources of a document that is written in every language."""
    names = {lang: f"{folder.name}/{stem}.{lang}.md" for lang in LANGUAGES}
    sources = {lang: _source(folder.parent / name, name) for lang, name in names.items()}
    titles, parts = zip(*(parse(names[lang], sources[lang]) for lang in LANGUAGES), strict=True)
    _check_alike(names, dict(zip(LANGUAGES, parts, strict=True)))
    return Pair(*titles), tuple(_block(ko, en) for ko, en in zip(*parts, strict=True)), sources


def _source(path: Path, name: str) -> str:
    try:
        return normalised(path.read_bytes())
    except FileNotFoundError:
        raise LegalTextError(f"{name}: is missing") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LegalTextError(f"{name}, line {line}: is not UTF-8") from None


def _check_alike(names: Mapping[str, str], parts: Mapping[str, tuple[Part, ...]]) -> None:
    """See that both languages say the same things in the same order, as far as a program can see it."""
    for ko, en in zip(parts["ko"], parts["en"], strict=False):
        if (ko.kind, len(ko.texts)) != (en.kind, len(en.texts)):
            here, there = (f"a {part.kind} of {len(part.texts)}" for part in (en, ko))
            raise LegalTextError(f"{names['en']}, line {en.line}: {here}, but {there} in {names['ko']}, line {ko.line}")
    shorter, longer = sorted(LANGUAGES, key=lambda lang: len(parts[lang]))
    if rest := parts[longer][len(parts[shorter]) :]:
        raise LegalTextError(f"{names[longer]}, line {rest[0].line}: nothing answers this in {names[shorter]}")


def _block(ko: Part, en: Part) -> Block:
    return Block(ko.kind, tuple(Pair(*texts) for texts in zip(ko.texts, en.texts, strict=True)))


def _digest(version: date, sources: Mapping[str, str]) -> str:
    """Give what a consent record keeps; a NUL, which no source can hold, parts what is hashed."""
    return hashlib.sha256("\0".join([version.isoformat(), *(sources[lang] for lang in LANGUAGES)]).encode()).hexdigest()
