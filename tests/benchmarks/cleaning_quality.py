"""How well the cleaner chooses, against rivals in the same run.

    python tests/benchmarks/cleaning_quality.py [--every N] [--rivals] [--worst N] [--metadata]

Reads the WCXB pages of ``../shared/wcxb`` (Murrough Foley, 2026, CC-BY-4.0).  Word-level F1 per page as its authors
measure it: tokens ``\\w+`` of the lower-cased text, multiset overlap; a page whose truth is empty scores 1 only for
an empty answer.  Rivals (trafilatura, readability-lxml) run only where they are installed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import importlib
import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive_viewer.cleaning import clean_html
from archive_viewer.model import PICTURE

PAGES = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev"
WORD = re.compile(r"\w+")
Extract = Callable[[bytes, str], str]
METADATA = ("title exact", "author exact", "author false", "date", "date false")


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
        parser = importlib.import_module("lxml.html")

        def extract(data: bytes, url: str) -> str:
            summary = readability.Document(data.decode("utf-8", "replace")).summary()
            return " ".join(parser.fromstring(summary).itertext())

        yield "readability-lxml", extract
    except ImportError:
        print("readability-lxml is not installed")


@dataclass(frozen=True)
class Stated:
    """What a program says of a page: empty where it says nothing; the day as ISO 8601."""

    title: str
    authors: tuple[str, ...]
    day: str


Read = Callable[[bytes, str], Stated]


def our_metadata(data: bytes, url: str) -> Stated:
    article = clean_html(data, url)
    return Stated(
        article.title.value if article.title else "",
        tuple(article.authors.value) if article.authors else (),
        article.published.value[:10] if article.published else "",
    )


def readers_of_metadata(*, with_rivals: bool) -> Iterator[tuple[str, Read]]:
    yield "Archive Viewer", our_metadata
    if not with_rivals:
        return
    try:
        trafilatura = importlib.import_module("trafilatura")

        def extract(data: bytes, url: str) -> Stated:
            found = trafilatura.extract_metadata(data, default_url=url)
            return Stated(found.title or "", (found.author or "",), (found.date or "")[:10])

        yield "trafilatura", extract
    except ImportError:
        print("trafilatura is not installed")


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


def show_metadata(every: int, *, with_rivals: bool) -> None:
    """Title, author and date against the truth; ``false``: given though the truth has none."""
    print(f"\n  {'metadata':16}{'half':6}" + "".join(f"{name:>16}" for name in METADATA))
    for name, read in readers_of_metadata(with_rivals=with_rivals):
        counts: Counter[tuple[str, int, str]] = Counter()
        for _, data, truth in pages(every):
            try:
                stated = read(data, truth["url"])
            except Exception as error:  # noqa: BLE001  a rival may raise anything
                print(f"{truth['url']}: {error!r}", file=sys.stderr)
                stated = Stated("", (), "")
            for measure, is_so in judge(stated, truth["ground_truth"]):
                for half in (half_of(truth["url"]), 2):
                    counts[measure, half, "all"] += 1
                    counts[measure, half, "so"] += is_so
        for half, label in enumerate(("tuned", "other", "all")):
            cells = ((counts[m, half, "so"], counts[m, half, "all"]) for m in METADATA)
            print(f"  {name:16}{label:6}" + "".join(f"{so / max(1, all_):9.1%} ({all_:4})" for so, all_ in cells))


def judge(stated: Stated, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    if truth.get("title"):
        yield "title exact", WORD.findall(plain(stated.title)) == WORD.findall(plain(truth["title"]))
    names = {name for author in stated.authors for name in names_in(author)}
    wanted = names_in(truth.get("author") or "")
    yield ("author exact", names == wanted) if wanted else ("author false", bool(names))
    day = (truth.get("publish_date") or "")[:10]
    yield ("date", stated.day == day) if day else ("date false", bool(stated.day))


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
        show_metadata(options.every, with_rivals=options.rivals)
    if options.rivals:
        for name, extract in rivals():
            show(name, *measure(extract, options.every))


if __name__ == "__main__":
    main()
