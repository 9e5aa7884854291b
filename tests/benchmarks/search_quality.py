"""How often the page that is meant comes first, against SQLite's FTS5, and tantivy if it is there, in the same run.

    python tests/benchmarks/search_quality.py [--pages N] [--seed S]

Known-item search over the texts of ``../shared/wcxb``, or over N pages recombined from their paragraphs: for some pages
a query of the three rarest words of the title, and one of four words of a sentence from the middle, any of which may
match; the mean of 1/rank of that page among the first ten answers, and how often it is the first.  A page that is
recombined has a title of its own sentences.  The weights of the fields (``schema``) were chosen with seed 5.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from search_engines import WCXB, Engine, Fts5, Ours, Tantivy, pages, recombined

from archive_viewer.search.index import Document

WORD = re.compile(r"[a-z]{3,}")
FREQUENT = 0.1
"""A word that stands in more than this part of the pages is not asked for."""

MOST = 1_500
"""Queries of a kind."""

Item = tuple[list[str], str]
"""Words, and the id of the page that is meant."""


def items(documents: list[Document], chance: random.Random) -> dict[str, list[Item]]:
    held: Counter[str] = Counter()
    for document in documents:
        held.update(set(WORD.findall(document.text.lower())))

    def telling(text: str) -> list[str]:
        words = dict.fromkeys(WORD.findall(text.lower()))
        return [word for word in words if 0 < held[word] < FREQUENT * len(documents)]

    found: dict[str, list[Item]] = {"title": [], "sentence": []}
    for document in documents:
        words = telling(document.title)
        if len(words) > 1:
            found["title"].append((sorted(words, key=held.__getitem__)[:3], document.id))
        sentences = [words for part in re.split(r"[.\n]", document.text) if len(words := telling(part)) >= 4]
        if sentences:
            found["sentence"].append((chance.sample(sentences[len(sentences) // 2], 4), document.id))
    return found


def measure(ask: Callable[[list[str]], list[str]], asked: list[Item]) -> tuple[float, float]:
    """Mean of 1/rank, and the part of the pages that came first."""
    ranks = [answer.index(id) + 1 for words, id in asked if id in (answer := ask(words))]
    return sum(1 / rank for rank in ranks) / len(asked), ranks.count(1) / len(asked)


def titled(documents: list[Document]) -> list[Document]:
    """The pages with the first words of a paragraph, and some of another, as their titles."""
    found = []
    for page in documents:
        paragraphs = [line.split() for line in page.text.split("\n") if line.strip()]
        words = (paragraphs[0][:5] + paragraphs[len(paragraphs) // 2][:4]) if paragraphs else []
        found.append(replace(page, title=" ".join(words)))
    return found


def engines(place: Path) -> dict[str, Engine]:
    found: dict[str, Engine] = {"ours": Ours(place / "ours"), "FTS5": Fts5(place / "fts5")}
    with suppress(ImportError):
        found["tantivy"] = Tantivy(place / "tantivy")
    return found


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
        documents = titled(list(recombined(documents, chosen.pages, chance)))
    asked = items(documents, chance)
    with tempfile.TemporaryDirectory() as place:
        compared = engines(Path(place))
        for engine in compared.values():
            engine.build(documents)
            engine.open()
        for kind, known in asked.items():
            known = chance.sample(known, min(len(known), MOST))
            for name, engine in compared.items():
                mean, first = measure(engine.any_of, known)
                print(f"{kind:10} {len(known):5} queries   {name:8} 1/rank {mean:.3f}   first {first:.3f}")
        for engine in compared.values():
            engine.close()


if __name__ == "__main__":
    main()
