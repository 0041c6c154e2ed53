"""A legal text as the program uses it: a title and blocks, each in every language, without any markup."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LANGUAGES = ("ko", "en")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages."""

    ko: str
    en: str

    def plain(self, lang: str) -> str:
        return {"ko": self.ko, "en": self.en}[lang]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph, which is one text, or a list of texts."""

    kind: BlockKind
    texts: tuple[Pair, ...]

    def plain(self, lang: str) -> str:
        """Give the block as it stands in a mail or a plain document: a list has one line an entry."""
        mark = "- " if self.kind is BlockKind.LIST else ""
        return "\n".join(mark + text.plain(lang) for text in self.texts)

    @property
    def ko(self) -> str:
        """The whole block, so that it can stand wherever a pair can."""
        return self.plain("ko")

    @property
    def en(self) -> str:
        return self.plain("en")


@dataclass(frozen=True, slots=True)
class LegalText:
    """One version of a document; ``version`` is the day it came into force."""

    kind: str
    version: date
    title: Pair
    blocks: tuple[Block, ...]
    digest: str  # SHA-256, in hexadecimal, of the version and both sources: what a consent record points to
    changed: tuple[Block, ...] = ()  # what is different since the version before, in plain words

    def plain(self, lang: str) -> str:
        """Give the whole document in one language, with an empty line between blocks."""
        return "\n\n".join([self.title.plain(lang), *(block.plain(lang) for block in self.blocks)])
