"""Features: what is told to the classifier about each block of a page, as numbers.

A page with what is known of it in, named ``Columns`` out, each with a number for each block in page order.  None
depends on a language: words are counted, not read, but for the headings that ``wording`` knows in many.  Separate from
the classifier, which only weighs numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from archive_viewer.cleaning import name_scores, page_features, wording
from archive_viewer.cleaning.characters import words_in
from archive_viewer.cleaning.name_scores import NameTable
from archive_viewer.cleaning.sight import Sight
from archive_viewer.cleaning.skeleton import AROUND, TAGS, Indices, Numbers, Skeleton, sums
from archive_viewer.model import LINE_BREAK, Fate, Kind, Reason, Style

_STOP = re.compile(r"[.,;:!?…。，、；：！？।॥؟،؛۔።၊]")
_ENDINGS = tuple('.!?…。！？।॥؟۔።"”»’)」』')
_MONEY = re.compile(r"[$€£¥₹₽₩₺฿]\s?\d|\d\s?[€₽₺₩円元]")
_SEEN = 400
"""Characters of a block that are looked at for money."""
_KINDS = tuple(Kind)
_REASONS = tuple(Reason)
CODES: Mapping[str, Sequence[str]] = {"kind": _KINDS, "ruled why": ("", *_REASONS), "tag": ("", *TAGS)}
"""What the numbers of a column stand for, in order.  Kept with the weights: one word more in the midst of a list, and
weights that were learned before would read another meaning."""
_LONG_WORDS, _LONG_LINKED = 20, 0.4
"""A block of so many words, and no larger share of them in links, is a long one: running text."""
_COMPARED = 60
"""Words of a block that are compared with titles and descriptions."""
_NEAR = 100
_LEAST = 1e-6


@dataclass
class Columns:
    """Named columns of equal length, in order."""

    names: list[str] = field(default_factory=list)
    figures: list[Numbers] = field(default_factory=list)

    def add(self, name: str, figures: Sequence[float] | Numbers | Indices) -> Numbers:
        column: Numbers = np.asarray(figures, dtype=np.float64)
        self.names.append(name)
        self.figures.append(column)
        return column

    def add_all(self, names: Sequence[str], figures: Numbers | Indices) -> None:
        for number, name in enumerate(names):
            self.add(name, figures[:, number])

    def matrix(self) -> Numbers:
        return np.column_stack(self.figures)


def measure(sight: Sight, table: NameTable) -> Columns:
    """The features of a page with at least one block."""
    return _Measuring(sight, table).columns


class _Measuring:
    def __init__(self, sight: Sight, table: NameTable) -> None:
        self._sight = sight
        self._drafts = sight.page.drafts
        self._count = len(self._drafts)
        self._skeleton = Skeleton(sight.page)
        self.columns = Columns()
        self._measure_blocks()
        self._measure_headings()
        self._measure_elements()
        self._measure_ancestors()
        self._measure_places()
        self._measure_neighbours()
        self._measure_likes()
        self._measure_mentions()
        self._measure_ruling()
        names = sight.ruling.names
        self.columns.add_all(name_scores.COLUMNS, name_scores.measure(sight.page, self._skeleton, names, table))
        self._measure_page()

    # -- a block by itself ------------------------------------------------------------------------------------

    def _measure_blocks(self) -> None:
        add, drafts = self.columns.add, self._drafts
        self._texts = [draft.text for draft in drafts]
        self._tokens = self._sight.ruling.tokens
        words = add("words", self._sight.ruling.words)
        lengths = np.fromiter(map(len, self._texts), dtype=np.float64)
        linked = np.array(
            [min(1.0, draft.linked / len(draft.text)) if draft.linked else 0.0 for draft in drafts], dtype=np.float64
        )
        stops = np.array([len(_STOP.findall(text)) for text in self._texts], dtype=np.float64)
        least = np.maximum(words, 1)
        add("words, log", np.log1p(words))
        add("length of words", lengths / least)
        add("linked", linked)
        add("links", [sum(bool(span.target) for span in draft.spans) if draft.spans else 0 for draft in drafts])
        add("stops", stops)
        add("stops by word", stops / least)
        add("ends a sentence", [text.endswith(_ENDINGS) for text in self._texts])
        add("ends in a colon", [text.endswith((":", "：")) for text in self._texts])
        add("begins small", [text[:1].islower() for text in self._texts])
        bold = [sum(span.end - span.start for span in draft.spans if span.style is Style.BOLD) for draft in drafts]
        add("bold", np.array(bold, dtype=np.float64) / np.maximum(lengths, 1))
        add("pictures", [len(draft.pictures) for draft in drafts])
        add("line breaks", [text.count(LINE_BREAK) for text in self._texts])
        self._money = add("money", [_MONEY.search(text, 0, _SEEN) is not None for text in self._texts])
        add("kind", [_KINDS.index(draft.kind) for draft in drafts])
        add("rank", [draft.level if draft.kind is Kind.HEADING else 0 for draft in drafts])
        add("list depth", [0 if draft.kind is Kind.HEADING else draft.level for draft in drafts])
        add("numbered", [draft.number is not None for draft in drafts])
        add("in a cell", [draft.cell is not None for draft in drafts])
        add("quoted", [draft.quote_depth for draft in drafts])
        add("hidden", [draft.reason is Reason.HIDDEN for draft in drafts])
        add("no text", [draft.reason not in (None, Reason.HIDDEN) for draft in drafts])
        self._words, self._linked, self._stops = words, linked, stops
        self._long = ((words >= _LONG_WORDS) & (linked < _LONG_LINKED)).astype(np.float64)
        in_links = words * linked
        in_paragraphs = words * (self._skeleton.tag[self._skeleton.own] == 1)
        self._sums = {
            "words": sums(words),
            "linked": sums(in_links),
            "stops": sums(stops),
            "long": sums(self._long),
            "paragraphs": sums(in_paragraphs),
        }
        self._total = max(1.0, float(words.sum()))

    def _measure_headings(self) -> None:
        """Whether a block stands under a heading that names furniture, and how far below its heading."""
        under, below = np.zeros(self._count), np.zeros(self._count)
        rank, since, is_under = 9, _NEAR, False
        for i, draft in enumerate(self._drafts):
            if draft.kind is Kind.HEADING:
                since = 0
                if wording.section_reason(draft.text) is not None:
                    is_under, rank = True, draft.level
                elif draft.level <= rank:
                    is_under = False
            under[i], below[i] = is_under, min(since, _NEAR // 2)
            since += 1
        self.columns.add("under furniture", under)
        self.columns.add("below heading", below)

    # -- the elements around it -------------------------------------------------------------------------------

    def _measure_elements(self) -> None:
        skeleton, own = self._skeleton, self._skeleton.own
        parents = skeleton.up(own)
        for level, elements in enumerate((own, parents, skeleton.up(parents))):
            self.columns.add(f"tag {level}", skeleton.tag[elements])
        self.columns.add("depth", skeleton.depth[own])
        self.columns.add_all([f"levels to {tag}" for tag in AROUND], skeleton.around[own])
        self.columns.add("divisions", skeleton.divisions[own])
        self.columns.add("in hidden", skeleton.is_hidden[own])

    def _measure_ancestors(self) -> None:
        """What the ancestors hold: the first that holds more than the block, the next that holds more, and so on."""
        skeleton = self._skeleton
        elements = skeleton.own
        holds_one = skeleton.last[elements] - skeleton.first[elements] <= 1
        elements = np.where(holds_one, skeleton.above[elements], elements)
        for step in range(1, 6):
            if step != 4:
                first, last = skeleton.first[elements], skeleton.last[elements]
                blocks = np.maximum(1, last - first)
                words = np.maximum(1.0, self._between("words", first, last))
                self.columns.add(f"holder {step} blocks", blocks)
                self.columns.add(f"holder {step} words", np.log1p(words))
                for what in ("linked", "stops", "paragraphs"):
                    self.columns.add(f"holder {step} {what}", self._between(what, first, last) / words)
                self.columns.add(f"holder {step} share", words / self._total)
                self.columns.add(f"holder {step} long", self._between("long", first, last) / blocks)
            elements = skeleton.above[elements]

    def _between(self, what: str, first: Indices, last: Indices) -> Numbers:
        totals = self._sums[what]
        found: Numbers = totals[last] - totals[first]
        return found

    # -- its place in the page --------------------------------------------------------------------------------

    def _measure_places(self) -> None:
        add, skeleton = self.columns.add, self._skeleton
        top = self._top()
        self._top_first, self._top_last = int(skeleton.first[top]), int(skeleton.last[top])
        below_top = np.full(len(skeleton.parent), -1.0)
        below_top[top] = 0
        meets = np.zeros(len(skeleton.parent), dtype=np.int64)
        is_above = np.zeros(len(skeleton.parent), dtype=bool)
        element = top
        while not is_above[element]:
            is_above[element] = True
            element = int(skeleton.parent[element])
        for level in skeleton.levels():
            parents = skeleton.parent[level]
            handed = below_top[parents]
            below_top[level] = np.where(handed >= 0, handed + 1, below_top[level])
            meets[level] = np.where(is_above[level], skeleton.depth[level], meets[parents])
        add("levels below top", below_top[skeleton.own])
        add("levels from top up", skeleton.depth[top] - meets[skeleton.own])
        place = np.arange(self._count, dtype=np.float64)
        title = self._sight.front.title
        add("place", place)
        add("blocks to come", self._count - place)
        add("place, relative", place / self._count)
        add("words before", self._sums["words"][:-1] / self._total)
        add("from title", place - (self._first_heading() if title is None else title))
        add("is title", place == (-1 if title is None else title))
        add("is byline", place == (-1 if self._sight.front.byline is None else self._sight.front.byline))
        long = np.flatnonzero(self._long)
        add("from first long", place - (long[0] if len(long) else self._count))
        add("to last long", (long[-1] if len(long) else 0) - place)
        add("from top's first", place - self._top_first)
        add("to top's last", self._top_last - place)
        before = np.maximum.accumulate(np.where(self._long > 0, place, -_NEAR))
        after = np.minimum.accumulate(np.where(self._long > 0, place, self._count + _NEAR)[::-1])[::-1]
        add("from long before", np.minimum(place - before, _NEAR))
        add("to long after", np.minimum(after - place, _NEAR))

    def _top(self) -> int:
        """The element that gathers most running text from the blocks near below it, as Readability does it."""
        skeleton = self._skeleton
        weights = np.where(
            self._words >= 8, (1 + self._stops + np.minimum(self._words / 20, 3)) * (1 - self._linked), 0.0
        )
        scores = np.zeros(len(skeleton.parent))
        elements, passed = skeleton.up(skeleton.own), 1.0
        for step in range(4):
            np.add.at(scores, elements, weights * passed)
            weights = np.where(skeleton.depth[elements] > 0, weights, 0.0)
            elements = skeleton.up(elements)
            passed *= 0.5 if step == 0 else 0.6
        words = np.maximum(1.0, self._between("words", skeleton.first, skeleton.last))
        return int(np.argmax(scores * (1 - self._between("linked", skeleton.first, skeleton.last) / words)))

    def _first_heading(self) -> int:
        tops = (i for i, draft in enumerate(self._drafts) if draft.kind is Kind.HEADING and draft.level == 1)
        return next(tops, 0)

    # -- its neighbours ---------------------------------------------------------------------------------------

    def _measure_neighbours(self) -> None:
        self._shapes = self._shape_numbers()
        stops = self._stops / np.maximum(1, self._words)
        for offset in (-2, -1, 1, 2):
            self.columns.add(f"neighbour {offset} words", _shift(self._words, offset))
            self.columns.add(f"neighbour {offset} linked", _shift(self._linked, offset))
            self.columns.add(f"neighbour {offset} stops", _shift(stops, offset))
            self.columns.add(f"neighbour {offset} like", _shift(self._shapes, offset) == self._shapes)
        place = np.arange(self._count)
        for width in (4, 10, 25):
            first, last = np.maximum(0, place - width), np.minimum(self._count, place + width + 1)
            words = np.maximum(1.0, self._between("words", first, last))
            self.columns.add(f"around {width} words", words / (last - first))
            self.columns.add(f"around {width} linked", self._between("linked", first, last) / words)
            self.columns.add(f"around {width} long", self._between("long", first, last) / (last - first))

    def _shape_numbers(self) -> Indices:
        """A number for each block; the same for blocks in elements of the same tags and names up to the root."""
        known: dict[tuple[int, str, frozenset[str]], int] = {}
        numbers: list[int] = []
        for node, names in zip(self._sight.page.nodes, self._sight.ruling.names, strict=True):
            above = numbers[node.parent] if node.parent >= 0 else -1
            numbers.append(known.setdefault((above, node.tag, names), len(known)))
        return np.array(numbers, dtype=np.int64)[self._skeleton.own]

    def _measure_likes(self) -> None:
        """How many blocks of the page are shaped like this one, and what they hold."""
        add, shapes = self.columns.add, self._shapes
        counts = np.bincount(shapes).astype(np.float64)
        words = np.bincount(shapes, weights=self._words)
        linked = np.bincount(shapes, weights=self._words * self._linked)
        add("likes", counts[shapes])
        add("likes words", (words / np.maximum(1, counts))[shapes])
        add("likes share", words[shapes] / self._total)
        add("likes linked", (linked / np.maximum(1, words))[shapes])
        add("likes long", np.bincount(shapes, weights=self._long)[shapes])
        copies = Counter(self._texts)
        add("copies", [copies[text] for text in self._texts])

    def _measure_mentions(self) -> None:
        """How much of a block is in what the page says about itself."""
        clues = self._sight.clues
        for name, said in (("title", " ".join(clues.titles[:3])), ("description", clues.description)):
            known = frozenset(words_in(said))
            self.columns.add(f"in {name}", [_share(tokens, known) for tokens in self._tokens])
        runs = frozenset(_runs(words_in(clues.body)))
        self.columns.add("in stated text", [_share_of_runs(tokens, runs) for tokens in self._tokens])
        self._stated = len(runs) / (self._total + 1)

    # -- what the rules say -----------------------------------------------------------------------------------

    def _measure_ruling(self) -> None:
        add, skeleton = self.columns.add, self._skeleton
        verdicts = self._sight.ruling.verdicts
        kept = add("ruled kept", [verdict.fate is Fate.KEPT for verdict in verdicts])
        add("ruled why", [0 if v.reason is None else 1 + _REASONS.index(v.reason) for v in verdicts])
        add("ruled how surely", [verdict.confidence for verdict in verdicts])
        weights = np.maximum(self._words, 0.5)
        of_kept, of_all = sums(kept * weights), sums(weights)
        parents = skeleton.up(skeleton.own)
        for name, elements in (("parent", parents), ("grandparent", skeleton.up(parents))):
            first, last = skeleton.first[elements], skeleton.last[elements]
            share = (of_kept[last] - of_kept[first]) / np.maximum(of_all[last] - of_all[first], _LEAST)
            add(f"ruled kept in {name}", share)
        place = np.arange(self._count)
        for width in (3, 10):
            first, last = np.maximum(0, place - width), np.minimum(self._count, place + width + 1)
            add(f"ruled kept around {width}", (of_kept[last] - of_kept[first]) / (of_all[last] - of_all[first]))
        where = np.flatnonzero(kept)
        add("from first ruled kept", place - (where[0] if len(where) else 0))
        add("to last ruled kept", (where[-1] if len(where) else 0) - place)
        add("share ruled kept", np.full(self._count, of_kept[-1] / of_all[-1]))
        add("words ruled kept", np.full(self._count, of_kept[-1]))

    def _measure_page(self) -> None:
        top = slice(self._top_first, self._top_last)
        shares = {
            "blocks, log": np.log1p(self._count),
            "words, log": np.log1p(self._total),
            "linked": self._sums["linked"][-1] / self._total,
            "long": self._sums["long"][-1],
            "paragraphs": self._sums["paragraphs"][-1] / self._total,
            "money": float(self._money.mean()),
            "stated text": self._stated,
            "top's blocks": (self._top_last - self._top_first) / self._count,
            "top's words": self._words[top].sum() / self._total,
            "top's long": self._long[top].sum(),
            **page_features.measure(self._sight.page, self._sight.front, self._sight.clues, self._sight.ruling.names),
        }
        for name, figure in shares.items():
            self.columns.add(f"page: {name}", np.full(self._count, float(figure)))


def _shift(figures: Numbers | Indices, offset: int) -> Numbers:
    """The figures of the blocks so many places on, -1 where there is none."""
    shifted = np.full(len(figures), -1.0)
    if offset < 0:
        shifted[-offset:] = figures[:offset]
    else:
        shifted[:-offset] = figures[offset:]
    return shifted


def _share(tokens: Sequence[str], known: frozenset[str]) -> float:
    some = tokens[:_COMPARED]
    return sum(map(known.__contains__, some)) / len(some) if some and known else 0.0


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each four words that stand together."""
    return zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)


def _share_of_runs(tokens: Sequence[str], known: frozenset[tuple[str, ...]]) -> float:
    if not known:
        return -1.0
    runs = list(_runs(tokens[:_COMPARED]))
    return sum(run in known for run in runs) / len(runs) if runs else -0.5
