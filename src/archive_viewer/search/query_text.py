"""A query tree → the text that means it: for what is saved, shown and changed by the program.

``query.parse`` makes the same tree of it again.  Separate from the parser, because a tree may be put together by a
program, and because writing needs to know nothing of positions and faults.
"""

from __future__ import annotations

from archive_viewer.search.query_tree import (
    SOUNDS,
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
    wanted,
)


def written(query: Query) -> str:
    """The text of a query; a leaf stands as it was typed."""
    match query:
        case Or(parts, typed) if not typed:
            return " OR ".join(map(written, parts))
        case And(parts):
            return " ".join(map(_kept_together, parts))
        case Near(parts, distances):
            rest = zip(distances, map(_kept_together, parts[1:]), strict=True)
            return " ".join([_kept_together(parts[0]), *(f"NEAR/{distance} {part}" for distance, part in rest)])
        case Not(Near() as part):
            return f"NOT ({written(part)})"
        case Not(part):
            return f"NOT {_kept_together(part)}"
        case Or(typed=typed):
            return _in_field(next(wanted(query)).field, typed)
        case Sounds(words, _, field, typed):
            return _in_field(field, _in_field(SOUNDS, typed or f'"{" ".join(words)}"'))
    return _in_field(query.field, query.typed or _leaf(query))


def _kept_together(query: Query) -> str:
    is_open = isinstance(query, And) or (isinstance(query, Or) and not query.typed)
    return f"({written(query)})" if is_open else written(query)


def _in_field(field: str, text: str) -> str:
    return f"{field}:{text}" if field else text


def _leaf(query: Query) -> str:
    """A leaf that nobody typed."""
    match query:
        case Forms(term):
            return term
        case Term(term, _, is_exact):
            return f"={term}" if is_exact else term
        case Prefix(stem):
            return f"{stem}*"
        case Pattern(pattern):
            return pattern
        case Fuzzy(term, distance):
            return f"{term}~{distance}"
        case Phrase(terms, _, is_open):
            return f'"{" ".join(terms)}{"*" if is_open else ""}"'
        case Value(value):
            return f'"{value}"' if " " in value else value
        case Range(_, first, last):
            return f"{_day(first)}..{_day(last)}"
    raise ValueError(f"{type(query).__name__} is no leaf.")


def _day(number: int) -> str:
    """A day of ``dates``, as far as it is told."""
    parts = f"{number:08}"
    year, month, day = parts[:4], parts[4:6], parts[6:]
    if number in (1, 99_999_999):
        return ""
    if month in ("00", "99"):
        return year
    return f"{year}-{month}" if day in ("00", "99") else f"{year}-{month}-{day}"
