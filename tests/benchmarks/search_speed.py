"""How fast the index is built and asked, against SQLite's FTS5 in the same run.

    python tests/benchmarks/search_speed.py [--pages N] [--seed S]

Over the texts of ``../shared/wcxb``: as they are, or recombined from their paragraphs, seeded, to N pages.  Both
engines hold the same fields without stored text, neither stems, each answers with its ten best pages, by its own
BM25.  Processor seconds of this process are counted, so that other programs on the machine matter less; still only
the ratios of one run mean something.  “First” is a query whose words were not asked for before, on an index just
opened; “again” is the same queries once more.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from archive_viewer.search import passages
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

WCXB = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev" / "ground-truth"
BATCH = 2_000
TOP = 10
KINDS = ("frequent", "middling", "rare", "two words", "three frequent", "one of five", "phrase", "prefix", "in 2021")

Query = tuple[str, str]
"""The same question in our words and in FTS5's."""


def pages() -> list[Document]:
    found = []
    for path in sorted(WCXB.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        truth = data["ground_truth"]
        found.append(
            Document(
                id=data["file_id"],
                title=truth.get("title") or "",
                authors=tuple(filter(None, [truth.get("author")])),
                url=data["url"],
                text=truth.get("main_content") or "",
                published=str(truth.get("publish_date") or ""),
            )
        )
    return found


def recombined(originals: list[Document], count: int, chance: random.Random) -> Iterator[Document]:
    """Pages as long as the originals, of paragraphs from anywhere."""
    paragraphs = [line for page in originals for line in page.text.split("\n") if line.strip()]
    titles = [word for page in originals for word in page.title.split()]
    for n in range(count):
        model = chance.choice(originals)
        text: list[str] = []
        length = 0
        while length < len(model.text):
            text.append(chance.choice(paragraphs))
            length += len(text[-1]) + 1
        title = " ".join(chance.choices(titles, k=8))
        published = f"{chance.randrange(2005, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield replace(model, id=str(n), title=title, text="\n".join(text), published=published)


def questions(documents: list[Document], chance: random.Random, each: int = 20) -> dict[str, list[Query]]:
    word = re.compile(r"[a-z]{3,}")
    held: Counter[str] = Counter()
    for document in documents:
        held.update(set(word.findall(document.text.lower())))
    count = len(documents)
    frequent = sorted(term for term, n in held.items() if n > 0.15 * count)
    middling = sorted(term for term, n in held.items() if 0.01 * count < n < 0.05 * count)
    rare = sorted(term for term, n in held.items() if 2 <= n <= 6)
    runs = [
        found
        for document in chance.sample(documents, min(count, 400))
        if len(found := word.findall(document.text.lower())) > 9
    ]

    def several(joint: str, *groups: list[str]) -> Query:
        words = [chance.choice(group) for group in groups]
        return f" {joint} ".join(words), f" {joint} ".join(f'"{one}"' for one in words)

    def phrase() -> Query:
        run = chance.choice(runs)
        at = chance.randrange(len(run) - 2)
        return f'"{run[at]} {run[at + 1]}"', f'"{run[at]} {run[at + 1]}"'

    def prefix() -> Query:
        stem = chance.choice(middling)[:4]
        return f"{stem}*", f'"{stem}"*'

    makers: dict[str, Callable[[], Query]] = {
        "frequent": lambda: several("", frequent),
        "middling": lambda: several("", middling),
        "rare": lambda: several("", rare),
        "two words": lambda: several("AND", middling, frequent),
        "three frequent": lambda: several("AND", *[frequent] * 3),
        "one of five": lambda: several("OR", *[frequent] * 5),
        "phrase": phrase,
        "prefix": prefix,
        "in 2021": lambda: several("AND", middling),
    }
    return {kind: [makers[kind]() for _ in range(each)] for kind in KINDS}


class Ours:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, documents: list[Document]) -> None:
        with Index.create(self.folder) as index:
            for at in range(0, len(documents), BATCH):
                index.apply(documents[at : at + BATCH])

    def merge(self) -> None:
        with Index.open(self.folder, writable=True) as index:
            index.optimise()

    def open(self) -> None:
        self.index = Index.open(self.folder, writable=True)

    def ask(self, kind: str, query: Query) -> int:
        ours = f"{query[0]} published:2021" if kind == "in 2021" else query[0]
        return len(self.index.search(parse(ours), TOP))

    def add(self, document: Document) -> None:
        self.index.apply([document])

    def close(self) -> None:
        self.index.close()


