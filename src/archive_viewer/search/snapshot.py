"""One state of the index: postings, places and values of its pages, read through Whoosh and kept while it lasts.

Between ``ranking``, which knows queries, and the files.  A snapshot never changes; when the index does, another is
made.  Pages have numbers here, counted over all segments of the index; a page that was deleted is never given.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import NamedTuple, cast

from whoosh.codec.base import Segment
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader, TermNotFound

from archive_viewer import limits
from archive_viewer.search import spelling, stems, vocabulary
from archive_viewer.search.expansion import Expansion
from archive_viewer.search.postings import Codec, ListReader
from archive_viewer.search.query_tree import Fuzzy, Open, Pattern, Prefix
from archive_viewer.search.schema import NAME, Places, schema
from archive_viewer.search.sealed_files import SealedStorage
from archive_viewer.search.stems import StemFile
from archive_viewer.search.tokenizer import begins
from archive_viewer.search.vocabulary import Entry, Vocabulary

COLUMNS = ("id", "published", "captured", "text_length", "about_length")
"""What a page has one of: every segment has a file for each."""

_FEW = 8
"""How many times longer a list must be for its pages to be sought one by one, by halving."""

_STEMS_KEPT = 64
"""Prefixes, patterns and spellings whose words are remembered: those of an hour's searching."""


class Postings(NamedTuple):
    """The pages of a term in ascending order, and how much it weighs in each."""

    pages: array[int]
    weights: array[float]

    def among(self, within: Collection[int] | None) -> dict[int, float]:
        """Page → weight, of those pages that are ``within``."""
        pages, weights = self
        if within is None:
            return dict(zip(pages, weights, strict=True))
        if len(within) * _FEW > len(pages):
            return {page: weight for page, weight in zip(pages, weights, strict=True) if page in within}
        found = {}
        for page in within:
            at = bisect_left(pages, page)
            if at < len(pages) and pages[at] == page:
                found[page] = weights[at]
        return found


