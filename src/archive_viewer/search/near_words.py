"""Which words of an index are spelled nearly like a given one: its lists of words in, words out.

A list is cut by the length of its words when it is first asked, in 20 ms for 80,000 words, and kept as long as its
segment lives: so only words are gone through that are long enough, a third of them, and once for each segment.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable

from archive_viewer import limits
from archive_viewer.search import spelling
from archive_viewer.search.query_tree import Fuzzy

Listed = tuple[str, bytes]
"""The name of a segment, and its words in ascending order, a line end before each."""


class NearWords:
    """Remembers lists of words, cut by length, over the states of an index."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], dict[int, bytes]] = OrderedDict()
        self._sizes: dict[tuple[str, str], int] = {}

    def near(self, field: str, lists: Iterable[Listed], term: str, distance: int) -> set[str]:
        """The words of ``field`` that become ``term`` when at most ``distance`` characters (1 or 2) are added, left
        out or changed, or two neighbours exchanged."""
        find = spelling.finder(Fuzzy(term, distance))
        found: set[str] = set()
        for segment, words in lists:
            by_length = self._cut(segment, field, words)
            for length in range(len(term) - distance, len(term) + distance + 1):
                listed = by_length.get(length, b"")
                for start in find(listed, 0, len(listed)):
                    end = listed.find(b"\n", start + 1)
                    found.add(listed[start + 1 : end if end >= 0 else len(listed)].decode("utf-8", "surrogatepass"))
        return found - {term}

    def forget_but(self, segments: Collection[str]) -> None:
        """Forget the lists of all other segments."""
        for place in [place for place in self._kept if place[0] not in segments]:
            self._forget(place)

    def _cut(self, segment: str, field: str, words: bytes) -> dict[int, bytes]:
        place = (segment, field)
        if place not in self._kept:
            by_length: defaultdict[int, list[str]] = defaultdict(list)
            for word in words.decode("utf-8", "surrogatepass").split("\n")[1:]:
                by_length[len(word)].append(word)
            self._kept[place] = {
                length: "".join(f"\n{word}" for word in found).encode("utf-8", "surrogatepass")
                for length, found in by_length.items()
            }
            self._sizes[place] = len(words)
        self._kept.move_to_end(place)
        while sum(self._sizes.values()) > limits.NEAR_WORDS_KEPT and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))
        return self._kept[place]

    def _forget(self, place: tuple[str, str]) -> None:
        del self._kept[place], self._sizes[place]
