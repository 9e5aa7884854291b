"""How fast the index is built and asked, against SQLite's FTS5 in the same run.

    taskset -c 1 python tests/benchmarks/search_speed.py [--pages N] [--seed S]

Over the texts of ``../shared/wcxb``: as they are, or recombined from their paragraphs, seeded, to N pages.  Processor
seconds of this process are counted, so that other programs on the machine matter less; still only the ratios of one
run mean something.  “First” is a query whose words were not asked for before, on an index just opened; “again” is the
same queries once more.  Where one number is given it is ours alone; memory, and the time from opening to the first
answer, are those of a process that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import median

from search_engines import BATCH, TOP, WCXB, Fts5, Ours, pages, recombined

from archive_viewer.search import passages
from archive_viewer.search.index import Document
from archive_viewer.search.query import parse

KINDS = (
    *("frequent", "middling", "rare", "two words", "three frequent", "one of five"),
    *("phrase", "near", "prefix", "in 2021"),
)
TERMS, BOOLEANS = KINDS[:3], KINDS[3:6]

Query = tuple[str, str]
"""The same question in our words and in FTS5's."""


def questions(documents: list[Document], chance: random.Random, each: int = 20) -> dict[str, list[Query]]:
    word = re.compile(r"[a-z]{3,}")
    held: Counter[str] = Counter()
    for document in documents:
        held.update(set(word.findall(document.text.lower())))
    count = len(documents)
    frequent = sorted(term for term, n in held.items() if n > 0.15 * count)
    middling = sorted(term for term, n in held.items() if 0.01 * count < n < 0.05 * count)
    # Of many pages made of the same paragraphs, few hold a word that no more than six have.
    few = max(6, sorted(held.values())[len(held) // 10])
    rare = sorted(term for term, n in held.items() if 2 <= n <= few)
    runs = [
        found
        for document in chance.sample(documents, min(count, 400))
        if len(found := word.findall(document.text.lower())) > 9
    ]

    def several(joint: str, *groups: list[str]) -> Query:
        words = [chance.choice(group) for group in groups]
        return f" {joint} ".join(words), f" {joint} ".join(f'"{one}"' for one in words)

    def phrase() -> Query:
        run = chance.choice(runs)
        at = chance.randrange(len(run) - 2)
        return f'"{run[at]} {run[at + 1]}"', f'"{run[at]} {run[at + 1]}"'

    def prefix() -> Query:
        stem = chance.choice(middling)[:4]
        return f"{stem}*", f'"{stem}"*'

    def near() -> Query:
        run = chance.choice(runs)
        at = chance.randrange(len(run) - 5)
        one, other = run[at], run[at + chance.randrange(1, 5)]
        return f'"{one}" NEAR/5 "{other}"', f'NEAR("{one}" "{other}", 4)'

    makers: dict[str, Callable[[], Query]] = {
        "frequent": lambda: several("", frequent),
        "middling": lambda: several("", middling),
        "rare": lambda: several("", rare),
        "two words": lambda: several("AND", middling, frequent),
        "three frequent": lambda: several("AND", *[frequent] * 3),
        "one of five": lambda: several("OR", *[frequent] * 5),
        "phrase": phrase,
        "prefix": prefix,
        "near": near,
        "in 2021": lambda: several("AND", middling),
    }
    return {kind: [makers[kind]() for _ in range(each)] for kind in KINDS}


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def timed(engine: Ours | Fts5, kind: str, queries: list[Query]) -> list[float]:
    """Milliseconds of each query."""
    return [1e3 * seconds(partial(engine.ask, kind, query)) for query in queries]


def size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def line(name: str, ours: float, theirs: float, unit: str, digits: int = 2) -> None:
    ratio = f"{ours / theirs:8.2f}" if theirs else "        "
    print(f"{name:28} {ours:10.{digits}f} {theirs:10.{digits}f} {unit:6} {ratio}")


def percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


# -- the analyser -----------------------------------------------------------------------------------------------

SCRIPTS = {
    "Cyrillic": ("абвгдежзийклмнопрстуфхцчшщыьэюя", "", " "),
    "Greek": ("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ", "", " "),
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "ًٌٍَُِّْ", " "),
    "Hebrew": ("אבגדהוזחטיכלמנסעפצקרשת", "ְִֵֶַָּ", " "),
    "Devanagari": ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "ािीुूेैोौं्", " "),
    "Hangul": ("가나다라마바사아자차카타파하고노도로모보소오", "", " "),
    "Thai": ("กขคงจชซญดตถทธนบปผพภมยรลวสหอ", "ะาิีุู่้", ""),
    "Han": ("".join(map(chr, range(0x4E00, 0x4E00 + 3_000))), "", ""),
}
"""Letters, marks that may follow one, and what stands between words."""


