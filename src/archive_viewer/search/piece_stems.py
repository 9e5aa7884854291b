"""The stems of pieces of text in one language: numbers of pieces in, lines for the file of ``stems`` out.

Between ``pieces``, which knows no language, and ``stems``, which takes words one by one: pages of one library repeat
their pieces, so the stems of each are worked out once and remembered as long as its number is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive_viewer.search.stems import Stems


class PieceStems:
    """By one of Snowball's algorithms, see ``languages``."""

    def __init__(self, algorithm: str) -> None:
        self._stems = Stems(algorithm)
        self._is_known = np.zeros(0, np.bool_)
        self._words: dict[str, int] = {}
        """Word, as ``Stems.words`` gives it → the number of its line."""
        self._numbers: dict[bytes, int] = {}
        """Line → its number."""
        self._pieces, self._lines = array("I"), array("I")
        """Pairs of the number of a piece and that of a line which it has."""

    def lines(self, texts: Sequence[str], wanted: NDArray[np.bool_]) -> list[bytes]:
        """The lines of the ``wanted`` pieces; ``texts`` are the words of all, by number."""
        is_new = wanted.copy()
        is_new[: len(self._is_known)] &= ~self._is_known
        words: list[str] = []
        for piece in is_new.nonzero()[0].tolist():
            before = len(words)
            words += self._stems.words(texts[piece])
            self._pieces.extend([piece] * (len(words) - before))
        new = [word for word in dict.fromkeys(words) if word not in self._words]
        for word, line in zip(new, self._stems.lines(new), strict=True):
            self._words[word] = self._numbers.setdefault(line, len(self._numbers))
        self._lines.extend(map(self._words.__getitem__, words))
        is_new[: len(self._is_known)] |= self._is_known
        self._is_known = is_new

        is_there = np.zeros(len(self._numbers), np.bool_)
        pieces, lines = np.frombuffer(self._pieces, np.uint32), np.frombuffer(self._lines, np.uint32)
        is_there[lines[wanted[pieces]]] = True
        every = list(self._numbers)
        return [every[n] for n in is_there.nonzero()[0].tolist()]
