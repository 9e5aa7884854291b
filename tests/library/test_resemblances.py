"""Near-duplicates: the same page in other bytes is found, other pages are not, and no answer is out of date."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archive_viewer.errors import NotAlike, UnknownId
from archive_viewer.jobs.indexing import rebuild_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Changes, Library
from archive_viewer.model import Fate, Item
from pages import MakePage, TakeIn, text_of


@pytest.fixture
def paragraphs() -> tuple[str, ...]:
    words = text_of(1, 600).split()
    return tuple(" ".join(words[start : start + 60]).capitalize() + "." for start in range(0, 600, 60))


@pytest.fixture
def first(make_page: MakePage, take_in: TakeIn, library: Library, paragraphs: tuple[str, ...]) -> Item:
    (line,) = take_in(make_page("first.html", paragraphs=paragraphs))
    return library.item(line.item_ids[0])


def test_the_same_page_in_other_bytes_is_near_and_both_say_so(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn, paragraphs: tuple[str, ...]
) -> None:
    changed = (paragraphs[0].replace("a", "e", 2), *paragraphs[1:])
    (line,) = take_in(make_page("other.html", paragraphs=changed))
    (other,) = line.item_ids
    (near,) = library.near_duplicates(first.id)
    assert (near.item.id, near.is_same_text) == (other, False)
    assert 0.7 <= near.resemblance <= 1
    assert [one.item.id for one in library.near_duplicates(other)] == [first.id]
    alike = dict(library.near_to_each(["nobody", other, first.id]))
    assert [(id, [one.item.id for one in found]) for id, found in alike.items()] == [
        (other, [first.id]),
        (first.id, [other]),
    ]


def test_the_same_text_at_another_date_is_said_to_be_the_same(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn, paragraphs: tuple[str, ...]
) -> None:
    page = make_page("again.html", paragraphs=paragraphs)
    page.write_text(page.read_text("utf-8").replace("<body>", "<body><!-- saved again -->"), "utf-8")
    (line,) = take_in(page)
    (near,) = library.near_duplicates(line.item_ids[0])
    assert (near.item.id, near.is_same_text, near.resemblance) == (first.id, True, 1)


def test_other_pages_and_short_ones_are_not_near(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    (unlike,) = take_in(make_page("unlike.html", paragraphs=(text_of(9, 300),)))
    lines = [take_in(make_page(f"short {n}.html", title=f"{n}", paragraphs=("Not found.",)))[0] for n in range(2)]
    assert all(library.near_duplicates(item_id) == [] for line in lines for item_id in line.item_ids)
    assert library.near_duplicates(first.id) == []
    assert library.near_duplicates("nobody") == []
    assert list(library.near_to_each([first.id, *unlike.item_ids])) == []


def test_a_mend_and_its_undoing_are_followed(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn, paragraphs: tuple[str, ...]
) -> None:
    (line,) = take_in(make_page("other.html", title="Other", paragraphs=paragraphs))
    (other,) = line.item_ids
    assert library.near_duplicates(first.id)
    with library.step("Strip most of it"):
        for block in library.article(other).kept[2:]:
            library.mend(other, block.n, Fate.STRIPPED)
    assert library.near_duplicates(first.id) == []
    library.undo()
    assert [near.item.id for near in library.near_duplicates(first.id)] == [other]


def test_what_lies_in_the_bin_is_not_named(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn, paragraphs: tuple[str, ...]
) -> None:
    (line,) = take_in(make_page("other.html", title="Other", paragraphs=paragraphs))
    library.delete_items(line.item_ids)
    assert library.near_duplicates(first.id) == []
    assert list(library.near_to_each([first.id, *line.item_ids])) == []
    library.undo()
    assert library.near_duplicates(first.id)


def test_of_many_alike_only_some_are_named(
    library: Library, make_page: MakePage, take_in: TakeIn, paragraphs: tuple[str, ...]
) -> None:
    chance = random.Random(3)
    pages = [make_page(f"{n}.html", title=f"{chance.random()}", paragraphs=paragraphs) for n in range(25)]
    lines = take_in(*pages)
    assert len(library.near_duplicates(lines[0].item_ids[0])) == 20


@pytest.fixture
def second(make_page: MakePage, take_in: TakeIn, first: Item, paragraphs: tuple[str, ...]) -> str:
    (line,) = take_in(make_page("second.html", title="Sécond 😀", paragraphs=(*paragraphs, "A word more.")))
    return line.item_ids[0]


def judged(library: Library, item_id: str) -> list[bool]:
    return [near.are_both_right for near in library.near_duplicates(item_id)]


def test_that_both_are_right_is_kept_and_taken_back(library: Library, first: Item, second: str) -> None:
    news: list[Changes] = []
    library.listen(news.append)
    library.both_are_right(second, first.id)
    assert news[-1].items == {first.id, second}
    assert judged(library, first.id) == judged(library, second) == [True]
    library.both_are_right(first.id, second)
    assert len(news) == 1
    # The report of an import names no pair that was judged.
    assert library.near_in_import([second, first.id], first.accession_id) == {}
    assert library.undo() == "Both Are Right"
    assert judged(library, first.id) == judged(library, second) == [False]
    assert set(library.near_in_import([second, first.id], first.accession_id)) == {second, first.id}
    library.redo()
    rebuild_index(library, Job())
    folder = library.folder
    library.close()
    with Library.open(folder) as again:
        assert judged(again, first.id) == judged(again, second) == [True]
        assert "both are right" in again.events(second)[-1].detail
        assert "both are right" in again.events(first.id)[-1].detail


def test_that_both_are_right_is_said_of_these_texts_only(library: Library, first: Item, second: str) -> None:
    library.both_are_right(first.id, second)
    paragraph = library.article(second).kept[-1]
    library.mend(second, paragraph.n, Fate.STRIPPED)
    assert judged(library, first.id) == judged(library, second) == [False]
    library.both_are_right(first.id, second)
    assert judged(library, first.id) == [True]
    library.undo()
    library.undo()
    assert judged(library, first.id) == judged(library, second) == [True]


def test_of_pages_that_are_not_alike_nothing_is_said(
    library: Library, first: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    (unlike,) = take_in(make_page("unlike.html", paragraphs=(text_of(9, 300),)))
    for other in (first.id, unlike.item_ids[0]):
        with pytest.raises(NotAlike):
            library.both_are_right(first.id, other)
    with pytest.raises(UnknownId):
        library.both_are_right(first.id, "nobody")


def test_what_was_said_of_a_pair_goes_out_and_comes_in_with_it(
    library: Library, first: Item, second: str, tmp_path: Path
) -> None:
    library.both_are_right(first.id, second)
    library.bag(tmp_path / "bag", item_ids=[first.id, second])
    Library.unbag(Library.prove_bag(tmp_path / "bag"), tmp_path / "part")
    with Library.open(tmp_path / "new") as new:
        assert new.merge(tmp_path / "part").new["pair"] == 1
        assert judged(new, first.id) == judged(new, second) == [True]
        assert new.merge(library.folder).new == {}
    library.bag(tmp_path / "one", item_ids=[second])
    Library.unbag(Library.prove_bag(tmp_path / "one"), tmp_path / "alone")
    with Library.open(tmp_path / "alone") as alone:
        assert alone.near_duplicates(second) == []
    library.delete_items([first.id])
    library.delete_for_good([first.id])
    library.delete_items([second])
    library.undo()
    assert library.near_duplicates(second) == []
