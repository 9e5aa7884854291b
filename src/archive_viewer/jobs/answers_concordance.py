"""The searcher's answers about a concordance, which stays with it: gathered, shown part by part, copied, written.

The window holds no more of it than the screen shows.  Every answer is a generator that goes on a little at a time, so
that a query typed meanwhile is answered first, and a newer question of the same kind takes the place of an older one.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from archive_viewer import limits
from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library, Scope
from archive_viewer.model import ConcordanceLine
from archive_viewer.search.concordance import SORTS, Concordance, Sort

FIRST_SHOWN = 200
GROWTH = 4
"""What is gathered is put in order and shown when there are so many lines, and again at so many times as many."""

SECONDS_BETWEEN = 0.1
"""How often it is said how far something is."""

MOST_LINES = 1_000
"""Lines of one answer: the screen shows fifty."""

VERSIONS = 1 << 30
"""Qt's signals carry numbers of 31 bits."""

LINES_WRITTEN = 200
"""Lines that are written at a time."""

Answer = Iterator[dict[str, Any] | None]
"""Messages, and None where there is nothing to say but something else may have its turn."""


class ConcordanceAnswers:
    """One concordance at a time: that which was asked for last."""

    def __init__(self) -> None:
        self._held: Concordance | None = None
        self._of: tuple[str, Scope] | None = None
        self._portions: Iterator[Concordance] | None = None
        self._shown_at = FIRST_SHOWN
        self._version = secrets.randbelow(VERSIONS)
        """Each order has another number; a process that takes the place of this one has others."""

    def gather(self, library: Library, question: dict[str, Any]) -> Answer:
        """Gather it, filter it, put it in order.

        ``query``, ``scope`` (kind and value), ``sort``, ``filter``; without ``is_fresh`` what is held already is only
        put in order again.
        """
        query, scope = str(question["query"]), Scope(*question.get("scope", ("all", "")))
        asked = question.get("sort")
        sort: Sort = asked if asked in SORTS else "page"
        filter = str(question.get("filter", ""))
        if self._portions is None or question.get("is_fresh") or self._of != (query, scope):
            self._held = self._of = None
            self._version += 1
            self._shown_at = FIRST_SHOWN
            self._portions, self._of = library.concordance_in_portions(query, scope=scope), (query, scope)
        yield from self._gather(self._portions, sort, filter)
        assert self._held is not None
        yield from self._arrange(self._held, sort, filter)
        notes = [library.index_state().sentence, *library.remarks(query)]
        yield {**self._state(self._held, "done"), "note": "  ".join(note for note in notes if note)}

    def _gather(self, portions: Iterator[Concordance], sort: Sort, filter: str) -> Answer:
        """Gather what is not gathered yet: in another order asked for meanwhile it goes on where it was."""
        said_at = 0.0
        try:
            for held in portions:
                self._held = held
                yield None
                if held.gathered >= self._shown_at:
                    yield from self._arrange(held, sort, filter)
                    self._shown_at = held.gathered * GROWTH
                if time.monotonic() - said_at > SECONDS_BETWEEN:
                    said_at = time.monotonic()
                    yield self._state(held, "gathering")
        except ArchiveViewerError:
            self._portions = None
            raise

    def lines(self, library: Library, question: dict[str, Any]) -> Answer:
        """The lines in some places of the order: ``version``, ``first``, ``count``."""
        first = int(question["first"])
        count, lines = self._chosen(question, [(first, first + min(int(question["count"]), MOST_LINES))])
        yield {"first": first, "count": count, "lines": list(map(_values, lines)), **self._fate(question)}

    def text(self, library: Library, question: dict[str, Any]) -> Answer:
        """Lines as text with their sources: ``version``, ``ranges``; no more than are copied at once."""
        count, lines = self._chosen(question, question["ranges"])
        copied = list(islice(lines, limits.CONCORDANCE_COPIED))
        said = {"text": library.concordance_text(copied), "count": len(copied), "chosen": count}
        yield {**said, **self._fate(question)}

    def save(self, library: Library, question: dict[str, Any]) -> Answer:
        """Write lines into a file: ``version``, ``ranges``, ``path``; without a path what was being written is left.

        Left in the midst, it leaves nothing behind.
        """
        if not question.get("path"):
            return
        count, lines = self._chosen(question, question["ranges"])
        if (fate := self._fate(question))["is_lost"]:
            yield fate
            return
        said_at = 0.0
        for written in library.export_concordance(Path(str(question["path"])), lines):
            if time.monotonic() - said_at > SECONDS_BETWEEN:
                said_at = time.monotonic()
                yield {"state": "writing", "written": written, "total": count}
            elif not written % LINES_WRITTEN:
                yield None
        yield {"state": "done", "written": count, "total": count}

    def _chosen(
        self, question: dict[str, Any], ranges: Sequence[tuple[int, int]]
    ) -> tuple[int, Iterator[ConcordanceLine]]:
        """How many lines there are in some places, and they themselves; none in an order that is another by now."""
        held = self._held
        if held is None or self._fate(question)["is_lost"]:
            return 0, iter(())
        return sum(max(0, min(last, len(held)) - first) for first, last in ranges), held.lines(ranges)

    def _fate(self, question: dict[str, Any]) -> dict[str, Any]:
        """Of which order is spoken, and whether it is there no more: other lines were asked for, or another process."""
        return {"version": question["version"], "is_lost": question["version"] != self._version}

    def _arrange(self, held: Concordance, sort: Sort, filter: str) -> Answer:
        yield from held.arrange(sort, filter)
        self._version += 1

    def _state(self, held: Concordance, state: str) -> dict[str, Any]:
        return {
            "state": state,
            "version": self._version,
            "count": len(held),
            "gathered": held.gathered,
            "pages": held.pages,
            "pages_read": held.pages_read,
            "pages_found": held.pages_found,
            "is_cut": held.is_cut,
        }


def _values(line: ConcordanceLine) -> list[object]:
    page, passage = line.page, line.passage
    return [
        *(passage.start, passage.end, passage.before, passage.match, passage.after),
        *(page.item_id, page.title, page.url, page.site, page.published, page.captured_at),
    ]
