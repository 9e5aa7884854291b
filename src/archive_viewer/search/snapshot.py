"""One state of the index: postings, places and values of its pages, read through Whoosh and kept while it lasts.

Between ``ranking``, which knows queries, and the files.  A snapshot never changes; when the index does, another is
made.  Pages have numbers here, counted over all segments of the index; a page that was deleted is never given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader

from archive_viewer import limits
from archive_viewer.search import spelling, stems
from archive_viewer.search.bags import Bag, Pages, added, are_in
from archive_viewer.search.dictionary import opened
from archive_viewer.search.expansion import Expansion
from archive_viewer.search.kept import Kept
from archive_viewer.search.list_reader import ListReader
from archive_viewer.search.lists import HEAD, numbers
from archive_viewer.search.places import unpacked
from archive_viewer.search.query_tree import Fuzzy, Open, Pattern, Prefix
from archive_viewer.search.schema import NAME, NumberReader, Places, schema
from archive_viewer.search.sealed_files import SealedStorage
from archive_viewer.search.stems import StemFile
from archive_viewer.search.tokenizer import begins
from archive_viewer.search.vocabulary import Entry, Vocabulary

COLUMNS = ("id", "published", "captured", "text_length", "about_length")
"""What a page has one of: every segment has a file for each."""

_STEMS_KEPT = 64
"""Prefixes, patterns and spellings whose words are remembered: those of an hour's searching."""


class _Leaf(NamedTuple):
    """A segment: its name, its words, their postings, its first page, how many it has, and which of them were deleted,
    counted from that."""

    name: str
    reader: SegmentReader
    words: Vocabulary
    postings: StructFile
    first: int
    size: int
    deleted: NDArray[np.bool_] | None

    def numbered(self, pages: Pages, weights: NDArray[Any]) -> Bag:
        """What a list says, with the numbers of the whole index and without the deleted."""
        if self.deleted is not None:
            kept = ~self.deleted[pages]
            pages, weights = pages[kept], weights[kept]
        return Bag(pages + np.uint32(self.first) if self.first else pages, weights)


class _Place(NamedTuple):
    """Where a list is: in which segment, from where on, and how many postings it has."""

    leaf: _Leaf
    start: int
    held: int


class OpenList(NamedTuple):
    """A list of postings that is being read, and the segment it is in."""

    leaf: _Leaf
    reader: ListReader


def places(lists: Iterable[OpenList], pages: Pages) -> tuple[Pages, NDArray[np.int64]]:
    """Where a term stands in those of ``pages`` that have it: the page of each place, and the place, packed as
    ``tokenizer`` says."""
    found = [(np.empty(0, np.uint32), np.empty(0, np.int64))]
    for leaf, reader in lists:
        low, high = np.searchsorted(pages, [leaf.first, leaf.first + leaf.size])
        is_wanted = are_in(reader.pages, pages[low:high] - np.uint32(leaf.first))
        if is_wanted.any():
            counts, here = unpacked(*reader.values(is_wanted))
            found.append((np.repeat(reader.pages[is_wanted] + np.uint32(leaf.first), counts), here))
    if len(found) == 2:
        return found[1]
    return np.concatenate([own for own, _ in found]), np.concatenate([own for _, own in found])


