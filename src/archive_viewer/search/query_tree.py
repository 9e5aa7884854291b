"""What a query is: a tree of seven kinds of nodes, for any engine and for the concordance to walk.

Terms are as the tokenizer writes them.  ``query`` makes the tree from what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

ANYWHERE = ""
"""The field of a word that names none: text, title, authors, site, tags, notes and address."""

WORD_FIELDS = ("title", "author", "site", "url", "text", "tag", "note")
VALUE_FIELDS = ("language", "format")
DATE_FIELDS = ("published", "captured")
FIELDS = (*WORD_FIELDS, *VALUE_FIELDS, *DATE_FIELDS)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, as the tokenizer writes it."""

    term: str
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with ``stem``; where scripts have no spaces, every place of that one character."""

    stem: str
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; ``is_open``: of the last only the beginning is given."""

    terms: tuple[str, ...]
    field: str = ANYWHERE
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Days from ``first`` to ``last``, both included, as ``dates`` numbers them."""

    field: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


Query: TypeAlias = Term | Prefix | Phrase | Range | And | Or | Not
Words: TypeAlias = Term | Prefix | Phrase


def wanted(query: Query) -> Iterator[Words]:
    """The words and phrases of which a match may be shown: all but those that must not be there."""
    match query:
        case Term() | Prefix() | Phrase():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)


def stems(query: Query) -> Iterator[tuple[str, str]]:
    """Field and stem of every word of which only the beginning is given, of unwanted ones too."""
    match query:
        case Prefix(stem, field) | Phrase((*_, stem), field, True):
            yield field, stem
        case And(parts) | Or(parts):
            for part in parts:
                yield from stems(part)
        case Not(part):
            yield from stems(part)
