"""Write a folder of three thousand saved pages: the real ones of a collection, and others made of their paragraphs.

Usage: python tests/benchmarks/many_pages.py OUT [--collection ../shared/wcxb] [--pages 3000] [--seed 7]

The collection holds ``dev/html/ID.html.gz`` and ``dev/ground-truth/ID.json``.  Made pages carry a menu, a footer and a
list of related stories, so that there is something to strip; the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
from collections.abc import Iterator
from pathlib import Path

MENU = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in ("home", "world", "culture", "contact"))
SHORTEST_PARAGRAPH = 40


def paragraphs_of(collection: Path) -> list[str]:
    """Every paragraph of the collection's reference texts that is long enough to be one."""
    found: list[str] = []
    for file in sorted((collection / "dev" / "ground-truth").glob("*.json")):
        text = json.loads(file.read_text("utf-8"))["ground_truth"].get("main_content") or ""
        found.extend(line.strip() for line in text.splitlines() if len(line.strip()) >= SHORTEST_PARAGRAPH)
    return found


def made_pages(paragraphs: list[str], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names and HTML of pages put together from these paragraphs."""
    chance = random.Random(seed)
    for number in range(count):
        chosen = chance.sample(paragraphs, chance.randint(4, 40))
        title = " ".join(chosen[0].split()[:9])
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in chosen)
        related = "".join(f'<li><a href="/{n}">{html.escape(p[:60])}</a></li>' for n, p in enumerate(chosen[:4]))
        day = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield (
            f"made-{number:05}.html",
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} {number}</title>'
            f'<meta property="article:published_time" content="{day}"></head><body><nav><ul>{MENU}</ul></nav><main>'
            f"<article><h1>{html.escape(title)} {number}</h1>{body}</article></main>"
            f'<aside class="related"><h2>Related stories</h2><ul>{related}</ul></aside>'
            "<footer>All rights reserved</footer></body></html>",
        )


def write(out: Path, collection: Path, pages: int, seed: int = 7) -> int:
    """Fill ``out``; gives the number of pages written."""
    out.mkdir(parents=True, exist_ok=True)
    real = sorted((collection / "dev" / "html").glob("*.html.gz"))[:pages]
    for file in real:
        (out / file.name.removesuffix(".gz")).write_bytes(gzip.decompress(file.read_bytes()))
    for name, page in made_pages(paragraphs_of(collection), pages - len(real), seed):
        (out / name).write_text(page, "utf-8")
    return pages


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--collection", type=Path, default=Path(__file__).parents[3] / "shared" / "wcxb")
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(f"{write(options.out, options.collection, options.pages, options.seed):,} pages in {options.out}")
