"""How well the cleaner chooses, against rivals in the same run.

    python tests/benchmarks/cleaning_quality.py [--every N] [--rivals] [--worst N] [--metadata]

Reads the WCXB pages of ``../shared/wcxb`` (Murrough Foley, 2026, CC-BY-4.0).  Word-level F1 per page as its authors
measure it: tokens ``\\w+`` of the lower-cased text, multiset overlap; a page whose truth is empty scores 1 only for
an empty answer.  Rivals (trafilatura, readability-lxml) run only where they are installed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive_viewer.cleaning import clean_html
from archive_viewer.model import PICTURE
from archive_viewer.text import fold

PAGES = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev"
WORD = re.compile(r"\w+")
Extract = Callable[[bytes, str], str]


@dataclass(frozen=True)
class Score:
    id: str
    type: str
    precision: float
    recall: float
    f1: float
    seconds: float
    is_wrongly_empty: bool


def pages(every: int) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for path in sorted((PAGES / "html").glob("*.html.gz"))[::every]:
        id = path.name.removesuffix(".html.gz")
        truth = json.loads((PAGES / "ground-truth" / f"{id}.json").read_text("utf-8"))
        yield id, gzip.decompress(path.read_bytes()), truth


def overlap(answer: str, truth: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of ``answer``."""
    found, wanted = Counter(WORD.findall(answer.lower())), Counter(WORD.findall(truth.lower()))
    if not wanted or not found:
        same = float(not wanted and not found)
        return same, same, same
    shared = (found & wanted).total()
    precision, recall = shared / found.total(), shared / wanted.total()
    return precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0


def measure(extract: Extract, every: int) -> tuple[list[Score], int]:
    """A score for each page, and how many crashed."""
    scores, crashes = [], 0
    for id, data, truth in pages(every):
        started = time.process_time()
        try:
            answer = extract(data, truth["url"])
        except Exception as error:  # noqa: BLE001  a rival may raise anything
            print(f"{id}: {error!r}", file=sys.stderr)
            crashes += 1
            answer = ""
        seconds = time.process_time() - started
        reference = truth["ground_truth"].get("main_content") or ""
        page_type = truth["_internal"]["page_type"]["primary"]
        scores.append(
            Score(id, page_type, *overlap(answer, reference), seconds, not answer.strip() and bool(reference.strip()))
        )
    return scores, crashes


def show(name: str, scores: list[Score], crashes: int) -> None:
    by_type: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_type[score.type].append(score)
    mean = statistics.fmean
    print(f"\n{name}: {len(scores)} pages, {crashes} crashes, {sum(s.is_wrongly_empty for s in scores)} wrongly empty")
    milliseconds = [1000 * s.seconds for s in scores]
    print(f"  CPU ms per page: mean {mean(milliseconds):.1f}, median {statistics.median(milliseconds):.1f}")
    print(f"  {'type':15}{'n':>5}{'F1':>8}{'P':>8}{'R':>8}")
    for label, group in [("all", scores), *sorted(by_type.items())]:
        row = (mean(s.f1 for s in group), mean(s.precision for s in group), mean(s.recall for s in group))
        print(f"  {label:15}{len(group):5}" + "".join(f"{figure:8.3f}" for figure in row))


def ours(data: bytes, url: str) -> str:
    return clean_html(data, url).text.replace(PICTURE, " ")


def rivals() -> Iterator[tuple[str, Extract]]:
    try:
        trafilatura = importlib.import_module("trafilatura")
        yield "trafilatura", lambda data, url: trafilatura.extract(data, url=url, include_comments=False) or ""
    except ImportError:
        print("trafilatura is not installed")
    try:
        readability = importlib.import_module("readability")
        html = importlib.import_module("lxml.html")

        def extract(data: bytes, url: str) -> str:
            summary = readability.Document(data.decode("utf-8", "replace")).summary()
            return " ".join(html.fromstring(summary).itertext())

        yield "readability-lxml", extract
    except ImportError:
        print("readability-lxml is not installed")


def show_metadata(every: int) -> None:
    """Title, author and date against the truth; ``false``: given though the truth has none."""
    counts: Counter[str] = Counter()
    for _, data, truth in pages(every):
        article = clean_html(data, truth["url"])
        wanted = truth["ground_truth"]
        if wanted.get("title"):
            counts["title"] += 1
            counts["title exact"] += WORD.findall(fold(wanted["title"])) == WORD.findall(
                fold(article.title.value if article.title else "")
            )
        names = {fold(name) for name in article.authors.value} if article.authors else set()
        if wanted.get("author"):
            counts["author"] += 1
            stated = re.split(r"[,;&/]|\band\b", wanted["author"].removeprefix("By "))
            counts["author exact"] += names == {fold(name).strip() for name in stated if name.strip()}
        else:
            counts["no author"] += 1
            counts["author false"] += bool(names)
        published = article.published.value if article.published else ""
        if wanted.get("publish_date"):
            counts["date"] += 1
            counts["date same day"] += published[:10] == wanted["publish_date"][:10]
        else:
            counts["no date"] += 1
            counts["date false"] += bool(published)
    print()
    for part, whole in (
        ("title exact", "title"),
        ("author exact", "author"),
        ("author false", "no author"),
        ("date same day", "date"),
        ("date false", "no date"),
    ):
        print(f"  {part:15}{counts[part] / max(1, counts[whole]):8.1%} of {counts[whole]}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--every", type=int, default=1, help="take each N-th page only")
    arguments.add_argument("--rivals", action="store_true", help="measure the rivals that are installed, too")
    arguments.add_argument("--worst", type=int, default=0, help="list the N pages with the lowest F1")
    arguments.add_argument("--metadata", action="store_true", help="measure title, author and date, too")
    options = arguments.parse_args()
    if not PAGES.exists():
        sys.exit(f"The pages are not here: {PAGES}")
    scores, crashes = measure(ours, options.every)
    show("Archive Viewer", scores, crashes)
    for score in sorted(scores, key=lambda score: score.f1)[: options.worst]:
        print(f"  {score.id} {score.type:14} F1 {score.f1:.3f} P {score.precision:.3f} R {score.recall:.3f}")
    if options.metadata:
        show_metadata(options.every)
    if options.rivals:
        for name, extract in rivals():
            show(name, *measure(extract, options.every))


if __name__ == "__main__":
    main()
