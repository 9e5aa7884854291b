"""What arranging and describing take in a library of a hundred thousand pages.

Usage: PYTHONPATH=src:tests python tests/benchmarks/arrangement_speed.py [--pages 100000] [--sites 2000] [--keep FOLDER]

One page is imported, and its rows are written again and again with other ids, titles, sites and dates; so everything
but the texts is as large as life.  Each line is one call of the door, as the window or the command line makes it, in
seconds; beside each write stands how many times as long it takes as the bare UPDATE of as many rows.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Order, Scope
from archive_viewer.text import fold
from pages import PAGE, text_of

MANY = 10_000


def make(folder: Path, pages: int, sites: int, seed: int = 5) -> None:
    """A library of so many pages from so many sites."""
    with tempfile.TemporaryDirectory() as saved, Library.open(folder) as library:
        page = Path(saved) / "page.html"
        head = "<!-- saved from url=(0027)https://gazette.test/1.html -->\n"
        page.write_text(head + PAGE.format(title="A page", paragraphs=f"<p>{text_of(1)}</p>"), "utf-8")
        accession = library.begin_accession([page])
        list(import_paths(library, accession.id, [page], Job()))
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        first = {
            table: dict(connection.execute(f"SELECT * FROM {table}").fetchone())
            for table in ("item", "article", "item_file")
        }
        chance = random.Random(seed)
        for number in range(pages - 1):
            id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
            site, title = f"site{chance.randrange(sites)}.test", f"Page {number} {text_of(number, 5)}"
            published = f"{chance.randint(1996, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            facts = {**json.loads(first["item"]["facts"]), "title": [title, "stated", "title", ""]}
            item = {
                **first["item"],
                "id": id,
                "original_order": number + 1,
                "title": title,
                "title_key": fold(title),
                "site": site,
                "site_key": site,
                "url": f"https://{site}/{number}",
                "url_key": f"{site}/{number}",
                "published": published,
                "published_key": published,
                "facts": json.dumps({**facts, "published": [published, "stated", "meta", ""]}),
            }
            for table, row in (
                ("item", item),
                ("article", {**first["article"], "item_id": id}),
                ("item_file", {**first["item_file"], "item_id": id}),
            ):
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


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
