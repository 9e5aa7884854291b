"""Completing a query while it is typed: its text and the cursor in, what may stand there out.

Fields by their names, and the values that the library holds in them.  Separate from finding, because nothing is
searched here: the values are the library's own, and are there while the index is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer.library.finding import Finding
from archive_viewer.library.values import Completion
from archive_viewer.search.completion import Part, part_at, quoted
from archive_viewer.search.query_tree import FIELDS, HAS, IS, SOUNDS
from archive_viewer.storage import searched_values
from archive_viewer.text import fold

OFFERED = 20
"""More than this nobody reads: another letter is typed."""


class Completing(Finding):
    """The part of a library that helps with typing a query."""

    def completions(self, text: str, cursor: int) -> list[Completion]:
        """What may stand at the cursor (code points of ``text`` before it), the likeliest first.

        Where no field is named, the names of fields that begin with what is typed; behind a field, its values that
        begin with it, then those of which another word does.
        """
        part = part_at(text, cursor)
        return list(self._values(part) if part.field else _fields(part))[:OFFERED]

    def _values(self, part: Part) -> Iterator[Completion]:
        if part.field in ("has", "is"):
            known = [(name, 0) for name in (HAS if part.field == "has" else IS)]
        else:
            with self._database.reading() as connection:
                known = searched_values.counted(connection, part.field)
        typed = fold(part.typed)
        for begins in (True, False):
            for value, count in known:
                folded = fold(value)
                if folded.startswith(typed) if begins else _has_word(folded, typed) and not folded.startswith(typed):
                    yield Completion(quoted(value), value, part.start, part.end, count)


def _fields(part: Part) -> Iterator[Completion]:
    typed = part.typed.lower()
    for field in (*FIELDS, SOUNDS):
        if field.startswith(typed):
            yield Completion(f"{field}:", field, part.start, part.end)


def _has_word(folded: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in folded.split())
