"""A quote that somebody brings along → its words, and the questions to the index that find pages which may hold it.

Text in; ``Quote`` and a query out, and the words of a text as a quote's are compared with them.  What an author of a
quotation adds is known here: ellipses cut it into pieces, words in square brackets are asides that need not be in the
source, ``[T]he`` is one word, and so is a word that was divided at the end of a line.  Separate from ``query``, because
nothing in a quote is a command: a minus, a star or a bracket in it is what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log

import regex

from archive_viewer import limits
from archive_viewer.search.chunks import HYPHENS, chunks
from archive_viewer.search.clusters import clusters
from archive_viewer.search.compounds import MEMO
from archive_viewer.search.folding import fold
from archive_viewer.search.query_tree import Or, Phrase, Query, Term
from archive_viewer.search.token import LONGEST
from archive_viewer.search.tokenizer import distinct, is_solid

_ELLIPSIS = regex.compile(r"…+|\.(?:\s?\.){2,}|(?<=[\[(（]\s?)(?:\.\.|[-–—])(?=\s?[\])）])|\[\s*\]")
_ASIDE = regex.compile(r"[\[［][^\[\]［］]{1,200}[\]］]")
_DIVIDED = regex.compile(rf"[{regex.escape(HYPHENS)}\u00ac\u00ad]\s+", regex.VERSION1)
_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""What may stand inside a run of a script without spaces."""

_GLUE = frozenset(("[", "]", "][", "［", "］"))

WINDOW = 24
"""Words of a quote from each of which some probes are taken, so that every part of it is sought."""

PROBES = 5
"""Rarest words of each such part that are sought: one of them is likely to be as the source has it."""

PROBES_IN_ALL = 48
PAGES_OF_PROBES = 15_000
"""Pages that all probes together may stand in: reading them takes a microsecond each."""

TELLING = 4
RARE = 60
"""With this many words that stand in at most so many pages a quote needs no phrases to be found by."""

PHRASES = 6
PHRASE = 3


@dataclass(frozen=True, slots=True)
class QuoteWord:
    """A word, or one character of a script without spaces: as it is compared, and its range in the text.

    ``probe`` is the term by which the index knows it; ``is_aside``: it stands in brackets, and the source may not have
    it; ``piece`` counts the ellipses before it.
    """

    term: str
    start: int
    end: int
    probe: str
    is_aside: bool = False
    piece: int = 0


@dataclass(frozen=True)
class Quote:
    """What is sought; ``is_cut``: there was more of it than is looked for."""

    words: tuple[QuoteWord, ...]
    is_cut: bool

    @property
    def terms(self) -> set[str]:
        """All that the index is to be asked about."""
        return {word.probe for word in self.words}


