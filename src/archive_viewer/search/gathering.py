"""The words of many pages, gathered by field: texts in, lists of postings out, as they are written.

For every word of a text no more is done in Python than looking up a number (``pieces``); finding the places of each
term, and bringing the terms in order, is reckoned over the whole batch at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_viewer import limits
from archive_viewer.search.lists import Lists
from archive_viewer.search.pieces import Pieces, give_back, taken
from archive_viewer.search.places import packed
from archive_viewer.search.token import WIDTH_BITS

MANY = 1 << 21
"""Pieces after which what was gathered should be taken: a batch then needs about two hundred megabytes."""


@dataclass
class _Field:
    """The pieces of a field, and for each text in it the page, its weight, its language (see ``languages``), and where
    its pieces end."""

    pieces: array[int] = field(default_factory=lambda: array("I"))
    pages: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    algorithms: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class Gathering:
    """Pages are added in the order of their numbers."""

    def __init__(self) -> None:
        self.pieces = taken()
        self.held = 0
        self._fields: dict[str, _Field] = {}

    def add(self, name: str, page: int, parts: Iterable[tuple[str, float]], algorithm: str = "") -> None:
        """Add texts of one field of a page, with what a word of each weighs, and the algorithm of their language."""
        own = self._fields.setdefault(name, _Field())
        for text, weight in parts:
            if text:
                found = self.pieces.numbers(text)
                own.pieces.extend(found)
                own.pages.append(page)
                own.weights.append(weight)
                own.algorithms.append(algorithm)
                own.ends.append(len(own.pieces))
                self.held += len(found)

    def stems(self) -> dict[str, list[bytes]]:
        """For each algorithm the stems of the words of its language, as ``stems`` keeps them; to be asked for before
        ``lists``."""
        held: dict[str, NDArray[np.bool_]] = {}
        for own in self._fields.values():
            pieces = np.frombuffer(own.pieces, np.uint32)
            for algorithm, start, end in zip(own.algorithms, [0, *own.ends], own.ends, strict=False):
                if algorithm:
                    if algorithm not in held:
                        held[algorithm] = np.zeros(len(self.pieces.first), np.bool_)
                    held[algorithm][pieces[start:end]] = True
        return {
            algorithm: self.pieces.stems[algorithm].lines(self.pieces.texts, own) for algorithm, own in held.items()
        }

    def lists(self) -> tuple[dict[str, Lists], dict[str, dict[int, int]]]:
        """The postings of each field that has words, and how many positions there are in it on each page; nothing can
        be added then."""
        self.pieces.settle()
        tables = _Tables(*(np.array(own, np.uint32) for own in _tables(self.pieces)))
        names = self._ranked(tables)
        give_back(self.pieces)
        found: dict[str, Lists] = {}
        lengths: dict[str, dict[int, int]] = {}
        for name, own in self._fields.items():
            if own.pieces:
                postings, counts = _lists(own, tables, names)
                lengths[name] = counts
                if postings is not None:
                    found[name] = postings
        return found, lengths

    def _ranked(self, tables: _Tables) -> list[bytes]:
        """The terms that are there, in order; the table of terms gets their ranks."""
        is_used = np.zeros(len(tables.first), np.bool_)
        for own in self._fields.values():
            is_used[np.frombuffer(own.pieces, np.uint32)] = True
        is_there = np.zeros(len(self.pieces.terms), np.bool_)
        is_there[tables.term[np.repeat(is_used, tables.tokens)]] = True
        known = list(self.pieces.terms)
        names = sorted([known[number] for number in np.flatnonzero(is_there).tolist()])
        ranks = np.zeros(len(known), np.uint32)
        ranks[[self.pieces.terms[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        tables.term = ranks[tables.term]
        return [name.encode("utf-8") for name in names]


@dataclass
class _Tables:
    """The tables of ``Pieces``; ``term`` holds ranks in the order of the terms."""

    first: NDArray[np.uint32]
    tokens: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    term: NDArray[np.uint32]
    place: NDArray[np.uint32]


def _tables(pieces: Pieces) -> tuple[array[int], ...]:
    return pieces.first, pieces.tokens, pieces.positions, pieces.term, pieces.place


def _lists(own: _Field, tables: _Tables, names: list[bytes]) -> tuple[Lists | None, dict[int, int]]:
    pieces = np.frombuffer(own.pieces, np.uint32)
    text_ends, text_pages = np.array(own.ends), np.array(own.pages)
    amounts = np.diff(text_ends, prepend=0)

    # Where each piece begins in its page.  Texts of one field stand so far apart that nothing in two of them is near.
    taken = tables.positions[pieces]
    reached = np.cumsum(taken, dtype=np.int64)
    text_stops = np.append(0, reached)[text_ends]
    text_starts = np.append(0, text_stops[:-1])
    counts = text_stops - text_starts
    lengths: dict[int, int] = {}
    for page, count in zip(own.pages, counts.tolist(), strict=True):
        lengths[page] = lengths.get(page, 0) + count
    apart = np.cumsum(counts + limits.QUERY_NEAR) - (counts + limits.QUERY_NEAR)
    is_first = np.diff(text_pages, prepend=-1) > 0
    apart -= np.repeat(apart[is_first], np.diff(np.append(np.flatnonzero(is_first), len(is_first))))
    begins = reached - taken + np.repeat(apart - text_starts, amounts)

    # From pieces to tokens: most pieces are one word.
    several = tables.tokens[pieces]
    total = int(several.sum(dtype=np.int64))
    if not total:
        return None, lengths
    firsts = tables.first[pieces]
    texts = np.repeat(np.arange(len(text_ends), dtype=np.uint32), amounts)
    token: NDArray[np.integer[Any]] = firsts
    if total != len(pieces) or int(several.max()) > 1:
        within = np.arange(total) - np.repeat(np.cumsum(several, dtype=np.int64) - several, several)
        token = np.repeat(firsts, several) + within
        begins, texts = np.repeat(begins, several), np.repeat(texts, several)
    places = (begins << WIDTH_BITS) + tables.place[token]

    # Tokens in the order of their terms; those of one term stay in the order of the text.
    key = tables.term[token].astype(np.uint64) << np.uint64(32) | np.arange(total, dtype=np.uint64)
    key.sort()
    order = (key & np.uint64(0xFFFFFFFF)).astype(np.int64)
    rank = (key >> np.uint64(32)).astype(np.uint32)
    del key, token, begins
    texts, places = texts[order], places[order]
    pages = text_pages[texts].astype(np.uint32)
    is_new = np.ones(total, np.bool_)
    is_new[1:] = (rank[1:] != rank[:-1]) | (pages[1:] != pages[:-1])
    at = np.flatnonzero(is_new)
    weights = np.add.reduceat(np.array(own.weights)[texts], at).astype(np.float32)
    steps = np.diff(places, prepend=0)
    steps[at] = places[at]
    sizes, values = packed(steps, at)
    owners = rank[at]
    starts = np.flatnonzero(np.diff(owners, prepend=np.int64(-1)))
    found = Lists(
        [names[n] for n in owners[starts].tolist()],
        np.diff(np.append(starts, len(owners))),
        pages[at],
        weights,
        sizes,
        values,
    )
    return found, lengths
