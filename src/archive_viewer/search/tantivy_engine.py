"""Another engine for large libraries: Tantivy behind the door that ``engine`` describes.

Tantivy is a library in Rust: it answers several times as fast as Whoosh, and is installed only where somebody wants
it.  It gets the terms of our own tokenizer in their places, so that a word is the same word to both; what is asked of
it, and what it cannot say, is in ``tantivy_queries``.  With each page it keeps what the page was made of, packed, for
those queries where ``page`` has the last word.  The other forms of words stand in a field of their own, ``stems``.

Names are found as they are spelled only: their other spellings need the whole list of the index's words in memory.

Its files hold numbers and text, nothing that could be run; yet an index from elsewhere is not opened (``fingerprint``),
and none whose files are not what was written (``tantivy_files``).  Segments are joined by Tantivy itself.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import RLock
from time import sleep
from types import TracebackType
from typing import Any, ClassVar
from uuid import UUID

import tantivy
from filelock import FileLock, Timeout

from archive_viewer.errors import DiskFull, IndexUnavailable
from archive_viewer.search import expansion, fingerprint, forms, tantivy_files
from archive_viewer.search.engine import Filter, Match, Stats
from archive_viewer.search.near_words import NearWords
from archive_viewer.search.page import Page
from archive_viewer.search.query_tree import Query, Sounds, wanted
from archive_viewer.search.schema import Document
from archive_viewer.search.tantivy_queries import Asking, is_marked
from archive_viewer.search.tantivy_rows import HALF, row, schema, unpacked

_LOCK = f"{fingerprint.TANTIVY}.lock"
_HEAP = 128_000_000
"""Bytes that are gathered before a segment is written."""

_FIRST_LOOK = 200
"""Pages that are looked at first where Tantivy finds more than answer; four times as many each time that is too few."""

_NAMES_REMARK = "Names were looked for as they are spelled: the search engine Tantivy knows no other spellings of them."


@dataclass(frozen=True)
class _State:
    """What a reader stands on."""

    searcher: tantivy.Searcher
    asking: Asking
    generation: int
    signs: tuple[bytes, bytes]


class TantivyEngine:
    """See ``engine.Engine``."""

    NAME: ClassVar[str] = fingerprint.TANTIVY
    FINDS_NAMES: ClassVar[bool] = False

    def __init__(self, folder: Path, is_writable: bool, library: str) -> None:
        self.folder, self.is_writable = folder, is_writable
        self._files = folder / fingerprint.TANTIVY
        self._library = library
        self._guard = RLock()
        self._state: _State | None = None
        self._sums: tantivy_files.Sums = {}
        self._near_words = NearWords()
        self._lists: dict[str, bytes] = {}

    @classmethod
    def create(cls, folder: Path, library: str = "") -> TantivyEngine:
        with _as_unavailable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with _written(folder, 0):
                fingerprint.clear(folder)
                files = folder / fingerprint.TANTIVY
                files.mkdir(exist_ok=True)
                tantivy.Index(schema(), str(files), reuse=False)
                tantivy_files.seal(files, 0, {})
                fingerprint.write(folder, library, cls.NAME)
        return cls.open(folder, writable=True, library=library)

    @classmethod
    def open(cls, folder: Path, writable: bool = False, library: str = "") -> TantivyEngine:
        index = cls(folder, writable, library)
        index.refresh()
        return index

    def __enter__(self) -> TantivyEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._guard:
            self._state = None
            self._lists.clear()

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        with self._guard:
            return self._current().searcher.num_docs

    def search(self, query: Query, limit: int, filters: Sequence[Filter] = ()) -> list[Match]:
        with self._guard, _as_unavailable(self.folder):
            state = self._current()
            most = min(limit, state.searcher.num_docs)
            if most <= 0:
                return []
            widened = self._widened(query)
            asked = state.asking.asked(widened, filters)
            if asked.is_all:
                return self._matches(state.searcher.search(asked.query, most, count=False).hits)
            whole = (widened, *filters)
            found: list[tuple[float, tantivy.DocAddress]] = []
            start, step = 0, max(_FIRST_LOOK, most)
            while len(found) < most:
                hits = state.searcher.search(asked.query, step, count=False, offset=start).hits
                found += (hit for hit in hits if self._answers(hit[1], whole))
                if len(hits) < step:
                    break
                start, step = start + step, 4 * step
            return self._matches(found[:most])

    def widened(self, query: Query) -> Query:
        with self._guard, _as_unavailable(self.folder):
            return self._widened(query)

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        with self._guard, _as_unavailable(self.folder):
            searcher = self._current().searcher
            return {term: searcher.doc_freq(field, term) for term in terms}

    def near(self, field: str, term: str, distance: int) -> set[str]:
        with self._guard, _as_unavailable(self.folder):
            state = self._current()
            self._near_words.forget_but({str(state.generation)})
            return self._near_words.near(field, [(str(state.generation), self._listed(field))], term, distance)

    def remarks(self, query: Query) -> list[str]:
        with self._guard, _as_unavailable(self.folder):
            asking = self._current().asking
            said = expansion.remarks(
                query, self._widened(query), lambda field, words: asking.expansion(field, words).found
            )
            is_name = any(isinstance(words, Sounds) for words in wanted(query))
            return [*said, *([_NAMES_REMARK] if is_name else ())]

    def refresh(self) -> bool:
        with self._guard, _as_unavailable(self.folder):
            made = fingerprint.read(self.folder, self._library, self.NAME)
            attempts = 4
            while True:
                attempts -= 1
                found = tantivy_files.sealed(self._files)
                if self._state is not None and self._state.signs == (made, found.data):
                    return False
                try:
                    if self._open(made, found):
                        return True
                except FileNotFoundError:
                    # A commit may take files away while they are being looked at; it leaves others.
                    if not attempts:
                        raise
                if self._state is not None and self._state.signs[0] == made:
                    # Somebody is writing: what is open is good until that is done.
                    return False
                if not attempts:
                    with _written(self.folder, 10):
                        found = tantivy_files.sealed(self._files)
                        if not self._open(made, found):
                            raise tantivy_files.damaged(tantivy_files.CONTENTS)
                        return True
                sleep(0.02)

    def stats(self) -> Stats:
        with self._guard, _as_unavailable(self.folder):
            state = self._current()
            size = 0
            for path in self._files.iterdir():
                # A commit may take a file away meanwhile.
                with suppress(FileNotFoundError):
                    size += path.stat().st_size
            return Stats(state.searcher.num_docs, state.searcher.num_segments, state.generation, size)

    # -- writing ------------------------------------------------------------------------------------------------

    def apply(self, upserts: Iterable[Document], deletes: Iterable[str] = (), *, merge: bool = False) -> int:
        """As ``Engine.apply``; what is to be joined is joined in any case, ``merge`` or not."""
        leaving, coming = list(deletes), iter(upserts)
        first = next(coming, None)
        with self._guard:
            generation = self._current().generation
            if not self.is_writable:
                raise ValueError("This index was opened for reading.")
            if first is None and not leaving:
                return generation
            with _written(self.folder, 10):
                self.refresh()
                with self._writer() as writer:
                    taken: set[str] = set()
                    for id in leaving:
                        writer.delete_documents_by_term("id", id)
                    for document in chain(filter(None, [first]), coming):
                        if document.id in taken:
                            raise ValueError(f"The page {document.id} is given twice.")
                        taken.add(document.id)
                        made = row(document)
                        with _as_unavailable(self.folder):
                            writer.delete_documents_by_term("id", document.id)
                            writer.add_document(made)
                with _as_unavailable(self.folder):
                    tantivy_files.seal(self._files, self._current().generation + 1, self._sums)
                self.refresh()
            return self._current().generation

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """A writer of Tantivy's; it commits, or leaves no trace."""
        with _as_unavailable(self.folder):
            writer = tantivy.Index.open(str(self._files)).writer(_HEAP, 1)
        try:
            yield writer
            with _as_unavailable(self.folder):
                writer.commit()
        except BaseException:
            with _as_unavailable(self.folder):
                writer.rollback()
            raise
        finally:
            with _as_unavailable(self.folder):
                writer.wait_merging_threads()

    # -- what is open -------------------------------------------------------------------------------------------

    def _open(self, made: bytes, found: tantivy_files.Seal) -> bool:
        """Stand on what was sealed; not where more was committed since."""
        if not tantivy_files.is_whole(self._files, found):
            return False
        tantivy_files.check(self._files, found, self._sums)
        index = tantivy.Index.open(str(self._files))
        index.config_reader("manual")
        index.reload()
        searcher = index.searcher()
        if not tantivy_files.is_whole(self._files, found):
            return False
        self._lists.clear()
        self._state = _State(searcher, Asking(index.schema, searcher), found.generation, (made, found.data))
        return True

    def _current(self) -> _State:
        if self._state is None:
            raise IndexUnavailable("The search index is closed.")
        return self._state

    def _listed(self, field: str) -> bytes:
        """The words of ``field``, a line end before each; kept, for a query asks for several."""
        if field not in self._lists:
            known = self._current().searcher.terms_with_prefix(field, "")
            words = (word for word, _ in known if not is_marked(word))
            self._lists[field] = "".join(f"\n{word}" for word in words).encode("utf-8", "surrogatepass")
        return self._lists[field]

    def _widened(self, query: Query) -> Query:
        return forms.widened(query, [_Stems(self._current().searcher)])

    def _matches(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[Match]:
        searcher = self._current().searcher
        places = [place for _, place in hits]
        halves = zip(*(searcher.fast_field_values(name, places) for name in ("id_high", "id_low")), strict=True)
        return [
            Match(_id(searcher, place, high, low), score)
            for (score, place), (high, low) in zip(hits, halves, strict=True)
        ]

    def _answers(self, place: tantivy.DocAddress, parts: Iterable[Query]) -> bool:
        stored: Any = self._current().searcher.doc(place).get_first("page")
        page = Page(unpacked(bytes(stored)))
        return all(page.answers(part) for part in parts)


class _Stems:
    """The stems that a searcher knows, as ``forms`` looks them up."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def algorithms(self) -> list[str]:
        return [name for name, _ in self._searcher.terms_with_prefix("stemmed", "")]

    def terms(self, algorithm: str, stem: str) -> list[str]:
        lead = f"{algorithm}\t{stem}\t"
        return [line[len(lead) :] for line, _ in self._searcher.terms_with_prefix("stems", lead)]


def _id(searcher: tantivy.Searcher, place: tantivy.DocAddress, high: object, low: object) -> str:
    if isinstance(high, int) and isinstance(low, int):
        return str(UUID(int=(high << HALF) + low))
    return str(searcher.doc(place).get_first("id"))


# -- what may go wrong ------------------------------------------------------------------------------------------


@contextmanager
def _written(folder: Path, seconds: float) -> Iterator[None]:
    """While nobody else writes."""
    try:
        with FileLock(folder / _LOCK, timeout=seconds):
            yield
    except Timeout as error:
        raise IndexUnavailable("The search index is being written by another program.") from error


@contextmanager
def _as_unavailable(folder: Path) -> Iterator[None]:
    """Whatever keeps an index from being read or written, as errors of ours; Tantivy's are all ``ValueError``."""
    try:
        yield
    except FileNotFoundError as error:
        raise IndexUnavailable("The search index is damaged: a part of it is missing.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder) from error
        raise IndexUnavailable(f"The search index cannot be used: {error.strerror or error}.") from error
    except ValueError as error:
        if "StorageFull" in str(error) or f"os error {errno.ENOSPC}" in str(error):
            raise DiskFull(folder) from error
        raise IndexUnavailable("The search index is damaged.") from error
