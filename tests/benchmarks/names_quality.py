"""How many spellings of a name ``sounds:`` finds, and how much that is not the name, against keys made for English.

    python tests/benchmarks/names_quality.py [--half tuned] [--missed]

Every spelling in ``names.toml`` is a page of an index, and so is every word of ``../shared/wcxb`` (where it is there).
Each spelling of the half that was held out is then asked for.  *Recall*: of the other spellings of the name, how many
are found; by script of what is asked and of what is found, too.  *Precision*: of the names that are found, how many are
the one that is meant.  *Words*: how many words of the pages are found beside, some of which are the name.  *Told
apart*: of the pairs of names that are not the same, how many are not found by each other.

The rivals are Soundex and Metaphone (jellyfish) of what anyascii makes of the same letters, in the same run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import jellyfish
import regex
from anyascii import anyascii
from search_speed import WCXB, pages

from archive_viewer.search.folding import fold
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse
from archive_viewer.search.tokenizer import terms

NAMES = Path(__file__).with_name("names.toml")
EVERY = 1_000_000
SCRIPTS = (
    "Latin",
    "Cyrillic",
    "Arabic",
    "Hebrew",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Greek",
    "Georgian",
    "Armenian",
    "Hangul",
    "Han",
    "Hiragana",
    "Katakana",
    "Thai",
    "Malayalam",
)

Ask = Callable[[str], Collection[str]]
"""A spelling in, the spellings and words that are found out."""


@dataclass
class Tally:
    sought: int = 0
    found: int = 0
    other: int = 0
    words: list[int] = field(default_factory=list)
    by_script: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    told_apart: int = 0
    pairs: int = 0
    seconds: list[float] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)


def script_of(spelling: str) -> str:
    counts = Counter(name for name in SCRIPTS for _ in regex.findall(rf"\p{{{name}}}", spelling))
    return counts.most_common(1)[0][0]


def measure(ask: Ask, names: list[list[str]], different: list[list[str]], every: set[str]) -> Tally:
    tally = Tally()
    for spellings in names:
        same = {fold(one): one for one in spellings}
        for own, asked in same.items():
            began = time.perf_counter()
            found = set(ask(asked)) | {asked}
            tally.seconds.append(time.perf_counter() - began)
            others = {one for other, one in same.items() if other != own}
            hit = others & found
            tally.sought += len(others)
            tally.found += len(hit)
            tally.other += len((found & every) - set(spellings))
            tally.words.append(len(found - every))
            tally.missed += [(asked, one) for one in sorted(others - hit)]
            for one in others:
                counts = tally.by_script[" – ".join(sorted({script_of(asked), script_of(one)}))]
                counts[0] += one in hit
                counts[1] += 1
    for one, other in different:
        tally.pairs += 1
        tally.told_apart += other not in ask(one)
    return tally


def rival(key: Callable[[str], str], every: Collection[str]) -> Ask:
    def letters(spelling: str) -> str:
        return regex.sub(r"[^A-Za-z]", "", anyascii(spelling))

    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for one in every:
        by_key[key(letters(one))].append(one)
    return lambda asked: by_key.get(key(letters(asked)), ()) if letters(asked) else ()


def told(name: str, tally: Tally) -> str:
    seconds = sorted(tally.seconds)
    recall, precision = tally.found / tally.sought, tally.found / max(1, tally.found + tally.other)
    return (
        f"{name:<12} recall {recall:.3f}  precision {precision:.3f}  told apart {tally.told_apart}/{tally.pairs}  "
        f"words beside: mean {sum(tally.words) / len(tally.words):.1f}, median {median(tally.words):g}  "
        f"ms: median {median(seconds) * 1000:.1f}, p95 {seconds[len(seconds) * 95 // 100] * 1000:.1f}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("tuned", "held-out"), default="held-out")
    options.add_argument("--missed", action="store_true", help="print the spellings that were not found")
    chosen = options.parse_args()
    known = tomllib.loads(NAMES.read_text("utf-8"))
    first = 0 if chosen.half == "tuned" else 1
    names, different = known["same"][first::2], known["different"][first::2]
    every = {one for spellings in (*known["same"], *known["different"]) for one in spellings}
    taken = {fold(one) for one in every}
    words = {word for page in pages() for word in terms(page.text)} - taken if WCXB.is_dir() else set()
    words = {word for word in words if word.isalpha()}
    listed = sorted(every) + sorted(words)
    with tempfile.TemporaryDirectory() as place, Index.create(Path(place) / "index") as index:
        for start in range(0, len(listed), 2_000):
            index.apply(Document(id=one, text=one) for one in listed[start : start + 2_000])
        index.optimise()
        began = time.perf_counter()
        index.search(parse("sounds:harbour"), 1)
        print(
            f"{len(names)} names, {sum(map(len, names))} spellings; {len(words):,} words beside; "
            f"first name after {time.perf_counter() - began:.2f} s"
        )

        def ask(spelling: str) -> set[str]:
            return {match.id for match in index.search(parse(f'sounds:"{spelling}"'), EVERY)}

        ours = measure(ask, names, different, every)
        print(told("sounds:", ours))
    for name, key in (("Soundex", jellyfish.soundex), ("Metaphone", jellyfish.metaphone)):
        print(told(name, measure(rival(key, listed), names, different, every)))
    print("\nRecall by script of the two spellings:")
    for pair, (found, sought) in sorted(ours.by_script.items(), key=lambda one: -one[1][1]):
        if sought >= 10:
            print(f"  {pair:<24} {found / sought:.2f} of {sought}")
    if chosen.missed:
        print("\nNot found:", "; ".join(f"{asked} → {one}" for asked, one in ours.missed))


if __name__ == "__main__":
    main()
