"""What a query is: a small tree of nodes, for any engine and for the concordance to walk.

Terms are as the tokenizer writes them.  ``query`` makes the tree from what was typed, ``query_text`` writes it down
again; for that a leaf keeps how it was ``typed``, which is no part of what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

ANYWHERE = ""
"""The field of a word that names none: text, title, authors, site, tags, notes, notes of links and address."""

WORD_FIELDS = (
    *("title", "author", "site", "url", "text", "note", "tag", "mark", "link"),
    *("series", "accession", "stripped"),
)
VALUE_FIELDS = ("language", "format", "has", "is")
DATE_FIELDS = ("published", "captured")
SOUNDS = "sounds"
"""Stands before a name like a field, and beside one: it says how a word is sought, not where."""

FIELDS = (*WORD_FIELDS, *VALUE_FIELDS, *DATE_FIELDS)

HAS = ("mark", "note", "tag", "link", "picture", "table", "author", "date", "series")
"""What a page may have: ``has:mark``."""

IS = ("unplaced", "moved", "doubtful", "unarranged", "mended", "damaged", "binned")
"""What a page may be.  The first three are states of a mark on it (``doubtful``: placed by likeness only); ``binned``
is for those that lie in the bin, which no other query finds."""


def _typed() -> str:
    return field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, as the tokenizer writes it; ``is_exact``: in this very form."""

    term: str
    field: str = ANYWHERE
    is_exact: bool = False
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Forms:
    """A word, and ``others``: in pages to which one of Snowball's algorithms applies, these words too.

    Of ``found`` others, those are not given that are too many.  Made by ``forms`` of a ``Term``, never typed.
    """

    term: str
    others: tuple[tuple[str, tuple[str, ...]], ...]
    field: str = ANYWHERE
    found: int = 0
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with ``stem``; where scripts have no spaces, every place of that one character."""

    stem: str
    field: str = ANYWHERE
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every word of this form: ``*`` stands for any characters or none, ``?`` for one; the first is a letter."""

    pattern: str
    field: str = ANYWHERE
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word that becomes ``term`` when at most ``distance`` characters are added, left out or changed, or two
    neighbours exchanged."""

    term: str
    distance: int
    field: str = ANYWHERE
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; ``is_open``: of the last only the beginning is given."""

    terms: tuple[str, ...]
    field: str = ANYWHERE
    is_open: bool = False
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Sounds:
    """A name in any spelling and script; ``plain`` is the same as it is spelled, ``words`` what it consists of."""

    words: tuple[str, ...]
    plain: Query
    field: str = ANYWHERE
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a page has, whole: of ``VALUE_FIELDS``."""

    value: str
    field: str
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Range:
    """Days from ``first`` to ``last``, both included, as ``dates`` numbers them."""

    field: str
    first: int
    last: int
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Near:
    """Each part, in either order, at most so many words from the one before it; neighbours are 1 apart.

    A part is a word or phrase, or an ``Or`` of such; all are sought in one field.
    """

    parts: tuple[Query, ...]
    distances: tuple[int, ...]

    @property
    def field(self) -> str:
        return next(wanted(self)).field


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts; with ``typed``, they are readings of one word (``IS-K``: *is k*, *isk*)."""

    parts: tuple[Query, ...]
    typed: str = _typed()


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


Words: TypeAlias = Term | Forms | Prefix | Pattern | Fuzzy | Phrase | Sounds
Query: TypeAlias = Words | Value | Range | Near | And | Or | Not
Open: TypeAlias = Prefix | Pattern | Fuzzy
"""What stands for words that only the index knows."""


def wanted(query: Query) -> Iterator[Words]:
    """The words and phrases of which a match may be shown: all but those that must not be there."""
    match query:
        case Term() | Forms() | Prefix() | Pattern() | Fuzzy() | Phrase() | Sounds():
            yield query
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from wanted(part)


def in_other_words(query: Query, change: Callable[[Words], Query]) -> Query:
    """``query`` with each word that is sought in place of what ``change`` makes of it; what must not be there stays."""
    match query:
        case And(parts):
            return And(tuple(in_other_words(part, change) for part in parts))
        case Or(parts, typed):
            return Or(tuple(in_other_words(part, change) for part in parts), typed)
        case Near(parts, distances):
            return Near(tuple(in_other_words(part, change) for part in parts), distances)
        case Sounds(plain=plain):
            return replace(query, plain=in_other_words(plain, change))
        case Term() | Forms() | Prefix() | Pattern() | Fuzzy() | Phrase():
            return change(query)
    return query


def open_words(query: Query) -> Iterator[Open]:
    """Every part that stands for words of the index, unwanted ones too; of a phrase its open end."""
    match query:
        case Prefix() | Pattern() | Fuzzy():
            yield query
        case Phrase((*_, stem), own, True):
            yield Prefix(stem, own)
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from open_words(part)
        case Not(part) | Sounds(plain=part):
            yield from open_words(part)


def asks_for(query: Query, value: Value) -> bool:
    """Whether a query asks for pages that have a value, and not only for those that have it not."""
    match query:
        case Value():
            return query == value
        case And(parts) | Or(parts):
            return any(asks_for(part, value) for part in parts)
    return False
