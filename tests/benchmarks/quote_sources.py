"""How often the source of a changed quote is found, and in what time, against a plain FTS5 query of its words.

    python tests/benchmarks/quote_sources.py [--pages N] [--seed S] [--each N]

Over the texts of ``../shared/wcxb``, recombined from their paragraphs to N pages (0: as they are).  A fifth of the
paragraphs is kept out of the library: passages of these must not be claimed.  A source counts as found where the first
answer is a page that holds the passage, at a range that covers nine tenths of it and little else; FTS5, which knows no
range, where its first page holds the passage.  Processor seconds.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))
from search_speed import BATCH, Document, pages, recombined

from archive_viewer.library.source_places import SourcePlace
from archive_viewer.library.sources import proposed
from archive_viewer.search.index import Index
from quote_changes import CHANGES, all_at_once

LENGTHS = ((8, 14), (15, 40), (41, 120))
NAMES = ("8–14 words", "15–40 words", "41–120 words")


class Rival:
    def __init__(self, documents: list[Document]) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, text, content='')")
        rows = ((n, document.text) for n, document in enumerate(documents))
        self.connection.executemany("INSERT INTO page (rowid, text) VALUES (?, ?)", rows)

    def first(self, quote: str) -> int | None:
        words = dict.fromkeys(re.findall(r"\w+", quote.lower()))
        query = " OR ".join(f'"{word}"' for word in words)
        row = self.connection.execute(
            "SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT 1", (query,)
        ).fetchone()
        return row[0] if row else None


def passage(texts: list[str], chance: random.Random, bounds: tuple[int, int]) -> str:
    """Some words that follow each other in one paragraph."""
    while True:
        paragraph = chance.choice(chance.choice(texts).split("\n"))
        words = list(re.finditer(r"\S+", paragraph))
        length = chance.randint(*bounds)
        if len(words) >= length and sum(word.group().isalpha() for word in words) > len(words) // 2:
            at = chance.randrange(len(words) - length + 1)
            return paragraph[words[at].start() : words[at + length - 1].end()]


def _runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    """Words that follow each other: pages of the collection are copied from one another."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[n:] for n in range(length)), strict=False))


def _is_right(said: str, text: str, place: SourcePlace) -> bool:
    """Whether a place is claimed, and is where ``said`` stands."""
    start, end = place.passage.start, place.passage.end
    if not place.is_held or end - start > 1.3 * len(said):
        return False
    at = text.find(said)
    while at >= 0:
        if min(at + len(said), end) - max(at, start) >= 0.9 * len(said):
            return True
        at = text.find(said, at + 1)
    return False


def main(count: int, seed: int, each: int) -> None:
    chance = random.Random(seed)
    originals = pages()
    chance.shuffle(originals)
    apart = originals[: len(originals) // 5]
    originals = originals[len(apart) :]
    documents = list(recombined(originals, count, chance)) if count else originals
    texts = {document.id: document.text for document in documents}
    numbers = [document.id for document in documents]
    known = {run for page in originals for run in _runs(page.text)}
    strangers = ["\n".join(line for line in page.text.split("\n") if known.isdisjoint(_runs(line))) for page in apart]
    held = [page.text for page in originals]
    rival = Rival(documents)
    with tempfile.TemporaryDirectory() as folder, Index.create(Path(folder)) as index:
        for at in range(0, len(documents), BATCH):
            index.apply(documents[at : at + BATCH])
        found: defaultdict[tuple[str, int], list[bool]] = defaultdict(list)
        theirs: defaultdict[tuple[str, int], list[bool]] = defaultdict(list)
        ours_times, their_times, strange_times, claims = [], [], [], []
        for name, change in {**CHANGES, "all at once": all_at_once}.items():
            for size, bounds in enumerate(LENGTHS):
                for _ in range(each):
                    said = passage(held, chance, bounds)
                    quote = change(said, chance)
                    began = time.process_time()
                    ids, sought = proposed(index, quote)
                    answer = sought.compared((id, texts[id]) for id in ids) if sought else []
                    ours_times.append(time.process_time() - began)
                    is_right = bool(answer) and _is_right(said, texts[answer[0][0]], answer[0][1])
                    found[name, size].append(is_right)
                    began = time.process_time()
                    first = rival.first(quote)
                    their_times.append(time.process_time() - began)
                    theirs[name, size].append(first is not None and said in texts[numbers[first]])
        for bounds in LENGTHS:
            for _ in range(each * 4):
                quote = passage(strangers, chance, bounds)
                began = time.process_time()
                ids, sought = proposed(index, quote)
                answer = sought.compared((id, texts[id]) for id in ids) if sought else []
                strange_times.append(time.process_time() - began)
                claims.append((quote, answer) if answer and answer[0][1].is_held else None)
    print(f"{len(documents):,} pages; {each} passages of each kind and length; share found at the first place")
    print(f"{'':24}" + "".join(f"{name:>22}" for name in NAMES))
    print(f"{'':24}" + "ours    FTS5".rjust(22) * len(NAMES))
    for name in [*CHANGES, "all at once"]:
        row = (
            f"{sum(found[name, n]) / each:.2f}    {sum(theirs[name, n]) / each:.2f}".rjust(22)
            for n in range(len(LENGTHS))
        )
        print(f"{name:24}" + "".join(row))
    for what, times in (("ours", ours_times), ("FTS5", their_times), ("ours, not there", strange_times)):
        ordered = sorted(times)
        figures = (median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1])
        print("{}: median {:.0f} ms, p95 {:.0f} ms, most {:.0f} ms".format(what, *(1000 * one for one in figures)))
    claimed = [claim for claim in claims if claim]
    print(f"passages that are in no page: {len(claims)}, claimed: {len(claimed)}")
    for quote, answer in claimed:
        place = answer[0][1]
        print(f"  {place.share:.2f} “{quote[:110]}”\n       “{place.passage.match[:110]}”")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=20)
    options = parser.parse_args()
    main(options.pages, options.seed, options.each)