def read(text: str) -> Quote:
    """The words of a quote, at most ``limits.QUOTE_WORDS`` of them."""
    read = text[: limits.QUOTE_CHARACTERS]
    asides = [found.span() for found in _ASIDE.finditer(read)]
    breaks = [found.start() for found in _ELLIPSIS.finditer(read)][: limits.QUOTE_PIECES - 1]
    found: list[QuoteWord] = []
    piece = aside = 0
    is_cut = len(read) < len(text)
    for word in _quote_words(read):
        while piece < len(breaks) and breaks[piece] < word.start:
            piece += 1
        while aside < len(asides) and asides[aside][1] <= word.start:
            aside += 1
        is_within = aside < len(asides) and asides[aside][0] < word.start
        last = found[-1] if found else None
        if last is not None and last.piece == piece and _is_one(read, last, word):
            joined = last.term + word.term
            found[-1] = QuoteWord(joined, last.start, word.end, joined, False, piece)
            continue
        if len(found) == limits.QUOTE_WORDS:
            is_cut = True
            break
        found.append(QuoteWord(word.term, word.start, word.end, word.probe, is_within, piece))
    return Quote(tuple(found), is_cut)


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` as they are compared, each with its range: the parts of compounds, and single characters
    where a script has no spaces (the index has pairs of them, of which one wrong character would spoil two)."""
    memo = MEMO
    for at, chunk, is_run in chunks(text, 0, len(text)):
        if is_run:
            for cluster in clusters(chunk):
                if folded := fold(cluster)[:LONGEST]:
                    yield folded, at, at + len(cluster)
                at += len(cluster)
            continue
        known = memo[chunk]
        if isinstance(known, str):
            yield known, at, at + len(chunk)
            continue
        for token in known:
            if token.width == 1:
                yield token.term, at + token.start, at + token.end


def _quote_words(text: str) -> Iterator[QuoteWord]:
    """The same with the terms of the index: where a script has no spaces a character is known with the one after it."""
    for (term, start, end), (after, begin, _) in pairwise(chain(words(text), [("", -1, -1)])):
        is_pair = begin >= end and not text[end:begin].strip(_IGNORED) and is_solid(term) and is_solid(after)
        yield QuoteWord(term, start, end, term + after if is_pair else term)


def holding(quote: Quote, text: str) -> list[bool]:
    """Of each word of the quote, whether it stands anywhere in ``text``; many times faster than looking where."""
    known = distinct(text)
    return [word.probe in known for word in quote.words]


def _is_one(text: str, last: QuoteWord, word: QuoteWord) -> bool:
    """Whether two words of a quote are one of its source: divided at the end of a line, or altered in brackets."""
    between = text[last.end : word.start]
    if between in _GLUE:
        return not (last.term.isdecimal() or word.term.isdecimal())
    return _DIVIDED.fullmatch(between) is not None and not text[word.start].isupper()


def rarity(quote: Quote, frequencies: Mapping[str, int], pages: int) -> list[float]:
    """How much each word of the quote tells, from 0 to 1: in how few pages it stands."""
    most = _rarity(0, pages)
    return [_rarity(frequencies.get(word.probe, 0), pages) / most for word in quote.words]


def _rarity(held: int, pages: int) -> float:
    return log(1 + (max(pages, held) - held + 0.5) / (held + 0.5))


def probing(quote: Quote, frequencies: Mapping[str, int]) -> Query | None:
    """A query that pages holding the quote answer best; None: the library has not one of its words.

    The rarest words of each part, and where there are few of those, words as they follow each other.
    """
    known = [word for word in quote.words if frequencies.get(word.probe)]
    chosen: dict[str, int] = {}
    for begin in range(0, len(known), WINDOW):
        part = {word.probe: frequencies[word.probe] for word in known[begin : begin + WINDOW]}
        chosen.update(sorted(part.items(), key=lambda entry: entry[1])[:PROBES])
    rarest = sorted(chosen.items(), key=lambda entry: entry[1])
    probes: list[Query] = []
    read = 0
    for term, pages in rarest[:PROBES_IN_ALL]:
        read += pages
        if probes and read > PAGES_OF_PROBES:
            break
        probes.append(Term(term, "text", True))
    if sum(pages <= RARE for _, pages in rarest) < TELLING:
        probes += _phrases(quote, frequencies)
    return Or(tuple(probes)) if probes else None


def _phrases(quote: Quote, frequencies: Mapping[str, int]) -> list[Query]:
    """The rarest runs of words, none overlapping another."""
    runs = []
    for begin in range(len(quote.words) - 1):
        run = quote.words[begin : begin + PHRASE]
        if len({word.piece for word in run}) == 1 and not any(word.is_aside for word in run):
            counts = [frequencies.get(word.probe, 0) for word in run]
            if min(counts):
                runs.append((sum(counts), begin, tuple(word.probe for word in run)))
    runs.sort()
    chosen: list[tuple[int, tuple[str, ...]]] = []
    for _, begin, terms in runs:
        if all(abs(begin - other) >= PHRASE for other, _ in chosen):
            chosen.append((begin, terms))
            if len(chosen) == PHRASES:
                break
    return [Phrase(terms, "text") for _, terms in chosen]
