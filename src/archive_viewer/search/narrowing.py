"""The filters in the text of a query: which there are, and the same text with one more or one less.

A query's text in, another out.  Separate from the parser, because what a person has typed is to stay as it was written;
what is added is proved by the parser, though: it must mean what was meant before, and this filter too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_viewer.errors import BadQuery
from archive_viewer.search.query import parse
from archive_viewer.search.query_text import written
from archive_viewer.search.query_tree import And, Query
from archive_viewer.search.tokenizer import terms

_FILTER = re.compile(r'(?<!\S)(?P<minus>-?)(?P<field>[a-z]+):(?P<value>"[^"]*"|[^\s"]+)(?!\S)')


@dataclass(frozen=True)
class Filter:
    """A field and what it must hold, or must not (``is_excluded``), as it stands in a query's text."""

    field: str
    value: str
    is_excluded: bool

    def is_about(self, field: str, value: str) -> bool:
        """Whether the same words are sought in the same field."""
        return self.field == field and terms(self.value) == terms(value)


def filters(text: str) -> list[Filter]:
    """The filters of a query's text, in order; those within brackets are not seen."""
    return [one for one, _ in _filters(text)]


def with_filter(text: str, term: str) -> str:
    """``text`` and a filter (``site:bbc.co.uk``, ``-tag:"two words"``): what is found by both."""
    before = text.strip()
    if not before:
        return term
    wanted = _both(before, term)
    if wanted is None:
        return f"{before} {term}"
    for attempt in (
        f"{before} {term}",
        f'{before}" {term}',
        f"{before}) {term}",
        f"({before}) {term}",
        f'({before}") {term}',
    ):
        if _parsed(attempt) == wanted:
            return attempt
    return written(wanted)


def without_filter(text: str, field: str, value: str) -> str:
    """``text`` without the filters, wanted or not, that are about a value."""
    for one, span in reversed(list(_filters(text))):
        if one.is_about(field, value):
            text = f"{text[: span[0]].rstrip()} {text[span[1] :].lstrip()}".strip()
    return text


def _filters(text: str) -> Iterator[tuple[Filter, tuple[int, int]]]:
    for found in _FILTER.finditer(text):
        yield Filter(found["field"], found["value"].strip('"'), bool(found["minus"])), found.span()


def _both(text: str, term: str) -> Query | None:
    """What is meant by the text and the term; None where the text means nothing yet."""
    one, other = _parsed(text), _parsed(term)
    if one is None or other is None:
        return None
    return And((*(one.parts if isinstance(one, And) else (one,)), other))


def _parsed(text: str) -> Query | None:
    try:
        return parse(text)
    except BadQuery:
        return None
