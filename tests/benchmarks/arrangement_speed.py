"""What arranging and describing take in a library of a hundred thousand pages.

Usage: PYTHONPATH=src:tests python tests/benchmarks/arrangement_speed.py [--pages 100000] [--sites 2000] [--keep FOLDER]

The library is that of ``large_library.py``, kept or made anew.  Each line is one call of the door, as the window or the
command line makes it, in seconds; beside each write stands how many times as long it takes as the bare UPDATE of as
many rows.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from large_library import make

from archive_viewer.library import Library, Order, Scope

MANY = 10_000


def timed(what: str, act: Callable[[], Any], bare: float | None = None) -> Any:
    begin = time.perf_counter()
    found = act()
    seconds = time.perf_counter() - begin
    print(f"{seconds:8.3f} s  {what}{f'  ({seconds / bare:.1f} times the bare UPDATE)' if bare else ''}", flush=True)
    return found


def bare_update(folder: Path, ids: list[str]) -> float:
    """Seconds that SQLite itself takes to set two columns of so many rows, in a transaction that is taken back."""
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        begin = time.perf_counter()
        connection.executemany("UPDATE item SET unit_id = 'x', unit_position = 1 WHERE id = ?", [(id,) for id in ids])
        seconds = time.perf_counter() - begin
        connection.execute("ROLLBACK")
        return seconds


def measure(folder: Path) -> None:
    with Library.open(folder, "owner") as library:
        ids = timed("item_ids, original order", lambda: library.item_ids(Scope(), Order("original", False)))
        some = ids[:: max(1, len(ids) // MANY)][:MANY]
        bare = bare_update(folder, some)
        fonds = timed("add_unit", lambda: library.add_unit("", "fonds", "Fonds", "F"))
        series = library.add_unit(fonds.id, "series", "Series")
        timed(f"move_items, {len(some):,}", lambda: library.move_items(some, series.id), bare)
        timed("  undo", library.undo)
        timed("  redo", library.redo)
        timed(f"move_items to another place, {len(some):,}", lambda: library.move_items(some, fonds.id), bare)
        timed("move_items, 1 before another", lambda: library.move_items(some[-1:], fonds.id, some[1]))
        timed(
            "item_ids of a series, arranged",
            lambda: library.item_ids(Scope("unit", fonds.id), Order("arranged", False)),
        )
        plan = timed("arrange_by site (the plan)", lambda: library.arrange_by("site", series.id))
        timed(f"carry_out, {plan.item_count:,} pages, {plan.new_unit_count:,} units", lambda: library.carry_out(plan))
        tree = timed("units", library.units)
        timed("unit (the fonds)", lambda: library.unit(fonds.id))
        timed("count_unarranged", library.count_unarranged)
        timed("item_ids of all, arranged", lambda: library.item_ids(Scope(), Order("arranged", False)))
        timed("item_ids of all, by title", lambda: library.item_ids(Scope(), Order("title", False)))
        timed(
            "item_ids of the fonds, arranged",
            lambda: library.item_ids(Scope("unit", fonds.id), Order("arranged", False)),
        )
        timed(
            "item_ids of one small unit", lambda: library.item_ids(Scope("unit", tree[5].id), Order("arranged", False))
        )
        timed("items, 100 of them", lambda: library.items(ids[1000:1100]))
        timed("change_unit, a title", lambda: library.change_unit(tree[5].id, title="Another title"))
        timed("change_unit, the fonds' title", lambda: library.change_unit(fonds.id, title="Another fonds"))
        timed("move_units, one", lambda: library.move_units([tree[5].id], fonds.id))
        timed("renumber, everything", lambda: library.renumber())
        timed("description of the fonds", lambda: library.description(fonds.id))
        timed("description of a page", lambda: library.description(some[0]))
        plan = timed(
            f"describe_many, {len(some):,} (the look)", lambda: library.describe_many(some, "author", "Ada Quill")
        )
        timed(f"carry_out, {len(some):,} authors", lambda: library.carry_out(plan), bare)
        timed("  undo", library.undo)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=2_000)
    parser.add_argument("--keep", type=Path, help="make the library here, or use the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary) / "Library"
        if not (place / "library.db").exists():
            timed(f"a library of {options.pages:,} pages is made", lambda: make(place, options.pages, options.sites))
        measure(place)
