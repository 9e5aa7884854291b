"""What is asked: the words as they were typed, and the switches beside them, as one query; and taken apart again.

The switches are parts of the query and no state beside it, so that what is saved, remembered and sent to another
process says all by itself, and means the same tomorrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive_viewer.search.any_spelling import in_any_spelling, is_balanced, taken_apart
from archive_viewer.search.within import PLACES

_IN = re.compile(r"in:([a-z]+(?:,[a-z]+)*)\((.*)\)", re.S)


@dataclass(frozen=True)
class Asked:
    """``typed``: the words; ``places``: where they are sought (``within.PLACES``; none: wherever a word is sought that
    names no field); ``is_any_spelling``: all plain words are names."""

    typed: str
    places: tuple[str, ...] = ()
    is_any_spelling: bool = False

    @classmethod
    def of(cls, query: str) -> Asked:
        """A query taken apart; ``Asked.of(one.query) == one`` for all that can be asked."""
        found = _IN.fullmatch(query.strip())
        places: tuple[str, ...] = ()
        if found is not None and is_balanced(found[2]) and set(named := found[1].split(",")) <= set(PLACES):
            places, query = tuple(named), found[2]
        typed, is_any_spelling = taken_apart(query)
        return cls(typed, places, is_any_spelling)

    @property
    def query(self) -> str:
        """The query that is meant; empty where nothing is typed."""
        if not self.typed:
            return ""
        names = in_any_spelling(self.typed) if self.is_any_spelling else self.typed
        return f"in:{','.join(self.places)}({names})" if self.places else names

    def place_in_typed(self, position: int) -> int:
        """Where in ``typed`` a place of ``query`` is, both in code points; at its nearest end, if it is outside."""
        before = len(self.query) - len(self.typed) - self.is_any_spelling - bool(self.places)
        return min(max(position - before, 0), len(self.typed))
