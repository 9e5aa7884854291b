"""How often the reason that is given for a stripped block is a true word.

    python tests/benchmarks/reasons_quality.py [--wrong]

Reads the WCXB pages of ``../shared/wcxb`` and ``reason_labels.json``: 260 stripped blocks, labelled by hand.

How they were drawn (seed 4): of every page that has a stripped block with a word in it, 200 pages at random, and on
each one such block at random; then, so that rare reasons are there as well, seven blocks more of each of eight of them
and four of the header, at most two of a page.  ``weight`` undoes that: it is how frequent the reason that the cleaner
gave on the day of the draw is among the stripped blocks, all pages counting alike, over how often it was drawn.

How they were labelled: the labeller saw the address of the page, the block with three blocks before and after it and
their fates, the elements around it with classes, ids and roles, which of them are hidden, and where else its text
stands; never the reason.  ``reasons`` holds one word, or several where they are equally true: *hidden* and what it is
for a hidden menu, *footer* and *share* for a row of icons in a footer, *pagination* and *navigation* for the next
article.  *Other* is accepted only where no word is truer, such as for a form, a label of a shop, or a block that should
have been kept (``is_article``).  *Repeated* is accepted only for a second copy of what was kept, not for a label
that many things bear.  After the first comparison five labels were given *hidden* as well: the sheet had left out the
outermost elements, by which these blocks are hidden.

The reasons were improved on the pages of one half of the domains (``tuned``); the figures of the other are the note.
Its mistakes had been seen, too, before that was done, which flatters them a little.
Blocks are named by page, path and the first twelve hexadecimal digits of the SHA-256 of their text.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive_viewer.cleaning import clean_html
from archive_viewer.model import Block

PAGES = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev"
LABELS = Path(__file__).with_name("reason_labels.json")


@dataclass(frozen=True)
class Label:
    """A block, and which words are true of it."""

    page: str
    path: str
    text: str
    weight: float
    reasons: tuple[str, ...]
    is_article: bool = False


@dataclass(frozen=True)
class Answer:
    """What the cleaner says of a labelled block; ``half`` is 0 for the domains that the reasons were tuned on."""

    label: Label
    said: str
    half: int
    excerpt: str

    @property
    def is_true(self) -> bool:
        return self.said in self.label.reasons


def labels() -> list[Label]:
    entries = json.loads(LABELS.read_text("utf-8"))
    return [Label(**{**entry, "reasons": tuple(entry["reasons"])}) for entry in entries]


def half_of(url: str) -> int:
    """0 or 1, the same for all pages of a domain."""
    domain = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
    return int(hashlib.sha1(domain.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def digest(block: Block) -> str:
    return hashlib.sha256(block.text.encode()).hexdigest()[:12]


def answers() -> tuple[list[Answer], int]:
    """What the cleaner says of the labelled blocks, and how many of them it keeps by now."""
    of_page: dict[str, list[Label]] = defaultdict(list)
    for label in labels():
        of_page[label.page].append(label)
    found, kept = [], 0
    for page, wanted in sorted(of_page.items()):
        url = json.loads((PAGES / "ground-truth" / f"{page}.json").read_text("utf-8"))["url"]
        article = clean_html(gzip.decompress((PAGES / "html" / f"{page}.html.gz").read_bytes()), url)
        for label in wanted:
            like = [block for block in article.blocks if digest(block) == label.text]
            block = next((block for block in like if block.path == label.path), None)
            if block is None:
                sys.exit(f"Page {page} has no block {label.text} at {label.path}: was the page read differently?")
            if block.reason is None:
                kept += 1
            else:
                found.append(Answer(label, block.reason.value, half_of(url), f"{url[:60]}  {block.text[:50]!r}"))
    return found, kept


def show(name: str, group: list[Answer]) -> None:
    true = [answer for answer in group if answer.is_true]
    weight = sum(answer.label.weight for answer in group)
    weighted = sum(answer.label.weight for answer in true) / weight
    furniture = [answer for answer in group if not answer.label.is_article]
    of_furniture = sum(answer.is_true for answer in furniture) / len(furniture)
    print(f"  {name:8}{len(group):6}{len(true) / len(group):10.1%}{weighted:10.1%}{of_furniture:12.1%}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--wrong", action="store_true", help="list the blocks whose reason is not true")
    options = arguments.parse_args()
    if not PAGES.exists():
        sys.exit(f"The pages are not here: {PAGES}")
    found, kept = answers()
    print(f"{len(found)} stripped blocks; {kept} of those labelled are kept by now and left out\n")
    print(f"  {'half':8}{'blocks':>6}{'true':>10}{'weighted':>10}{'furniture':>12}")
    for name, group in (
        ("tuned", [answer for answer in found if answer.half == 0]),
        ("other", [answer for answer in found if answer.half == 1]),
        ("all", found),
    ):
        show(name, group)
    print(f"\n  {'said':18}{'blocks':>6}{'true':>6}   truer words")
    said: dict[str, list[Answer]] = defaultdict(list)
    for answer in found:
        said[answer.said].append(answer)
    for reason, group in sorted(said.items(), key=lambda pair: -len(pair[1])):
        truer = Counter(" or ".join(answer.label.reasons) for answer in group if not answer.is_true)
        confused = ", ".join(f"{words} {count}" for words, count in truer.most_common())
        print(f"  {reason:18}{len(group):6}{sum(answer.is_true for answer in group):6}   {confused}")
    if options.wrong:
        print()
        for answer in found:
            if not answer.is_true:
                print(f"  {answer.half} {answer.said} for {' or '.join(answer.label.reasons)}: {answer.excerpt}")


if __name__ == "__main__":
    main()
