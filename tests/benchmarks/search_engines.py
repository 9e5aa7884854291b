"""The search engines that are compared, and the pages they are given.

Ours, SQLite's FTS5, and tantivy where it is installed.  All hold the same fields without stored text, and each
answers with its ten best pages, by its own BM25.  Ours takes all pages for English and finds other forms of a word
behind its very form; the others do not stem.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

WCXB = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev" / "ground-truth"
BATCH = 2_000
TOP = 10
WEIGHTS = {"title": 8, "author": 4, "site": 2, "url": 1, "tag": 4, "note": 2, "text": 1}


class Engine(Protocol):
    folder: Path

    def build(self, documents: list[Document]) -> None: ...

    def open(self) -> None: ...

    def any_of(self, words: list[str]) -> list[str]:
        """The ids of the best pages with one of the words."""

    def close(self) -> None: ...


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
                language="en",
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

    def ask(self, kind: str, query: tuple[str, str]) -> int:
        """``query``: in our words, and in those of FTS5."""
        ours = f"{query[0]} published:2021" if kind == "in 2021" else query[0]
        return len(self.index.search(parse(ours), TOP))

    def any_of(self, words: list[str]) -> list[str]:
        return [match.id for match in self.index.search(parse(" OR ".join(words)), TOP)]

    def add(self, document: Document) -> None:
        self.index.apply([document])

    def close(self) -> None:
        self.index.close()


class Fts5:
    FIELDS = ", ".join(WEIGHTS)

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

    def ask(self, kind: str, query: tuple[str, str]) -> int:
        among = "AND n IN (SELECT n FROM page WHERE published LIKE '2021%')" if kind == "in 2021" else ""
        return len(self.best(query[1], among))

    def best(self, query: str, among: str = "") -> list[str]:
        statement = (
            "SELECT id, rank FROM words JOIN page ON page.n = words.rowid "
            f"WHERE words MATCH ? {among} ORDER BY bm25(words, {', '.join(map(str, WEIGHTS.values()))}) LIMIT {TOP}"
        )
        return [id for id, _ in self.database.execute(statement, (query,))]

    def any_of(self, words: list[str]) -> list[str]:
        return self.best(" OR ".join(f'"{word}"' for word in words))

    def add(self, document: Document) -> None:
        with self.database:
            self._insert(document)

    def close(self) -> None:
        self.database.close()

    def _insert(self, page: Document) -> None:
        n = self.database.execute("INSERT INTO page (id, published) VALUES (?, ?)", (page.id, page.published)).lastrowid
        values = (page.title, " ".join(page.authors), page.site, page.url, "", "", page.text)
        self.database.execute(f"INSERT INTO words (rowid, {self.FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (n, *values))


class Tantivy:
    """Titles count as in a mean of both of our fields: tantivy adds up whole scores by field."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir()
        self.folder, self._tantivy = folder, tantivy
        builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "author", "url", "text"):
            builder.add_text_field(name, stored=False)
        self._schema = builder.build()

    def build(self, documents: list[Document]) -> None:
        writer = self._index().writer(128_000_000, 1)
        for page in documents:
            found = self._tantivy.Document()
            values = {"id": page.id, "title": page.title, "author": " ".join(page.authors), "url": page.url}
            for name, value in {**values, "text": page.text}.items():
                found.add_text(name, value)
            writer.add_document(found)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._opened = self._index()
        self._searcher = self._opened.searcher()

    def any_of(self, words: list[str]) -> list[str]:
        query = self._opened.parse_query(" OR ".join(words), ["title", "text"], field_boosts={"title": 2.0})
        found = self._searcher.search(query, TOP).hits
        return [self._searcher.doc(address).get_first("id") for _, address in found]

    def close(self) -> None:
        del self._searcher, self._opened

    def _index(self) -> Any:
        return self._tantivy.Index(self._schema, path=str(self.folder))
