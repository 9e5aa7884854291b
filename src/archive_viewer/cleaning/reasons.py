"""Reasons: the one word that is shown for each block that was stripped.

A page, the names of its sections and what the rules say of each block in, a word for a block out.  Separate from the
rulings, of which the choice learned: whatever is said here, what is kept stays the same.  What a block or the section
around it calls itself goes first, then what it says, then what stands beside it, then what it is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate

from archive_viewer.cleaning import rules, wording
from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.naming import Naming
from archive_viewer.model import Kind, Reason, Style

_LINK_LIST = 0.6
"""Share of words in links of a block that is there for them."""
_MOST_WORDS = 0.8
"""Share of a page's words that no single piece of furniture has."""
_IN_OR_BELOW = 0.1
"""Share of the words kept that may stand in a page's footer and below it; more of them, and it is no footer."""
_PAGINATION_WORDS = 80
"""A section with more words is what is leafed through."""
_NEIGHBOUR_WORDS, _NEIGHBOUR_BLOCKS = 40, 8
"""No larger section is one thing, told by one of its lines: a box with a sentence and its button."""
_BESIDE_POST_WORDS = 30
"""What stands at the head of a post about its writer, and all that is above it, has no more words."""
_SOCIAL_WORDS = 8
"""A line with more words that links to a social network says something about what is there."""
_OFTEN, _SHORT = 4, 8
"""A text of fewer words that stands in so many places is a label of many things, not one thing said twice."""
_ALIKE = frozenset({Kind.CELL, Kind.CODE})
_LEAD = 10
"""So many blocks from the first that is kept, most often the title, still belong to the head of the page."""
_TITLE_WORDS = 4
"""A link of fewer words amid the text names no other page to read: a button, a name."""
_UNDER_HEADING = 50
"""Blocks under a heading that it may stand for."""

_NOT_STATED = (Reason.OTHER, Reason.REPEATED, Reason.HEADER, Reason.FOOTER, Reason.PAGINATION)
"""What is not believed of the rules: what a name alone told them of a footer or of page numbers, and what they take
for a header because they keep nothing above it."""
_OF_SOCIAL_LINKS = (Reason.HEADER, Reason.NAVIGATION, Reason.RELATED, Reason.SUBSCRIPTION, Reason.OTHER)
"""What a link to a social network may seem to be by the list it stands in."""
_OF_LINES = (Reason.SUBSCRIPTION, Reason.CONSENT, Reason.COMMENTS, Reason.ADVERT)
"""What the words of a small box tell, wherever it stands."""
_OF_PLACES = (Reason.FOOTER, Reason.HEADER, Reason.NAVIGATION, Reason.RELATED)
"""What a part of the page calls itself by where it stands, or because it holds links."""
_OF_NEIGHBOURS = (Reason.SUBSCRIPTION, Reason.CONSENT, Reason.AUTHOR_BOX, Reason.COMMENTS)
"""What one line tells of a whole small section."""
_TELLING = frozenset(rules.TELLING_WORDS)
_IN_FOOTER = (Reason.NAVIGATION, Reason.HEADER, Reason.AUTHOR_BOX)
"""What parts of the page's footer call themselves: lists of links, a logo, the card of an office."""


