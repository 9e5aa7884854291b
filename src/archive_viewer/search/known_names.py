"""Which words of an index may be a name: its lists of words and keys in, words out.

The keys of all words of a list are worked out when a name is first sought in it, which takes a second for 300,000, and
kept as numbers in order, sixteen bytes a word, as long as its segment lives: so the index holds nothing for this, and
whoever seeks no names pays nothing.  A number that two keys share makes a word looked at in vain, no more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from archive_viewer import limits
from archive_viewer.search import pinyin, sounds
from archive_viewer.search.tokenizer import is_solid

Listed = tuple[str, bytes]
"""The name of a segment, and its words in ascending order, a line end before each."""


class KnownNames:
    """Remembers the keys of lists of words, over the states of an index."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], _Keys] = OrderedDict()

    def with_keys(self, field: str, lists: Iterable[Listed], keys: Collection[str]) -> set[str]:
        """The words of ``field`` that have one of ``keys``, as ``sounds.readings`` or ``pair_key`` gives them."""
        found: set[str] = set()
        wanted = np.fromiter(map(hash, keys), np.int64, len(keys))
        for segment, words in lists:
            found.update(self._keys(segment, field, words).find(words, wanted))
        return found

    def _keys(self, segment: str, field: str, words: bytes) -> _Keys:
        place = (segment, field)
        if place not in self._kept:
            self._kept[place] = _Keys(words)
        self._kept.move_to_end(place)
        while self.size > limits.NAME_KEYS_KEPT and len(self._kept) > 1:
            self._kept.popitem(last=False)
        return self._kept[place]

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(keys.size for keys in self._kept.values())

    def forget_but(self, segments: Collection[str]) -> None:
        """Forget the lists of all other segments."""
        for place in [place for place in self._kept if place[0] not in segments]:
            del self._kept[place]


def pair_key(first: str, second: str) -> str:
    """The key of two Chinese characters with these syllables; no key of sounds has a blank in it."""
    return f"{first} {second}"


class _Keys:
    """The keys of one list of words."""

    def __init__(self, listed: bytes) -> None:
        self._starts = np.flatnonzero(np.frombuffer(listed, np.uint8) == ord("\n")).astype(np.uint32)
        words = listed.decode("utf-8", "surrogatepass").split("\n")[1:]
        keys = sounds.keys(sounds.sounds(words))
        numbers = list(range(len(words)))
        others: list[str] = []
        for n, word in enumerate(words):
            if word.isascii():
                continue
            if is_solid(word):
                is_pair = len(word) == 2 and pinyin.is_chinese(word)
                keys[n] = pair_key(*pinyin.syllables(word)) if is_pair else ""
            elif forms := sounds.variants(word):
                others += forms
                numbers += [n] * len(forms)
        keys += sounds.keys(sounds.sounds(others))
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        order = np.argsort(hashes)
        self._hashes: NDArray[np.int64] = hashes[order]
        self._numbers: NDArray[np.uint32] = np.array(numbers, np.uint32)[order]
        self.size = self._starts.nbytes + self._hashes.nbytes + self._numbers.nbytes

    def find(self, listed: bytes, wanted: NDArray[np.int64]) -> Iterator[str]:
        firsts = np.searchsorted(self._hashes, wanted, "left")
        lasts = np.searchsorted(self._hashes, wanted, "right")
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            for number in self._numbers[first:last].tolist():
                start = int(self._starts[number]) + 1
                end = int(self._starts[number + 1]) if number + 1 < len(self._starts) else len(listed)
                yield listed[start:end].decode("utf-8", "surrogatepass")
