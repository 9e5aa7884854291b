"""Words of a query that stand for words of the index: how many each may stand for, and what is said when they are more.

Separate because it is the same for every engine: what one leaves out another leaves out too, and both say so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from archive_viewer import limits
from archive_viewer.search import forms
from archive_viewer.search.query_tree import ANYWHERE, Fuzzy, Open, Pattern, Prefix, Query, open_words


class Expansion(NamedTuple):
    """The terms that a word of a query stands for, those in most pages first, and how many there are in all."""

    terms: tuple[str, ...]
    found: int


def fields_of(field: str) -> tuple[str, ...]:
    """The fields of the index that hold what is sought in ``field``."""
    return ("text", "about") if field == ANYWHERE else (field,)


def words_of_each(query: Query) -> int:
    """How many words each open part of ``query`` may stand for."""
    count = sum(1 for _ in open_words(query))
    return min(limits.QUERY_EXPANSION, limits.QUERY_EXPANSION_IN_ALL // max(1, count))


def remarks(query: Query, widened: Query, count: Callable[[str, Open], int]) -> list[str]:
    """What the answer to ``query`` leaves out, as sentences.

    ``count`` says how many words of a field an open part stands for.
    """
    most = words_of_each(query)
    found: dict[Open, int] = {}
    for words in open_words(query):
        for own in fields_of(words.field):
            found[words] = max(found.get(words, 0), count(own, words))
    return [
        f"{number:,} words {_meaning(words)}; the {most:,} that stand in most pages were looked for."
        for words, number in found.items()
        if number > most
    ] + [
        f"“{words.term}” has {words.found:,} other forms; the shortest were looked for."
        for words in forms.many(widened)
    ]


def _meaning(words: Open) -> str:
    match words:
        case Prefix(stem):
            return f"begin with “{stem}”"
        case Pattern(pattern):
            return f"are of the form “{pattern}”"
        case Fuzzy(term):
            return f"are like “{term}”"
