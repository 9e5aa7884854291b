"""The article: all blocks of a page in order, and the one text in which everything counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from archive_viewer.model.captures import Fact
from archive_viewer.model.marks import ForeignMark
from archive_viewer.model.terms import Decider, Fate, Kind, Likeness, Reason, Style
from archive_viewer.text import digest


@dataclass(frozen=True)
class Span:
    """A run of styled characters of one block; ``target`` is a link's address (``#name`` inside the page)."""

    start: int
    end: int
    style: Style
    target: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture at one U+FFFC of its block.

    ``source`` is the address as the page gives it after lazy loading is undone; a ``data:`` address is kept as
    ``data:sha256/<64 hex digits of the address>`` so that a block never carries the picture itself.
    """

    offset: int
    source: str
    alt: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Cell:
    """Where a cell's block stands in its table; a cell may hold several blocks with the same place."""

    table: int
    row: int
    column: int
    row_span: int
    column_span: int
    rows: int
    columns: int
    is_header: bool = False


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item, cell, code line … of a page, kept or stripped.

    ``n`` is its paragraph number: 1 for the first block of the page, kept and stripped counted alike, so that
    mending renumbers nothing.  ``level`` is a heading's rank 1-6, else the depth from 1 of the list that a block
    stands in (an item's second paragraph is a PARAGRAPH of its item's level); ``number`` an ordered item's number
    (None: a bullet); ``path`` its place in the source tree; ``anchor`` the page's own names for it, parted by
    blanks, by which footnotes jump; ``signature`` what it has in common with its like on other pages of its site
    (``aside div.related/ul/li``; empty: nothing); ``decided_by`` who gave it its fate.
    """

    n: int
    kind: Kind
    text: str
    level: int = 0
    fate: Fate = Fate.KEPT
    reason: Reason | None = None
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cell: Cell | None = None
    number: int | None = None
    quote_depth: int = 0
    direction: Literal["", "ltr", "rtl"] = ""
    path: str = ""
    anchor: str = ""
    signature: str = ""
    decided_by: Decider = Decider.CLEANER

    @property
    def is_kept(self) -> bool:
        return self.fate is Fate.KEPT


@dataclass(frozen=True)
class Article:
    """What the cleaner made of a capture: all blocks in page order, and the facts that the page states.

    ``marks`` came along in the page and ``warnings`` say what could not be taken from it: the cleaner gives them, and a
    library keeps them as annotations and with its item; an article read back from a library has none.
    """

    blocks: tuple[Block, ...]
    cleaner_version: str
    title: Fact[str] | None = None
    authors: Fact[list[str]] | None = None
    site_name: Fact[str] | None = None
    published: Fact[str] | None = None
    modified: Fact[str] | None = None
    language: Fact[str] | None = None
    canonical_url: Fact[str] | None = None
    marks: tuple[ForeignMark, ...] = ()
    warnings: tuple[str, ...] = ()

    @cached_property
    def kept(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.is_kept)

    @cached_property
    def text(self) -> str:
        """The text: kept blocks joined by one newline.  Index, selectors, views and exports count in it."""
        return "\n".join(block.text for block in self.kept)

    @cached_property
    def text_sha256(self) -> str:
        """Digest of ``text``: while it is the same, every offset means the same place."""
        return digest(self.text)

    @cached_property
    def blocks_sha256(self) -> str:
        """Digest of all blocks, kept and stripped: while it is the same, every (block, offset) means the same place."""
        return digest("\n".join(block.text for block in self.blocks))

    @cached_property
    def starts(self) -> Mapping[int, int]:
        """Paragraph number of each kept block → its offset in ``text``."""
        starts: dict[int, int] = {}
        offset = 0
        for block in self.kept:
            starts[block.n] = offset
            offset += len(block.text) + 1
        return starts

    @cached_property
    def _offsets(self) -> list[int]:
        return list(self.starts.values())

    def block_at(self, offset: int) -> Block:
        """The kept block that holds ``offset``; a newline belongs to the block before it.

        :raises IndexError: the article keeps no block.
        """
        return self.kept[max(0, bisect_right(self._offsets, offset) - 1)]

    def paragraphs(self, start: int, end: int) -> tuple[int, int]:
        """Paragraph numbers of the first and the last block that the range ``[start, end)`` touches."""
        return self.block_at(start).n, self.block_at(max(start, end - 1)).n


@dataclass(frozen=True)
class Override:
    """A person's decision about one block, kept by what the block says so that it outlives a new cleaner.

    ``digest`` is of the block's text, ``ordinal`` counts from 0 among blocks with equal digests, ``before`` and
    ``after`` are the neighbours' digests (empty at the ends).
    """

    digest: str
    ordinal: int
    before: str
    after: str
    fate: Fate


@dataclass(frozen=True)
class SiteRule:
    """A person's decision about all blocks of a site that are like some that they saw.

    ``site`` is a host without ``www.`` (``example.com``, ``localhost:8080``); ``keys`` are signatures of blocks or
    digests of their texts, as ``likeness`` says; ``sample`` shows a person what was meant.
    """

    id: str
    site: str
    fate: Fate
    likeness: Likeness
    keys: tuple[str, ...]
    sample: str
    is_on: bool
    created_at: str
