"""The nouns: what passes between the rooms, as frozen values.

Nothing here reads, writes or decides; the module is separate so that every room can speak of an article, a mark
or a link without knowing any other room.  Offsets count Unicode code points of ``Article.text`` unless a field
says otherwise; times are UTC in ISO 8601 (``2021-11-21T10:00:00Z``), a publication date may be shorter
(``2021-11-21``, ``2021-11``, ``2021``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Generic, Literal, TypeVar

from archive_viewer.text import digest

T = TypeVar("T")

PICTURE = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: the one code point that stands for a picture in an article's text."""

LINE_BREAK = "\u2028"
"""LINE SEPARATOR: a ``<br>`` inside a block; ``\\n`` stands between blocks only."""


class Source(StrEnum):
    """Who says so: the four grades of provenance that every fact carries."""

    STATED = "stated"
    SYSTEM = "system"
    INFERRED = "inferred"
    TYPED = "typed"


class Format(StrEnum):
    """The forms of saved pages that are told apart."""

    HTML = "html"
    HTML_FOLDER = "html-folder"
    SINGLEFILE = "singlefile"
    MHTML = "mhtml"
    WEBARCHIVE = "webarchive"
    MAFF = "maff"
    HTZ = "htz"
    WEBSCRAPBOOK = "webscrapbook"
    SCRAPBOOK = "scrapbook"
    WARC = "warc"
    ARC = "arc"
    WACZ = "wacz"
    TEXT = "text"


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    CAPTION = "caption"
    FIGURE = "figure"
    FOOTNOTE = "footnote"
    TERM = "term"
    DEFINITION = "definition"


class Fate(StrEnum):
    """What the cleaner, or a person mending it, decided about a block."""

    KEPT = "kept"
    STRIPPED = "stripped"


class Reason(StrEnum):
    """Why a block was stripped."""

    NAVIGATION = "navigation"
    HEADER = "header"
    FOOTER = "footer"
    RELATED = "related"
    SHARE = "share"
    COMMENTS = "comments"
    CONSENT = "consent"
    ADVERT = "advert"
    SUBSCRIPTION = "subscription"
    AUTHOR_BOX = "author-box"
    PAGINATION = "pagination"
    REPEATED = "repeated"
    HIDDEN = "hidden"
    ARCHIVE_FURNITURE = "archive-furniture"
    OTHER = "other"


class Style(StrEnum):
    """How a run of characters inside a block is set."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    LINK = "link"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    HIGHLIGHT = "highlight"


class AnchorState(StrEnum):
    """Where a mark stands after its place was checked."""

    PLACED = "placed"
    MOVED = "moved"
    APPROXIMATE = "approximate"
    UNPLACED = "unplaced"


class Colour(StrEnum):
    """The colours that a mark may have."""

    YELLOW = "yellow"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    GREY = "grey"


RELATIONS = ("supports", "contradicts", "cites", "copies", "corrects", "continues", "same-event")
"""The relations that are offered for a link; an archivist may type another."""


# -- facts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value with its provenance: ``origin`` names the field or the inference, ``doubt`` is a sentence or empty."""

    value: T
    source: Source
    origin: str
    doubt: str = ""


# -- what a reader is given and gives ---------------------------------------------------------------------------


