"""Lists of postings and of words, as they are written and read."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.search import lists, vocabulary
from archive_viewer.search.list_reader import ListReader, SegmentLists
from archive_viewer.search.lists import Lists, Whole
from archive_viewer.search.places import packed, unpacked
from archive_viewer.search.schema import Places
from archive_viewer.search.sealed_files import SealedStorage
from archive_viewer.search.vocabulary import Entry, Listed, Vocabulary

Posting = tuple[int, float, bytes]
"""Page, weight, value."""


def made(chance: random.Random, names: Sequence[str], first: int = 0) -> dict[bytes, list[Posting]]:
    """A list for each name, short and long, of pages close together and far apart, all from ``first`` on."""
    found = {}
    for name in sorted(names):
        count = chance.choice([1, 1, 1, 2, 3, 300])
        pages = sorted(chance.sample(range(chance.choice([2, 400, 100_000]) * count), count))
        weights = chance.choice([[1.0], [2.0, 0.5, 300.0]])
        sizes = chance.choice([[0], [2], [0, 2, 40], [2, 300], [70_000 // count]])
        found[name.encode()] = [
            (first + page, chance.choice(weights), chance.randbytes(chance.choice(sizes))) for page in pages
        ]
    return found


def as_lists(postings: dict[bytes, list[Posting]]) -> Lists:
    every = [posting for own in postings.values() for posting in own]
    return Lists(
        list(postings),
        np.array([len(own) for own in postings.values()], np.int64),
        np.array([page for page, _, _ in every], np.uint32),
        np.array([weight for _, weight, _ in every], np.float32),
        np.array([len(value) for _, _, value in every], np.uint32),
        b"".join(value for _, _, value in every),
    )


def as_postings(found: Lists) -> dict[bytes, list[Posting]]:
    ends = np.cumsum(found.lengths).tolist()
    values = [found.values[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    every = list(zip(found.pages.tolist(), found.weights.tolist(), values, strict=True))
    stops = np.cumsum(found.counts).tolist()
    return {term: every[at:stop] for term, at, stop in zip(found.terms, [0, *stops], stops, strict=False)}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_written_is_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    storage = SealedStorage(tmp_path)
    postings = made(chance, [f"w{n}" for n in range(60)])
    written = lists.encoded(as_lists(postings))
    file = storage.create_file("lists")
    file.write(b"".join(written))
    file.close()
    starts = array("Q", np.cumsum([0, *map(len, written)]).tolist())

    file = storage.open_file("lists")
    counts = array("I", map(len, postings.values()))
    whole = SegmentLists(Listed(list(postings), counts, starts), file)
    assert as_postings(whole.lists(0, 60)) == postings
    assert as_postings(whole.lists(20, 30)) == dict(list(postings.items())[20:30])
    for start, own in zip(starts, postings.values(), strict=False):
        reader = ListReader(file, start, Places())
        assert list(zip(reader.pages.tolist(), reader.weights.tolist(), strict=True)) == [one[:2] for one in own]
        for part in (1.0, 0.3, 0.01):
            wanted = np.array([chance.random() < part for _ in own])
            lengths, values = reader.values(wanted)
            chosen = [value for (_, _, value), is_wanted in zip(own, wanted, strict=True) if is_wanted]
            assert (lengths.tolist(), values) == ([len(value) for value in chosen], b"".join(chosen))
        one_by_one = []
        while reader.is_active():
            one_by_one.append((reader.id(), reader.weight(), reader.value()))
            reader.next()
        assert one_by_one == own
        for page in {own[0][0], own[-1][0], own[-1][0] + 1, *(chance.randrange(own[-1][0] + 3) for _ in range(20))}:
            reader.reset()
            reader.skip_to(page)
            later = [other for other, _, _ in own if other >= page]
            assert reader.is_active() == bool(later)
            assert not later or reader.id() == later[0]
    storage.close_files()


@pytest.mark.parametrize("at_once", [1, 7, 10_000_000])
def test_lists_are_merged_in_the_order_of_their_terms_and_sources(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", at_once)
    chance = random.Random(at_once)
    for count in (1, 2, 5):
        sources = [
            made(chance, [f"w{n}" for n in range(60) if chance.random() < 0.4], 30_000_000 * n) for n in range(count)
        ]
        expected: dict[bytes, list[Posting]] = {}
        for source in sources:
            for term, own in source.items():
                expected.setdefault(term, []).extend(own)
        found: list[tuple[bytes, list[Posting]]] = []
        for some in lists.merged([Whole(as_lists(source)) for source in sources]):
            found += as_postings(some).items()
        assert found == sorted(expected.items())


def test_pages_get_other_numbers_or_go() -> None:
    chance = random.Random(3)
    postings = made(chance, [f"w{n}" for n in range(60)])
    size = 1 + max(page for own in postings.values() for page, _, _ in own)
    numbers = np.full(size, -1)
    kept = np.array([chance.random() < 0.6 for _ in range(size)])
    numbers[kept] = 5 + np.arange(kept.sum())
    expected = {
        term: [(int(numbers[page]), weight, value) for page, weight, value in own if numbers[page] >= 0]
        for term, own in postings.items()
    }
    assert as_postings(lists.chosen(as_lists(postings), numbers)) == {
        term: own for term, own in expected.items() if own
    }


@given(st.lists(st.lists(st.integers(0, 3_000_000), min_size=1, unique=True).map(sorted), min_size=1))
def test_places_of_many_pages_are_packed_as_those_of_one(places: list[list[int]]) -> None:
    steps = np.concatenate([np.diff(own, prepend=0) for own in places])
    sizes, values = packed(steps, np.cumsum([0, *map(len, places[:-1])]))
    one_by_one = [Places().encode(own) for own in places]
    assert (sizes.tolist(), values) == (list(map(len, one_by_one)), b"".join(one_by_one))
    counts, found = unpacked(sizes, values)
    assert (counts.tolist(), found.tolist()) == (list(map(len, places)), [place for own in places for place in own])


PLACES = st.lists(st.integers(0, 3_000_000), min_size=1, unique=True).map(sorted)


@given(PLACES)
def test_places_are_read_as_they_were_written(places: list[int]) -> None:
    packed = Places().encode(places)
    assert Places().decode_places(packed) == places
    assert Places().decode_positions(packed) == [place >> 3 for place in places]
    assert Places().decode_frequency(packed) == len(places)


WORDS = st.sets(st.text("abcé京😀", min_size=1, max_size=4), max_size=150)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WORDS, WORDS, st.text("abé京", min_size=1, max_size=3))
def test_the_words_that_begin_with_a_stem(tmp_path: Path, words: set[str], others: set[str], stem: str) -> None:
    storage = SealedStorage(tmp_path)
    entries = [Entry(word.encode(), n + 1, 7 * n) for n, word in enumerate(sorted(words))]
    more = [Entry(word.encode(), 1, 0) for word in sorted(others)]
    file = storage.create_file("words")
    for name, own in (("title", more), ("text", entries), ("none", [])):
        counts, starts = array("I", [one.pages for one in own]), array("Q", [*(one.start for one in own), 999])
        vocabulary.write(file, name, Listed([one.word for one in own], counts, starts))
    file.close()
    read = Vocabulary(storage.open_file("words"), storage.file_length("words"))
    assert read.fields() == ["title", "text", "none"]
    assert list(read.beginning("text", stem)) == [entry for entry in entries if entry.word.decode().startswith(stem)]
    assert list(read.beginning("title", stem)) == [entry for entry in more if entry.word.decode().startswith(stem)]
    assert list(read.beginning("none", stem)) == list(read.beginning("unknown", stem)) == []
    for word in {stem, *words, *others}:
        assert read.find("text", word.encode()) == next((one for one in entries if one.word == word.encode()), None)
    assert read.all("text").words == [entry.word for entry in entries]
    storage.close_files()
