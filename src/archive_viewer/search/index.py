"""The engine that every library has: Whoosh behind the door that ``engine`` describes.

Nothing of Whoosh passes through it.  The index is a cache of what the library holds: it is never repaired, imported
or shared, but made anew, and whatever keeps it from being read is one error, ``IndexUnavailable``.  Whoosh's files are
pickles, and reading a stranger's pickle runs the stranger's code; so an index is opened only where its fingerprint
says that this version made it, for this library, and a file only where it is what was written (``sealed_files``).

One process writes, any number read.  A reader stands still on what it opened until ``refresh``.  All methods may be
called from any thread, one at a time.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar

from whoosh import index as whoosh_index

from archive_viewer import limits
from archive_viewer.errors import DiskFull, IndexUnavailable
from archive_viewer.search import distribution, expansion, fingerprint
from archive_viewer.search.engine import Filter, Match, Stats
from archive_viewer.search.near_words import NearWords
from archive_viewer.search.query_tree import And, Query
from archive_viewer.search.schema import NAME, Document, schema
from archive_viewer.search.sealed_files import SealedStorage

if TYPE_CHECKING:
    from archive_viewer.search.merging import Writer
    from archive_viewer.search.ranking import Ranking

__all__ = ["Document", "Index", "Match", "Stats"]


class Index:
    """An open index; a context manager.  Made by ``Index.create`` or ``Index.open``."""

    NAME: ClassVar[str] = fingerprint.WHOOSH
    FINDS_NAMES: ClassVar[bool] = True

    def __init__(self, folder: Path, is_writable: bool, library: str) -> None:
        self.folder, self.is_writable = folder, is_writable
        self._library = library
        self._guard = RLock()
        self._fingerprint = b""
        self._ranking: Ranking | None = None
        self._near_words = NearWords()

    @classmethod
    def create(cls, folder: Path, library: str = "") -> Index:
        """An empty index in ``folder``, open for writing; what index there was is dropped.

        ``library`` says whose index it is; it can only be opened with the same.

        :raises IndexUnavailable: the folder cannot be written, or another process is writing the index.
        """
        distribution.check()
        with _as_unavailable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            storage = SealedStorage(folder)
            lock = storage.lock(f"{NAME}_WRITELOCK")  # type: ignore[no-untyped-call]
            if not lock.acquire():
                raise IndexUnavailable("The search index is being written by another program.")
            try:
                fingerprint.clear(folder)
                whoosh_index.FileIndex.create(storage, schema(), NAME)
                fingerprint.write(folder, library)
            finally:
                lock.release()
        return cls.open(folder, writable=True, library=library)

    @classmethod
    def open(cls, folder: Path, writable: bool = False, library: str = "") -> Index:
        """The index in ``folder``, as it is now.

        :raises IndexUnavailable: there is none, it is damaged, another version made it, or for another library.
        """
        distribution.check()
        index = cls(folder, writable, library)
        index.refresh()
        return index

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file; closing twice does nothing."""
        with self._guard:
            if self._ranking is not None:
                self._ranking.snapshot.close()
                self._ranking = None

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many pages there are."""
        with self._guard:
            return self._current().snapshot.count

    def search(self, query: Query, limit: int, filters: Sequence[Filter] = ()) -> list[Match]:
        """The ``limit`` best answers, best first; what has the very words of the query before other forms of them.

        ``filters``: what answers must be, too.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        with self._guard, _as_unavailable(self.folder):
            ranking = self._current()
            asked = And((ranking.widened(query), *filters)) if filters else ranking.widened(query)
            best = ranking.best(asked, limit)
            ids = ranking.snapshot.ids([page for page, _ in best])
            return [Match(id, score) for id, (_, score) in zip(ids, best, strict=True)]

    def widened(self, query: Query) -> Query:
        """``query`` as it is searched, with the other forms of its words: for ``passages``, to show what was found.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        with self._guard, _as_unavailable(self.folder):
            return self._current().widened(query)

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """In how many pages each of ``terms`` stands in ``field``, as the index tells without reading which; pages that
        were deleted since the last merge count.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        with self._guard, _as_unavailable(self.folder):
            snapshot = self._current().snapshot
            return {term: snapshot.frequency(field, term) for term in terms}

    def near(self, field: str, term: str, distance: int) -> set[str]:
        """The other words of ``field`` that become ``term`` when at most ``distance`` characters (1 or 2) are added,
        left out or changed, or two neighbours exchanged.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        with self._guard, _as_unavailable(self.folder):
            snapshot = self._current().snapshot
            self._near_words.forget_but(snapshot.segment_names)
            return self._near_words.near(field, snapshot.lists(field), term, distance)

    def remarks(self, query: Query) -> list[str]:
        """Sentences about what an answer leaves out: a prefix may stand for more words than are looked for."""
        with self._guard, _as_unavailable(self.folder):
            ranking = self._current()
            found = lambda field, words: ranking.snapshot.expansion(field, words).found  # noqa: E731
            return expansion.remarks(query, ranking.widened(query), found)

    def refresh(self) -> bool:
        """Go on to what has been written since; whether anything has.

        :raises IndexUnavailable: as for ``open``.
        """
        with self._guard, _as_unavailable(self.folder):
            found = fingerprint.read(self.folder, self._library)
            if self._ranking and found == self._fingerprint and self._ranking.snapshot.is_current():
                return False
            # These need NumPy, which takes a tenth of a second to load: not before an index is opened.
            from archive_viewer.search.ranking import Ranking
            from archive_viewer.search.snapshot import Snapshot

            ranking = Ranking(Snapshot.open(self.folder), self._ranking)
            self.close()
            self._ranking, self._fingerprint = ranking, found
            return True

    def stats(self) -> Stats:
        """
        :raises IndexUnavailable: the index was closed, or its folder has gone.
        """
        with self._guard, _as_unavailable(self.folder):
            snapshot = self._current().snapshot
            size = 0
            for path in self.folder.iterdir():
                # A commit may take a file away meanwhile.
                with suppress(FileNotFoundError):
                    size += path.stat().st_size
            return Stats(snapshot.count, snapshot.segments, snapshot.generation, size)

    # -- writing ------------------------------------------------------------------------------------------------

    def apply(self, upserts: Iterable[Document], deletes: Iterable[str] = (), *, merge: bool = False) -> int:
        """Take in pages, in place of those with the same ids, and drop others, in one commit; gives the
        generation that the index then is of.

        The ids of ``upserts`` must differ from each other; one that is among ``deletes`` too is taken in.  ``merge``
        joins segments if there are many, which takes time: for when nobody waits.  An error, of the iterables too,
        leaves everything as it was.

        :raises IndexUnavailable: the index is damaged, or another process has been writing it for ten seconds.
        :raises DiskFull: nothing was written.
        """
        most = limits.INDEX_SEGMENTS if merge else limits.INDEX_SEGMENTS_AT_MOST
        leaving, coming = list(deletes), iter(upserts)
        first = next(coming, None)
        with self._guard:
            self._current()
            if first is None and not leaving and self._is_tidy(most):
                return self._current().snapshot.generation
            with self._writer(most) as writer:
                dropped: set[str] = set()
                taken: set[str] = set()
                for id in leaving:
                    self._drop(writer, id, dropped)
                for document in chain(filter(None, [first]), coming):
                    if document.id in taken:
                        raise ValueError(f"The page {document.id} is given twice.")
                    taken.add(document.id)
                    self._drop(writer, document.id, dropped)
                    writer.take(document)
                writer.hand_over()
            return self._current().snapshot.generation

    def optimise(self) -> None:
        """Merge all segments into one: best for reading, and takes a fifth of the time of a rebuild.

        :raises IndexUnavailable: as for ``apply``.
        """
        with self._guard:
            self._current()
            if not self._is_tidy(1):
                with self._writer(1):
                    pass

    def _is_tidy(self, segments: int) -> bool:
        """Whether there is nothing to merge."""
        self.refresh()
        snapshot = self._current().snapshot
        return snapshot.segments <= segments and not (segments == 1 and snapshot.has_deletions)

    @contextmanager
    def _writer(self, segments: int) -> Iterator[Writer]:
        """A Whoosh writer, the reader being at the same generation; it commits, or leaves no trace."""
        if not self.is_writable:
            raise ValueError("This index was opened for reading.")
        from archive_viewer.search import merging

        storage = SealedStorage(self.folder)
        try:
            with _as_unavailable(self.folder):
                whoosh = whoosh_index.FileIndex(storage, schema(), NAME)
                writer = merging.Writer(whoosh)
                try:
                    self.refresh()
                    yield writer
                except BaseException:
                    writer.cancel()  # type: ignore[no-untyped-call]
                    raise
                writer.finish(segments)
                self.refresh()
        finally:
            storage.close_files()

    def _drop(self, writer: Writer, id: str, dropped: set[str]) -> None:
        if id not in dropped:
            dropped.add(id)
            for page in self._current().snapshot.pages_of("id", id):
                writer.delete_document(page)  # type: ignore[no-untyped-call]

    def _current(self) -> Ranking:
        if self._ranking is None:
            raise IndexUnavailable("The search index is closed.")
        return self._ranking


@contextmanager
def _as_unavailable(folder: Path) -> Iterator[None]:
    """Whatever keeps an index from being read or written, as errors of ours.

    The bytes of its files are checked before Whoosh sees them, so these few kinds are all that damage can cause.
    """
    try:
        yield
    except whoosh_index.LockError as error:
        raise IndexUnavailable("The search index is being written by another program.") from error
    except whoosh_index.IndexError as error:
        raise IndexUnavailable("The search index is damaged.") from error
    except FileNotFoundError as error:
        raise IndexUnavailable("The search index is damaged: a part of it is missing.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder) from error
        raise IndexUnavailable(f"The search index cannot be used: {error.strerror or error}.") from error
