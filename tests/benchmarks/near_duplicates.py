"""How often different pages are taken for near-duplicates, how well changed ones are found, and how fast.

Usage: python tests/benchmarks/near_duplicates.py [--collection ../shared/wcxb] [--items 100000] [--seed 7]

The collection holds ``dev/html/ID.html.gz``: pages that are all different, except where two are the same page twice.
Prints every pair that is called near, the part of the changed texts that is found, and the time of one look among
``--items`` made items beside that of comparing with every one of them.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import random
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from archive_viewer import limits, resemblance
from archive_viewer.cleaning import clean_html
from archive_viewer.library.core import new_id, now
from archive_viewer.model import Article, Format, Item
from archive_viewer.resemblance import NEAR, Sketch
from archive_viewer.storage import accessions, articles, items, sketches
from archive_viewer.storage.database import Database

LOOKS = 200


def false_matches(sketched: dict[str, Sketch]) -> list[tuple[float, str, str]]:
    """Pairs that share a band, with what they have in common."""
    found = defaultdict(list)
    for name, sketch in sketched.items():
        for band in resemblance.bands(sketch):
            found[band].append(name)
    pairs = {pair for names in found.values() for pair in itertools.combinations(sorted(names), 2)}
    return sorted(((resemblance.resemblance(sketched[a], sketched[b]), a, b) for a, b in pairs), reverse=True)


def found_again(texts: dict[str, str], sketched: dict[str, Sketch], part: float, chance: random.Random) -> float:
    """The part of the texts that are found when so many of their words are others."""
    hits = total = 0
    for name, text in texts.items():
        if sketched[name]:
            words = [f"w{chance.random()}" if chance.random() < part else word for word in text.split()]
            changed = resemblance.sketch(" ".join(words))
            is_near = resemblance.resemblance(sketched[name], changed) >= NEAR
            hits += is_near and bool({*resemblance.bands(sketched[name])} & {*resemblance.bands(changed)})
            total += 1
    return hits / total


def made_sketch(chance: random.Random) -> Sketch:
    return tuple(chance.getrandbits(32) for _ in range(resemblance.BINS))


def item_of(number: int, accession_id: str) -> Item:
    return Item(
        *(new_id(), accession_id, "", "0" * 64, "", "", Format.HTML, "text/html", "utf-8", "page.html", number),
        *(f"Page {number}", "", "", (), "", "", "", {}),
    )


def fill(database: Database, count: int, chance: random.Random) -> list[Sketch]:
    """So many items with sketches of their own; gives the sketches."""
    made = [made_sketch(chance) for _ in range(count)]
    with database.writing() as connection:
        accessions.library_id(connection, now())
        accession_id = new_id()
        accessions.add(connection, accession_id, [], now())
        connection.execute("INSERT INTO original VALUES (?, 0, '', '', '', '', 'ok', '[]')", ("0" * 64,))
        for number, sketch in enumerate(made):
            item = item_of(number, accession_id)
            items.add(connection, item, "", "", now())
            articles.put(connection, item.id, Article(blocks=(), cleaner_version=""))
            sketches.put(connection, item.id, resemblance.packed(sketch), resemblance.bands(sketch))
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--collection", type=Path, default=Path(__file__).parents[2] / "../shared/wcxb")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    files = sorted((options.collection / "dev" / "html").glob("*.html.gz"))
    texts = {file.name.split(".")[0]: clean_html(gzip.decompress(file.read_bytes())).text for file in files}
    began = time.perf_counter()
    sketched = {name: resemblance.sketch(text) for name, text in texts.items()}
    print(f"{len(texts):,} pages, {(time.perf_counter() - began) / len(texts) * 1e3:.1f} ms a sketch")
    near = [(share, a, b) for share, a, b in false_matches(sketched) if share >= NEAR]
    print(f"{len(near)} of {len(texts) * (len(texts) - 1) // 2:,} pairs are called near:")
    for share, a, b in near:
        print(f"  {share:.2f}  {a}  {b}{'  the same text' if texts[a] == texts[b] else ''}")
    for part in (0.01, 0.02, 0.03, 0.05, 0.1):
        print(f"{part:.0%} of the words are others: {found_again(texts, sketched, part, chance):.1%} found")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "library.db", is_writable=True)
        made = fill(database, options.items, chance)
        asked = chance.sample(made, min(LOOKS, len(made)))
        times = []
        with database.reading() as connection:
            for sketch in asked:
                began = time.perf_counter()
                others = sketches.sharing(connection, resemblance.bands(sketch), limits.BAND_READ, LOOKS)
                assert any(resemblance.unpacked(other.sketch) == sketch for other in others)
                times.append(time.perf_counter() - began)
        began = time.perf_counter()
        assert sum(resemblance.resemblance(asked[0], other) == 1 for other in made) == 1
        every = time.perf_counter() - began
        database.close()
        size = (Path(folder) / "library.db").stat().st_size
    times.sort()
    middle = times[len(times) // 2]
    print(
        f"among {options.items:,} items: {middle * 1e3:.2f} ms (95th percentile {times[-len(times) // 20] * 1e3:.2f}), "
        f"{every / middle:,.0f} times faster than comparing with each; {size / options.items:,.0f} bytes an item"
    )


if __name__ == "__main__":
    main()
