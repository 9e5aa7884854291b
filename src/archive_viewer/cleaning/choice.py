"""The choice: which blocks of a page are its article, and why the others are not.

Drafts and front matter in, a fate and a reason for each draft out.  Separate from the walk, which must not be
touched when the choice is improved.  Sections go in or out as wholes: first those that name themselves furniture
(``rules``), then what lies outside the smallest element that holds nearly all of the prose, then lists of links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from archive_viewer.cleaning import rules
from archive_viewer.cleaning.characters import count_words
from archive_viewer.cleaning.drafts import Node, Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.model import Fate, Reason

_PROSE_WORDS = 12
_PROSE_LINKED = 0.35
"""A block of so many words, and no larger share of them in links, is prose."""
_STRONG_SHARE, _WEAK_SHARE = 0.5, 0.3
"""A section that holds a larger share of the page's prose is no furniture, whatever it calls itself."""
_CONTAINER_SHARE = 0.8
_SHORT_WEIGHT, _LINK_WEIGHT = 0.3, 0.1
"""What a word outside prose counts for finding the container, and a word in a link."""
_LINK_LIST = 0.6
_ARTICLE_WORDS = 200


@dataclass(frozen=True)
class Verdict:
    """The fate of one draft; ``confidence`` from 0 to 1 is how sure the choice is of it."""

    fate: Fate
    reason: Reason | None
    confidence: float


class _Sums:
    """Sums over ranges of drafts in constant time."""

    def __init__(self, figures: Iterable[float]) -> None:
        self._totals = [0.0, *accumulate(figures)]

    def __call__(self, first: int, last: int) -> float:
        return self._totals[last] - self._totals[first]

    @property
    def total(self) -> float:
        return self._totals[-1]


def choose(page: Page, front: FrontMatter) -> list[Verdict]:
    """The verdict on each draft of ``page``, in order."""
    reasons = _Choice(page, front).reasons()
    return [Verdict(Fate.STRIPPED if reason else Fate.KEPT, reason, 0.5) for reason in reasons]


class _Choice:
    def __init__(self, page: Page, front: FrontMatter) -> None:
        self._page = page
        self._drafts = page.drafts
        self._front = front
        self._reasons: list[Reason | None] = [draft.reason for draft in page.drafts]
        self._words = [0 if draft.reason else count_words(draft.text) for draft in page.drafts]
        self._linked = [
            words * draft.linked / len(draft.text) if words else 0.0
            for words, draft in zip(self._words, page.drafts, strict=True)
        ]
        self._prose = [
            words if words >= _PROSE_WORDS and linked <= words * _PROSE_LINKED else 0
            for words, linked in zip(self._words, self._linked, strict=True)
        ]

    def reasons(self) -> list[Reason | None]:
        if not self._drafts:
            return []
        self._strip_named_sections()
        self._strip_outside()
        self._strip_link_lists()
        self._keep_front_matter()
        return self._reasons

    # -- sections that name themselves ------------------------------------------------------------------------

    def _strip_named_sections(self) -> None:
        prose = _Sums(self._prose)
        words = _Sums(self._words)
        whole = prose.total or 1.0
        done = 0
        for node in self._page.nodes:
            if node.last <= done or node.first == node.last:
                continue
            reason, most = self._named(node)
            if reason is None or self._holds_title(node):
                continue
            if prose(node.first, node.last) <= whole * most and words(node.first, node.last) <= words.total * 0.8:
                self._strip(node.first, node.last, reason)
                done = node.last

    def _named(self, node: Node) -> tuple[Reason | None, float]:
        tag = node.tag
        if tag in rules.TAGS:
            return rules.TAGS[tag], _STRONG_SHARE
        element = node.element
        role = element.get("role")
        if role in rules.ROLES:
            return rules.ROLES[role], _STRONG_SHARE
        named = rules.words_of(element)
        for word in named:
            if word in rules.STRONG_WORDS:
                return rules.STRONG_WORDS[word], _STRONG_SHARE
        if tag == "header":
            return Reason.HEADER, _WEAK_SHARE
        for word in named:
            if word in rules.WEAK_WORDS:
                return rules.WEAK_WORDS[word], _WEAK_SHARE
        return None, 0.0

    def _holds_title(self, node: Node) -> bool:
        title = self._front.title
        return title is not None and node.first <= title < node.last

    def _strip(self, first: int, last: int, reason: Reason) -> None:
        for i in range(first, last):
            if self._reasons[i] is None:
                self._reasons[i] = reason

    # -- the container ----------------------------------------------------------------------------------------

    def _weights(self) -> list[float]:
        return [
            0.0 if reason else max(prose, _SHORT_WEIGHT * (words - linked) + _LINK_WEIGHT * linked)
            for reason, prose, words, linked in zip(self._reasons, self._prose, self._words, self._linked, strict=True)
        ]

    def _strip_outside(self) -> None:
        weight = _Sums(self._weights())
        first, last = self._container(weight)
        title = self._front.title
        if title is not None and title < first:
            first = title
        for i in range(len(self._drafts)):
            if not first <= i < last and self._reasons[i] is None:
                self._reasons[i] = Reason.HEADER if i < first else Reason.RELATED

    def _container(self, weight: _Sums) -> tuple[int, int]:
        """The range of the smallest element that holds nearly all of the page's weight."""
        children: dict[int, list[int]] = {}
        for index, node in enumerate(self._page.nodes):
            if node.last > node.first:
                children.setdefault(node.parent, []).append(index)
        at = 0
        while True:
            node = self._page.nodes[at]
            whole = weight(node.first, node.last)
            best = max(
                children.get(at, ()),
                key=lambda c: weight(self._page.nodes[c].first, self._page.nodes[c].last),
                default=None,
            )
            if best is None:
                return node.first, node.last
            inner = self._page.nodes[best]
            if weight(inner.first, inner.last) < whole * _CONTAINER_SHARE:
                return node.first, node.last
            at = best

    # -- lists of links ---------------------------------------------------------------------------------------

    def _strip_link_lists(self) -> None:
        words = _Sums(0 if r else w for r, w in zip(self._reasons, self._words, strict=True))
        linked = _Sums(0 if r else w for r, w in zip(self._reasons, self._linked, strict=True))
        if linked.total > words.total * 0.5:
            return
        done = 0
        for node in self._page.nodes:
            if node.last <= done or node.last - node.first < 2:
                continue
            inside = words(node.first, node.last)
            if inside and linked(node.first, node.last) > inside * _LINK_LIST and not self._holds_title(node):
                self._strip(node.first, node.last, Reason.RELATED)
                done = node.last

    def _keep_front_matter(self) -> None:
        for i in (self._front.title, self._front.byline):
            if i is not None:
                self._reasons[i] = None
