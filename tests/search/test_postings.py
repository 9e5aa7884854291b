"""Lists of postings and of words, as they are written and read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.search import vocabulary
from archive_viewer.search.postings import BLOCK, ListReader, ListWriter, Posting
from archive_viewer.search.schema import Places
from archive_viewer.search.sealed_files import SealedStorage
from archive_viewer.search.vocabulary import Entry, Vocabulary


def lists(chance: random.Random) -> list[list[Posting]]:
    """Lists shorter and longer than a block, of pages close together and far apart."""
    found = []
    for count in (1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7):
        pages = sorted(chance.sample(range(chance.choice([2, 9, 1000]) * count), count))
        found.append(
            [
                (
                    "text",
                    b"term",
                    page,
                    chance.choice([1.0, 2.0, 0.5, 300.0]),
                    chance.randbytes(chance.choice([0, 2, 2, 40, 9000 // count])),
                )
                for page in pages
            ]
        )
    return found


@pytest.mark.parametrize("seed", range(4))
def test_what_was_written_is_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    storage = SealedStorage(tmp_path)
    written = lists(chance)
    starts = []
    file = storage.create_file("lists")
    writer = ListWriter(file)
    for n, postings in enumerate(written):
        writer.start_postings(Places(), None)
        starts.append(writer.start)
        if n % 2:
            writer.add_all(*zip(*(posting[2:] for posting in postings), strict=True))
        else:
            for _, _, page, weight, value in postings:
                writer.add_posting(page, weight, value)
        info = writer.finish_postings()
        assert (info.doc_frequency(), info.min_id(), info.max_id()) == (len(postings), postings[0][2], postings[-1][2])
        assert (info.extent()[0], writer.count) == (starts[-1], len(postings))
    file.close()

    file = storage.open_file("lists")
    for start, postings in zip(starts, written, strict=True):
        reader = ListReader(file, start, Places())
        in_blocks = [
            (page, weight) for block in reader.blocks() for page, weight in zip(block.pages, block.weights, strict=True)
        ]
        assert in_blocks == [(page, weight) for _, _, page, weight, _ in postings]
        values = {page: value for _, _, page, _, value in postings}
        assert reader.everything() == tuple(map(list, zip(*(posting[2:] for posting in postings), strict=True)))
        sought = sorted(
            {*chance.choices(list(values), k=5), *(chance.randrange(postings[-1][2] + 3) for _ in range(20))}
        )
        assert dict(reader.values(sought)) == {page: values[page] for page in sought if page in values}
        one_by_one = []
        reader.reset()
        while reader.is_active():
            one_by_one.append(("text", b"term", reader.id(), reader.weight(), reader.value()))
            reader.next()
        assert one_by_one == postings
        for page in sought:
            reader.reset()
            reader.skip_to(page)
            later = [other for other in values if other >= page]
            assert reader.is_active() == bool(later)
            assert not later or reader.id() == later[0]
    storage.close_files()


PLACES = st.lists(st.integers(0, 3_000_000), min_size=1, unique=True).map(sorted)


@given(PLACES)
def test_places_are_read_as_they_were_written(places: list[int]) -> None:
    packed = Places().encode(places)
    assert Places().decode_places(packed) == places
    assert Places().decode_positions(packed) == [place >> 3 for place in places]
    assert Places().decode_frequency(packed) == len(places)


WORDS = st.sets(st.text("abcé京😀", min_size=1, max_size=4), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WORDS, WORDS, st.text("abé京", min_size=1, max_size=3))
def test_the_words_that_begin_with_a_stem(tmp_path: Path, words: set[str], others: set[str], stem: str) -> None:
    storage = SealedStorage(tmp_path)
    entries = [Entry(word.encode(), n + 1, 7 * n) for n, word in enumerate(sorted(words))]
    more = [Entry(word.encode(), 1, 0) for word in sorted(others)]
    vocabulary.write(storage.create_file("words"), {"title": more, "text": entries, "none": []})
    read = Vocabulary(storage.open_file("words"), storage.file_length("words"))
    assert list(read.beginning("text", stem)) == [entry for entry in entries if entry.word.decode().startswith(stem)]
    assert list(read.beginning("title", stem)) == [entry for entry in more if entry.word.decode().startswith(stem)]
    assert list(read.beginning("none", stem)) == list(read.beginning("unknown", stem)) == []
    storage.close_files()
