"""Every place of an answer, with the words around it: a query and the text of a page in, passages out.

The concordance that a search shows, and what find-in-page marks.  It reads the text through the index's own tokenizer
and walks the index's own query, so it finds in a page what the index found there.  Only words that are sought in the
text are looked for: those of ``title:`` or ``tag:`` give no passage, what must not be there neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import regex

from archive_viewer import limits
from archive_viewer.model import PICTURE, Passage
from archive_viewer.search.clusters import clusters
from archive_viewer.search.query_tree import ANYWHERE, Phrase, Prefix, Query, Term, wanted
from archive_viewer.search.tokenizer import begins, is_solid, sightings, tokens_from

AROUND = 80
"""Code points before and after: twelve words of English."""

_BORDER = 24
"""Code points within which the end of a passage is moved to the border of a word."""

_BLANK = regex.compile(rf"[\s{PICTURE}]+")


def find(query: Query, text: str, limit: int = limits.PASSAGES_PER_HIT) -> list[Passage]:
    """The first ``limit`` places of ``query`` in ``text``, in the order of the text.

    ``match`` is the text as it stands; in ``before`` and ``after`` line ends and pictures are blanks.
    """
    return [_passage(text, start, end) for start, end in matches(query, text, limit)]


def matches(query: Query, text: str, limit: int = limits.PASSAGES_PER_HIT) -> list[tuple[int, int]]:
    """The same places as ranges of code points; a phrase is one, those that overlap are one."""
    found: list[tuple[int, int]] = []
    for start, end in _places(_Sought(query), text):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif len(found) == limit:
            break
        else:
            found.append((start, end))
    return found


class _Sought:
    """What is looked for in a text, by how it begins."""

    def __init__(self, query: Query) -> None:
        self.terms: set[str] = set()
        self.stems: set[str] = set()
        self.phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
        for words in wanted(query):
            match words:
                case Term(term, field) if field in (ANYWHERE, "text"):
                    self.terms.add(term)
                case Prefix(stem, field) if field in (ANYWHERE, "text"):
                    self.stems.add(stem)
                case Phrase(terms, field) if field in (ANYWHERE, "text"):
                    self.phrases[terms[0]].append(words)


def _places(sought: _Sought, text: str) -> Iterator[tuple[int, int]]:
    """Ranges in the order in which they begin."""
    firsts = sought.terms | sought.phrases.keys()
    if firsts or sought.stems:
        for start, end in sightings(text, firsts, tuple(sought.stems)):
            yield from sorted(set(_walk(sought, text, start, end)))


def _walk(sought: _Sought, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What begins in the word or run ``[start, end)``; a phrase is followed beyond it."""
    begun: defaultdict[int, list[tuple[Phrase, int, int]]] = defaultdict(list)
    last = 0
    for token in tokens_from(text, start):
        if token.start >= end and token.position > last:
            break
        after = token.position + token.width
        for phrase, read, first in begun.get(token.position, ()):
            is_last = read == len(phrase.terms) - 1
            if is_last and phrase.is_open and begins(token.term, phrase.terms[read]):
                yield first, _stem_end(phrase.terms[read], text, token.start, token.end)
            elif token.term != phrase.terms[read]:
                continue
            elif is_last:
                yield first, token.end
            else:
                begun[after].append((phrase, read + 1, first))
                last = max(last, after)
        if token.start >= end:
            continue
        if token.term in sought.terms:
            yield token.start, token.end
        for stem in sought.stems:
            if begins(token.term, stem):
                yield token.start, _stem_end(stem, text, token.start, token.end)
        for phrase in sought.phrases.get(token.term, ()):
            begun[after].append((phrase, 1, token.start))
            last = max(last, after)


def _stem_end(stem: str, text: str, start: int, end: int) -> int:
    """A word that begins with a stem is shown whole; of a pair of characters the one that was sought."""
    return start + len(next(clusters(text[start:end]))) if is_solid(stem) else end


def _passage(text: str, start: int, end: int) -> Passage:
    left, right = _left(text, start), _right(text, end)
    before = _BLANK.sub(" ", text[left:start]).lstrip()
    after = _BLANK.sub(" ", text[end:right]).rstrip()
    return Passage(start, end, before, text[start:end], after)


def _left(text: str, start: int) -> int:
    """Where the words before a match begin: at the border of a word, or at least of a character."""
    left = start - AROUND
    if left <= 0:
        return 0
    blank = _BLANK.search(text, left - 1, min(left + _BORDER, start))
    if blank is not None:
        return blank.start()
    place = max(0, left - _BORDER)
    for cluster in clusters(text[place:start]):
        if place >= left:
            break
        place += len(cluster)
    return place


def _right(text: str, end: int) -> int:
    """Where the words after a match end, likewise."""
    right = end + AROUND
    if right >= len(text):
        return len(text)
    for place in range(right, max(end, right - _BORDER), -1):
        if _BLANK.match(text, place):
            return place
    place = end
    for cluster in clusters(text[end : right + _BORDER]):
        if place + len(cluster) > right:
            break
        place += len(cluster)
    return place
