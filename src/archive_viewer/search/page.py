"""Whether one page answers a query: a ``Document`` and a tree in, yes or no out.

It says what the index says, of the same words in the same places.  For engines that can tell where an answer may be
but not that it is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from archive_viewer import limits
from archive_viewer.search import spelling
from archive_viewer.search.dates import day_number
from archive_viewer.search.expansion import fields_of
from archive_viewer.search.forms import in_language
from archive_viewer.search.nearness import Span, near
from archive_viewer.search.query_tree import (
    And,
    Forms,
    Fuzzy,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Sounds,
    Term,
    Value,
    Words,
)
from archive_viewer.search.schema import Document, values, words
from archive_viewer.search.tokenizer import begins, tokens

Placed = tuple[str, int, int]
"""A term, the position of its first word, and how many words wide it is."""


def placed(parts: Sequence[tuple[str, float]]) -> Iterator[Placed]:
    """The terms of a field in their places; its texts stand so far apart that nothing in two of them is near."""
    start = 0
    for text, _ in parts:
        count = 0
        for token in tokens(text):
            yield token.term, start + token.position, token.width
            count = max(count, token.position + token.width)
        start += count + limits.QUERY_NEAR


class Page:
    """A page's words are looked at field by field, when one is first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts = words(document)
        self._values = values(document)
        self._dates = {
            "published": day_number(document.published),
            "captured": day_number(document.captured_at),
        }
        self._fields: dict[str, dict[str, list[Span]]] = {}

    def answers(self, query: Query) -> bool:
        """``query``: as ``Engine.widened`` gives it; a name counts as it is spelled."""
        return self._holds(in_language(query, self._document.language))

    def _holds(self, query: Query) -> bool:
        match query:
            case And(parts):
                return all(self._holds(part) for part in parts)
            case Or(parts):
                return any(self._holds(part) for part in parts)
            case Not(part):
                return not self.answers(part)
            case Value(value, field):
                return value in self._values[field]
            case Range(field, first, last):
                return first <= self._dates[field] <= last
            case Near(parts, distances):
                return any(
                    near([self._spans(part, field) for part in parts], distances) for field in fields_of(query.field)
                )
        return any(self._spans(query, field) for field in fields_of(query.field))

    def _spans(self, words: Query, field: str) -> set[Span]:
        """Where ``words`` stand in a field: the position of the first word, and of the one after the last."""
        match words:
            case Or(parts):
                return {span for part in parts for span in self._spans(part, field)}
            case Sounds(plain=plain):
                return self._spans(plain, field)
            case Phrase(terms, own, is_open):
                forms: list[Words] = [Term(term, own) for term in terms]
                if is_open:
                    forms[-1] = Prefix(terms[-1], own)
                first, *others = (self._spans(form, field) for form in forms)
                for following in others:
                    begun = defaultdict(set)
                    for start, end in first:
                        begun[end].add(start)
                    first = {(start, end) for after, end in following for start in begun.get(after, ())}
                return first
            case Term(term) | Forms(term):
                return set(self._places(field).get(term, ()))
            case Prefix(stem):
                return self._any(field, [term for term in self._places(field) if begins(term, stem)])
            case Pattern() | Fuzzy():
                is_meant = spelling.test(words)
                return self._any(field, [term for term in self._places(field) if is_meant(term)])
        raise ValueError(f"{type(words).__name__} has no place in a text.")

    def _any(self, field: str, terms: Sequence[str]) -> set[Span]:
        places = self._places(field)
        return {span for term in terms for span in places[term]}

    def _places(self, field: str) -> dict[str, list[Span]]:
        if field not in self._fields:
            found: defaultdict[str, list[Span]] = defaultdict(list)
            for term, position, width in placed(self._texts[field]):
                found[term].append((position, position + width))
            self._fields[field] = dict(found)
        return self._fields[field]
