"""Rulings: which blocks of a page are its article by rules alone, and why the others are not.

Drafts, front matter and clues in, a verdict for each draft out.  Separate from the choice, to which a ruling is one
witness among many; the reasons that people are shown are worked out from it in ``reasons``.  Sections go in or out as
wholes: first those that name themselves furniture (``rules``), then those under a heading that does (``wording``), then
what lies outside the smallest element that holds nearly all of the prose, then lists of links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from typing import NamedTuple

from archive_viewer.cleaning import wording
from archive_viewer.cleaning.characters import words_in
from archive_viewer.cleaning.drafts import Node, Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.naming import (
    CERTAIN,
    COMMENTS_SHARE,
    LIKELY,
    SURE,
    TEASER_WORDS,
    UNSURE,
    WEAK_SHARE,
    Clues,
    Naming,
)
from archive_viewer.cleaning.reasons import Reasons
from archive_viewer.cleaning.wholes import is_most, wholes
from archive_viewer.model import Fate, Kind, Reason, Style

_PROSE_WORDS = 12
_PROSE_LINKED = 0.35
"""A block of so many words, and no larger share of them in links, is prose."""
_CONTAINER_SHARE, _LOOSE_SHARE = 0.8, 0.95
"""How much of the page the container must hold: on a page of prose, and on others."""
_SHORT_WEIGHT, _LINK_WEIGHT = 0.3, 0.1
"""What a word outside prose counts for finding the container, and a word in a link."""
_ARTICLE_WORDS, _ARTICLE_SHARE = 200, 0.6
"""A page with so much prose, and so large a share of it, is a page of prose: an article, a manual, a thread."""
_LINK_LIST = 0.6
_LINK_PAGE = 0.5
"""Shares of words in links: a list above the first is stripped, unless the page itself is above the second."""
_HIDDEN_WORDS, _HIDDEN_LINKED = 10, 0.4
"""A hidden section of so many words, and no larger share of them in links, may be a folded part of the content."""
_REPEATED_WORDS = 8
"""A shorter line may well be said twice."""
_PRELUDE_WORDS = 60
"""Words of prose above the title that are furniture; more of them, and the title is not where the article begins."""
_LEAD_WORDS = 30
"""So many words of prose beside the container, ahead of it, are the lead of what it holds: a front page that says what
the project is, and then its news."""
_WALL_WORDS = 80
"""A page that shows more words is no empty shell."""
_MOST_STRIPPED = 0.8
"""Share of a page's words that no single piece of furniture has."""
_CLIMB = 50
"""Elements above a heading that are looked at for its section."""


class Verdict(NamedTuple):
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


class _Left:
    """The drafts that are left to look at: sections lie within sections, and each draft is done with once."""

    def __init__(self, count: int) -> None:
        self._next = list(range(count + 1))

    def within(self, first: int, last: int) -> Iterator[int]:
        """Those in ``[first, last)``; each is done with when the next one is asked for."""
        i = self._find(first)
        while i < last:
            yield i
            self._next[i] = i + 1
            i = self._find(i)

    def _find(self, i: int) -> int:
        following = self._next
        while following[i] != i:
            following[i] = following[following[i]]
            i = following[i]
        return i


