"""What questions are answered with: hits and passages, excerpts and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from archive_viewer.model.holdings import ImportLine, Item
from archive_viewer.model.marks import Annotation, Link


@dataclass(frozen=True)
class Passage:
    """A match with the words around it; ``start`` and ``end`` are offsets of ``match`` in the item's text."""

    start: int
    end: int
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """What a concordance says of the page that a line stands in."""

    item_id: str
    title: str
    url: str
    site: str
    published: str
    captured_at: str


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One line of a concordance: a passage, and the page that it stands in."""

    page: ConcordancePage
    passage: Passage


@dataclass(frozen=True)
class Aside:
    """A match in what is said of an item, or was stripped from it: ``kind`` is the field of queries that it is of.

    ``mark_id``: the mark that says so, or at which the link begins or ends; ``block``: the stripped block's paragraph
    number.
    """

    kind: str
    before: str
    match: str
    after: str
    mark_id: str = ""
    block: int = 0


@dataclass(frozen=True)
class Hit:
    """An item that answers a query, with every passage that does, and what else of it does."""

    item: Item
    score: float
    passages: tuple[Passage, ...]
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class SavedSearch:
    """A query that is kept with the library under a name, and answered anew whenever it is looked at."""

    id: str
    name: str
    query: str
    created_at: str


class Agreement(Enum):
    """How a stretch of a source and of a quote agree; *elided* is what an ellipsis of the quote stands for, and an
    *aside* what its author put in brackets, which the source need not have."""

    SAME = "same"
    SPELLED = "spelled otherwise"
    CHANGED = "changed"
    MISSING = "not in the source"
    ADDED = "only in the source"
    ELIDED = "elided"
    ASIDE = "aside"


@dataclass(frozen=True)
class Stretch:
    """Words of a source, ``[start, end)`` of its text, beside words of the quote; either may be empty."""

    agreement: Agreement
    start: int
    end: int
    quoted: str


@dataclass(frozen=True)
class QuoteSource:
    """A passage of a page that says what a quote says.

    ``share``: how much of the quote it holds, from 0 to 1, by its letters.  ``is_held``: enough to say that this is
    where the quote, or a part of it, stands; otherwise it is merely the nearest there is.  ``stretches`` cover the
    passage in order, and the words of the quote that it lacks before and behind.
    """

    item: Item
    passage: Passage
    share: float
    is_held: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class NearDuplicate:
    """A page whose text is nearly that of another: ``resemblance`` is the share that both have, from 0.7 to 1.

    ``is_same_text``: to the letter.  ``path``: the file that it is in, where it comes or came in with the same import.
    ``are_both_right``: a person said so of these two pages with these very texts.
    """

    item: Item
    resemblance: float
    is_same_text: bool
    path: str = ""
    are_both_right: bool = False


@dataclass(frozen=True)
class ReportEntry:
    """A line of an accession's report with its items as they are now, and what each of those looks like by its id."""

    line: ImportLine
    items: tuple[Item, ...] = ()
    near: Mapping[str, tuple[NearDuplicate, ...]] = field(default_factory=dict)


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
