"""How well and how fast the cleaner chooses, against the known programs in the same run.

    python tests/benchmarks/cleaning_quality.py [--every N] [--runs N] [--alone] [--metadata] [--worst N]

Reads the WCXB pages of ``../shared/wcxb`` (Murrough Foley, 2026, CC-BY-4.0).  Word-level F1 per page as its authors
measure it: tokens ``\\w+`` of the lower-cased text, multiset overlap; a page whose truth is empty scores 1 only for
an empty answer.  The rivals (``cleaning_rivals.py`` says how they are set) take part where they are installed:
``pip install archive-viewer[benchmarks]``, and then ``pip install --no-deps readability-lxml``, which asks for a
chardet older than ours and runs as well with it.

**Ours is in-sample here**: the weights that are shipped were learned from these very pages.  The column to compare
with the rivals is *out of fold*, which the weights carry: each page judged by weights that have seen no page of its
domain (``python -m archive_viewer.cleaning.train`` makes it).  Time and metadata are not learned from the pages; the
rules of the metadata were tuned on the half of the domains that is called so.

Every page goes through all programs, one after the other, before the next page is read.  Time is the processor's, the
whole way from bytes to text, ours with title, authors and dates, the rivals without; the median of ``--runs``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cleaning_rivals import OURS, TRAFILATURA, Cleaner, Stated, ours, rivals

from archive_viewer.cleaning.classifier import WEIGHTS
from archive_viewer.settings import resource

PAGES = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev"
WORD = re.compile(r"\w+")
MEASURES = ("F1", "precision", "recall")
METADATA = {
    "title exact": "title",
    "author exact": "author",
    "author false": "author",
    "date exact": "date",
    "date false": "date",
}
"""What is measured of the metadata, and what a program must state for it."""
OUT_OF_FOLD = "out of fold"
_FIRST, _WIDE = 16, 17
Page = tuple[str, bytes, dict[str, Any]]


@dataclass
class Score:
    """One page through one program; ``seconds`` of each run."""

    id: str
    type: str
    overlap: tuple[float, float, float]
    is_wrongly_empty: bool
    is_crash: bool
    seconds: list[float]


def pages(every: int) -> Iterator[Page]:
    for path in sorted((PAGES / "html").glob("*.html.gz"))[::every]:
        id = path.name.removesuffix(".html.gz")
        truth = json.loads((PAGES / "ground-truth" / f"{id}.json").read_text("utf-8"))
        yield id, gzip.decompress(path.read_bytes()), truth


def overlap(answer: str, truth: str) -> tuple[float, float, float]:
    """F1, precision and recall of the words of ``answer``."""
    found, wanted = Counter(WORD.findall(answer.lower())), Counter(WORD.findall(truth.lower()))
    if not wanted or not found:
        same = float(not wanted and not found)
        return same, same, same
    shared = (found & wanted).total()
    precision, recall = shared / found.total(), shared / wanted.total()
    return 2 * precision * recall / (precision + recall) if shared else 0.0, precision, recall


def measure(cleaner: Cleaner, page: Page) -> Score:
    id, data, truth = page
    page_type = truth["_internal"]["page_type"]["primary"]
    answer, is_crash = "", False
    started = time.process_time()
    try:
        answer = cleaner.extract(data, truth["url"], page_type)
    except Exception as error:  # noqa: BLE001  a rival may raise anything
        print(f"{cleaner.name}, {id}: {error!r}", file=sys.stderr)
        is_crash = True
    seconds = time.process_time() - started
    reference = truth["ground_truth"].get("main_content") or ""
    is_wrongly_empty = not answer.strip() and bool(reference.strip())
    return Score(id, page_type, overlap(answer, reference), is_wrongly_empty, is_crash, [seconds])


def measure_all(cleaners: Sequence[Cleaner], every: int, runs: int) -> dict[str, list[Score]]:
    """The scores of each program, page by page in the same order."""
    for page in pages(every):
        for cleaner in cleaners:  # what is loaded at the first call is no page's time
            measure(cleaner, page)
        break
    scores: dict[str, list[Score]] = {cleaner.name: [] for cleaner in cleaners}
    for run in range(runs):
        for number, page in enumerate(pages(every)):
            for cleaner in cleaners:
                score = measure(cleaner, page)
                if run:
                    scores[cleaner.name][number].seconds += score.seconds
                else:
                    scores[cleaner.name].append(score)
    return scores


def line(label: str, cells: Sequence[str]) -> str:
    return f"{label:{_FIRST}}" + "".join(f"{cell:>{_WIDE}}" for cell in cells)


def show(scores: dict[str, list[Score]], versions: dict[str, str]) -> None:
    names = list(scores)
    groups: dict[str, list[int]] = {"all": list(range(len(scores[OURS])))}
    for type in sorted({score.type for score in scores[OURS]}):
        groups[type] = [number for number, score in enumerate(scores[OURS]) if score.type == type]
    made = json.loads(resource(WEIGHTS).read_text("utf-8"))["made"]
    shipped: dict[str, list[float]] = made["out of fold by domain: pages, F1, precision, recall"]
    print(f"\nThe column {OURS!r} is in-sample: its weights were learned from these pages.")
    print(f"To be compared is {OUT_OF_FOLD!r}, as the weights state it, of all their {made['pages']} pages.")
    columns = [names[0], OUT_OF_FOLD, *names[1:]]
    for which, name in enumerate(MEASURES):
        print("\n" + line(name, ["pages", *columns]))
        if not which:
            print(line("", ["", versions[OURS], "", *(versions[other] for other in names[1:])]))
        for label, group in groups.items():
            cells = [f"{statistics.fmean(scores[n][i].overlap[which] for i in group):.3f}" for n in names]
            cells.insert(1, f"{shipped[label][1 + which]:.3f}" if label in shipped else "-")
            print(line(label, [str(len(group)), *cells]))
    print("\n" + line("pages", ["", names[0], "", *names[1:]]))
    for label, is_so in (("wrongly empty", lambda s: s.is_wrongly_empty), ("crashes", lambda s: s.is_crash)):
        cells = [str(sum(map(is_so, scores[name]))) for name in names]
        print(line(label, ["", cells[0], "", *cells[1:]]))
    show_time(scores)


def show_time(scores: dict[str, list[Score]]) -> None:
    """Milliseconds for a page, and how they compare with trafilatura's for the same page."""
    taken = {name: [1000 * statistics.median(score.seconds) for score in own] for name, own in scores.items()}
    mean, median = statistics.fmean, statistics.median
    rows: dict[str, Callable[[list[float]], float]] = {"mean": mean, "median": median}
    print("\n" + line("CPU ms a page", ["", OURS, "", *list(scores)[1:]]))
    for label, average in rows.items():
        cells = [f"{average(own):.1f}" for own in taken.values()]
        print(line(label, ["", cells[0], "", *cells[1:]]))
    if (measured_by := taken.get(TRAFILATURA)) is None:
        return
    print(f"of {TRAFILATURA}'s, text only:")
    for label, average in rows.items():
        ratios = ([own / its for own, its in zip(all_, measured_by, strict=True)] for all_ in taken.values())
        cells = [f"{average(own):.2f}" for own in ratios]
        print(line(f"{label} of ratios", ["", cells[0], "", *cells[1:]]))
    cells = [f"{sum(own) / sum(measured_by):.2f}" for own in taken.values()]
    print(line("ratio of sums", ["", cells[0], "", *cells[1:]]))


