"""A passage described so that it is found again, and what a person ties to it: marks and links."""

from __future__ import annotations

from dataclasses import dataclass

from archive_viewer.model.terms import AnchorState, Colour

STRIPPED_WORDS = "Its words were stripped from the page; put the block back and the mark stands in its place."
STRIPPED_WORDS_OF_SEVERAL = (
    "Their words were stripped from the page; put the blocks back and the marks stand in their places."
)
"""What is said, everywhere, of marks that came along on words which the cleaner stripped."""


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
class ForeignMark:
    """A mark that came along in a page: made with another program, and written into the page by it.

    ``creator`` is that program, ``origin`` says what the mark was there; ``created_at`` is empty where nobody says.
    ``first`` and ``last`` are its ends, in blocks kept or stripped; None where the page has no text that it stands on.
    """

    creator: str
    origin: str
    colour: Colour
    note: str = ""
    created_at: str = ""
    first: BlockPoint | None = None
    last: BlockPoint | None = None


@dataclass(frozen=True)
class Annotation:
    """A mark on a passage.  ``start`` and ``end`` are where it stands now (None: it is unplaced).

    ``creator`` is empty for a mark made here; one that came along in a page names the program that made it, and
    ``origin`` says what it was there.
    """

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
    creator: str = ""
    origin: str = ""

    @property
    def quote(self) -> str:
        return self.target.quote.exact

    @property
    def is_on_stripped_words(self) -> bool:
        """Whether it came along on words of the page that are not in its text: those were stripped, not lost."""
        return self.state is AnchorState.UNPLACED and bool(self.creator and self.quote)


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
