"""Searches that are kept with the library: saved, renamed, changed, deleted, counted.

A name and a query in, searches out.  Separate from finding, which answers what is asked now: a saved search is a
person's own, each act on it is a step that can be undone, and it goes where the library goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from archive_viewer.errors import BadQuery, BadSearchName, UnknownId
from archive_viewer.library.completing import Completing
from archive_viewer.library.core import Recorder, new_id, now
from archive_viewer.model import SavedSearch
from archive_viewer.search.query import parse
from archive_viewer.storage import saved_searches
from archive_viewer.text import fold, one_line


class SavedSearches(Completing):
    """The part of a library that keeps searches."""

    def saved_searches(self) -> list[SavedSearch]:
        """Every saved search, the earliest first."""
        with self._database.reading() as connection:
            return saved_searches.all_searches(connection)

    def saved_search(self, called: str) -> SavedSearch:
        """The search of this id or name; letters may be large or small.

        :raises UnknownId: there is none, or there are several of this name, so that only an id says which.
        """
        searches = self.saved_searches()
        found = [one for one in searches if one.id == called] or [one for one in searches if _alike(one.name, called)]
        if len(found) != 1:
            raise UnknownId("saved search", called)
        return found[0]

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name; the search that has this name is changed.

        :raises BadQuery: the query cannot be understood.
        :raises BadSearchName: the name is empty.
        """
        parse(query)
        with self._recording("Save Search") as act:
            same = [one for one in saved_searches.all_searches(act.connection) if _alike(one.name, name)]
            search = replace(same[0], query=query) if same else SavedSearch(new_id(), _name(name), query, now())
            _put(act, search)
            return search

    def change_search(self, id: str, *, name: str | None = None, query: str | None = None) -> SavedSearch:
        """Give a search another name or another query.

        :raises UnknownId: there is no such search.
        :raises BadQuery: the query cannot be understood.
        :raises BadSearchName: the name is empty, or another search has it.
        """
        if query is not None:
            parse(query)
        with self._recording("Rename Search" if query is None else "Change Search") as act:
            searches = saved_searches.all_searches(act.connection)
            search = next((one for one in searches if one.id == id), None)
            if search is None:
                raise UnknownId("saved search", id)
            if name is not None:
                if any(one.id != id and _alike(one.name, name) for one in searches):
                    raise BadSearchName(f"There is a saved search called “{_name(name)}” already; choose another name.")
                search = replace(search, name=_name(name))
            search = replace(search, query=search.query if query is None else query)
            _put(act, search)
            return search

    def delete_search(self, id: str) -> None:
        """:raises UnknownId: there is no such search."""
        with self._recording("Delete Search") as act:
            if all(one.id != id for one in saved_searches.all_searches(act.connection)):
                raise UnknownId("saved search", id)
            act.put("search", id, None)

    def search_counts(self) -> dict[str, int]:
        """How many pages answer each saved search now, by its id; one that cannot be understood is left out."""
        return dict(self.search_counts_one_by_one())

    def search_counts_one_by_one(self) -> Iterator[tuple[str, int]]:
        """The same, each as it is counted."""
        for search in self.saved_searches():
            # Another version may have known fields that this one does not.
            with suppress(BadQuery):
                yield search.id, self.count_answers(search.query)


def _put(act: Recorder, search: SavedSearch) -> None:
    act.put("search", search.id, saved_searches.row_of(search))


def _name(name: str) -> str:
    shown = one_line(name)
    if not shown:
        raise BadSearchName("A saved search needs a name.")
    return shown


def _alike(name: str, other: str) -> bool:
    return fold(name) == fold(other)
