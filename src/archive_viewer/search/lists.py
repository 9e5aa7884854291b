"""Many lists of postings at once: those of a stretch of a field's terms, as arrays; and the same as bytes.

Between what gathers or merges postings and the files.  Everything is reckoned over whole arrays, for a batch of pages
has a hundred thousand terms, most of them in one page.

The bytes of a list: ``HEAD`` (flags, how many postings, the first page, the bytes of the values), then

1. the pages but the first, as differences, and the lengths of the values if there are several, each in one, two or
   four bytes as the largest needs;
2. the weights as floats, if one is not what ``usual`` expects;
3. the values (places, see ``schema.Places``), one after the other.

Numbers are in the byte order of the machine: an index never leaves it, and its fingerprint says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

HEAD = np.dtype([("flags", "u1"), ("count", "u4"), ("first", "u4"), ("size", "u4")])
STEPS, LENGTHS, WEIGHED = 3, 12, 16
"""The flags: how wide the differences and the lengths are (see ``WIDTHS``), and whether weights are there."""
WIDTHS = (1, 2, 4)
AT_ONCE = 1 << 21
"""Postings that are merged at a time: about a hundred megabytes."""


@dataclass(frozen=True)
class Lists:
    """The postings of ``terms`` (ascending), one list after the other.

    ``counts`` says how many postings each term has; ``pages`` (ascending within a list), ``weights`` and ``lengths``
    of values are by posting.
    """

    terms: Sequence[bytes]
    counts: NDArray[np.int64]
    pages: NDArray[np.uint32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.uint32]
    values: bytes


class Source(Protocol):
    """Where the lists of a field come from."""

    terms: Sequence[bytes]
    counts: NDArray[np.int64]

    def lists(self, first: int, last: int) -> Lists:
        """Those of the terms from number ``first`` to before ``last``."""


class Whole:
    """Lists as a source."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self.terms, self.counts = lists.terms, lists.counts

    def lists(self, first: int, last: int) -> Lists:
        whole = self._lists
        if first == 0 and last == len(whole.terms):
            return whole
        begin, end = (int(whole.counts[:n].sum()) for n in (first, last))
        start, stop = (int(whole.lengths[:n].sum(dtype=np.int64)) for n in (begin, end))
        return Lists(
            whole.terms[first:last],
            whole.counts[first:last],
            whole.pages[begin:end],
            whole.weights[begin:end],
            whole.lengths[begin:end],
            whole.values[start:stop],
        )


