"""Mending: a person's word about a block outlives a new cleaner."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.cleaning import clean_html, mending
from archive_viewer.errors import UnknownId
from archive_viewer.model import Article, Block, Fate, Kind, Reason

TEXTS = st.lists(st.sampled_from(["", "a", "b", "ç😀", "d", "e"]), min_size=1, max_size=12)


def article(texts: list[str]) -> Article:
    blocks = (
        Block(n, Kind.PARAGRAPH, text, fate=Fate.STRIPPED, reason=Reason.SHARE)
        if n % 3 == 0
        else Block(n, Kind.CELL, text)
        for n, text in enumerate(texts, 1)
    )
    return Article(tuple(blocks), "1")


@given(TEXTS, st.data())
def test_a_mend_changes_its_block_and_no_other(texts: list[str], data: st.DataObject) -> None:
    before = article(texts)
    n = data.draw(st.integers(1, len(texts)))
    fate = data.draw(st.sampled_from(Fate))
    override = mending.describe(before, n, fate)
    after = mending.apply(before, [override])
    assert after.blocks[n - 1].fate is fate
    assert (after.blocks[n - 1].reason is None) == (fate is Fate.KEPT)
    assert [b for b in after.blocks if b.n != n] == [b for b in before.blocks if b.n != n]
    assert [(b.n, b.text, b.kind) for b in after.blocks] == [(b.n, b.text, b.kind) for b in before.blocks]
    assert mending.apply(after, [override]) == after
    assert mending.describe(after, n, fate) == override


@given(st.lists(st.integers(0, 40), min_size=1, max_size=15, unique=True), st.data())
def test_a_mend_finds_its_block_among_new_neighbours(numbers: list[int], data: st.DataObject) -> None:
    texts = [f"text {number}" for number in numbers]
    n = data.draw(st.integers(1, len(texts)))
    override = mending.describe(article(texts), n, Fate.STRIPPED)
    new = data.draw(st.lists(st.sampled_from(["new", "newer"]), max_size=5))
    gone = data.draw(st.sets(st.sampled_from(texts), max_size=5)) - {texts[n - 1]}
    changed = [text for text in texts if text not in gone]
    for text in new:
        changed.insert(data.draw(st.integers(0, len(changed))), text)
    after = mending.apply(article(changed), [override])
    mended = [b.text for b, old in zip(after.blocks, article(changed).blocks, strict=True) if b.fate is not old.fate]
    assert set(mended) <= {texts[n - 1]}
    assert not after.blocks[changed.index(texts[n - 1])].is_kept


def test_equal_blocks_are_told_apart_by_neighbours_then_by_order() -> None:
    override = mending.describe(article(["x", "same", "y", "z", "same", "w"]), 5, Fate.KEPT)
    moved = article(["same", "z", "same", "w"])
    assert mending.apply(moved, [replace(override, fate=Fate.STRIPPED)]).blocks[2].fate is Fate.STRIPPED


def test_the_later_of_two_mends_holds() -> None:
    page = article(["a", "b"])
    mends = [mending.describe(page, 1, fate) for fate in (Fate.STRIPPED, Fate.KEPT)]
    assert mending.apply(page, mends).blocks[0].is_kept
    assert not mending.apply(page, mends[::-1]).blocks[0].is_kept


def test_a_mend_whose_block_is_gone_changes_nothing() -> None:
    override = mending.describe(article(["a"]), 1, Fate.STRIPPED)
    assert mending.apply(article(["b"]), [override]) == article(["b"])


def test_a_stripped_block_keeps_its_reason_and_one_taken_out_gets_one() -> None:
    page = clean_html("<body><nav><a href=x>Home</a></nav><p>Tèxt".encode())
    nav, text = page.blocks
    assert mending.apply(page, [mending.describe(page, nav.n, Fate.STRIPPED)]).blocks[0].reason is Reason.NAVIGATION
    assert mending.apply(page, [mending.describe(page, text.n, Fate.STRIPPED)]).blocks[1].reason is Reason.OTHER
    assert mending.apply(page, [mending.describe(page, nav.n, Fate.KEPT)]).text == "Home\nTèxt"


def test_a_block_that_is_not_there_cannot_be_mended() -> None:
    with pytest.raises(UnknownId):
        mending.describe(article(["a"]), 2, Fate.KEPT)
