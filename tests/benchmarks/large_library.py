"""Make a library of a hundred thousand pages, as large as life but for the length of its texts.

Usage: PYTHONPATH=src:tests python tests/benchmarks/large_library.py FOLDER [--pages 100000] [--sites 2000] [--index]

One page is imported and marked, and what the library keeps of it is written again and again with other words: each
page has a stored file, an article, a sketch and events of its own.  Of a hundred pages two are nearly the text of an
earlier one, five have a doubtful date, three say that something is damaged or lacks its pictures, ten are later
captures of an earlier address, thirty have a tag and four a mark.  The same seed gives the same pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive_viewer import damage, resemblance
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import rebuild_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Article
from archive_viewer.storage import articles, sketches
from archive_viewer.text import fold
from pages import PAGE, text_of

WORDS = 90
TAGS = 200
ONE_PAGE = ("item", "article", "item_file", "original", "import_line", "annotation")
BACK = 1_000
"""A later capture, or a text that is nearly another, follows the first after at most so many pages."""

Row = dict[str, Any]


def make(folder: Path, pages: int, sites: int, seed: int = 5) -> None:
    """A library of so many pages from so many sites."""
    with tempfile.TemporaryDirectory() as saved, Library.open(folder) as library:
        page = Path(saved) / "page.html"
        page.write_text(_bytes_of("A page", text_of(1, WORDS)), "utf-8")
        accession = library.begin_accession([page])
        list(import_paths(library, accession.id, [page], Job()))
        item_id = library.item_ids()[0]
        library.annotate(item_id, 8, 30)
        article = library.article(item_id)
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        first = {table: dict(connection.execute(f"SELECT * FROM {table}").fetchone()) for table in ONE_PAGE}
        about = (first["item"]["id"], first["original"]["sha256"])
        events = [dict(row) for row in connection.execute("SELECT * FROM event WHERE object_id IN (?, ?)", about)]
        for one in _pages(pages - 1, sites, random.Random(seed), article):
            _add(connection, folder, first, events, one)
        connection.execute("DELETE FROM stale")


def _bytes_of(title: str, text: str) -> str:
    head = "<!-- saved from url=(0027)https://gazette.test/1.html -->\n"
    return head + PAGE.format(title=title, paragraphs=f"<p>{text}</p>")


def _pages(count: int, sites: int, chance: random.Random, article: Article) -> Iterator[Row]:
    """What differs from page to page."""
    earlier: list[tuple[str, str, str]] = []
    longest = max(article.kept, key=lambda block: len(block.text)).n
    for number in range(1, count + 1):
        site = f"site{chance.randrange(sites)}.test"
        url, text = f"https://{site}/{number}", text_of(number + 1, WORDS)
        if earlier and chance.random() < 0.1:
            site, url, _ = chance.choice(earlier)
        if earlier and chance.random() < 0.02:
            text = f"{chance.choice(earlier)[2]} lantern"
        earlier = [*earlier[1 - BACK :], (site, url, text)]
        title = f"Page {number} {text_of(number + 1, 5)}"
        blocks = tuple(
            replace(block, text=text if block.n == longest else title) if block in article.kept else block
            for block in article.blocks
        )
        yield {
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "number": number,
            "site": site,
            "url": url,
            "title": title,
            "published": f"{chance.randint(1996, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "captured": f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T12:00:00Z",
            "article": replace(article, blocks=blocks),
            "bytes": _bytes_of(title, text).encode(),
            "doubt": "It may be that of another page." if chance.random() < 0.05 else "",
            "warnings": [chance.choice([damage.FILE_CUT_OFF, f"“a_files” {damage.PICTURES_MISSING}"])]
            if chance.random() < 0.03
            else [],
            "tags": [f"tag {chance.randrange(TAGS)}"] if chance.random() < 0.3 else [],
            "is_marked": chance.random() < 0.04,
        }


def _add(connection: sqlite3.Connection, folder: Path, first: dict[str, Row], events: list[Row], one: Row) -> None:
    """Write all that the library keeps of a page."""
    sha256, name = hashlib.sha256(one["bytes"]).hexdigest(), f"page-{one['number']}.html"
    stored = folder / "originals" / sha256[:2] / sha256
    stored.parent.mkdir(exist_ok=True)
    stored.write_bytes(one["bytes"])
    stored.chmod(0o444)
    article: Article = one["article"]
    facts = {**json.loads(first["item"]["facts"]), "title": [one["title"], "stated", "title", ""]}
    facts["published"] = [one["published"], "stated", "meta", one["doubt"]]
    sketch = resemblance.sketch(article.text)
    made: dict[str, Row] = {
        "original": {"sha256": sha256, "size": len(one["bytes"]), "file_name": name},
        "item": {
            "id": one["id"],
            "sha256": sha256,
            "payload_sha256": sha256,
            "file_name": name,
            "original_order": one["number"],
            "title": one["title"],
            "title_key": fold(one["title"]),
            "site": one["site"],
            "site_key": one["site"],
            "url": one["url"],
            "url_key": one["url"].removeprefix("https://"),
            "published": one["published"],
            "published_key": one["published"],
            "captured_at": one["captured"],
            "facts": json.dumps(facts),
            "has_doubt": int(bool(one["doubt"])),
            "warnings": json.dumps(one["warnings"], ensure_ascii=False),
            "tags": json.dumps(one["tags"]),
        },
        "article": {
            "item_id": one["id"],
            "text": article.text,
            "text_sha256": article.text_sha256,
            "blocks": articles.packed(article),
        },
        "item_file": {"item_id": one["id"], "name": name, "sha256": sha256},
        "import_line": {"n": one["number"] + 1, "path": f"/home/ada/saved/{name}", "item_ids": json.dumps([one["id"]])},
    }
    if one["is_marked"]:
        made["annotation"] = {"id": str(uuid.uuid5(uuid.UUID(one["id"]), "mark")), "item_id": one["id"]}
    for table, changed in made.items():
        _insert(connection, table, {**first[table], **changed})
    for number, event in enumerate(events):
        is_of_file = event["object_id"] == first["original"]["sha256"]
        id = str(uuid.uuid5(uuid.UUID(one["id"]), f"event {number}"))
        _insert(connection, "event", {**event, "id": id, "object_id": sha256 if is_of_file else one["id"]})
    sketches.put(connection, one["id"], resemblance.packed(sketch), resemblance.bands(sketch))


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=2_000)
    parser.add_argument("--index", action="store_true", help="make its search index as well")
    options = parser.parse_args()
    begin = time.monotonic()
    make(options.folder, options.pages, options.sites)
    print(f"{time.monotonic() - begin:8.1f} s  a library of {options.pages:,} pages is made", flush=True)
    if options.index:
        begin = time.monotonic()
        with Library.open(options.folder, "owner") as library:
            indexed = rebuild_index(library, Job())
        print(f"{time.monotonic() - begin:8.1f} s  {indexed:,} pages are in its index")
