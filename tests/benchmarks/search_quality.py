"""How often the page that is meant comes first, against SQLite's FTS5 in the same run.

    python tests/benchmarks/search_quality.py [--seed S]

Known-item search over the texts of ``../shared/wcxb``: for each page a query of the three rarest words of its title,
and one of four words of a sentence from its middle, any of which may match; the mean of 1/rank of that page among the
first ten answers, and how often it is the first.  The weights of the fields (``schema``) were chosen with seed 5.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from search_speed import TOP, WCXB, Fts5, Ours, pages

from archive_viewer.search.index import Document
from archive_viewer.search.query import parse

WORD = re.compile(r"[a-z]{3,}")
FREQUENT = 0.1
"""A word that stands in more than this part of the pages is not asked for."""

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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=1)
    if not WCXB.is_dir():
        sys.exit(f"There are no texts in {WCXB}.")
    documents = pages()
    asked = items(documents, random.Random(options.parse_args().seed))
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Ours(Path(place) / "ours"), Fts5(Path(place) / "fts5")
        for engine in (ours, theirs):
            engine.build(documents)
            engine.open()

        def ask_ours(words: list[str]) -> list[str]:
            return [match.id for match in ours.index.search(parse(" OR ".join(words)), TOP)]

        def ask_theirs(words: list[str]) -> list[str]:
            return theirs.best(" OR ".join(f'"{word}"' for word in words))

        for kind, known in asked.items():
            for name, ask in (("ours", ask_ours), ("FTS5", ask_theirs)):
                mean, first = measure(ask, known)
                print(f"{kind:10} {len(known):5} queries   {name:5} 1/rank {mean:.3f}   first {first:.3f}")
        for engine in (ours, theirs):
            engine.close()


if __name__ == "__main__":
    main()