class Fts5:
    FIELDS = "title, author, site, url, tag, note, text"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def build(self, documents: list[Document]) -> None:
        self.open()
        self.database.executescript(
            f"""PRAGMA journal_mode = wal; PRAGMA synchronous = normal;
            CREATE TABLE page (n INTEGER PRIMARY KEY, id TEXT UNIQUE, published TEXT);
            CREATE VIRTUAL TABLE words USING
                fts5({self.FIELDS}, content = '', tokenize = 'unicode61 remove_diacritics 2');
            """
        )
        with self.database:
            for document in documents:
                self._insert(document)
            self.database.execute("CREATE INDEX published ON page (published)")
        self.close()

    def merge(self) -> None:
        self.open()
        with self.database:
            self.database.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.close()

    def open(self) -> None:
        self.database = sqlite3.connect(self.folder / "fts.db")
        self.database.execute("PRAGMA mmap_size = 1000000000")

    def ask(self, kind: str, query: Query) -> int:
        among = "AND n IN (SELECT n FROM page WHERE published LIKE '2021%')" if kind == "in 2021" else ""
        return len(self.best(query[1], among))

    def best(self, query: str, among: str = "") -> list[str]:
        statement = (
            "SELECT id, rank FROM words JOIN page ON page.n = words.rowid "
            f"WHERE words MATCH ? {among} ORDER BY bm25(words, 8, 4, 2, 1, 4, 2, 1) LIMIT {TOP}"
        )
        return [id for id, _ in self.database.execute(statement, (query,))]

    def add(self, document: Document) -> None:
        with self.database:
            self._insert(document)

    def close(self) -> None:
        self.database.close()

    def _insert(self, page: Document) -> None:
        n = self.database.execute("INSERT INTO page (id, published) VALUES (?, ?)", (page.id, page.published)).lastrowid
        values = (page.title, " ".join(page.authors), page.site, page.url, "", "", page.text)
        self.database.execute(f"INSERT INTO words (rowid, {self.FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (n, *values))


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def timed(engine: Ours | Fts5, kind: str, queries: list[Query]) -> list[float]:
    """Milliseconds of each query."""
    return [1e3 * seconds(partial(engine.ask, kind, query)) for query in queries]


def size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def line(name: str, ours: float, theirs: float, unit: str, digits: int = 2) -> None:
    ratio = f"{ours / theirs:8.2f}" if theirs else "        "
    print(f"{name:28} {ours:10.{digits}f} {theirs:10.{digits}f} {unit:6} {ratio}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=0, help="recombine paragraphs to so many pages")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    if not WCXB.is_dir():
        sys.exit(f"There are no texts in {WCXB}.")
    chance = random.Random(chosen.seed)
    documents = pages()
    if chosen.pages:
        documents = list(recombined(documents, chosen.pages, chance))
    text = sum(len(document.text.encode()) for document in documents) / 1e6
    asked = questions(documents, chance)
    print(f"{len(documents):,} pages, {text:.1f} MB of text\n{'':28} {'ours':>10} {'FTS5':>10} {'':6} {'ratio':>8}")

    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Ours(Path(place) / "ours"), Fts5(Path(place) / "fts5")
        engines = (ours, theirs)
        built = [seconds(partial(engine.build, documents)) for engine in engines]
        line("build", *built, "s")
        line("build, pages a second", *(len(documents) / spent for spent in built), "")
        line("merge all", *(seconds(engine.merge) for engine in engines), "s")
        line("size", size(ours.folder), size(theirs.folder), "MB")
        line("open", *(1e3 * seconds(engine.open) for engine in engines), "ms")
        for kind in KINDS:
            first, *later = ([timed(engine, kind, asked[kind]) for engine in engines] for _ in range(3))
            again = [[min(both) for both in zip(*rounds, strict=True)] for rounds in zip(*later, strict=True)]
            line(f"{kind}, first", *(median(times) for times in first), "ms")
            line(f"{kind}, first, 95 %", *(sorted(times)[-2] for times in first), "ms")
            line(f"{kind}, again", *(median(times) for times in again), "ms")
        new = [replace(document, id=f"new{n}") for n, document in enumerate(documents[:20])]
        added = [[1e3 * seconds(partial(engine.add, document)) for document in new] for engine in engines]
        line("one page added and visible", *(median(times) for times in added), "ms")
        shown = [parse(query) for query, _ in asked["frequent"]]
        spent = seconds(
            lambda: [passages.find(query, document.text) for query in shown for document in documents[:TOP]]
        )
        print(f"{'passages of ten pages':28} {1e3 * spent / len(shown):10.2f} {'':10} ms")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"{'peak memory of this run':28} {memory:10.0f} {'':10} MB")
        for engine in engines:
            engine.close()


if __name__ == "__main__":
    main()
