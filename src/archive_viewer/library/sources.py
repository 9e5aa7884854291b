"""The source of a quote: a text that somebody brings along in, the passages of pages that say it out.

The index proposes pages, by the rare words of the quote; each is then laid beside the quote word by word, and only
that decides.  Separate from finding: a quote is no query, and what answers it need not hold all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive_viewer import limits
from archive_viewer.library.finding import BINNED
from archive_viewer.library.saved_searches import SavedSearches
from archive_viewer.library.source_places import Sought
from archive_viewer.model import QuoteSource
from archive_viewer.search import quotes
from archive_viewer.search.engine import Engine
from archive_viewer.search.query_tree import Not
from archive_viewer.storage import articles


class FindingSources(SavedSearches):
    """The part of a library that says where a quote comes from."""

    def find_source(self, text: str, limit: int = 10, apart_from: str = "") -> list[QuoteSource]:
        """The passages that hold what ``text`` says, or a part of it, best first; where none does, the nearest ones.

        Words changed, left out, added or spelled otherwise are borne, as are punctuation, ellipses and words in square
        brackets.  Of passages that hold it equally well, that of the page published first comes first.  Only the
        first ``limits.QUOTE_WORDS`` words of a long text are sought.  What lies in the bin does not answer.

        :param apart_from: the id of a page that is not to answer: the one from which the quote was taken.
        :raises IndexUnavailable: the index is missing or damaged, and is to be built again.
        """
        ids, sought = proposed(self._reading_index(), text)
        if sought is None:
            return []
        items = {item.id: item for item in self.items(ids) if not item.deleted_at and item.id != apart_from}
        places = sought.compared(self._texts([id for id in ids if id in items]))
        found = [
            QuoteSource(items[id], place.passage, place.share, place.is_held, place.stretches) for id, place in places
        ]
        orders = {id: round(place.order, 3) for id, place in reversed(places)}
        found.sort(key=lambda source: (-orders[source.item.id], source.item.published or "~"))
        return found[:limit]

    def _texts(self, ids: list[str]) -> Iterator[tuple[str, str]]:
        """Ids and texts of pages, until they are too much to be compared in one go."""
        left = limits.QUOTE_TEXT
        for id in ids:
            if left > 0:
                with self._database.reading() as connection:
                    text = articles.text(connection, id)
                left -= len(text)
                yield id, text


def proposed(index: Engine, text: str) -> tuple[list[str], Sought | None]:
    """The ids of pages that may hold the quote ``text``, likeliest first, and what is sought in them; None: the index
    has not one of its words.

    :raises IndexUnavailable: the index turned out to be damaged.
    """
    quote = quotes.read(text)
    frequencies = index.frequencies("text", quote.terms)
    query = quotes.probing(quote, frequencies)
    if query is None:
        return [], None
    matches = index.search(query, limits.QUOTE_PAGES, (Not(BINNED),))
    return [match.id for match in matches], Sought(text, quote, frequencies, index.count)