class Snapshot:
    """Made by ``Snapshot.open``."""

    def __init__(self, storage: SealedStorage) -> None:
        self._storage = storage
        self._whoosh = FileIndex(storage, schema(), NAME)
        contents = TOC.read(storage, NAME, schema=schema())
        self.generation: int = contents.generation
        self._leaves: list[_Leaf] = []
        self.stems: list[StemFile] = []
        first = 0
        for segment in contents.segments:
            self._check_columns(segment)
            reader = SegmentReader(storage, contents.schema, segment)
            words, postings = opened(storage, segment)
            size = segment.doc_count_all()
            deleted = None
            if segment.has_deletions():
                deleted = np.zeros(size, np.bool_)
                deleted[list(segment.deleted_docs())] = True
            self._leaves.append(_Leaf(segment.segment_id(), reader, words, postings, first, size, deleted))
            self.stems.append(stems.opened(storage, segment))
            first += size
        self._firsts = [leaf.first for leaf in self._leaves]
        self._ids: dict[int, str] = {}
        # All files are opened now, for the next commit may take them away.
        self._columns = {
            name: [leaf.reader.column_reader(name, translate=False) for leaf in self._leaves] for name in COLUMNS
        }
        self._postings: Kept[tuple[str, str], Bag] = Kept(limits.POSTINGS_KEPT // 2, _size)
        self._expansions: OrderedDict[tuple[str, str], Expansion] = OrderedDict()
        self._expanded: dict[tuple[str, str], list[_Place]] = {}
        self._numbers: dict[str, NDArray[np.uint32]] = {}

    @classmethod
    def open(cls, folder: Path, attempts: int = 4) -> Snapshot:
        """The index in ``folder`` as it is now.

        :raises FileNotFoundError: a file is missing.
        :raises IndexUnavailable: a file is damaged.
        """
        while True:
            storage = SealedStorage(folder)
            attempts -= 1
            try:
                return cls(storage)
            except FileNotFoundError:
                # A commit may take files away while they are being opened; it leaves others.
                storage.close_files()
                if not attempts:
                    raise
            except BaseException:
                storage.close_files()
                raise
            sleep(0.02)

    def close(self) -> None:
        self._storage.close_files()

    def is_current(self) -> bool:
        """Whether nothing has been committed since."""
        return bool(self._whoosh.latest_generation() == self.generation)

    @property
    def segments(self) -> int:
        return len(self._leaves)

    @property
    def has_deletions(self) -> bool:
        return any(leaf.deleted is not None for leaf in self._leaves)

    @cached_property
    def count(self) -> int:
        """How many pages there are."""
        return sum(leaf.reader.doc_count() for leaf in self._leaves)

    @cached_property
    def pages(self) -> Pages:
        """The number of every page."""
        there = [np.ones(leaf.size, np.bool_) if leaf.deleted is None else ~leaf.deleted for leaf in self._leaves]
        return np.concatenate([np.empty(0, np.bool_), *there]).nonzero()[0].astype(np.uint32)

    def ids(self, pages: Iterable[int]) -> list[str]:
        """The library's ids of ``pages``."""
        known = self._ids
        found = []
        for page in pages:
            id = known.get(page)
            if id is None:
                n = bisect_right(self._firsts, page) - 1
                id = known[page] = self._columns["id"][n][page - self._firsts[n]].decode("utf-8")
            found.append(id)
        return found

    def pages_of(self, field: str, term: str) -> list[int]:
        """The pages of a term, without keeping them."""
        pages: list[int] = self._read(field, term).pages.tolist()
        return pages

    def postings(self, field: str, term: str) -> Bag:
        """The pages of a term and its weights; what was read is kept, the least used is given up first."""
        key = (field, term)
        found = self._postings.get(key)
        return self._postings.keep(key, self._read(field, term)) if found is None else found

    def frequency(self, field: str, term: str) -> int:
        """How many pages a term is in, deleted ones too; its pages are not read."""
        return sum(place.held for place in self._lists(field, term))

    def union(self, field: str, terms: Iterable[str]) -> Bag:
        """The pages of any of many terms, and how much these weigh together: nothing of it is kept."""
        by_leaf: defaultdict[int, list[_Place]] = defaultdict(list)
        for term in terms:
            for place in self._lists(field, term):
                by_leaf[place.leaf.first].append(place)
        return added(_union(places) for _, places in sorted(by_leaf.items()))

    def opened(self, field: str, term: str) -> list[OpenList]:
        """The lists of a term, to ask for ``places`` of it several times."""
        return [
            OpenList(leaf, ListReader(leaf.postings, start, Places())) for leaf, start, _ in self._lists(field, term)
        ]

    def expansion(self, field: str, words: Open) -> Expansion:
        """The words of ``field`` that ``words`` stands for, at most ``QUERY_EXPANSION``; the last few are kept."""
        key = (field, _what(words))
        if key not in self._expansions:
            counts: Counter[str] = Counter()
            lists: defaultdict[str, list[_Place]] = defaultdict(list)
            for leaf in self._leaves:
                for name, count, start in _entries(leaf.words, field, words):
                    term = name.decode("utf-8")
                    if not isinstance(words, Prefix) or begins(term, words.stem):
                        counts[term] += count
                        lists[term].append(_Place(leaf, start, count))
            terms = tuple(term for term, _ in counts.most_common(limits.QUERY_EXPANSION))
            self._expansions[key] = Expansion(terms, len(counts))
            self._expanded.update(((field, term), lists[term]) for term in terms)
        self._expansions.move_to_end(key)
        while len(self._expansions) > _STEMS_KEPT:
            (given_up, _), expansion = self._expansions.popitem(last=False)
            for term in expansion.terms:
                self._expanded.pop((given_up, term), None)
        return self._expansions[key]

    def stemmed(self, algorithm: str) -> Pages:
        """The pages to whose words one of Snowball's algorithms applies."""
        return self.postings("stemmed", algorithm).pages

    @property
    def segment_names(self) -> set[str]:
        return {leaf.name for leaf in self._leaves}

    def lists(self, field: str) -> Iterator[tuple[str, bytes]]:
        """The name of each segment, and the words of ``field`` in it as ``Vocabulary.listed`` gives them."""
        for leaf in self._leaves:
            yield leaf.name, leaf.words.listed(field)

    def numbers(self, field: str) -> NDArray[np.uint32]:
        """The number that each page has in ``field``, deleted ones too."""
        if field not in self._numbers:
            parts = [np.frombuffer(cast(NumberReader, column).numbers(), np.uint32) for column in self._columns[field]]
            self._numbers[field] = np.concatenate([np.empty(0, np.uint32), *parts])
        return self._numbers[field]

    def _check_columns(self, segment: Segment) -> None:
        """Whoosh itself takes a column whose file has gone for one that was never filled.

        :raises FileNotFoundError: the file has gone.
        """
        for column in ("_stored", *COLUMNS):
            name = segment.make_filename(f".{column}.col")
            if not self._storage.file_exists(name):
                raise FileNotFoundError(name)

    def _lists(self, field: str, term: str) -> Iterable[_Place]:
        """The postings of a term in each segment that has it, those of deleted pages too."""
        known = self._expanded.get((field, term))
        if known is not None:
            return known
        word = term.encode("utf-8")
        found = ((leaf, leaf.words.find(field, word)) for leaf in self._leaves)
        return [_Place(leaf, entry.start, entry.pages) for leaf, entry in found if entry is not None]

    def _read(self, field: str, term: str) -> Bag:
        parts = []
        for leaf, start, _ in self._lists(field, term):
            reader = ListReader(leaf.postings, start, Places())
            parts.append(leaf.numbered(reader.pages, reader.weights))
        if len(parts) == 1:
            return parts[0]
        empty = (np.empty(0, np.uint32), np.empty(0, np.float32))
        return Bag(*map(np.concatenate, zip(empty, *parts, strict=True)))


def _union(places: list[_Place]) -> Bag:
    """The pages of several terms in one segment."""
    leaf = places[0].leaf
    # One reading for each list, of all that its numbers may take.
    parts = [leaf.postings.get(place.start, HEAD.itemsize + 12 * place.held) for place in sorted(places, key=_start)]
    starts = np.array([0, *accumulate(map(len, parts[:-1]))], np.int64)
    found = numbers(b"".join(parts), starts)
    sums = np.bincount(found.pages, found.weights, leaf.size)
    pages = np.bincount(found.pages, minlength=leaf.size).nonzero()[0].astype(np.uint32)
    return leaf.numbered(pages, sums[pages])


_start = attrgetter("start")


def _size(bag: Bag) -> int:
    return 200 + bag.pages.nbytes + bag.weights.nbytes


def _what(words: Open) -> str:
    match words:
        case Prefix(stem):
            return f"{stem}*"
        case Pattern(pattern):
            return pattern
        case Fuzzy(term, distance):
            return f"{term}~{distance}"


def _entries(known: Vocabulary, field: str, words: Open) -> Iterator[Entry]:
    if isinstance(words, Prefix):
        return known.beginning(field, words.stem)
    return known.sought(field, spelling.lead(words), spelling.finder(words))
