"""Search, and keeping the index in step with the library.

What was typed in, hits out.  The index is a cache of what SQLite holds: whatever is wrong with it, titles and authors
still answer from the database, and the index is built again.  Which engine is behind it, ``engines`` knows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from archive_viewer import settings
from archive_viewer.errors import IndexUnavailable, UnknownId
from archive_viewer.library import asides
from archive_viewer.library.documents import document
from archive_viewer.library.engine_choice import ChoosingEngine
from archive_viewer.library.values import IndexState
from archive_viewer.model import Block, Hit, Item, Passage
from archive_viewer.search import engines, passages
from archive_viewer.search.engine import Document, Engine
from archive_viewer.search.query import Query, parse
from archive_viewer.search.query_tree import Not, Value, asks_for
from archive_viewer.search.tokenizer import terms
from archive_viewer.search.within import within
from archive_viewer.storage import accessions, articles, items, links, marks, outdated, stale
from archive_viewer.storage.database import Connection
from archive_viewer.text import digest

BATCH = 2_000
"""Pages of one commit: at ten times this the writer's memory passes a gigabyte."""


BINNED = Value("binned", "is")

EVERY_HIT = 1_000_000
"""As good as no limit, where every item that answers is wanted."""


def _shown(query: Query, text: str, item: Item) -> list[Passage]:
    return passages.find(query, text, language=item.language)


