"""How often “did you mean” means the right word, and how long it takes.

    python tests/benchmarks/suggestion_quality.py [--pages N] [--words W] [--seed S]

Over the texts of ``../shared/wcxb``, as they are or recombined from their paragraphs to N pages.  W words that stand
in at least three pages are each misspelt once in each of eight ways, so that no page has what comes of it; then asked
alone, and beside a second word of the same page.  “Right” is the word itself, “other” any other proposal.  Words as
they are must not be doubted; those in one or two pages are told apart.
"""

from __future__ import annotations

import argparse
import random
import string
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from search_speed import BATCH, pages, recombined

from archive_viewer.search.index import Index
from archive_viewer.search.query import parse
from archive_viewer.search.suggesting import suggestion
from archive_viewer.search.tokenizer import terms

LETTERS = string.ascii_lowercase
VOWELS = "aeiou"


def exchanged(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def put_in(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(LETTERS) + word[at:]


def changed(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


def doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def other_vowel(word: str, chance: random.Random) -> str:
    places = [at for at, letter in enumerate(word) if letter in VOWELS]
    if not places:
        return changed(word, chance)
    at = chance.choice(places)
    return word[:at] + chance.choice(VOWELS) + word[at + 1 :]


def twice(word: str, chance: random.Random) -> str:
    return chance.choice((left_out, put_in, changed))(
        chance.choice((exchanged, left_out, changed))(word, chance), chance
    )


def apart(word: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    *(exchanged, left_out, put_in, changed, doubled, other_vowel, twice, apart),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    documents = pages()
    if options.pages:
        documents = list(recombined(documents, options.pages, chance))
    with tempfile.TemporaryDirectory() as folder:
        with Index.create(Path(folder) / "index") as index:
            for at in range(0, len(documents), BATCH):
                index.apply(documents[at : at + BATCH])
        with Index.open(Path(folder) / "index") as index:
            measure(index, [terms(document.text) for document in documents], options.words, chance)


def measure(index: Index, texts: list[list[str]], count: int, chance: random.Random) -> None:
    def answers(text: str) -> int:
        return len(index.search(parse(text), 1_000))

    def asked(text: str) -> str | None:
        began = time.process_time()
        found = suggestion(text, index, answers)
        spent.append(time.process_time() - began)
        return found

    spent: list[float] = []
    vocabulary = sorted({term for text in texts for term in text if term.isascii() and term.isalpha()})
    held = {term: max(index.frequencies(field, [term])[term] for field in ("text", "about")) for term in vocabulary}
    usual = [term for term in vocabulary if held[term] >= 3 and len(term) >= 5]
    chosen = chance.sample(usual, count)
    print(f"{index.count:,} pages; {len(usual):,} words to choose from, {count} chosen")
    print(f"{'':14}{'asked':>7}{'right':>8}{'other':>8}{'none':>8}")
    for way in WAYS:
        for is_alone in (True, False):
            asked_of, right, none = 0, 0, 0
            for word in chosen:
                made = next((made for _ in range(20) if not are_known(made := way(word, chance), held)), None)
                if made is None:
                    continue
                asked_of += 1
                beside = "" if is_alone else " " + beside_of(word, texts, held, chance)
                found = asked(made + beside)
                right += found == word + beside
                none += found is None
            name = f"{way.__name__}{'' if is_alone else ' +1'}"
            print(f"{name:14}{asked_of:7}{right / asked_of:8.0%}{(asked_of - right - none) / asked_of:8.0%}", end="")
            print(f"{none / asked_of:8.0%}")
    for name, words in (
        ("as they are", [term for term in vocabulary if held[term] >= 3]),
        ("in 1–2 pages", [term for term in vocabulary if 0 < held[term] < 3]),
    ):
        some = chance.sample(words, min(len(words), 4 * count))
        doubted = [(word, found) for word in some if (found := asked(word)) is not None]
        print(f"{name:14}{len(some):7}{'doubted':>16}{len(doubted) / len(some):8.1%}  {doubted[:6]}")
    spent.sort()
    print(
        f"Processor time of {len(spent):,} questions: median {1000 * median(spent):.0f} ms, "
        f"p95 {1000 * spent[len(spent) * 95 // 100]:.0f} ms, most {1000 * spent[-1]:.0f} ms"
    )


def are_known(made: str, held: dict[str, int]) -> bool:
    """Whether what was typed is in the index: then there is no mistake in it that could be seen."""
    return all(part in held for part in made.split())


def beside_of(word: str, texts: list[list[str]], held: dict[str, int], chance: random.Random) -> str:
    """Another word of a page that has this one."""
    page = next(text for text in chance.sample(texts, len(texts)) if word in text)
    return chance.choice([term for term in page if held.get(term, 0) > 2 and len(term) > 3 and term != word])


if __name__ == "__main__":
    main()
