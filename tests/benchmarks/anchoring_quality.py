"""How well marks are found again after a page has changed, against the way of the Hypothesis client.

Takes the article texts of the WCXB pages, edits each with known insertions, deletions, reordering, typography,
copied paragraphs and another cleaner's choice of blocks, and resolves random marks in the result.  Every character
carries its origin, so the right answer is known.  Even page numbers are for tuning, odd ones are held back:

    python tests/benchmarks/anchoring_quality.py [--part tune|held] [--pages N]

*Right*: where the surviving characters are, or nowhere where fewer than four in five survive together.  *Wrong*:
elsewhere, or somewhere although the passage is gone.  *Unplaced*: not found although it survives; *twice*: because it
stands twice, context and all.  Only *placed* is silent, the others ask; everything that the rival finds is silent.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from archive_viewer.anchoring import describe, resolve_all
from archive_viewer.anchoring.likeness import nearest_range
from archive_viewer.model import AnchorState, Article, Block, Kind, Target

PAGES = Path(__file__).parents[2] / ".." / "shared" / "wcxb" / "dev" / "ground-truth"
MARKS_PER_PAGE = 20
GONE = 0.5
NEW = -1
Paragraph = list[tuple[str, int]]
"""Characters with their origins: the offset in the text that was marked, or ``NEW``."""


# -- edits: each takes paragraphs and gives paragraphs -----------------------------------------------------------


def new(text: str) -> Paragraph:
    return [(character, NEW) for character in text]


def joined(parts: list[Paragraph]) -> Paragraph:
    return list(chain.from_iterable(parts))


def sentences(paragraph: Paragraph) -> list[Paragraph]:
    text = "".join(character for character, _ in paragraph)
    cuts = [0, *(match.end() for match in re.finditer(r"[.!?]\s+|[。！？]", text)), len(text)]
    return [paragraph[a:b] for a, b in pairwise(cuts) if a < b]


def insert(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    result = list(page)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(result))
        words = dice.choice(other)
        if dice.random() < 0.5:
            result.insert(at, new(words))
        else:
            parts = sentences(result[at]) or [[]]
            parts.insert(dice.randint(0, len(parts)), new(words.split(". ")[0] + " "))
            result[at] = joined(parts)
    return result


def delete(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    result = list(page)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(result))
        parts = sentences(result[at])
        if len(parts) > 1 and dice.random() < 0.6:
            del parts[dice.randrange(len(parts))]
            result[at] = joined(parts)
        elif len(result) > 2:
            del result[at]
    return result


def reorder(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    result = list(page)
    if len(result) > 2:
        result.insert(dice.randrange(len(result)), result.pop(dice.randrange(len(result))))
    at = dice.randrange(len(result))
    parts = sentences(result[at])
    dice.shuffle(parts)
    result[at] = joined(parts)
    return result


def retype(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    """Curly for straight or the other way round, dashes, ellipses, soft hyphens, no-break spaces."""
    table = dice.choice(
        [
            {"'": "’", '"': "“", "-": "‑", "…": "...", "–": "-"},
            {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "…": "...", "\u00a0": " "},
            {" ": "\u00a0"},
            {"e": "e\u00ad", "...": "…"},
        ]
    )
    return [[(c, origin) for char, origin in paragraph for c in table.get(char, char)] for paragraph in page]


def reword(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    """Typing corrected: now and then a word is replaced, or a letter."""
    result = []
    rate = dice.choice([0.01, 0.04])
    for paragraph in page:
        words = re.split(r"(\s+)", "".join(character for character, _ in paragraph))
        changed: Paragraph = []
        passed = 0
        for word in words:
            piece = paragraph[passed : passed + len(word)]
            passed += len(word)
            if word.strip() and dice.random() < rate:
                piece = new(dice.choice(["", "however", "Council", "1994", "and then"])) if len(word) < 9 else piece[1:]
            changed += piece
        result.append(changed)
    return result


def copy(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    """A paragraph, or its first sentence, stands a second time: a teaser, a pull quote."""
    result = list(page)
    for _ in range(2):
        words = dice.choice(page)
        if dice.random() < 0.5 and sentences(words):
            words = sentences(words)[0]
        result.insert(dice.randint(0, len(result)), new("".join(character for character, _ in words)))
    return result


def reblock(page: list[Paragraph], other: list[str], dice: random.Random) -> list[Paragraph]:
    """Another cleaner: blocks joined, cut, left out, and chrome taken for text."""
    result: list[Paragraph] = [new(words) for words in dice.sample(other, min(2, len(other)))]
    for paragraph in page:
        choice = dice.random()
        parts = sentences(paragraph)
        if choice < 0.1 and result:
            result[-1] = result[-1] + new(" ") + paragraph
        elif choice < 0.2 and len(parts) > 1:
            result += [parts[0], joined(parts[1:])]
        elif choice < 0.95:
            result.append(paragraph)
    return result or page


EDITS: list[Callable[[list[Paragraph], list[str], random.Random], list[Paragraph]]] = [
    insert,
    delete,
    reorder,
    retype,
    reword,
    copy,
    reblock,
]


# -- pages, marks, truth -----------------------------------------------------------------------------------------


def article_of(paragraphs: list[str]) -> Article:
    blocks = tuple(Block(n, Kind.PARAGRAPH, text) for n, text in enumerate(paragraphs, 1))
    return Article(blocks, cleaner_version="benchmark")


def marks_of(text: str, dice: random.Random) -> list[tuple[int, int]]:
    """Ranges that begin and end with words, from one word to some paragraphs."""
    words = [match.span() for match in re.finditer(r"\w+", text)]
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    marks = []
    for _ in range(MARKS_PER_PAGE):
        count = dice.choice([1, 2, 4, 8, 16, 40, 100, 0])
        if count:
            first = dice.randrange(len(words))
            marks.append((words[first][0], words[min(len(words) - 1, first + count - 1)][1]))
        else:
            first = dice.randrange(len(lines))
            marks.append((lines[first][0], lines[min(len(lines) - 1, first + dice.randint(0, 2))][1]))
    return marks


@dataclass(frozen=True)
class Truth:
    """Where a mark's surviving characters stand: the longest run of them in their order that is still together.

    ``kept`` is their share of the mark, ``edited`` the characters lost and put in, as a share of the mark.
    """

    start: int
    end: int
    kept: float
    edited: float

    @property
    def survives(self) -> bool:
        return self.edited <= 0.2


def truth_of(mark: tuple[int, int], origins: dict[int, int]) -> Truth:
    places = in_order([origins[offset] for offset in range(*mark) if offset in origins])
    length = mark[1] - mark[0]
    best, low = (0, 0, 0), 0
    for high, place in enumerate(places):
        while place - places[low] > 2 * length + 20:
            low += 1
        best = max(best, (high - low + 1, places[low], place + 1))
    count, start, end = best
    return Truth(start, end, count / length, (length - count + end - start - count) / length)


def in_order(places: list[int]) -> list[int]:
    """The longest increasing subsequence."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for i, place in enumerate(places):
        k = bisect_left(tails, place)
        before.append(at[k - 1] if k else -1)
        if k == len(tails):
            tails.append(place)
            at.append(i)
        else:
            tails[k], at[k] = place, i
    longest = []
    i = at[-1] if at else -1
    while i >= 0:
        longest.append(places[i])
        i = before[i]
    return longest[::-1]


