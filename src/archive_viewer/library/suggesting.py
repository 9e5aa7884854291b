"""“Did you mean”: a query in, another that the index answers better out.

Separate from completing, which offers what may be typed next and searches nothing: this looks at what was asked
already, and tries what it proposes.
"""

from __future__ import annotations

from archive_viewer.errors import IndexUnavailable
from archive_viewer.library.sources import FindingSources
from archive_viewer.search.query import parse
from archive_viewer.search.suggesting import suggestion

ENOUGH_ANSWERS = 1_000
"""Answers that are counted: by more of them no query is preferred."""


class Suggesting(FindingSources):
    """The part of a library that knows its own words."""

    def suggestion(self, query: str) -> str | None:
        """The query that may be meant, when a word of this one is in no page, or in few while a like one is in many.

        It was tried, and more pages answer it.  None while there is no index: titles alone say nothing of words.

        :raises BadQuery: the query cannot be understood.
        """
        parse(query)
        try:
            return suggestion(query, self._reading_index(), self._count_answers)
        except IndexUnavailable:
            self._forget_index()
            return None

    def _count_answers(self, query: str) -> int:
        return len(self._matches(query, parse(query), ENOUGH_ANSWERS))
