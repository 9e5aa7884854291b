"""A query and the fields that are meant by whoever names none → the same query, sought in those fields only.

Text, titles, notes, quotes, tags and notes of links are one list as long as all of them are searched: one word is then
weighed over all of them together.  Where some are left out, a word that names no field becomes that word in one field
or another; what names its field stays as it is.  Separate from the parser, which only knows what was typed, and from
the ranking, which needs to know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive_viewer.search.query_tree import ANYWHERE, WORD_FIELDS, And, Near, Not, Or, Query, Range, Sounds, Value

ANY = "any"
"""Stands for all that a word means which names no field; beside it ``mark`` or ``stripped`` add to that."""

PLACES = (ANY, *WORD_FIELDS)
"""What may be named as a place to search."""


def within(query: Query, places: Iterable[str]) -> Query:
    """``query`` with every part that names no field sought in one of ``places`` (of ``PLACES``); none: as it is.

    What must not be there must not be in any of them.
    """
    fields = tuple(dict.fromkeys(ANYWHERE if place == ANY else place for place in places))
    return _within(query, fields) if fields and fields != (ANYWHERE,) else query


def _within(query: Query, fields: tuple[str, ...]) -> Query:
    match query:
        case And(parts):
            return And(tuple(_within(part, fields) for part in parts))
        case Not(part):
            return Not(_within(part, fields))
        case Or(parts, "") if parts:
            return _one_of([_within(part, fields) for part in parts])
        case Value() | Range():
            return query
    return _one_of([_placed(query, field) for field in fields]) if _names_no_field(query) else query


def _names_no_field(query: Query) -> bool:
    match query:
        case Or(parts):
            return all(map(_names_no_field, parts))
        case And() | Not():
            return False
    return query.field == ANYWHERE


def _placed(query: Query, field: str) -> Query:
    match query:
        case Or(parts, typed):
            return Or(tuple(_placed(part, field) for part in parts), typed)
        case Near(parts, distances):
            return Near(tuple(_placed(part, field) for part in parts), distances)
        case Sounds(words, plain, _, typed):
            return Sounds(words, _placed(plain, field), field, typed)
        case And() | Not():
            return query
    return replace(query, field=field)


def _one_of(parts: list[Query]) -> Query:
    flat: list[Query] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) and not part.typed else (part,)
    return flat[0] if len(flat) == 1 else Or(tuple(flat))
