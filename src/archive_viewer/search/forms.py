"""A query as it was typed → the same with the other forms of its words: *ferry*, and *ferries* in pages in English.

Which forms there are only the index knows (``stems``), so this is done with the index, and what comes out is what both
the index and the concordance walk: what one finds the other shows.

A plain word has forms, also where it is sought as a name; one in quotation marks, behind ``=``, or with ``*``, ``?`` or
``~`` stands for itself, and so do the words of names and addresses (``author:``, ``url:``, ``tag:`` …), and what must
not be there: nobody sees which pages a query left out, so it leaves out those only that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from archive_viewer import limits
from archive_viewer.search import languages
from archive_viewer.search.chunks import APOSTROPHES, HYPHENS
from archive_viewer.search.query_tree import (
    ANYWHERE,
    And,
    Forms,
    Near,
    Or,
    Query,
    Sounds,
    Term,
    Value,
    Words,
    in_other_words,
)
from archive_viewer.search.stems import Stems
from archive_viewer.search.tokenizer import is_solid, tokens

_NO_JOINTS = str.maketrans("", "", HYPHENS + APOSTROPHES)

FIELDS = (ANYWHERE, "text", "title", "note", "mark", "link", "stripped")
"""Where words are words of a language.  In ``ANYWHERE`` there are names, too: a word is sought in all of it or not."""


class Known(Protocol):
    """What an index, or a part of one, knows of stems: see ``stems.StemFile``."""

    def algorithms(self) -> list[str]: ...

    def terms(self, algorithm: str, stem: str) -> list[str]: ...


def widened(query: Query, files: Sequence[Known]) -> Query:
    """``query`` with the forms that are known to the parts of an index; itself where there are none."""
    words = list(_plain(query))
    if not words:
        return query
    asked = _languages(query)
    known = {name for file in files for name in file.algorithms()}
    makers = {name: Stems(name) for name in sorted(known if asked is None else known & asked)}
    most = min(limits.QUERY_FORMS, max(1, limits.QUERY_FORMS_IN_ALL // (len(words) * max(1, len(makers)))))
    made = {word: _forms(word, makers, files, most) for word in words}
    # Equal words may have been typed differently.
    return in_other_words(query, lambda words: made.get(words, words) if isinstance(words, Term) else words)


def in_language(query: Query, language: str) -> Query:
    """``query`` as it is meant in a page in a language (BCP 47): forms are words there like any other."""
    algorithm = languages.algorithm(language)

    def as_words(words: Words) -> Query:
        if not isinstance(words, Forms):
            return words
        terms = (words.term, *dict(words.others).get(algorithm, ()))
        own = tuple(Term(one, words.field, typed=words.typed) for one in terms)
        return Or(own) if len(own) > 1 else own[0]

    return in_other_words(query, as_words)


def has_forms(query: Query) -> bool:
    """Whether other forms of a word are sought."""
    match query:
        case Forms():
            return True
        case And(parts) | Or(parts) | Near(parts):
            return any(map(has_forms, parts))
        case Sounds(plain=plain):
            return has_forms(plain)
    return False


def many(query: Query) -> Iterator[Forms]:
    """The words with more forms than are looked for."""
    match query:
        case Forms(others=others) if sum(len(terms) for _, terms in others) < query.found:
            yield query
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from many(part)
        case Sounds(plain=plain):
            yield from many(plain)


def _plain(query: Query) -> Iterator[Term]:
    match query:
        case Term(term, field, False) if field in FIELDS and not term[0].isdecimal() and not is_solid(term):
            yield query
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from _plain(part)
        case Sounds(plain=plain):
            yield from _plain(plain)


def _languages(query: Query) -> set[str] | None:
    """The algorithms of the only language in which a query asks for pages; None where it asks for all."""
    match query:
        case Value(value, "language"):
            return {languages.algorithm(value)}
        case And(parts):
            return next((found for part in parts if (found := _languages(part)) is not None), None)
    return None


def _forms(word: Term, makers: dict[str, Stems], files: Iterable[Known], most: int) -> Term | Forms:
    written = _as_written(word)
    others: list[tuple[str, tuple[str, ...]]] = []
    count = 0
    for name, stems in makers.items():
        sought = stems.of(written, word.term)
        found = {term for file in files for stem in sought for term in file.terms(name, stem)} - {word.term}
        count += len(found)
        if found:
            # The shortest: a form that is used much is seldom long.
            others.append((name, tuple(sorted(found, key=lambda term: (len(term), term))[:most])))
    return Forms(word.term, tuple(others), word.field, count, word.typed) if others else word


def _as_written(word: Term) -> str:
    """A word as it was typed, with its accents; of a compound the joined form."""
    for token in tokens(word.typed):
        if token.term == word.term:
            return word.typed[token.start : token.end].translate(_NO_JOINTS)
    return word.term
