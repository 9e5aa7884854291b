"""Text → the words by which it is found: a string in, terms with their places out.

The query parser and the concordance read text through this one module, and the index reads the same pieces of it
(``pieces``; a test compares the two), so that what one finds the other can show.  It is our own because the analysers
of search libraries cut Indic words at their vowel signs, lose ``IS-K`` to a list of stop words, and take a Chinese
sentence for one word (see ``folding`` for what counts as equal).

What is a token:

* a run of letters, marks and digits: ``Khalilzad``, ``अनुभा``, ``사용자``, ``9th``;
* a compound, whose parts meet at a hyphen or an apostrophe (``IS-K``, ``Al-Jazeera``, ``Taliban’s``, ``l'homme``),
  gives its parts *and* the joined form (``is``, ``isk``, ``k``);
* a number or date as written (``10,000``, ``2021-11-21``, ``9/11``) gives its parts and the whole;
* initials (``U.S.``, ``e.g.``) are one word, ``us``;
* scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of grapheme
  clusters, and the last cluster of a run alone; so every cluster begins exactly one token, a phrase of pairs finds
  any string, and one character is found by prefix.

There is no list of stop words.  A word longer than ``LONGEST`` code points is cut into pieces, a compound of more
than ``PARTS`` parts into several, so time and memory grow with the text alone, whatever it holds.

Places.  ``position`` counts the words of a text: parts of a compound take one each; the joined form starts where its
first part does and is as ``width`` words wide as it has parts.  The word after a token is therefore at ``position +
width``, and “they cooperate with” is found in “they co-operate with”.  ``start`` and ``end`` count code points of
the text as it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate

from archive_viewer.search.chunks import CAREFUL, INVISIBLE_SIGN, PLAIN, blocks, chunks, stretches
from archive_viewer.search.clusters import clusters, pairs
from archive_viewer.search.compounds import MEMO, positions
from archive_viewer.search.folding import fold
from archive_viewer.search.token import Token

__all__ = ["ANALYSER_VERSION", "Token", "begins", "distinct", "is_solid", "sightings", "terms", "tokens", "tokens_from"]

ANALYSER_VERSION = 3
"""To be raised with every change by which some text gives other tokens: the index is then built anew."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order of their places; a joined form follows its first part."""
    return _tokens(chunks(text, 0, len(text)))


def tokens_from(text: str, start: int) -> Iterator[Token]:
    """The same from ``start`` on, which must be where a token begins; positions count from there.

    For looking at a few words: nothing is done for those that are not asked for.
    """
    return _tokens(
        (careful.start(), careful.group(), careful.lastgroup == "run") for careful in CAREFUL.finditer(text, start)
    )


def _tokens(chunks: Iterable[tuple[int, str, bool]]) -> Iterator[Token]:
    position = 0
    for at, chunk, is_run in chunks:
        if is_run:
            for token in pairs(chunk):
                yield Token(token.term, at + token.start, at + token.end, position)
                position += 1
            continue
        known = MEMO[chunk]
        if isinstance(known, str):
            yield Token(known, at, at + len(chunk), position)
            position += 1
            continue
        for token in known:
            yield Token(token.term, at + token.start, at + token.end, position + token.position, token.width)
        position += positions(known)


def terms(text: str) -> list[str]:
    """The terms of ``text``, in order."""
    return [token.term for token in tokens(text)]


def distinct(text: str) -> set[str]:
    """The different terms of ``text``; each different word is looked at once, so this is many times faster."""
    words: set[str] = set()
    found: set[str] = set()
    for start, end, is_plain in stretches(text, 0, len(text)):
        if is_plain:
            words.update(PLAIN.findall(text, start, end))
            continue
        for careful in CAREFUL.finditer(text, start, end):
            if careful.lastgroup == "run":
                found.update(token.term for token in pairs(careful.group()))
            else:
                words.add(careful.group())
    for word in words:
        known = MEMO[word]
        found.update((known,) if isinstance(known, str) else (token.term for token in known))
    return found


def is_solid(text: str) -> bool:
    """Whether ``text`` begins with a script that is written without spaces."""
    found = CAREFUL.match(text)
    return found is not None and found["run"] is not None


def begins(term: str, stem: str) -> bool:
    """Whether ``stem`` begins ``term``: where scripts have no spaces, with whole grapheme clusters."""
    if not term.startswith(stem):
        return False
    if term == stem or not is_solid(stem):
        return True
    return len(stem) in accumulate(map(len, clusters(term)))


def sightings(
    text: str, terms: Collection[str], stems: tuple[str, ...], is_meant: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Where words, compounds and runs begin and end that hold one of ``terms``, a term that begins as a stem does, or
    one that ``is_meant``.

    Much faster than looking at every token: each different word is looked at once, and a block of text without a
    sought one is not looked at again.
    """
    literals = (*terms, *stems)
    sought: set[str] = set()
    others: set[str] = set()
    for start, end in blocks(text):
        for first, last, is_plain in stretches(text, start, end):
            if is_plain:
                chunks = set(PLAIN.findall(text, first, last))
                new = chunks - others - sought
                sought.update(chunk for chunk in new if _holds(chunk, terms, stems, is_meant))
                others |= new - sought
                if not chunks.isdisjoint(sought):
                    found = PLAIN.finditer(text, first, last)
                    yield from (chunk.span() for chunk in found if chunk.group() in sought)
                continue
            for careful in CAREFUL.finditer(text, first, last):
                if careful.lastgroup == "run":
                    folded = _folded(careful.group())
                    is_sought = any(literal in folded for literal in literals)
                else:
                    is_sought = _holds(careful.group(), terms, stems, is_meant)
                if is_sought:
                    yield careful.span()
        if len(others) > MEMO.most:
            others.clear()


def _folded(run: str) -> str:
    """A run as its tokens have it: an invisible character keeps apart what folding the whole would join."""
    return "".join(map(fold, clusters(run))) if INVISIBLE_SIGN.search(run) else fold(run)


def _holds(chunk: str, terms: Collection[str], stems: tuple[str, ...], is_meant: Callable[[str], bool] | None) -> bool:
    known = MEMO[chunk]
    found = [known] if isinstance(known, str) else [token.term for token in known]
    return any(term in terms or term.startswith(stems) or (is_meant is not None and is_meant(term)) for term in found)