def usual(lengths: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The weight that a posting has if nothing is said: the number of its places, 1 without any."""
    counts = np.where(lengths & 1, lengths >> 2, lengths >> 1)
    return np.maximum(counts, 1).astype(np.float32)


# -- to bytes ---------------------------------------------------------------------------------------------------


def encoded(lists: Lists) -> list[bytes]:
    """The bytes of each list."""
    if not len(lists.counts):
        return []
    ends = np.cumsum(lists.counts)
    begins = ends - lists.counts
    steps = np.diff(lists.pages, prepend=np.uint32(0))
    steps[begins] = 0
    step_widths = _widths(np.maximum.reduceat(steps, begins))
    length_widths = _widths(np.maximum.reduceat(lists.lengths, begins))
    weighed = np.logical_or.reduceat(lists.weights != usual(lists.lengths), begins)
    sizes = np.add.reduceat(lists.lengths, begins, dtype=np.int64)
    heads = np.empty(len(ends), HEAD)
    heads["flags"] = step_widths + length_widths * 4 + weighed * WEIGHED
    heads["count"], heads["first"], heads["size"] = lists.counts, lists.pages[begins], sizes
    head, size = heads.tobytes(), HEAD.itemsize
    step_bytes, length_bytes = ([own.astype(f"u{n}").tobytes() for n in WIDTHS] for own in (steps, lists.lengths))
    weight_bytes, values = lists.weights.astype(np.float32).tobytes(), lists.values
    found = []
    at = start = 0
    columns = (begins, ends, step_widths, length_widths, weighed, np.cumsum(sizes))
    for begin, end, step, length, is_weighed, stop in zip(*(own.tolist() for own in columns), strict=True):
        one = head[at : at + size]
        if end - begin > 1:
            own, many = WIDTHS[step], WIDTHS[length]
            one += step_bytes[step][(begin + 1) * own : end * own] + length_bytes[length][begin * many : end * many]
        if is_weighed:
            one += weight_bytes[4 * begin : 4 * end]
        found.append(one + values[start:stop])
        at += size
        start = stop
    return found


def _widths(most: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """For the largest numbers of some lists the place in ``WIDTHS`` of the width that is enough."""
    return (most > 0xFF).astype(np.uint8) + (most > 0xFFFF)


# -- from bytes -------------------------------------------------------------------------------------------------


class Numbers(NamedTuple):
    """What lists hold besides their values: how many postings each has, and by posting the pages, weights and lengths
    of values; ``value_at`` is where the values of each list begin."""

    counts: NDArray[np.int64]
    pages: NDArray[np.uint32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.uint32]
    value_at: NDArray[np.int64]


def numbers(data: bytes, starts: NDArray[np.int64]) -> Numbers:
    """What is in the lists whose bytes begin at ``starts`` of ``data``; their values may be missing."""
    raw = np.frombuffer(data, np.uint8)
    heads = raw[starts[:, None] + np.arange(HEAD.itemsize)].copy().view(HEAD).ravel()
    counts, flags = heads["count"].astype(np.int64), heads["flags"]
    several = counts > 1
    step_widths, length_widths = (np.array(WIDTHS)[code] for code in (flags & STEPS, (flags & LENGTHS) >> 2))
    step_at = starts + HEAD.itemsize
    length_at = step_at + (counts - 1) * step_widths
    weight_at = length_at + counts * length_widths * several
    value_at = weight_at + 4 * counts * (flags & WEIGHED > 0)
    begins = np.cumsum(counts) - counts

    steps = np.zeros(int(counts.sum()), np.int64)
    lengths = np.zeros(len(steps), np.uint32)
    for code, width in enumerate(WIDTHS):
        chosen = several & (flags & STEPS == code)
        _fill(steps, begins[chosen] + 1, raw, step_at[chosen], counts[chosen] - 1, f"u{width}")
        chosen = several & (flags & LENGTHS == code << 2)
        _fill(lengths, begins[chosen], raw, length_at[chosen], counts[chosen], f"u{width}")
    lengths[begins[~several]] = heads["size"][~several]
    weights = usual(lengths)
    chosen = flags & WEIGHED > 0
    _fill(weights, begins[chosen], raw, weight_at[chosen], counts[chosen], "f4")
    sums = np.cumsum(steps)
    pages = sums + np.repeat(heads["first"] - sums[begins], counts)
    return Numbers(counts, pages.astype(np.uint32), weights, lengths, value_at)


def decoded(terms: Sequence[bytes], data: bytes, starts: NDArray[np.int64]) -> Lists:
    """The lists of ``terms``, whose bytes begin at ``starts`` of ``data``."""
    counts, pages, weights, lengths, value_at = numbers(data, starts)
    sizes = np.add.reduceat(lengths, np.cumsum(counts) - counts, dtype=np.int64)
    spans = zip(value_at.tolist(), (value_at + sizes).tolist(), strict=True)
    values = b"".join([data[start:end] for start, end in spans])
    return Lists(terms, counts, pages, weights, lengths, values)


def _fill(
    into: NDArray[np.generic],
    places: NDArray[np.int64],
    raw: NDArray[np.uint8],
    starts: NDArray[np.int64],
    counts: NDArray[np.int64],
    kind: str,
) -> None:
    """Put runs of ``counts`` numbers, whose bytes begin at ``starts``, into an array from ``places`` on."""
    if not len(counts):
        return
    within = _within(counts)
    width = np.dtype(kind).itemsize
    found = raw[(np.repeat(starts, counts) + within * width)[:, None] + np.arange(width)]
    into[np.repeat(places, counts) + within] = found.view(kind).ravel()


def _within(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 … for each of the counts, one after the other."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


# -- several as one ---------------------------------------------------------------------------------------------


def merged(sources: Sequence[Source]) -> Iterator[Lists]:
    """The lists of all sources in the order of the terms, a stretch at a time.

    In a list of several sources the postings of each follow those of the one before; so must their pages.
    """
    if len(sources) == 1 and int(sources[0].counts.sum()) <= AT_ONCE:
        yield sources[0].lists(0, len(sources[0].terms))
        return
    totals: dict[bytes, int] = {}
    for source in sources:
        for term, count in zip(source.terms, source.counts.tolist(), strict=True):
            totals[term] = totals.get(term, 0) + count
    terms = sorted(totals)
    done = [0] * len(sources)
    held = 0
    for n, term in enumerate(terms):
        held += totals[term]
        if held < AT_ONCE and n + 1 < len(terms):
            continue
        held = 0
        found = []
        for k, source in enumerate(sources):
            last = _after(source.terms, term, done[k])
            if last > done[k]:
                found.append(source.lists(done[k], last))
                done[k] = last
        found = [some for some in found if some.terms]
        if found:
            yield found[0] if len(found) == 1 else _joined(found)


def _after(terms: Sequence[bytes], term: bytes, start: int) -> int:
    """How many of ``terms`` are not after ``term``."""
    low, high = start, len(terms)
    while low < high:
        middle = (low + high) // 2
        if terms[middle] <= term:
            low = middle + 1
        else:
            high = middle
    return low


def _joined(parts: Sequence[Lists]) -> Lists:
    terms = sorted(set().union(*(part.terms for part in parts)))
    numbers = {term: n for n, term in enumerate(terms)}
    ranks = [np.fromiter(map(numbers.__getitem__, part.terms), np.int64, len(part.terms)) for part in parts]
    counts = np.zeros(len(terms), np.int64)
    for part, own in zip(parts, ranks, strict=True):
        counts[own] += part.counts
    # The lists as they come, and in the order of their terms; of one term, in the order of the sources.
    order = np.argsort(np.concatenate(ranks), kind="stable")
    amounts = np.concatenate([part.counts for part in parts])
    begins = np.cumsum(amounts) - amounts
    index = np.repeat(begins[order], amounts[order]) + _within(amounts[order])
    lengths = np.concatenate([part.lengths for part in parts])
    ends = np.cumsum(lengths, dtype=np.int64)
    stops = ends[begins + amounts - 1]
    starts = stops - np.add.reduceat(lengths, begins, dtype=np.int64)
    values = b"".join([part.values for part in parts])
    spans = zip(starts[order].tolist(), stops[order].tolist(), strict=True)
    return Lists(
        terms,
        counts,
        np.concatenate([part.pages for part in parts])[index],
        np.concatenate([part.weights for part in parts])[index],
        lengths[index],
        b"".join([values[start:stop] for start, stop in spans]),
    )


def chosen(lists: Lists, numbers: NDArray[np.int64]) -> Lists:
    """The lists with the new numbers of their pages; those for which it is -1 go, and terms without any left."""
    pages = numbers[lists.pages]
    kept = pages >= 0
    if kept.all():
        return Lists(lists.terms, lists.counts, pages.astype(np.uint32), lists.weights, lists.lengths, lists.values)
    owners = np.repeat(np.arange(len(lists.counts)), lists.counts)[kept]
    counts = np.bincount(owners, minlength=len(lists.counts))
    values = np.frombuffer(lists.values, np.uint8)[np.repeat(kept, lists.lengths)].tobytes()
    has = counts > 0
    terms = [term for term, is_left in zip(lists.terms, has.tolist(), strict=True) if is_left]
    return Lists(terms, counts[has], pages[kept].astype(np.uint32), lists.weights[kept], lists.lengths[kept], values)
