"""Words laid beside words: what is the same, what is not, and where a quote ends."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.anchoring.alignment import Alignment, Quoted, align
from archive_viewer.model import Agreement

TEXT = (
    "at noon the ferry left the old harbour of the river town and nobody saw it again until the snow on the pass had "
    "melted and the bridge was open to the carts of both towns once more"
).split()


def quoted(words: str) -> Quoted:
    """A quote whose pieces are parted by ``|`` and whose asides stand in brackets."""
    terms, asides, pieces = [], [], []
    piece = 0
    for word in words.split():
        if word == "|":
            piece += 1
            continue
        terms.append(word.strip("[]"))
        asides.append(word.startswith("["))
        pieces.append(piece)
    return Quoted(terms, [0.5] * len(terms), asides, pieces)


def told(alignment: Alignment, quote: Quoted) -> list[tuple[Agreement, str, str]]:
    return [
        (step.agreement, " ".join(quote.terms[step.first : step.last]), " ".join(TEXT[step.begin : step.end]))
        for step in alignment.steps
    ]


def test_each_way_to_differ() -> None:
    quote = quoted("ferry left their old harbor of river town | [indeed] nobody ever saw it | bridge was open")
    (found,) = align(quote, TEXT)
    assert told(found, quote) == [
        (Agreement.SAME, "ferry left", "ferry left"),
        (Agreement.CHANGED, "their", "the"),
        (Agreement.SAME, "old", "old"),
        (Agreement.SPELLED, "harbor", "harbour"),
        (Agreement.SAME, "of", "of"),
        (Agreement.ADDED, "", "the"),
        (Agreement.SAME, "river town", "river town"),
        (Agreement.ASIDE, "indeed", ""),
        (Agreement.ELIDED, "", "and"),
        (Agreement.SAME, "nobody", "nobody"),
        (Agreement.MISSING, "ever", ""),
        (Agreement.SAME, "saw it", "saw it"),
        (Agreement.ELIDED, "", "again until the snow on the pass had melted and the"),
        (Agreement.SAME, "bridge was open", "bridge was open"),
    ]
    assert (found.begin, found.added) == (TEXT.index("ferry"), 1)


def test_a_word_divided_or_joined_is_the_same() -> None:
    quote = quoted("left the oldharbour of the ri ver town and nobody")
    (found,) = align(quote, TEXT)
    assert [step.agreement for step in found.steps] == [Agreement.SAME]
    assert all(found.likeness)


def test_a_scatter_of_common_words_is_no_passage() -> None:
    quote = quoted("the and of zebra violin the to once giraffe of the quartet and the cello of both the")
    assert all(sum(map(bool, found.likeness)) < 8 for found in align(quote, TEXT))


def test_what_stands_twice_is_told_twice() -> None:
    quote = quoted("the ferry left the old harbour")
    found = align(quote, [*TEXT, *TEXT])
    assert [one.begin for one in found] == [2, 2 + len(TEXT)]


@given(seed=st.integers(0, 1 << 32))
def test_steps_cover_the_quote_in_order_and_the_place_without_gaps(seed: int) -> None:
    chance = random.Random(seed)
    words = chance.choices(["a", "b", "c", "kilim", "kilims", "carpet"], k=chance.randint(1, 40))
    text = chance.choices(["a", "b", "c", "d", "kilim", "carpets"], k=chance.randint(0, 80))
    pieces = sorted(chance.choices(range(3), k=len(words)))
    quote = Quoted(words, [0.5] * len(words), [chance.random() < 0.1 for _ in words], pieces)
    for found in align(quote, text):
        assert [n for step in found.steps for n in range(step.first, step.last)] == list(range(len(words)))
        held = [n for step in found.steps for n in range(step.begin, step.end)]
        assert held == list(range(found.begin, found.end))
        for step in found.steps:
            if step.agreement is Agreement.SAME:
                assert "".join(words[step.first : step.last]) == "".join(text[step.begin : step.end])