class Ruling:
    """What the rules say of a page: ``verdicts``, one for each draft in order; ``tokens``, the words of each, and
    ``words``, how many they are; ``names``, the words of each element's class, id and role; ``is_wall``: the page only
    says why it shows nothing."""

    def __init__(self, page: Page, front: FrontMatter, clues: Clues) -> None:
        self.is_wall = False
        self._page = page
        self._nodes = page.nodes
        self._drafts = page.drafts
        self._front = front
        self._reasons: list[Reason | None] = [draft.reason for draft in page.drafts]
        self._confidence = [CERTAIN if draft.reason else UNSURE for draft in page.drafts]
        self.tokens = [words_in(draft.text) for draft in page.drafts]
        self.words = [len(tokens) for tokens in self.tokens]
        self._linked = [
            words * draft.linked / len(draft.text) if draft.linked else 0.0
            for words, draft in zip(self.words, page.drafts, strict=True)
        ]
        self._prose = [
            words if words >= _PROSE_WORDS and linked <= words * _PROSE_LINKED else 0
            for words, linked in zip(self.words, self._linked, strict=True)
        ]
        self._naming = Naming(page, self._prose, front.title, clues)
        self.names = self._naming.words
        self._known: dict[str, Reason | None] = {}
        self.verdicts = self._rule() if page.drafts else []

    def reasons(self, kept: AbstractSet[int]) -> Reasons:
        """The words for the drafts that are not ``kept``."""
        stated = [verdict.reason for verdict in self.verdicts]
        return Reasons(
            self._page, self._front.title, self._naming, stated, kept, self.words, self._linked, self._prose, self.says
        )

    def _rule(self) -> list[Verdict]:
        self._strip_archive_furniture()
        self._uncover()
        self._strip_named_sections()
        by_name = self._reasons.copy()
        self._strip_headed_sections()
        self._strip_outside()
        self._strip_link_lists()
        if not any(words and not reason for words, reason in zip(self.words, self._reasons, strict=True)):
            self._reasons = by_name  # better too much than nothing
        self._strip_repeated()
        self._keep_whole()
        self._keep_front_matter()
        self._strip_wall()
        return [self._verdict(i) for i in range(len(self._drafts))]

    def _verdict(self, i: int) -> Verdict:
        reason = self._reasons[i]
        if reason is None:
            return Verdict(Fate.KEPT, None, SURE if self._prose[i] else LIKELY)
        if reason is not Reason.ARCHIVE_FURNITURE:
            reason = self._drafts[i].reason or reason
        return Verdict(Fate.STRIPPED, reason, self._confidence[i])

    def _strip(self, first: int, last: int, reason: Reason, confidence: float) -> None:
        for i in range(first, last):
            if self._reasons[i] is None:
                self._reasons[i], self._confidence[i] = reason, confidence

    def _remaining(self, figures: Sequence[float]) -> _Sums:
        """Sums over what is not stripped yet."""
        return _Sums(0 if reason else figure for reason, figure in zip(self._reasons, figures, strict=True))

    def _holds_title(self, node: Node) -> bool:
        title = self._front.title
        return title is not None and node.first <= title < node.last

    # -- what archives put around a page ------------------------------------------------------------------------

    def _strip_archive_furniture(self) -> None:
        done = 0
        for index, node in enumerate(self._nodes):
            if node.last > done and self._naming.is_of_archive(index) and not self._holds_title(node):
                for i in range(node.first, node.last):
                    self._reasons[i], self._confidence[i] = Reason.ARCHIVE_FURNITURE, CERTAIN
                done = node.last

    # -- hidden parts that are content ------------------------------------------------------------------------

    def _uncover(self) -> None:
        """Judge folded parts of the content, such as closed accordions, as if they were open."""
        words, linked, prose = _Sums(self.words), _Sums(self._linked), _Sums(self._prose)
        for index, node in enumerate(self._nodes):
            if node.reason is not Reason.HIDDEN:
                continue
            inside = words(node.first, node.last)
            own = prose(node.first, node.last)
            is_page = inside > words.total / 2 and own > TEASER_WORDS >= prose.total - own
            if not is_page:
                if node.tag == "dialog" or inside < _HIDDEN_WORDS or self._naming.name(index):
                    continue
                if linked(node.first, node.last) > inside * _HIDDEN_LINKED:
                    continue
            for i in range(node.first, node.last):
                if self._reasons[i] is Reason.HIDDEN and "{{" not in self._drafts[i].text:
                    self._reasons[i] = None

    # -- sections that name themselves ------------------------------------------------------------------------

    def _strip_named_sections(self) -> None:
        prose, words = self._remaining(self._prose), self._remaining(self.words)
        open_ones, silent = _Left(len(self._drafts)), _Left(len(self._drafts))
        for index in reversed(range(len(self._nodes))):  # inner ones first: a menu in a header is a menu
            node = self._nodes[index]
            name = self._naming.name(index) if node.first < node.last else None
            if name is None or self._holds_title(node) or prose(node.first, node.last) > prose.total * name.most:
                continue
            if words(node.first, node.last) <= words.total * _MOST_STRIPPED:
                reason = name.reason
                if reason is Reason.OTHER:
                    # What says something is asked again, for the sections around it; what does not, never.
                    reason = next(filter(None, map(self.says, silent.within(node.first, node.last))), reason)
                for i in open_ones.within(node.first, node.last):
                    self._strip(i, i + 1, reason, name.confidence)

    # -- sections under a heading that names them ---------------------------------------------------------------

    def _strip_headed_sections(self) -> None:
        prose, linked = self._remaining(self._prose), self._remaining(self._linked)
        for i, draft in enumerate(self._drafts):
            if self._reasons[i] or draft.kind is not Kind.HEADING or i == self._front.title:
                continue
            reason = wording.section_reason(draft.text)
            if reason is None or (reason is Reason.COMMENTS and self._naming.is_forum):
                continue
            last = self._section_end(i)
            if reason is Reason.RELATED and prose(i, last) and not linked(i, last):
                continue  # "More on the cost": prose that leads nowhere is the author's own
            most = COMMENTS_SHARE if reason is Reason.COMMENTS else WEAK_SHARE
            if prose(i, last) <= prose.total * most:
                self._strip(i, last, reason, LIKELY)

    def _section_end(self, heading: int) -> int:
        """Where the section ends that the heading stands at the head of."""
        index = self._drafts[heading].node
        last = self._nodes[index].last
        for _ in range(_CLIMB):
            parent = self._nodes[index].parent
            if parent < 0:
                break
            outer = self._nodes[parent]
            if any(self._reasons[i] is None for i in range(max(outer.first, heading - 50), heading)):
                if last == heading + 1:  # the heading alone: its section are its siblings up to the next heading
                    level = self._drafts[heading].level
                    return next(
                        (
                            i
                            for i in range(heading + 1, outer.last)
                            if self._drafts[i].kind is Kind.HEADING and self._drafts[i].level <= level
                        ),
                        outer.last,
                    )
                return last
            index, last = parent, outer.last
        return last

    # -- the container ------------------------------------------------------------------------------------------

    def _strip_outside(self) -> None:
        first, last = self._container()
        title = self._front.title
        if title is not None and sum(self._prose[first:title]) < _PRELUDE_WORDS:
            outermost, first = first, title
            while first > outermost and self._drafts[first - 1].kind in (Kind.FIGURE, Kind.CAPTION):
                first -= 1  # the picture over a headline
        for i in range(first):
            self._strip(i, i + 1, self._outside_reason(i, Reason.NAVIGATION, Reason.HEADER), LIKELY)
        for i in range(last, len(self._drafts)):
            self._strip(i, i + 1, self._outside_reason(i, Reason.RELATED, Reason.OTHER), LIKELY)

    def _outside_reason(self, i: int, of_links: Reason, of_text: Reason) -> Reason:
        """What a block outside the container is, by its wording or by its links."""
        return self.says(i) or (of_links if self._linked[i] > self.words[i] * _LINK_LIST else of_text)

    def says(self, i: int) -> Reason | None:
        """What the words of draft ``i`` say that it is, if it is furniture."""
        text = self._drafts[i].text
        if text not in self._known:
            self._known[text] = wording.line_reason(text)
        return self._known[text]

    def _container(self) -> tuple[int, int]:
        """The range of the smallest element that holds nearly all of the page's weight."""
        prose, words = self._remaining(self._prose), self._remaining(self.words)
        weight = self._remaining(
            [
                max(prose, _SHORT_WEIGHT * (words - linked) + _LINK_WEIGHT * linked)
                for prose, words, linked in zip(self._prose, self.words, self._linked, strict=True)
            ]
        )
        is_prose = prose.total > _ARTICLE_WORDS and prose.total > words.total * _ARTICLE_SHARE
        share = _CONTAINER_SHARE if is_prose else _LOOSE_SHARE
        best = [-1] * len(self._nodes)
        weights = [weight(node.first, node.last) for node in self._nodes]
        for index, node in enumerate(self._nodes):
            if node.parent >= 0 and (best[node.parent] < 0 or weights[index] > weights[best[node.parent]]):
                best[node.parent] = index
        at = 0
        while best[at] >= 0 and weights[best[at]] >= weights[at] * share and weights[at] > 0:
            at = best[at]
        first, last = self._nodes[at].first, self._nodes[at].last
        while (at := self._nodes[at].parent) >= 0:
            if prose(self._nodes[at].first, first) >= _LEAD_WORDS:
                first = self._nodes[at].first
        return first, last

    # -- lists of links, copies, front matter ---------------------------------------------------------------------

    def _strip_link_lists(self) -> None:
        """Strip lists of links before and after the prose; between paragraphs they are the author's."""
        words, linked = self._remaining(self.words), self._remaining(self._linked)
        if linked.total > words.total * _LINK_PAGE:
            return
        done = 0
        prose = [i for i in range(len(self._drafts)) if self._prose[i] and not self._reasons[i]]
        first, last = (prose[0], prose[-1]) if prose else (0, 0)
        for node in self._nodes:
            if node.last <= done or node.last - node.first < 2 or self._holds_title(node):
                continue
            inside = words(node.first, node.last)
            if inside and linked(node.first, node.last) > inside * _LINK_LIST:
                done = node.last
                is_contents = self._jumps(node)
                if first < node.first and node.last <= last and not is_contents:
                    continue
                reason = Reason.NAVIGATION if is_contents or node.last <= first else Reason.RELATED
                self._strip(node.first, node.last, reason, UNSURE)

    def _jumps(self, node: Node) -> bool:
        """Whether the links of a list lead into the page itself: a table of contents."""
        targets = [
            s.target for i in range(node.first, node.last) for s in self._drafts[i].spans if s.style is Style.LINK
        ]
        return sum(target.startswith("#") for target in targets) > len(targets) / 2

    def _strip_repeated(self) -> None:
        """Pages lay out the same text twice, for small and for large screens; a refrain stands beside its like."""
        seen: dict[str, int] = {}
        for i, draft in enumerate(self._drafts):
            if not self._reasons[i] and wording.is_label_of_advert(draft.text):
                self._strip(i, i + 1, Reason.ADVERT, SURE)
            if self._reasons[i] or self.words[i] < _REPEATED_WORDS or draft.cell or draft.kind is Kind.CODE:
                continue
            beside = self._nodes[draft.node].parent
            if seen.setdefault(draft.text, beside) != beside:
                self._strip(i, i + 1, Reason.REPEATED, LIKELY)

    def _keep_whole(self) -> None:
        """Give all of a table and of a listing the fate of most of it."""
        for whole in wholes(self._page):
            stripped = [i for i in whole if self._reasons[i]]
            if 0 < len(stripped) < len(whole):
                kept = [i for i in whole if not self._reasons[i]]
                reason = None if is_most(kept, whole, self.words) else self._reasons[stripped[0]]
                for i in whole:
                    self._reasons[i] = reason

    def _strip_wall(self) -> None:
        """An empty shell answers nothing: a demand for scripts, a proof of being human."""
        kept = [i for i in range(len(self._drafts)) if self._reasons[i] is None]
        if sum(self.words[i] for i in kept) > _WALL_WORDS:
            return
        if wording.is_wall(self._drafts[i].text for i in kept) or (
            kept and all(self._is_of_consent(self._drafts[i].node) for i in kept)
        ):
            self.is_wall = True
            self._strip(0, len(self._drafts), Reason.OTHER, LIKELY)

    def _is_of_consent(self, index: int) -> bool:
        """Whether an element, or one that it stands in, is named a demand for consent."""
        for _ in range(_CLIMB):
            if index < 0:
                return False
            name = self._naming.name(index)
            if name is not None and name.reason is Reason.CONSENT:
                return True
            index = self._nodes[index].parent
        return False

    def _keep_front_matter(self) -> None:
        for i in (self._front.title, self._front.byline):
            if i is not None:
                self._reasons[i] = None
