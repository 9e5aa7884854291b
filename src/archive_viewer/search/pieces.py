"""Words as numbers: a text in, the number of each of its pieces out, and what every different piece holds.

A piece is what stands between white space.  No word, compound or run goes over white space, so a piece gives the same
tokens wherever it stands; it is looked into once, and all that is done for every word of a text is to cut it off and
look up its number.  What comes after is reckoned over whole arrays (``gathering``); so are the pairs of characters of
scripts without spaces, whose pieces hardly ever come twice.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from itertools import count

import numpy as np

from archive_viewer.search.chunks import CAREFUL, PLAIN, chunks, stretches
from archive_viewer.search.clusters import THAI, THAI_CLUSTERS, UNCHANGED, clusters
from archive_viewer.search.compounds import MEMO, positions
from archive_viewer.search.folding import fold
from archive_viewer.search.piece_stems import PieceStems
from archive_viewer.search.token import LONGEST, WIDTH_BITS

_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "“”„«»…‹›¿¡©®™•→"
"""What may stand around a word and takes nothing away from it."""

_CODES = f"utf-32-{sys.byteorder[0]}e"
_BEYOND = sys.maxunicode + 1

_KEPT = 64
"""Code points of a piece that is remembered; a longer one hardly comes again, and would be kept in memory."""


class Pieces(dict[str, int]):
    """Piece → its number; tables tell what it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: defaultdict[str, int] = defaultdict(count().__next__)
        """Term → its number, given when it is first asked for."""
        self.first, self.tokens, self.positions = array("I"), array("I"), array("I")
        """By number of a piece: its first token in the tables below, how many it has, how many positions it takes."""
        self.term, self.place = array("I"), array("I")
        """By token: the number of its term, and its place counted from its piece, see ``token.WIDTH_BITS``."""
        self.texts: list[str] = []
        """By number of a piece: all of it but the signs around it, or if it is long, its words."""
        self.stems = _Stems()

        self._numbers = _Clusters()
        # Of runs: the clusters of all, where those of each end, and where its tokens begin.
        self._clusters, self._ends, self._runs = array("I"), list[int](), list[int]()

    def __missing__(self, piece: str) -> int:
        number, first = len(self.first), len(self.term)
        self.first.append(first)
        word = piece.strip(_SIGNS)
        if word.isascii() and word.isalnum() and len(word) <= LONGEST:
            self.term.append(self.terms[word.lower()])
            self.place.append(0)
            taken = 1
        else:
            taken = self._look_into(piece)
        self.tokens.append(len(self.term) - first)
        self.positions.append(taken)
        if len(piece) <= _KEPT:
            self[piece] = number
            self.texts.append(word)
        else:
            self.texts.append(" ".join(text for _, text, is_run in chunks(piece, 0, len(piece)) if not is_run))
        return number

    def numbers(self, text: str) -> array[int]:
        """The number of each piece of ``text``, in order."""
        return array("I", map(self.__getitem__, text.split()))

    def _look_into(self, piece: str) -> int:
        """Add the tokens of ``piece``; how many positions they take."""
        position = 0
        for start, end, is_plain in stretches(piece, 0, len(piece)):
            if is_plain:
                for chunk in PLAIN.findall(piece, start, end):
                    position = self._add_chunk(chunk, position)
                continue
            for run, chunk in CAREFUL.findall(piece, start, end):
                position = self._add_run(run, position) if run else self._add_chunk(chunk, position)
        return position

    def _add_chunk(self, chunk: str, position: int) -> int:
        known = MEMO[chunk]
        if isinstance(known, str):
            self.term.append(self.terms[known])
            self.place.append(position << WIDTH_BITS)
            return position + 1
        for token in known:
            self.term.append(self.terms[token.term])
            self.place.append(((position + token.position) << WIDTH_BITS) + token.width - 1)
        return position + positions(known)

    def _add_run(self, run: str, position: int) -> int:
        start = len(self._clusters)
        if UNCHANGED.fullmatch(run):
            self._clusters.frombytes(run.encode(_CODES))
        else:
            found = THAI_CLUSTERS.findall(run) if THAI.fullmatch(run) else clusters(run)
            self._clusters.extend(filter(None, map(self._numbers.__getitem__, found)))
        length = len(self._clusters) - start
        if length:
            self._runs.append(len(self.term))
            self._ends.append(len(self._clusters))
            self.term.frombytes(bytes(length * self.term.itemsize))
            self.place.extend(range(position << WIDTH_BITS, position + length << WIDTH_BITS, 1 << WIDTH_BITS))
        return position + length

    def settle(self) -> None:
        """Give the pairs of clusters in runs the numbers of their terms; to be called before the tables are read."""
        if not self._runs:
            return
        ends = np.array(self._ends)
        lengths = np.diff(ends, prepend=0)
        first = np.array(self._clusters, np.uint64)
        second = np.append(first[1:], np.uint64(0))
        second[ends - 1] = 0
        pairs, which = np.unique(first << np.uint64(32) | second, return_inverse=True)
        text = self._numbers.text
        terms = [self.terms[text(pair >> 32) + text(pair & 0xFFFFFFFF)] for pair in pairs.tolist()]
        within = np.arange(len(first)) - np.repeat(ends - lengths, lengths)
        np.frombuffer(self.term, np.uint32)[np.repeat(self._runs, lengths) + within] = np.array(terms)[which]
        self._runs, self._ends, self._clusters = [], [], array("I")


_spare: list[Pieces] = []

MOST = 1 << 18
"""Pieces, and twice as many tokens, that are remembered from one batch to the next: up to a hundred megabytes."""


def taken() -> Pieces:
    """What is known from before, for one to use at a time, until ``give_back``."""
    try:
        return _spare.pop()
    except IndexError:
        return Pieces()


def give_back(pieces: Pieces) -> None:
    """Pages of one library repeat their words: the next batch has little to look into."""
    if len(pieces.first) <= MOST and len(pieces.term) <= 2 * MOST:
        _spare[:] = [pieces]


class _Stems(dict[str, PieceStems]):
    """Algorithm → the stems of pieces by it."""

    def __missing__(self, algorithm: str) -> PieceStems:
        found = self[algorithm] = PieceStems(algorithm)
        return found


class _Clusters(dict[str, int]):
    """Grapheme cluster → the number of its folded form, 0 if nothing is left of it: a character's own, or one above
    those of all characters."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._known: dict[str, int] = {}

    def __missing__(self, cluster: str) -> int:
        folded = fold(cluster)[:LONGEST]
        if len(folded) < 2:
            number = ord(folded) if folded else 0
        elif folded in self._known:
            number = self._known[folded]
        else:
            number = self._known[folded] = _BEYOND + len(self._texts)
            self._texts.append(folded)
        self[cluster] = number
        return number

    def text(self, number: int) -> str:
        """The folded form."""
        if number >= _BEYOND:
            return self._texts[number - _BEYOND]
        return chr(number) if number else ""