@dataclass(frozen=True)
class SavedFile:
    """One file as a reader sees it, on the archivist's disk or in the library's own store.

    ``name`` is the name it came with (``path`` may be a digest); ``companions`` maps the names of files that came
    beside it, POSIX and relative to the file's own folder (``Page_files/a.png``), to where their bytes are now.
    ``modified_at`` is the file system's time, ISO 8601 UTC, or ``""`` where nobody knows it.
    """

    path: Path
    name: str
    modified_at: str = ""
    companions: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Resource:
    """A picture, style sheet or frame that came with a page; ``url`` is the address by which the page knows it."""

    url: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Capture:
    """One page at one moment, as a reader took it out of a saved file.

    ``data`` are the page's own bytes and ``charset`` a codec name that decodes them; ``locator`` finds this capture
    again among several of one file (empty: the only one); ``companions`` are the names, in the folder's order, of
    the files beside it that belong to it; ``inside`` are the files around it in its own container, by names as those
    are, read when they are asked for; ``title`` is what the container, not the page, calls it.  ``find_resource``
    asks a container that is too large to be listed for what it holds at an absolute address.
    """

    format: Format
    data: bytes
    media_type: str
    charset: Fact[str]
    url: Fact[str] | None = None
    captured_at: Fact[str] | None = None
    title: Fact[str] | None = None
    locator: str = ""
    resources: tuple[Resource, ...] = ()
    companions: tuple[str, ...] = ()
    inside: Mapping[str, Resource] = field(default_factory=dict)
    find_resource: Callable[[str], Resource | None] | None = field(default=None, compare=False, repr=False)
    facts: Mapping[str, Fact[str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


# -- the article ------------------------------------------------------------------------------------------------


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
    blanks, by which footnotes jump.
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

    @property
    def is_kept(self) -> bool:
        return self.fate is Fate.KEPT


@dataclass(frozen=True)
class Article:
    """What the cleaner made of a capture: all blocks in page order, and the facts that the page states."""

    blocks: tuple[Block, ...]
    cleaner_version: str
    title: Fact[str] | None = None
    authors: Fact[list[str]] | None = None
    site_name: Fact[str] | None = None
    published: Fact[str] | None = None
    modified: Fact[str] | None = None
    language: Fact[str] | None = None
    canonical_url: Fact[str] | None = None

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


# -- what is kept -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Original:
    """A stored file, known by the SHA-256 of its bytes."""

    sha256: str
    size: int
    media_type: str
    file_name: str
    accessioned_at: str
    verified_at: str = ""


@dataclass(frozen=True)
class Item:
    """One capture of one page, as the library describes it."""

    id: str
    accession_id: str
    accession: str
    sha256: str
    payload_sha256: str
    locator: str
    format: Format
    media_type: str
    charset: str
    file_name: str
    original_order: int
    title: str
    url: str
    site: str
    authors: tuple[str, ...]
    published: str
    captured_at: str
    language: str
    facts: Mapping[str, Fact[str] | Fact[list[str]]]
    warnings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    deleted_at: str = ""


@dataclass(frozen=True)
class Accession:
    """Material taken in at one time: an import batch.  ``state``: waiting, running, done, cancelled."""

    id: str
    number: str
    source: tuple[str, ...]
    state: str
    created_at: str
    finished_at: str
    item_count: int = 0
    refused_count: int = 0


@dataclass(frozen=True)
class ImportLine:
    """What became of one file of an import; ``outcome``: imported, duplicate, refused, skipped."""

    path: str
    outcome: Literal["imported", "duplicate", "refused", "skipped"]
    reason: str = ""
    item_ids: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


# -- marks and links --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TextQuoteSelector:
    """W3C Web Annotation Data Model, section 4.2.4."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class TextPositionSelector:
    """W3C Web Annotation Data Model, section 4.2.5: code points, ``end`` not included."""

    start: int
    end: int


@dataclass(frozen=True)
class BlockPoint:
    """A place inside a block: paragraph number and offset in the block's own text."""

    n: int
    offset: int


@dataclass(frozen=True)
class Target:
    """A passage described in every way by which it can be found again.

    The digests are the article's when the passage was described; a target made elsewhere knows none of them.
    """

    quote: TextQuoteSelector
    position: TextPositionSelector
    first: BlockPoint
    last: BlockPoint
    text_sha256: str
    blocks_sha256: str = ""


@dataclass(frozen=True)
class Annotation:
    """A mark on a passage.  ``start`` and ``end`` are where it stands now (None: it is unplaced)."""

    id: str
    item_id: str
    target: Target
    colour: Colour
    note: str
    tags: tuple[str, ...]
    created_at: str
    modified_at: str
    state: AnchorState = AnchorState.PLACED
    start: int | None = None
    end: int | None = None

    @property
    def quote(self) -> str:
        return self.target.quote.exact


@dataclass(frozen=True)
class Link:
    """A typed link; each end is the id of a mark or of an item."""

    id: str
    from_id: str
    to_id: str
    relation: str
    note: str
    created_at: str
    modified_at: str


# -- answers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Passage:
    """A match with the words around it; ``start`` and ``end`` are offsets of ``match`` in the item's text."""

    start: int
    end: int
    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Hit:
    """An item that answers a query, with every passage that does."""

    item: Item
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class LinkEnd:
    """The other end of a link, as an excerpt names it; ``quote`` is empty when the end is a whole item."""

    link: Link
    is_outgoing: bool
    item_id: str
    title: str
    url: str
    quote: str


@dataclass(frozen=True)
class Excerpt:
    """A marked passage that can cite itself: everything that a form of export may print.

    ``quote`` is the text at the mark; ``paragraphs`` the numbers of its first and last block.
    """

    annotation: Annotation
    item: Item
    quote: str
    paragraphs: tuple[int, int]
    links: tuple[LinkEnd, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What an exported excerpt says of itself, read back so that it can be proved against the original."""

    quote: str
    item_id: str
    sha256: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened to an object, in the words of PREMIS 3 (section 2: Events)."""

    id: str
    type: str
    at: str
    object_id: str
    agent: str
    outcome: str
    detail: str
