"""``searches``: the searches that are saved with the library, and what is done to them."""

from __future__ import annotations

import argparse
from typing import Any

from archive_viewer.cli import opening, printing, search_answers
from archive_viewer.cli.options import Commands
from archive_viewer.errors import BadQuery
from archive_viewer.library import Library
from archive_viewer.model import SavedSearch

DONE = 0


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    searches = commands.add_parser("searches", parents=[common], help="list the saved searches, or change one")
    change = searches.add_mutually_exclusive_group()
    change.add_argument("--save", nargs=2, metavar=("NAME", "QUERY"), help="keep a query; one of this name is changed")
    change.add_argument("--rename", nargs=2, metavar=("SEARCH", "NAME"), help="by the name or the id that it has")
    change.add_argument("--delete", metavar="SEARCH", help="by its name or id")
    searches.set_defaults(run=_searches)


def _searches(options: argparse.Namespace) -> int:
    is_changing = bool(options.save or options.rename or options.delete)
    with opening.to_write(options) if is_changing else opening.to_read(options) as library:
        try:
            _change(options, library)
        except BadQuery as error:
            search_answers.say_fault(error, options.save[1])
            return error.exit_code
        searches, counts = library.saved_searches(), library.search_counts()
        state = library.index_state()
    if state.sentence:
        printing.say(state.sentence)
    for search in searches:
        if options.json:
            printing.json_line(_values(search, counts.get(search.id)))
        else:
            count = printing.counted(counts[search.id], "page") if search.id in counts else "not understood"
            printing.line(f"{search.id}  {search.name}: {search.query}  ({count})")
    return DONE


def _change(options: argparse.Namespace, library: Library) -> None:
    if options.save:
        library.save_search(*options.save)
    elif options.rename:
        called, name = options.rename
        library.change_search(library.saved_search(called).id, name=name)
    elif options.delete:
        library.delete_search(library.saved_search(options.delete).id)


def _values(search: SavedSearch, count: int | None) -> dict[str, Any]:
    """A saved search for a program; it has no count where it cannot be understood."""
    return {
        "id": search.id,
        "name": search.name,
        "query": search.query,
        "created_at": search.created_at,
        "count": count,
    }
