"""Resemblance: how much of two texts is the same, told from a sketch of each that has always the same size.

A text in, its sketch out; two sketches in, a number from 0 to 1 out.  A sketch is cut into bands: texts that resemble
each other share a band or more, so that an index of bands finds the few that are worth comparing among any number.
Separate from search, which finds words: here nobody has asked for anything, and a chance meeting of two pages must not
be called a likeness.

Resemblance is the share of runs of words that two texts have in common (Broder, *On the resemblance and containment
of documents*, 1997).  The sketch is a one-permutation MinHash, its empty bins filled from their neighbours (Shrivastava
and Li, *Densifying one permutation hashing via rotation for fast near neighbor search*, 2014).
"""

from __future__ import annotations

import struct
from array import array
from hashlib import blake2b
from itertools import islice
from typing import TypeAlias

import regex

from archive_viewer import limits
from archive_viewer.text import SOFT_HYPHEN

Sketch: TypeAlias = tuple[int, ...]
"""``BINS`` numbers of 32 bits; empty where the text is too short to be compared."""

RUN = 3
"""Words of a run.  Of texts with a mended word in every twenty, runs of three find 66 in a hundred, runs of four 33; of
921,403 pairs of different pages both call two near.  Runs of two letters would be too few in Chinese."""

LEAST_RUNS = 48
"""Different runs below which nothing is said: short pages (“Not found”, a caption, a form) differ in too little."""

BINS = 64
ROWS = 4
"""Numbers of a sketch, and of a band.  Of texts that have 0.7 in common 99 % share a band, of those with 0.3 one in
eight, which the comparison of the whole sketch then puts aside."""

NEAR = 0.7
"""From here on two texts are nearly the same: a mended word in every thirty, or a fifth of one of them more."""

_UNIT = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]\p{M}*|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*"
)
"""A word; in scripts that put no spaces between words, a letter with its marks."""


def sketch(text: str) -> Sketch:
    """What is kept of a text: case, punctuation, pictures and white space do not matter.

    Of a text of more than ``limits.WORDS_COMPARED`` words only so many count.
    """
    plain = text.replace(SOFT_HYPHEN, "").casefold()
    words = [found.group() for found in islice(_UNIT.finditer(plain), limits.WORDS_COMPARED)]
    runs = {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
    if len(runs) < LEAST_RUNS:
        return ()
    least: list[int | None] = [None] * BINS
    for run in runs:
        number = int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big")
        value, bin = divmod(number, 256)
        bin %= BINS
        held = least[bin]
        if held is None or value < held:
            least[bin] = value
    return tuple(_filled(least))


def _filled(least: list[int | None]) -> list[int]:
    """An empty bin borrows from the next full one, and says from how far, so that only equal gaps borrow alike."""
    filled = []
    for place in range(BINS):
        away = next(away for away in range(BINS) if least[(place + away) % BINS] is not None)
        filled.append(((least[(place + away) % BINS] or 0) + away * 0x9E3779B1) & 0xFFFFFFFF)
    return filled


def bands(sketch: Sketch) -> tuple[int, ...]:
    """The keys under which a sketch is looked for, signed numbers of 64 bits; none for an empty sketch."""
    return tuple(
        int.from_bytes(
            blake2b(array("I", (start, *sketch[start : start + ROWS])).tobytes(), digest_size=8).digest(),
            "big",
            signed=True,
        )
        for start in range(0, len(sketch), ROWS)
    )


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of two texts that is the same, within 0.06 or so; 0 where either is too short to be compared."""
    if not one or not other:
        return 0.0
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / BINS


def packed(sketch: Sketch) -> bytes:
    """A sketch as it is stored: 256 bytes, or none."""
    return struct.pack(f">{len(sketch)}I", *sketch)


def unpacked(stored: bytes) -> Sketch:
    return struct.unpack(f">{len(stored) // 4}I", stored)