class Reasons:
    """The words for the blocks of one page.

    ``stated`` is what the rules say of each block, None where they keep it; ``kept`` are the blocks that are kept in
    the end; ``words``, ``linked`` and ``prose`` count the words of each block, those in links and those of prose;
    ``title`` is the draft of the page's title; ``line_says`` gives what the words of a block alone say.
    """

    def __init__(
        self,
        page: Page,
        title: int | None,
        naming: Naming,
        stated: Sequence[Reason | None],
        kept: AbstractSet[int],
        words: Sequence[int],
        linked: Sequence[float],
        prose: Sequence[int],
        line_says: Callable[[int], Reason | None],
    ) -> None:
        self._line_says = line_says
        self._nodes, self._drafts = page.nodes, page.drafts
        self._title = title
        self._naming = naming
        self._stated = stated
        self._kept = kept
        self._linked = [inside > count * _LINK_LIST for inside, count in zip(linked, words, strict=True)]
        self._words = words
        self._until = [0, *accumulate(words)]
        self._kept_until = [0, *accumulate(count if i in kept else 0 for i, count in enumerate(words))]
        kept_prose = [i for i in sorted(kept) if prose[i]] or [0]
        self._last_kept = kept_prose[-1]
        self._head_ends = min(kept_prose[0], min(kept, default=0) + _LEAD)
        self._copies = Counter(draft.text for draft in page.drafts)
        self._kept_texts = {page.drafts[i].text for i in kept}
        self._said: dict[int, Reason | None] = {}
        self._in_article: list[bool] = []
        self._named = self._name_all()

    def of(self, i: int) -> Reason:
        """Why draft ``i`` is not of the article."""
        stated, own = self._stated[i], self._drafts[i].reason
        if stated is not None and (stated is Reason.ARCHIVE_FURNITURE or stated is own):
            return stated
        reason = self._named[self._drafts[i].node]
        if stated in _OF_LINES and reason in _OF_PLACES:
            reason = stated  # a box of its own kind in a footer, told by its words
        if reason is Reason.HEADER:
            reason = self._in_header(i)
        if reason is Reason.RELATED and self._jumps(i):
            reason = Reason.NAVIGATION  # a table of contents at the side
        if reason is None and self._is_copy(i):
            reason = Reason.REPEATED
        if reason is None and stated is not None and stated not in _NOT_STATED:
            is_guess = stated in _OF_PLACES and i not in self._headed
            reason = (self._by_itself(i) if is_guess else None) or stated
        reason = reason or self._by_itself(i) or self._by_neighbours(i)
        if reason is None:
            reason = Reason.HIDDEN if own is Reason.HIDDEN else self._by_place(i)
        return Reason.SHARE if reason in _OF_SOCIAL_LINKS and self._leads_to_social_network(i) else reason

    # -- names -------------------------------------------------------------------------------------------------

    def _name_all(self) -> list[Reason | None]:
        """What the innermost section around each element calls itself that says more than that it is furniture."""
        found: list[Reason | None] = []
        for index, node in enumerate(self._nodes):
            outer = found[node.parent] if node.parent >= 0 else None
            self._in_article.append(node.tag == "article" or (node.parent >= 0 and self._in_article[node.parent]))
            own = self._name_of(index)
            if own is None and outer is None and not _TELLING.isdisjoint(self._naming.words[index]):
                own = self._name_told_by_words(index)
            found.append(outer if own is None or (outer is Reason.FOOTER and own in _IN_FOOTER) else own)
        return found

    def _name_of(self, index: int) -> Reason | None:
        node = self._nodes[index]
        name = self._naming.name(index) if node.first < node.last else None
        if name is None or name.reason is Reason.OTHER:
            return None
        if self._title is not None and node.first <= self._title < node.last:
            return None
        if self._words_of(node.first, node.last) > self._until[-1] * _MOST_WORDS:
            return None
        if name.reason is Reason.FOOTER and not self._is_footer(index):
            return None
        if name.reason is Reason.PAGINATION and self._words_of(node.first, node.last) > _PAGINATION_WORDS:
            return None
        if name.reason is Reason.RELATED and self._is_beside_post(index):
            return Reason.AUTHOR_BOX
        return name.reason

    def _name_told_by_words(self, index: int) -> Reason | None:
        """What words tell that content bears as well: they count where nothing was kept."""
        node, words = self._nodes[index], self._naming.words[index]
        if self._kept_until[node.last] > self._kept_until[node.first]:
            return None
        return min(rules.TELLING_WORDS[word] for word in words & _TELLING)[1]

    def _is_footer(self, index: int) -> bool:
        """Whether what calls itself a footer is the page's: posts and cards have footers, too."""
        node = self._nodes[index]
        if node.tag == "footer" and self._in_article[index]:
            return False
        before, with_it, whole = (self._kept_until[i] for i in (node.first, node.last, -1))
        return (whole if before else with_it) - before <= whole * _IN_OR_BELOW

    def _is_beside_post(self, index: int) -> bool:
        """Whether an aside stands at the head of a post in a forum, where its writer is told."""
        node = self._nodes[index]
        if not self._naming.is_forum or node.parent < 0 or node.tag != "aside":
            return False
        post = self._nodes[node.parent]
        return post.tag == "article" and self._words_of(post.first, node.last) <= _BESIDE_POST_WORDS

    def _words_of(self, first: int, last: int) -> int:
        return self._until[last] - self._until[first]

    # -- headings ------------------------------------------------------------------------------------------------

    @cached_property
    def _headed(self) -> Mapping[int, Reason]:
        """What the last heading above a block names, up to the next heading or what is kept."""
        headed: dict[int, Reason] = {}
        reason: Reason | None = None
        since = 0
        for i, draft in enumerate(self._drafts):
            if draft.kind is Kind.HEADING:
                said = wording.heading_reason(draft.text)
                if said or not self._linked[i]:  # under a heading, headings in links are what it lists
                    reason, since = said, i
            elif i in self._kept:
                reason = None
            if reason and i - since <= _UNDER_HEADING:
                headed[i] = reason
        return headed

    # -- words and links -------------------------------------------------------------------------------------------

    def _says(self, i: int) -> Reason | None:
        if i not in self._said:
            self._said[i] = self._line_says(i) or wording.label_reason(self._drafts[i].text)
        return self._said[i]

    def _by_itself(self, i: int) -> Reason | None:
        if said := self._says(i):
            return said
        if self._jumps(i):
            return Reason.NAVIGATION
        targets = self._targets(i) if self._linked[i] else []
        if targets and all(rules.PERSON_ADDRESS.search(target) for target in targets):
            return Reason.AUTHOR_BOX
        if i > self._last_kept and any(map(rules.FOOTER_ADDRESS.search, targets)):
            return Reason.FOOTER
        return None

    def _in_header(self, i: int) -> Reason:
        """What a block of a header is: menus stand there as well."""
        if said := self._says(i):
            return said
        is_menu = self._linked[i] and (self._drafts[i].kind is Kind.ITEM or len(self._targets(i)) > 1)
        return Reason.NAVIGATION if is_menu else Reason.HEADER

    def _jumps(self, i: int) -> bool:
        """Whether a block is there for its links, and these lead into the page itself."""
        targets = self._targets(i) if self._linked[i] else []
        return bool(targets) and all(target.startswith("#") for target in targets)

    def _leads_to_social_network(self, i: int) -> bool:
        if not self._linked[i] or self._words[i] > _SOCIAL_WORDS:
            return False
        targets = self._targets(i)
        return bool(targets) and all(rules.SOCIAL_ADDRESS.match(target) for target in targets)

    def _targets(self, i: int) -> list[str]:
        return [span.target for span in self._drafts[i].spans if span.style is Style.LINK]

    def _is_copy(self, i: int) -> bool:
        """Whether the block says once more what was kept; cells and lines of code say the same as others by nature."""
        draft = self._drafts[i]
        is_of_kept = draft.text in self._kept_texts and draft.kind not in _ALIKE and draft.reason is None
        if not self._words[i] or not (is_of_kept or self._stated[i] is Reason.REPEATED):
            return False
        return self._words[i] >= _SHORT or self._copies[draft.text] < _OFTEN

    # -- what stands around it ---------------------------------------------------------------------------------------

    def _by_neighbours(self, i: int) -> Reason | None:
        """What another line of the same small section says of a text, else what the heading above it says."""
        index = -1 if self._linked[i] else self._drafts[i].node
        while index >= 0:
            node = self._nodes[index]
            if node.last - node.first > _NEIGHBOUR_BLOCKS or self._words_of(node.first, node.last) > _NEIGHBOUR_WORDS:
                break
            for beside in range(node.first, node.last):
                if beside != i and (said := self._says(beside)) in _OF_NEIGHBOURS:
                    return said
            index = node.parent
        return self._headed.get(i)

    def _by_place(self, i: int) -> Reason:
        """What a block is that says nothing of itself: by where it stands, and whether it is there for its links."""
        is_linked = self._linked[i]
        if i < self._head_ends:
            if is_linked:
                return Reason.NAVIGATION
            return Reason.OTHER if wording.is_price(self._drafts[i].text) else Reason.HEADER
        if is_linked and (i > self._last_kept or self._words[i] >= _TITLE_WORDS):
            return Reason.RELATED
        return Reason.OTHER
