"""The door to an engine: what every engine of search takes and gives.  Documents and queries in, ids and scores out.

The library knows engines by this type alone and gets them from ``engines``.  Text and titles never leave an engine,
only ids, so one can stand in for another: for each query all find the same pages, though not in the same order.
Where an engine cannot do what another can, a flag says so, and ``remarks`` says it to whoever searches.

An index is a cache of what the library holds, made anew whenever anything is wrong with it.  One process writes, any
number read.  A reader stands still on what it opened until ``refresh``.  All methods may be called from any thread,
one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Protocol, Self, TypeAlias

from archive_viewer.search.query_tree import Not, Query, Range, Value
from archive_viewer.search.schema import Document

__all__ = ["Document", "Engine", "Filter", "Match", "Stats"]

Filter: TypeAlias = Value | Range | Not
"""What decides whether a page answers, and does not score."""


@dataclass(frozen=True)
class Match:
    """The id of a page that answers, and how well it does."""

    id: str
    score: float


@dataclass(frozen=True)
class Stats:
    pages: int
    segments: int
    generation: int
    bytes: int


class Engine(Protocol):
    """An open index; a context manager.  ``NAME`` is one of ``engines.NAMES``.

    ``FINDS_NAMES``: whether ``sounds:`` finds a name in other spellings; where not, as it is spelled.
    """

    NAME: ClassVar[str]
    FINDS_NAMES: ClassVar[bool]

    @classmethod
    def create(cls, folder: Path, library: str = "") -> Self:
        """An empty index in ``folder``, open for writing; what index there was is dropped, another engine's too.

        ``library`` says whose index it is; it can only be opened with the same.

        :raises IndexUnavailable: the folder cannot be written, or another process is writing the index.
        """
        ...

    @classmethod
    def open(cls, folder: Path, writable: bool = False, library: str = "") -> Self:
        """The index in ``folder``, as it is now.

        :raises IndexUnavailable: there is none, it is damaged, another version or engine made it, or for another
            library.
        """
        ...

    @property
    def count(self) -> int:
        """How many pages there are."""
        ...

    def search(self, query: Query, limit: int, filters: Sequence[Filter] = ()) -> list[Match]:
        """The ``limit`` best answers, best first; what has the very words of the query before other forms of them.

        ``filters``: what answers must be, too; nothing of them scores.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        ...

    def widened(self, query: Query) -> Query:
        """``query`` as it is searched, with the other forms of its words: for ``passages``, to show what was found.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        ...

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """In how many pages each of ``terms`` stands in ``field``, about: pages that were deleted lately may count.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        ...

    def near(self, field: str, term: str, distance: int) -> set[str]:
        """The other words of ``field`` that become ``term`` when at most ``distance`` characters (1 or 2) are added,
        left out or changed, or two neighbours exchanged.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        ...

    def remarks(self, query: Query) -> list[str]:
        """Sentences about what an answer leaves out.

        :raises IndexUnavailable: the index turned out to be damaged.
        """
        ...

    def refresh(self) -> bool:
        """Go on to what has been written since; whether anything has.

        :raises IndexUnavailable: as for ``open``.
        """
        ...

    def stats(self) -> Stats:
        """
        :raises IndexUnavailable: the index was closed, or its folder has gone.
        """
        ...

    def apply(self, upserts: Iterable[Document], deletes: Iterable[str] = (), *, merge: bool = False) -> int:
        """Take in pages, in place of those with the same ids, and drop others, in one commit; gives the generation.

        The ids of ``upserts`` must differ from each other; one that is among ``deletes`` too is taken in.  ``merge``:
        nobody waits, so what takes time may be done.  An error, of the iterables too, leaves everything as it was.

        :raises IndexUnavailable: the index is damaged, or another process has been writing it for ten seconds.
        :raises DiskFull: nothing was written.
        """
        ...

    def close(self) -> None:
        """Let go of every file; closing twice does nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