def written(script: str, chance: random.Random, words: int = 400_000) -> str:
    """Text of invented words, some of them far more frequent than others."""
    letters, marks, space = SCRIPTS[script]

    often = list(accumulate(1 / (n + 10) for n in range(len(letters))))

    def word() -> str:
        made = ""
        for _ in range(chance.randrange(2, 9)):
            made += chance.choices(letters, cum_weights=often)[0]
            if marks and chance.random() < 0.4:
                made += chance.choice(marks)
        return made

    known = [word() for _ in range(30_000)]
    weights = list(accumulate(1 / (n + 3) for n in range(len(known))))
    chosen = chance.choices(known, cum_weights=weights, k=words)
    lines = (space.join(chosen[at : at + 12]) for at in range(0, words, 12))
    return "".join(f"{one}, {other}.\n" for one, other in zip(lines, lines, strict=False))


def analysed(texts: list[str]) -> float:
    """Megabytes a second, from text to numbered terms with their places, as the index takes its batches."""
    from archive_viewer.search.pieces import Pieces

    def act() -> None:
        pieces = Pieces()
        for at in range(0, len(texts), BATCH):
            for text in texts[at : at + BATCH]:
                pieces.numbers(text)
            pieces.settle()

    return sum(len(text.encode()) for text in texts) / 1e6 / min(seconds(act) for _ in range(3))


# -- a process that only searches -------------------------------------------------------------------------------


def peak() -> float:
    """The most megabytes that this process has taken so far.  What ``resource`` says begins with the parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def searching(folder: Path, asked: dict[str, list[Query]]) -> None:
    """Ask everything; print the milliseconds to the first answer, and the megabytes at the start and the end."""
    import numpy  # noqa: F401

    from archive_viewer.search import merging, ranking, snapshot  # noqa: F401

    before = peak()
    ours = Ours(folder)
    start = time.perf_counter()
    ours.open()
    ours.ask("middling", asked["middling"][0])
    first = 1e3 * (time.perf_counter() - start)
    for kind in KINDS:
        for query in asked[kind]:
            ours.ask(kind, query)
    print(json.dumps([first, before, peak()]))


def apart(folder: Path, asked: dict[str, list[Query]]) -> list[float]:
    """The same in a process of its own, three times: the medians."""
    command = [sys.executable, __file__, "--searching", str(folder)]
    runs = [
        json.loads(subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    return [median(own) for own in zip(*runs, strict=True)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=0, help="recombine paragraphs to so many pages")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--searching", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.searching:
        searching(chosen.searching, json.load(sys.stdin))
        return
    if not WCXB.is_dir():
        sys.exit(f"There are no texts in {WCXB}.")
    chance = random.Random(chosen.seed)
    documents = pages()
    if chosen.pages:
        documents = list(recombined(documents, chosen.pages, chance))
    text = sum(len(document.text.encode()) for document in documents) / 1e6
    asked = questions(documents, chance)
    print(f"{len(documents):,} pages, {text:.1f} MB of text\n{'':28} {'ours':>10} {'FTS5':>10} {'':6} {'ratio':>8}")

    line("analyser, English", analysed([page.text for page in documents[:10_000]]), 0, "MB/s", 1)
    for script in SCRIPTS:
        line(f"analyser, {script}", analysed([written(script, chance)]), 0, "MB/s", 1)
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Ours(Path(place) / "ours"), Fts5(Path(place) / "fts5")
        engines = (ours, theirs)
        built = [seconds(partial(engine.build, documents)) for engine in engines]
        line("build", *built, "s")
        line("build, pages a second", *(len(documents) / spent for spent in built), "")
        line("size, as built", size(ours.folder), size(theirs.folder), "MB")
        first, before, after = apart(ours.folder, asked)
        line("open to first answer", first, 0, "ms")
        line("memory before opening", before, 0, "MB")
        line("memory after all questions", after, 0, "MB")
        line("merge all", *(seconds(engine.merge) for engine in engines), "s")
        line("size, merged", size(ours.folder), size(theirs.folder), "MB")
        line("open", *(1e3 * seconds(engine.open) for engine in engines), "ms")
        every: dict[str, list[list[float]]] = {}
        for kind in KINDS:
            first_times, *later = ([timed(engine, kind, asked[kind]) for engine in engines] for _ in range(3))
            again = [[min(both) for both in zip(*rounds, strict=True)] for rounds in zip(*later, strict=True)]
            line(f"{kind}, first", *(median(times) for times in first_times), "ms")
            line(f"{kind}, first, 95 %", *(percentile(times, 0.95) for times in first_times), "ms")
            line(f"{kind}, again", *(median(times) for times in again), "ms")
            every[kind] = again
        for name, kinds in (("all terms", TERMS), ("all booleans", BOOLEANS)):
            line(f"{name}, again", *(median(t for kind in kinds for t in every[kind][n]) for n in (0, 1)), "ms")
        new = [replace(document, id=f"new{n}") for n, document in enumerate(documents[:20])]
        added = [[1e3 * seconds(partial(engine.add, document)) for document in new] for engine in engines]
        line("one page added and visible", *(median(times) for times in added), "ms")
        shown = [parse(query) for query, _ in asked["frequent"]]
        spent = seconds(
            lambda: [passages.find(query, document.text) for query in shown for document in documents[:TOP]]
        )
        line("passages of ten pages", 1e3 * spent / len(shown), 0, "ms")
        for engine in engines:
            engine.close()


if __name__ == "__main__":
    main()
