"""What the library is asked with and answers with, where the nouns of ``model`` do not say it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from archive_viewer.model import Accession, Annotation, Article, Fact, Item, LinkEnd, Override, SavedSearch

Access = Literal["owner", "owner-if-free", "reader", "worker"]
"""How a library is opened: to own it or fail; to own it if nobody does; to look only; on behalf of its owner."""

FixityOutcome = Literal["ok", "missing", "altered", "unreadable"]
VerdictOutcome = Literal["exact", "typographic", "differs", "missing", "altered"]


@dataclass(frozen=True)
class Scope:
    """A part of the holdings.  ``kind``: all, bin, accession, tag, site, attention, unit (with all below it),
    unarranged; ``value`` says which.  Of a saved search (search) the window asks the query itself."""

    kind: str = "all"
    value: str = ""


@dataclass(frozen=True)
class Order:
    """``field``: title, site, author, published, captured, added, original, arranged."""

    field: str = "added"
    is_descending: bool = True


@dataclass(frozen=True)
class Overview:
    """How much there is of everything: what the library pane shows."""

    items: int
    bin: int
    attention: int
    marks: int
    links: int
    accessions: list[Accession]
    tags: list[tuple[str, int]]
    sites: list[tuple[str, int]]
    searches: list[SavedSearch] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """All that is needed to read one page; marks were checked against the text just now and stand in page order."""

    item: Item
    article: Article
    annotations: tuple[Annotation, ...]
    links: tuple[LinkEnd, ...]
    overrides: tuple[Override, ...]
    site: str = ""
    """The host of the item's address, whose rules hold for it."""


@dataclass(frozen=True)
class CaptureDate:
    """One of the captures of an address; ``captured_at`` may be empty."""

    item_id: str
    captured_at: str
    title: str


@dataclass(frozen=True)
class Group:
    """Items that belong together; ``name`` is what they share: a site, an accession's number, an address's key."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Attention:
    """Something for the archivist to look at; ``kind``: unplaced, moved, refused, damaged, missing-resources,
    doubtful-date, doubt, fixity, older-cleaning, double-code.

    A refused file has a ``path`` and the id of the accession whose report tells of it; the others an item, a mark.
    ``fact`` names the fact that a doubt is about, ``sha256`` the stored file that failed its check.
    """

    kind: str
    sentence: str
    item_id: str = ""
    annotation_id: str = ""
    path: str = ""
    accession_id: str = ""
    fact: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Completion:
    """What may be put into a query in place of its code points from ``start`` to ``end``: ``text``, which for a value
    is quoted where it must be.  ``name`` is what is shown for it, ``count`` in how many items it is (0: not counted).
    """

    text: str
    name: str
    start: int
    end: int
    count: int = 0


@dataclass(frozen=True)
class FacetValue:
    """A value, how many pages of an answer have it, and the part of a query (``site:bbc.co.uk``) that asks for it."""

    value: str
    count: int
    term: str


@dataclass(frozen=True)
class Facet:
    """What the pages of an answer have in one field of a query; ``others``: how many more values there are."""

    field: str
    values: tuple[FacetValue, ...]
    others: int


@dataclass(frozen=True)
class Facets:
    """An answer of so many ``pages``, by what they have."""

    pages: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class IndexState:
    """Whether search answers from the whole text, how many items it does not know yet, and that in a sentence."""

    is_ready: bool
    waiting: int
    sentence: str


@dataclass(frozen=True)
class Changes:
    """What a write changed, for those who show it.

    ``units``: the tree, what stands where in it, or what is settled for the whole library; what any item shows of that
    (series, reference code) may be other.
    """

    items: frozenset[str] = frozenset()
    annotations: frozenset[str] = frozenset()
    links: bool = False
    rules: bool = False
    units: bool = False
    accessions: bool = False
    searches: bool = False
    fixity: bool = False
    """A stored file was found to be other than it was known to be, or was put back."""
    history: bool = True


@dataclass(frozen=True)
class Task:
    """Long work.

    ``kind``: import, retry, rebuild, fixity, repair, clean-again, events, bag, copy, merge; ``state``: waiting,
    running, done, cancelled, failed.
    """

    id: str
    kind: str
    label: str
    state: str
    accession_id: str
    message: str
    created_at: str
    finished_at: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Glimpse:
    """How a page would begin in a character set: its title, its first lines, and what is to be said of the set."""

    title: str
    lines: tuple[str, ...]
    charset: Fact[str]


@dataclass(frozen=True)
class RuleEffect:
    """What a rule would do: ``changed`` of the ``pages`` of its site, and how many paragraphs in all.

    ``looked_at`` is how many pages were gone through for it; the others were too many for a question.
    """

    pages: int
    looked_at: int
    changed: int
    put_back: int
    taken_out: int


@dataclass(frozen=True)
class FixityResult:
    """What a stored file was found to be; ``detail`` is the SHA-256 of altered bytes, or why they cannot be read."""

    sha256: str
    file_name: str
    result: FixityOutcome
    detail: str = ""


@dataclass(frozen=True)
class FixityState:
    """How the stored files stand: ``due`` have not been read for ``days`` days (0: nothing is checked by itself).

    ``oldest`` is when the file was last read, or came in, that has waited longest.
    """

    files: int
    failed: int
    due: int
    without_sha512: int
    days: int
    oldest: str


@dataclass(frozen=True)
class Verdict:
    """Whether an exported quote stands in the original that it names.  ``item_id`` is empty where it is unknown."""

    quote: str
    item_id: str
    result: VerdictOutcome