def plain(text: str) -> str:
    """NFKC, entities undone, lower case, plain quotation marks and dashes, single blanks."""
    text = unicodedata.normalize("NFKC", html.unescape(text)).lower()
    for pattern, mark in (("[‘’‚‛`´]", "'"), ("[“”„‟«»]", '"'), ("[‐-―−]", "-")):
        text = re.sub(pattern, mark, text)
    return " ".join(text.split())


def names_in(text: str) -> set[str]:
    parts = (re.sub(r"^by\b:?\s*", "", part.strip()) for part in re.split(r"[,;&/]|\band\b", plain(text)))
    return {part for part in parts if part}


def half_of(url: str) -> int:
    """0 or 1, the same for all pages of a domain: the rules were tuned on the first half alone."""
    domain = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
    return int(hashlib.sha1(domain.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def show_metadata(cleaners: Sequence[Cleaner], every: int) -> None:
    """Title, authors and date against the truth; ``false``: given though the truth has none."""
    print("\n" + line("metadata", ["domains", *METADATA]))
    for cleaner in cleaners:
        if cleaner.read is None:
            print(line(cleaner.name, ["states none"]))
            continue
        counts: Counter[tuple[str, int, str]] = Counter()
        for id, data, truth in pages(every):
            try:
                stated = cleaner.read(data, truth["url"])
            except Exception as error:  # noqa: BLE001  a rival may raise anything
                print(f"{cleaner.name}, {id}: {error!r}", file=sys.stderr)
                stated = Stated()
            for measured, is_so in judge(stated, truth["ground_truth"]):
                for half in (half_of(truth["url"]), 2):
                    counts[measured, half, "all"] += 1
                    counts[measured, half, "so"] += is_so
        for half, label in enumerate(("tuned", "other", "all")):
            cells = []
            for measured, needed in METADATA.items():
                so, all_ = counts[measured, half, "so"], counts[measured, half, "all"]
                cells.append(f"{so / max(1, all_):.1%} ({all_})" if needed in cleaner.states else "-")
            print(line(cleaner.name, [label, *cells]))


def judge(stated: Stated, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    if truth.get("title"):
        yield "title exact", WORD.findall(plain(stated.title)) == WORD.findall(plain(truth["title"]))
    names = {name for author in stated.authors for name in names_in(author)}
    wanted = names_in(truth.get("author") or "")
    yield ("author exact", names == wanted) if wanted else ("author false", bool(names))
    day = (truth.get("publish_date") or "")[:10]
    yield ("date exact", stated.day == day) if day else ("date false", bool(stated.day))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--every", type=int, default=1, help="take each N-th page only")
    arguments.add_argument("--runs", type=int, default=1, help="measure the time so often and take the median")
    arguments.add_argument("--alone", action="store_true", help="leave the rivals out")
    arguments.add_argument("--metadata", action="store_true", help="measure title, authors and date, too")
    arguments.add_argument("--worst", type=int, default=0, help="list our N pages with the lowest F1")
    options = arguments.parse_args()
    if not PAGES.exists():
        sys.exit(f"The pages are not here: {PAGES}")
    cleaners = [ours(), *(() if options.alone else rivals())]
    scores = measure_all(cleaners, options.every, options.runs)
    show(scores, {cleaner.name: cleaner.version for cleaner in cleaners})
    for score in sorted(scores[OURS], key=lambda score: score.overlap)[: options.worst]:
        figures = zip(MEASURES, score.overlap, strict=True)
        print(f"{score.id} {score.type:14}" + "".join(f" {name} {figure:.3f}" for name, figure in figures))
    if options.metadata:
        show_metadata(cleaners, options.every)


if __name__ == "__main__":
    main()
