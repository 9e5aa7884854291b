"""Every place of an answer, with the words around it: a query and the text of a page in, passages out.

The concordance that a search shows, and what find-in-page marks.  It reads the text through the index's own tokenizer
and walks the index's own query, so it finds in a page what the index found there.  Only words that are sought in the
text are looked for: those of ``title:`` or ``tag:`` give no passage, what must not be there neither.  Words that must
be near each other are one passage, from the first to the last of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import merge

import regex

from archive_viewer import limits
from archive_viewer.model import PICTURE, Passage
from archive_viewer.search import spelling
from archive_viewer.search.clusters import clusters
from archive_viewer.search.forms import in_language
from archive_viewer.search.nearness import Span, near
from archive_viewer.search.query_tree import (
    ANYWHERE,
    And,
    Fuzzy,
    Near,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Sounds,
    Term,
    Words,
    wanted,
)
from archive_viewer.search.token import Token
from archive_viewer.search.tokenizer import begins, is_solid, sightings, tokens, tokens_from

AROUND = 80
"""Code points before and after: twelve words of English."""

_BORDER = 24
"""Code points within which the end of a passage is moved to the border of a word."""

_BLANK = regex.compile(rf"[\s{PICTURE}]+")


TEXT = (ANYWHERE, "text")
"""The fields of what is sought in the text of a page."""


def find(
    query: Query,
    text: str,
    limit: int = limits.PASSAGES_PER_HIT,
    language: str = "",
    fields: Collection[str] = TEXT,
) -> list[Passage]:
    """The first ``limit`` places of ``query`` in ``text``, in the order of the text.

    Of ``Index.widened`` the query has the other forms of its words; in a text without a language they are not meant.
    ``match`` is the text as it stands; in ``before`` and ``after`` line ends and pictures are blanks.  ``fields``: of
    another text, such as a note, the fields by which it is sought.
    """
    return [around(text, start, end) for start, end in matches(query, text, limit, language, fields)]


def matches(
    query: Query,
    text: str,
    limit: int = limits.PASSAGES_PER_HIT,
    language: str = "",
    fields: Collection[str] = TEXT,
) -> list[tuple[int, int]]:
    """The same places as ranges of code points; a phrase is one, those that overlap are one."""
    found: list[tuple[int, int]] = []
    apart, together = _parted(in_language(query, language), fields)
    for start, end in merge(_places(_Sought(apart), text), *(_ranges(one, text) for one in together)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif len(found) == limit:
            break
        else:
            found.append((start, end))
    return found


class _Sought:
    """What is looked for in a text, by how it begins."""

    def __init__(self, sought: list[Words]) -> None:
        self.terms: set[str] = set()
        self.stems: set[str] = set()
        self.phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
        self.tests: list[Callable[[str], bool]] = []
        for words in sought:
            match words:
                case Term(term):
                    self.terms.add(term)
                case Prefix(stem):
                    self.stems.add(stem)
                case Pattern() | Fuzzy():
                    self.tests.append(spelling.test(words))
                case Phrase(terms):
                    self.phrases[terms[0]].append(words)

    def is_meant(self, term: str) -> bool:
        return any(test(term) for test in self.tests)


def _parted(query: Query, fields: Collection[str]) -> tuple[list[Words], list[Near | Sounds]]:
    """The words that are shown wherever they stand, and those that are shown together; both as sought in the text."""
    match query:
        case Near() | Sounds():
            return [], [query] if query.field in fields else []
        case And(parts) | Or(parts):
            found = [_parted(part, fields) for part in parts]
            return [words for apart, _ in found for words in apart], [one for _, whole in found for one in whole]
    return [words for words in wanted(query) if words.field in fields], []


def _ranges(query: Near | Sounds, text: str) -> Iterator[tuple[int, int]]:
    """Ranges in which all the parts of a ``Near``, or of a name, stand, in order."""
    found = list(tokens(text))
    begins_at = {token.position: token.start for token in reversed(found)}
    ends_at = {token.position + token.width: token.end for token in found}
    if isinstance(query, Near):
        places: Iterable[Span] = near([_spans(part, found) for part in query.parts], query.distances)
    else:
        places = _spans(query, found)
    yield from sorted((begins_at[start], ends_at[end]) for start, end in places)


def _spans(words: Query, found: list[Token]) -> set[Span]:
    """Where words or phrases stand among the tokens of a text: position of the first word, and of the one after."""
    match words:
        case Or(parts):
            return {span for part in parts for span in _spans(part, found)}
        case Sounds(plain=plain):
            # NumPy takes a tenth of a second to load, and most queries do without.
            from archive_viewer.search import name_places

            return _spans(plain, found) | name_places.spans(words, found)
        case Phrase(terms, _, is_open):
            forms: list[Words] = [Term(term) for term in terms]
            if is_open:
                forms[-1] = Prefix(terms[-1])
        case Term() | Prefix() | Pattern() | Fuzzy():
            forms = [words]
        case _:
            raise ValueError(f"{type(words).__name__} has no place in a text.")
    spans = None
    for form in forms:
        is_meant = _test(form)
        own = [(one.position, one.position + one.width) for one in found if is_meant(one.term)]
        begun = {end: start for start, end in spans} if spans is not None else None
        spans = {
            (start if begun is None else begun[start], end) for start, end in own if begun is None or start in begun
        }
    return spans or set()


def _test(words: Words) -> Callable[[str], bool]:
    match words:
        case Prefix(stem):
            return lambda term: begins(term, stem)
        case Pattern() | Fuzzy():
            return spelling.test(words)
        case Term(term):
            return term.__eq__
    raise ValueError("A phrase is tested word by word.")


def _places(sought: _Sought, text: str) -> Iterator[tuple[int, int]]:
    """Ranges in the order in which they begin."""
    firsts = sought.terms | sought.phrases.keys()
    if firsts or sought.stems or sought.tests:
        is_meant = sought.is_meant if sought.tests else None
        for start, end in sightings(text, firsts, tuple(sought.stems), is_meant):
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
        if token.term in sought.terms or sought.is_meant(token.term):
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


def around(text: str, start: int, end: int) -> Passage:
    """A range of ``text`` with the words around it."""
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
