"""Naming: what each section of a page calls itself, by its tag, role, classes and id.

A page in, a name or None for each of its elements out.  Separate from the choice, which weighs the name against what
the section holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive_viewer.cleaning import rules
from archive_viewer.cleaning.drafts import Node, Page
from archive_viewer.model import Reason

STRONG_SHARE, WEAK_SHARE = 0.5, 0.3
"""A section that holds a larger share of the page's prose is no furniture, whatever it calls itself."""
COMMENTS_SHARE = 0.6
"""Readers' comments may hold most of the prose below a short article."""
_MEMBER_SHARE = 0.0
"""What stands beside a post about its writer has no prose."""
TEASER_WORDS = 40
"""A page with less prose outside its comments is there for them."""

CERTAIN, SURE, LIKELY, UNSURE = 0.95, 0.85, 0.7, 0.55
"""How sure a decision is."""


@dataclass(frozen=True)
class Clues:
    """What a page says of itself outside its blocks: its address, its schema.org types and its ``og:type`` in lower
    case, what it calls itself (the surest first), its description, and the text that it states for machines."""

    url: str = ""
    types: frozenset[str] = frozenset()
    kind: str = ""
    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""


class Name(NamedTuple):
    """What a section calls itself; the share of the page's prose that it may hold; how sure the name is."""

    reason: Reason
    most: float
    confidence: float


class Naming:
    """The names of a page's sections.  ``prose`` counts the words of prose of each draft, ``title`` is its draft."""

    def __init__(self, page: Page, prose: Sequence[int], title: int | None, clues: Clues) -> None:
        self._page = page
        self.words = rules.words_of_all((node.classes, node.id, node.role) for node in page.nodes)
        self._is_inner = _inside_sections(page.nodes)
        self._names: dict[tuple[str, str, frozenset[str], bool], Name | None] = {}
        self.is_forum = self._looks_like_forum(clues) or self._is_there_for_comments(prose, title)

    def is_of_archive(self, index: int) -> bool:
        """Whether an archive or a saver put the element around the page."""
        id = self._page.nodes[index].id
        return bool(id) and rules.ARCHIVE_IDS.match(id) is not None

    def name(self, index: int) -> Name | None:
        """What the element calls itself; None when it is nothing that furniture is called."""
        node = self._page.nodes[index]
        named = node.tag, node.role, self.words[index], self._is_inner[index]
        if named not in self._names:
            self._names[named] = self._find_name(*named)
        name = self._names[named]
        if name and name.reason is Reason.FOOTER and self._page.drafts[node.first].quote_depth:
            return None  # the source of a quotation
        return name

    def _find_name(self, tag: str, role: str, words: frozenset[str], is_inner: bool) -> Name | None:
        by_itself = rules.TAGS.get(tag) or rules.ROLES.get(role)
        if by_itself in (Reason.OTHER, Reason.RELATED):
            return Name(_first(words, rules.STRONG_WORDS) or by_itself, STRONG_SHARE, CERTAIN)
        if by_itself:
            return Name(by_itself, STRONG_SHARE, CERTAIN)
        if tag == "header" and not is_inner:
            return Name(Reason.HEADER, WEAK_SHARE, SURE)
        if not words:
            return None
        if "sidebar" in words and not words & rules.AROUND_SIDEBARS:
            return Name(Reason.RELATED, WEAK_SHARE, LIKELY)
        if self.is_forum and words & rules.MEMBER_WORDS:
            return Name(Reason.AUTHOR_BOX, _MEMBER_SHARE, LIKELY)
        if not self.is_forum and words & rules.COMMENT_WORDS:
            return Name(Reason.COMMENTS, COMMENTS_SHARE, SURE)
        if strong := _first(words - rules.OF_BOXES if tag == "p" else words, rules.STRONG_WORDS):
            return Name(strong, STRONG_SHARE, SURE)
        weak = _first(words, rules.WEAK_WORDS)
        return Name(weak, WEAK_SHARE, LIKELY) if weak else None

    def _looks_like_forum(self, clues: Clues) -> bool:
        if clues.types & rules.FORUM_TYPES or rules.FORUM_ADDRESS.search(clues.url):
            return True
        return any(words & rules.FORUM_WORDS for words in self.words[:3])

    def _is_there_for_comments(self, prose: Sequence[int], title: int | None) -> bool:
        """Whether there is hardly any prose outside what is classed as comments."""
        end = outside = 0
        for node, words in zip(self._page.nodes, self.words, strict=True):
            holds_title = title is not None and node.first <= title < node.last
            if words & rules.COMMENT_WORDS and end <= node.first < node.last and not holds_title:
                outside += sum(prose[end : node.first])
                end = node.last
        return end > 0 and outside + sum(prose[end:]) < TEASER_WORDS


def _first(words: frozenset[str], table: Mapping[str, tuple[int, Reason]]) -> Reason | None:
    """The reason of the word that stands first in the table, so that the same page is always judged alike."""
    found = words & table.keys()
    return min(table[word] for word in found)[1] if found else None


def _inside_sections(nodes: Sequence[Node]) -> list[bool]:
    """For each element, whether a header in it is not the page's own (HTML Living Standard, section 4.3.8)."""
    inside: list[bool] = []
    for node in nodes:
        inside.append(node.parent >= 0 and (inside[node.parent] or nodes[node.parent].tag in rules.SECTIONS))
    return inside
