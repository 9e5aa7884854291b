"""What every form of export needs to know of its excerpts: pages in order, names to jump to, the far ends of links.

Excerpts in; groups, names and words out.  It is separate so that all forms group, name and count alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive_viewer.model import AnchorState, Excerpt, Item, LinkEnd
from archive_viewer.text import one_line

HEADING = "Excerpts"
PROGRAM = "Archive Viewer"

FAR_WORDS = 300
"""Characters by which the other end of a link is named; its whole words are its own excerpt."""

STATES = {
    AnchorState.PLACED: "",
    AnchorState.MOVED: "moved since it was marked, and not yet confirmed",
    AnchorState.APPROXIMATE: "only similar words were found since it was marked, not yet confirmed",
    AnchorState.UNPLACED: "no longer found in the text; the words are those that were marked",
}
"""What is said of a mark that is not simply where it was made."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """The excerpts of one page, in the order in which they were given; ``number`` counts sheets from 1."""

    number: int
    item: Item
    excerpts: tuple[Excerpt, ...]


def sheets(excerpts: Sequence[Excerpt]) -> list[Sheet]:
    """The excerpts page by page, pages in the order of their first excerpt."""
    groups: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts:
        groups.setdefault(excerpt.item.id, []).append(excerpt)
    return [Sheet(number, group[0].item, tuple(group)) for number, group in enumerate(groups.values(), 1)]


def extent(pages: Sequence[Sheet]) -> str:
    """How much is exported, in words."""
    passages = sum(len(page.excerpts) for page in pages)
    return f"{count(passages, 'marked passage')} from {count(len(pages), 'page')}"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def mark_name(annotation_id: str) -> str:
    """The name by which a link inside the exported file jumps to an excerpt."""
    return "mark-" + re.sub(r"[^A-Za-z0-9-]", "_", annotation_id)


def far_end(end: LinkEnd) -> str:
    """The id of the mark or item at the other end of a link."""
    return end.link.to_id if end.is_outgoing else end.link.from_id


def far_words(end: LinkEnd) -> str:
    """What the other end says: its words (the first of them, if it is long), or the title of its page."""
    words = one_line(end.quote) or one_line(end.title) or one_line(end.url) or far_end(end)
    return words if len(words) <= FAR_WORDS else words[: FAR_WORDS - 1].rstrip() + "…"


def arrow(end: LinkEnd) -> str:
    """The relation, read from the excerpt: “supports →” or “← supports”."""
    relation = one_line(end.link.relation)
    return f"{relation} →" if end.is_outgoing else f"← {relation}"


def web_address(url: str) -> str:
    """``url`` if it may be followed from an exported file, else empty: never ``javascript:`` and its like."""
    return url if _WEB_ADDRESS.fullmatch(url) else ""


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one (Unicode Bidirectional Algorithm, rules P2 and P3)."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "ltr"