class _Leaf(NamedTuple):
    """A segment: its words, their postings, its first page, and which were deleted of its pages, counted from that."""

    reader: SegmentReader
    words: Vocabulary
    postings: StructFile
    first: int
    deleted: frozenset[int]
    name: str

    def find(self, field: str, term: str) -> ListReader | None:
        """The postings of a term, those of deleted pages too."""
        try:
            matcher = self.reader.postings(field, term.encode("utf-8"))
        except TermNotFound:
            return None
        found = matcher if isinstance(matcher, ListReader) else matcher.children()[0]
        return cast(ListReader, found)

    def list_at(self, start: int) -> ListReader:
        return ListReader(self.postings, start, Places())


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
            name = segment.make_filename(vocabulary.EXTENSION)
            words = Vocabulary(storage.open_file(name), storage.file_length(name))
            postings = storage.open_file(segment.make_filename(Codec.POSTS_EXT))
            deleted = frozenset(segment.deleted_docs())
            self._leaves.append(_Leaf(reader, words, postings, first, deleted, segment.segment_id()))
            name = segment.make_filename(stems.EXTENSION)
            self.stems.append(StemFile(storage.open_file(name), storage.file_length(name)))
            first += segment.doc_count_all()
        # All files are opened now, for the next commit may take them away.
        self._columns = {
            name: [leaf.reader.column_reader(name, translate=False) for leaf in self._leaves] for name in COLUMNS
        }
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept_bytes = 0
        self._expansions: OrderedDict[tuple[str, str], Expansion] = OrderedDict()
        self._expanded: dict[tuple[str, str], list[tuple[_Leaf, int]]] = {}
        self._numbers: dict[str, list[int]] = {}
        self._stemmed: dict[str, frozenset[int]] = {}

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
        return any(leaf.deleted for leaf in self._leaves)

    @cached_property
    def count(self) -> int:
        """How many pages there are."""
        return sum(leaf.reader.doc_count() for leaf in self._leaves)

    @cached_property
    def pages(self) -> list[int]:
        """The number of every page."""
        return [
            leaf.first + page
            for leaf in self._leaves
            for page in range(leaf.reader.doc_count_all())
            if page not in leaf.deleted
        ]

    def ids(self, pages: Iterable[int]) -> list[str]:
        """The library's ids of ``pages``."""
        firsts = [leaf.first for leaf in self._leaves]
        found = []
        for page in pages:
            n = bisect_right(firsts, page) - 1
            found.append(self._columns["id"][n][page - firsts[n]].decode("utf-8"))
        return found

    def pages_of(self, field: str, term: str) -> list[int]:
        """The pages of a term, without keeping them."""
        return list(self._read(field, term).pages)

    def postings(self, field: str, term: str) -> Postings:
        """The pages of a term and its weights; what was read is kept, the least used is given up first."""
        key = (field, term)
        if key in self._postings:
            self._postings.move_to_end(key)
            return self._postings[key]
        found = self._postings[key] = self._read(field, term)
        self._kept_bytes += _size(found)
        while self._kept_bytes > limits.POSTINGS_KEPT and len(self._postings) > 1:
            _, given_up = self._postings.popitem(last=False)
            self._kept_bytes -= _size(given_up)
        return found

    def frequency(self, field: str, term: str) -> int:
        """How many pages a term is in, deleted ones too; its pages are not read."""
        name = term.encode("utf-8", "surrogatepass")
        return sum(leaf.reader.doc_frequency(field, name) for leaf in self._leaves)

    def places(self, field: str, term: str, pages: Sequence[int]) -> dict[int, list[int]]:
        """Where a term stands in those of ``pages`` (ascending) that have it, as ``tokenizer.places`` packs it."""
        decode = Places().decode_places
        found: dict[int, list[int]] = {}
        for leaf, reader in self._lists(field, term):
            first = leaf.first
            low, high = bisect_left(pages, first), bisect_left(pages, first + leaf.reader.doc_count_all())
            here = [page - first for page in pages[low:high]]
            found |= {first + page: decode(value) for page, value in reader.values(here)}
        return found

    def expansion(self, field: str, words: Open) -> Expansion:
        """The words of ``field`` that ``words`` stands for, at most ``QUERY_EXPANSION``; the last few are kept."""
        key = (field, _what(words))
        if key not in self._expansions:
            counts: Counter[str] = Counter()
            lists: defaultdict[str, list[tuple[_Leaf, int]]] = defaultdict(list)
            for leaf in self._leaves:
                for name, count, start in _entries(leaf.words, field, words):
                    term = name.decode("utf-8")
                    if not isinstance(words, Prefix) or begins(term, words.stem):
                        counts[term] += count
                        lists[term].append((leaf, start))
            terms = tuple(term for term, _ in counts.most_common(limits.QUERY_EXPANSION))
            self._expansions[key] = Expansion(terms, len(counts))
            self._expanded.update(((field, term), lists[term]) for term in terms)
        self._expansions.move_to_end(key)
        while len(self._expansions) > _STEMS_KEPT:
            (given_up, _), expansion = self._expansions.popitem(last=False)
            for term in expansion.terms:
                self._expanded.pop((given_up, term), None)
        return self._expansions[key]

    def stemmed(self, algorithm: str) -> frozenset[int]:
        """The pages to whose words one of Snowball's algorithms applies."""
        if algorithm not in self._stemmed:
            self._stemmed[algorithm] = frozenset(self.pages_of("stemmed", algorithm))
        return self._stemmed[algorithm]

    @property
    def segment_names(self) -> set[str]:
        return {leaf.name for leaf in self._leaves}

    def lists(self, field: str) -> Iterator[tuple[str, bytes]]:
        """The name of each segment, and the words of ``field`` in it as ``Vocabulary.listed`` gives them."""
        for leaf in self._leaves:
            yield leaf.name, leaf.words.listed(field)

    def numbers(self, field: str) -> list[int]:
        """The number that each page has in ``field``, deleted ones too."""
        if field not in self._numbers:
            self._numbers[field] = [number for column in self._columns[field] for number in column.load()]
        return self._numbers[field]

    def _check_columns(self, segment: Segment) -> None:
        """Whoosh itself takes a column whose file has gone for one that was never filled.

        :raises FileNotFoundError: the file has gone.
        """
        for column in ("_stored", *COLUMNS):
            name = segment.make_filename(f".{column}.col")
            if not self._storage.file_exists(name):
                raise FileNotFoundError(name)

    def _lists(self, field: str, term: str) -> Iterator[tuple[_Leaf, ListReader]]:
        """The postings of a term in each segment that has it, those of deleted pages too."""
        if (field, term) in self._expanded:
            yield from ((leaf, leaf.list_at(start)) for leaf, start in self._expanded[field, term])
        else:
            yield from ((leaf, found) for leaf in self._leaves if (found := leaf.find(field, term)) is not None)

    def _read(self, field: str, term: str) -> Postings:
        found = Postings(array("I"), array("f"))
        for leaf, reader in self._lists(field, term):
            for block in reader.blocks():
                for page, weight in zip(block.pages, block.weights, strict=True):
                    if page not in leaf.deleted:
                        found.pages.append(leaf.first + page)
                        found.weights.append(weight)
        return found


def _size(postings: Postings) -> int:
    return 200 + 8 * len(postings.pages)


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