class Finding(ChoosingEngine):
    """The part of a library that answers questions."""

    _index: Engine | None = None

    # -- asking -------------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int = 50, where: Collection[str] = ()) -> list[Hit]:
        """The items that answer, best first, each with every passage that does, and what else of it.

        ``where``: the fields (``within.PLACES``) in which words are sought that name none; none: text, title, authors,
        site, tags, notes, notes of links and address, in one list.

        What lies in the bin answers only where the query asks for it (``is:binned``).

        While the index is missing or being built anew, titles and authors answer; ``index_state`` says so.

        :raises BadQuery: the query cannot be understood.
        """
        parsed = within(parse(query), where)
        matches = self._matches(query, parsed, limit)
        asked = self._widened(parsed)
        is_of_bin = asks_for(parsed, BINNED)
        found = {item.id: item for item in self.items([id for id, _ in matches]) if is_of_bin or not item.deleted_at}
        with self._database.reading() as connection:
            told = asides.of_items(connection, asked, list(found.values()), partial(self._blocks, connection))
            return [
                Hit(found[id], score, tuple(_shown(asked, articles.text(connection, id), found[id])), told[id])
                for id, score in matches
                if id in found
            ]

    def _blocks(self, connection: Connection, item_id: str) -> Sequence[Block]:
        cleaned = articles.get(connection, item_id)
        return self._mended(connection, item_id, cleaned).blocks if cleaned is not None else ()

    def passages(self, query: str, item_id: str) -> tuple[Passage, ...]:
        """Every passage of an item that answers a query.

        :raises BadQuery: the query cannot be understood.
        :raises UnknownId: there is no such item.
        """
        asked = self._widened(parse(query))
        item = self.item(item_id)
        with self._database.reading() as connection:
            return tuple(_shown(asked, articles.text(connection, item_id), item))

    def answering_ids(self, query: str) -> set[str]:
        """The ids of all items that answer; one that went to the bin just now may be among them.

        :raises BadQuery: the query cannot be understood.
        """
        return {id for id, _ in self._matches(query, parse(query), EVERY_HIT)}

    def _matches(self, query: str, parsed: Query, limit: int) -> list[tuple[str, float]]:
        filters = () if asks_for(parsed, BINNED) else (Not(BINNED),)
        try:
            return [(match.id, match.score) for match in self._reading_index().search(parsed, limit, filters)]
        except IndexUnavailable:
            self._forget_index()
            with self._database.reading() as connection:
                return [(id, 0.0) for id in items.titled_like(connection, terms(query), limit)]

    def _widened(self, parsed: Query) -> Query:
        """The query with the other forms of its words, as far as the index knows them."""
        try:
            return self._reading_index().widened(parsed)
        except IndexUnavailable:
            return parsed

    def count_answers(self, query: str) -> int:
        """How many items answer, those in the bin only where the query asks for them; 0 while there is no index.

        :raises BadQuery: the query cannot be understood.
        """
        parsed = parse(query)
        filters = () if asks_for(parsed, BINNED) else (Not(BINNED),)
        try:
            return len(self._reading_index().search(parsed, EVERY_HIT, filters))
        except IndexUnavailable:
            return 0

    def remarks(self, query: str, where: Collection[str] = ()) -> list[str]:
        """Sentences about what the answer to a query leaves out; ``where`` as for ``search``.

        :raises BadQuery: the query cannot be understood.
        """
        try:
            return self._reading_index().remarks(within(parse(query), where))
        except IndexUnavailable:
            return []

    def index_state(self) -> IndexState:
        """Whether the index can answer, and how many pages it does not know yet."""
        with self._database.reading() as connection:
            waiting = stale.count(connection) + outdated.count(connection)
        try:
            self._reading_index()
        except IndexUnavailable as error:
            self._forget_index()
            with self._database.reading() as connection:
                if not waiting and not items.has_any(connection):
                    return IndexState(False, 0, "")
            return IndexState(
                False, waiting, f"{error}  Until it is built again, search looks at titles and authors only."
            )
        pages = "1 page is" if waiting == 1 else f"{waiting:,} pages are"
        return IndexState(True, waiting, f"{pages} not in the index yet." if waiting else "")

    def _reading_index(self) -> Engine:
        with self._guard:
            if self._index is None:
                self._index = engines.open_any(self._index_folder, library=self._index_owner())
            self._index.refresh()
            return self._index

    def _forget_index(self) -> None:
        with self._guard:
            if self._index is not None:
                self._index.close()
                self._index = None

    # -- keeping up ---------------------------------------------------------------------------------------------

    def count_unindexed(self) -> int:
        with self._database.reading() as connection:
            return stale.count(connection)

    def index_some(self, most: int = BATCH, is_idle: bool = False) -> int:
        """Bring up to ``most`` changed items into the index, in one commit; gives how many.

        ``is_idle``: nobody waits, so that this is the time to join small segments.

        An index that cannot be opened is made anew, and every item is queued for it.
        """
        index = self._writing_index()
        try:
            with self._database.reading() as connection:
                queue = stale.first(connection, most)
            if not queue:
                return 0
            documents = (self._document(item) for item in self.items([id for id, _ in queue]))
            index.apply(documents, [id for id, _ in queue], merge=is_idle)
        finally:
            index.close()
        with self._database.writing() as connection:
            stale.settle(connection, queue)
        return len(queue)

    def drop_index(self) -> None:
        """Throw the index away and queue every item for a new one, of the engine that is wanted."""
        self._forget_index()
        engines.kind(self._wanted_engine()).create(self._index_folder, self._index_owner()).close()
        with self._database.writing() as connection:
            stale.add_all(connection)

    def _writing_index(self) -> Engine:
        try:
            index = engines.open_any(self._index_folder, writable=True, library=self._index_owner())
            if self._wanted_engine() == index.NAME:
                return index
            index.close()
        except IndexUnavailable:
            pass
        self.drop_index()
        return engines.open_any(self._index_folder, writable=True, library=self._index_owner())

    @property
    def _index_folder(self) -> Path:
        return self.folder / "index"

    def _index_owner(self) -> str:
        """This library on this machine.  An index may be pickle, and opening it runs what is in it: one that came with
        a folder from elsewhere is never opened, but made anew.
        """
        with self._database.reading() as connection:
            return digest(f"{accessions.known_library_id(connection)} {settings.machine_id()}")

    def _document(self, item: Item) -> Document:
        with self._database.reading() as connection:
            made = marks.of_item(connection, item.id)
            tied = links.of_item(connection, item.id)
            text = articles.text(connection, item.id)
        blocks: tuple[Block, ...] = ()
        # Another process may have given the item up meanwhile.
        with suppress(UnknownId):
            blocks = self.article(item.id).blocks
        return document(item, text, blocks, made, tied)
