"""The concordance of a query: every passage of every page that answers, as one table that can be put in order.

A query in, lines out, and from there a file, or text with its sources.  Separate from finding, which shows the best
pages: this goes through all of them, and so in portions, that whoever waits can be told how far it is, or go away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from archive_viewer import exporting, limits
from archive_viewer.library.citing import whole_file
from archive_viewer.library.finding import BINNED, EVERY_HIT
from archive_viewer.library.reports import Reports
from archive_viewer.library.values import Scope
from archive_viewer.model import ConcordanceLine, ConcordancePage, Item
from archive_viewer.search import passages
from archive_viewer.search.concordance import Concordance, Sort
from archive_viewer.search.query import Query, parse
from archive_viewer.search.query_tree import asks_for
from archive_viewer.storage import articles

EVERYTHING = Scope()
PAGES_AT_ONCE = 100


class Concording(Reports):
    """The part of a library that shows every passage of an answer side by side."""

    def concordance(
        self,
        query: str,
        sort: Sort = "page",
        filter: str = "",
        limit: int = limits.CONCORDANCE_LINES,
        scope: Scope = EVERYTHING,
    ) -> Concordance:
        """Every passage that answers, in an order; ``filter`` keeps the lines that hold each of its words.

        What lies in the bin answers only where the query asks for it.  ``is_cut`` says that there are more than
        ``limit`` passages: those of the pages that answer best are there.

        :raises BadQuery: the query cannot be understood.
        """
        *_, found = self.concordance_in_portions(query, limit, scope)
        for _ in found.arrange(sort, filter):
            pass
        return found

    def concordance_in_portions(
        self, query: str, limit: int = limits.CONCORDANCE_LINES, scope: Scope = EVERYTHING
    ) -> Iterator[Concordance]:
        """The same concordance, once before anything is in it and again with each page; still without an order.

        :raises BadQuery: the query cannot be understood.
        """
        parsed = parse(query)
        matches = [id for id, _ in self._matches(query, parsed, EVERY_HIT)]
        if scope != EVERYTHING:
            within = set(self.item_ids(scope))
            matches = [id for id in matches if id in within]
        return self._gathered(matches, self._widened(parsed), Concordance(limit), asks_for(parsed, BINNED))

    def _gathered(
        self, ids: list[str], asked: Query, concordance: Concordance, is_of_bin: bool
    ) -> Iterator[Concordance]:
        concordance.pages_found = len(ids)
        yield concordance
        for first in range(0, len(ids), PAGES_AT_ONCE):
            for item in self.items(ids[first : first + PAGES_AT_ONCE]):
                if item.deleted_at and not is_of_bin:
                    concordance.pages_found -= 1
                    continue
                with self._database.reading() as connection:
                    text = articles.text(connection, item.id)
                # One more than there is room for: so it is known whether anything is left out.
                concordance.add(_page(item), passages.find(asked, text, concordance.room + 1, item.language))
                if concordance.is_cut:
                    yield concordance
                    return
                concordance.pages_read += 1
                yield concordance

    def concordance_text(self, lines: Iterable[ConcordanceLine]) -> str:
        """Lines as text, each with the citation of its page; a page that has gone meanwhile is cited by its title."""
        chosen = list(lines)
        items = {item.id: item for item in self.items(list(dict.fromkeys(line.page.item_id for line in chosen)))}
        return "\n\n".join(exporting.quoted_line(line, items.get(line.page.item_id)) for line in chosen)

    @staticmethod
    def export_concordance(path: Path, lines: Iterable[ConcordanceLine]) -> Iterator[int]:
        """Write lines as a table (CSV), one with each step, which says how many there are by then.

        An older file of that name stays until the new one is whole; whoever stops before that leaves nothing behind.

        :raises ExportFailed: the file cannot be written.
        """
        with whole_file(path) as stream:
            yield from exporting.written_concordance(lines, stream)


def _page(item: Item) -> ConcordancePage:
    return ConcordancePage(item.id, item.title, item.url, item.site, item.published, item.captured_at)