def judge(found: tuple[int, int] | None, truth: Truth) -> str:
    if found is None:
        return "unplaced" if truth.survives else "right"
    tolerance = max(3, (truth.end - truth.start) // 4) if truth.edited else 0
    is_there = abs(found[0] - truth.start) <= tolerance and abs(found[1] - truth.end) <= tolerance
    return "right" if truth.kept >= GONE and is_there else "wrong"


def stands_twice(target: Target, text: str) -> bool:
    """The passage with all its context stands more than once: nobody can say which is meant."""
    return text.count(target.quote.prefix + target.quote.exact + target.quote.suffix) > 1


# -- the rival ---------------------------------------------------------------------------------------------------


def anchor_as_hypothesis(target: Target, text: str) -> tuple[int, int] | None:
    """Position if the quote stands there; exact places, else approximate ones up to half the quote's length in edits;
    scored quote 50, prefix 20, suffix 20, position 2, with 32 characters of context."""
    quote, start = target.quote, target.position.start
    if text[start : target.position.end] == quote.exact:
        return start, target.position.end
    places = [
        (match.start(), match.start() + len(quote.exact), 0) for match in re.finditer(re.escape(quote.exact), text)
    ]
    if not places:
        low, high, edits = nearest_range(quote.exact, text)
        if edits > min(256, len(quote.exact) // 2) or low >= high:
            return None
        places = [(low, high, edits)]

    def score(place: tuple[int, int, int]) -> float:
        low, high, edits = place
        before, after = quote.prefix[-32:], quote.suffix[:32]
        likeness = 1 - edits / len(quote.exact)
        context = 20 * _likeness(before, text[max(0, low - len(before)) : low])
        context += 20 * _likeness(after, text[high : high + len(after)])
        return 50 * likeness + context + 2 * (1 - abs(low - start) / len(text))

    best = max(places, key=score)
    return best[0], best[1]


def _likeness(wanted: str, text: str) -> float:
    return 1 - nearest_range(wanted, text)[2] / len(wanted) if wanted else 1.0


# -- the measurement ---------------------------------------------------------------------------------------------


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", choices=["tune", "held"], default="held")
    options.add_argument("--pages", type=int, default=500)
    options.add_argument("--show", type=int, default=0, help="print so many of our failures")
    given = options.parse_args()
    files = [file for file in sorted(PAGES.glob("*.json")) if int(file.stem) % 2 == (given.part == "held")]
    texts = [json.loads(file.read_text("utf-8"))["ground_truth"].get("main_content") or "" for file in files]
    pages = [[line.strip() for line in text.split("\n") if line.strip()] for text in texts]
    pages = [page for page in pages if len(page) > 2 and len(re.findall(r"\w+", " ".join(page))) > 30][: given.pages]
    ours: Counter[tuple[str, str, str]] = Counter()
    rival: Counter[tuple[str, str]] = Counter()
    seconds = [0.0, 0.0]
    shown = 0
    for number, page in enumerate(pages):
        dice = random.Random(number)
        old = article_of(page)
        offset = 0
        paragraphs: list[Paragraph] = []
        for line in page:
            paragraphs.append([(character, offset + i) for i, character in enumerate(line)])
            offset += len(line) + 1
        edits = dice.sample(EDITS, dice.randint(1, 3))
        for edit in edits:
            paragraphs = edit(paragraphs, pages[number - 1], dice)
        paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        current = article_of(["".join(character for character, _ in paragraph) for paragraph in paragraphs])
        characters = joined([[*paragraph, ("\n", NEW)] for paragraph in paragraphs])
        origins = {origin: place for place, (_, origin) in enumerate(characters) if origin != NEW}
        # A newline between two blocks survives where both of its neighbours do.
        for newline in (match.start() for match in re.finditer("\n", old.text)):
            if newline - 1 in origins and origins.get(newline + 1) == origins[newline - 1] + 2:
                origins[newline] = origins[newline - 1] + 1
        marks = marks_of(old.text, dice)
        targets = [describe(old, *mark) for mark in marks]
        began = time.perf_counter()
        resolutions = resolve_all(targets, current)
        seconds[0] += time.perf_counter() - began
        for mark, target, resolution in zip(marks, targets, resolutions, strict=True):
            truth = truth_of(mark, origins)
            length = "short" if mark[1] - mark[0] < 20 else "long"
            found = None if resolution.start is None or resolution.end is None else (resolution.start, resolution.end)
            verdict = judge(found, truth)
            if verdict == "unplaced" and stands_twice(target, current.text):
                verdict = "twice"
            ours[length, resolution.state.value, verdict] += 1
            if verdict != "right" and length == "long" and shown < given.show:
                shown += 1
                print(verdict, resolution, truth, [edit.__name__ for edit in edits], repr(target.quote.exact[:90]))
                print("   should be", repr(current.text[truth.start : truth.end][:90]))
                print("   is       ", repr(current.text[found[0] : found[1]][:90]) if found else None)
            began = time.perf_counter()
            rival[length, judge(anchor_as_hypothesis(target, current.text), truth)] += 1
            seconds[1] += time.perf_counter() - began
    print(f"{len(pages)} pages ({given.part}), {sum(ours.values())} marks")
    for length in ("short", "long"):
        total = sum(count for (kind, *_), count in ours.items() if kind == length)
        print(f"\n{length} quotes ({'under' if length == 'short' else 'from'} 20 characters): {total}")
        print(f"  {'':22}{'right':>8}{'wrong':>8}{'unplaced':>10}{'twice':>8}")
        for state in AnchorState:
            row = [ours[length, state.value, verdict] for verdict in ("right", "wrong", "unplaced", "twice")]
            print(f"  ours, {state.value:16}{row[0]:8}{row[1]:8}{row[2]:10}{row[3]:8}")
        row = [rival[length, verdict] for verdict in ("right", "wrong", "unplaced")]
        print(f"  {'the rival’s way':22}{row[0]:8}{row[1]:8}{row[2]:10}")
    print(f"\ntime, ours : rival  1 : {seconds[1] / seconds[0]:.1f}   ({seconds[0]:.1f} s)")


if __name__ == "__main__":
    main()
