"""What is deleted for good or given up is gone, wholly, and nothing else is; the log and the record stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer import cleaning, readers
from archive_viewer.errors import BadAccount, NotInBin, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Changes, Library, Scope
from archive_viewer.model import Article, Capture, Fate, Item, Kind, SavedFile
from pages import MakePage, TakeIn, web_page_complete
from stored_rows import rows_of


@pytest.fixture
def two(library: Library, make_page: MakePage, take_in: TakeIn) -> list[Item]:
    lines = take_in(*(make_page(f"{n} Tïtle 😀.html", title=f"Zebra {n}") for n in range(2)))
    return [library.item(line.item_ids[0]) for line in lines]


def rows_with(library: Library, words: Sequence[str]) -> dict[str, int]:
    """Table → how many of its rows have one of these words anywhere; those that keep account are left out."""
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            table: sum(any(word in str(row) for word in words) for row in connection.execute(f"SELECT * FROM {table}"))
            for table in tables
            if table not in ("event", "deaccession", "import_line", "stale") and not table.startswith("sqlite")
        }
    return {table: count for table, count in found.items() if count}


def use(library: Library, item: Item, other: Item) -> list[str]:
    """Everything that may belong to an item; gives the ids of what was made."""
    mark, lost = library.annotate(item.id, 0, 5, note="mine"), library.annotate(item.id, 6, 9)
    theirs = library.annotate(other.id, 0, 5)
    link = library.link(mark.id, theirs.id, "cites")
    back = library.link(other.id, item.id, "supports")
    library.link(lost.id, other.id, "copies")
    library.delete_annotation(lost.id)
    paragraph = next(block for block in library.article(item.id).kept if block.kind is Kind.PARAGRAPH)
    library.mend(item.id, paragraph.n, Fate.STRIPPED)
    library.reread(item.id, "windows-1252")
    library.tag_items([item.id], ["ferry"])
    return [mark.id, lost.id, link.id, back.id]


def test_only_from_the_bin(library: Library, two: list[Item]) -> None:
    first, second = two
    library.delete_items([first.id])
    before = rows_of(library)
    with pytest.raises(NotInBin, match="Zebra 1"):
        library.delete_for_good([first.id, second.id])
    with pytest.raises(UnknownId):
        library.delete_for_good([first.id, "nobody"])
    assert rows_of(library) == before


def test_what_is_deleted_for_good_leaves_only_its_account(library: Library, two: list[Item]) -> None:
    gone, stays = two
    made = use(library, gone, stays)
    stored = library.original_path(gone.sha256)
    library.delete_items([gone.id])
    heard: list[Changes] = []
    library.listen(heard.append)
    library.delete_for_good([gone.id])
    update_index(library, Job())
    assert rows_with(library, [gone.id, gone.sha256, *made]) == {}
    assert not stored.exists()
    assert library.items([gone.id]) == []
    assert gone.id in heard[-1].items
    assert [hit.item.id for hit in library.search("zebra")] == [stays.id]
    assert len(library.annotations(stays.id)) == 1
    assert library.links() == []
    *_, deletion = library.events(gone.id, type="deletion")
    assert deletion.detail.startswith("“Zebra 0”, ")
    assert gone.sha256 in deletion.detail
    assert "marks 1, links 2" in deletion.detail
    (of_file,) = library.events(gone.sha256, type="deletion")
    assert of_file.outcome == "success"
    (line,) = [line for line in library.report(gone.accession_id) if gone.id in line.item_ids]
    assert line.outcome == "imported"


def test_undo_passes_over_what_is_no_more(library: Library, two: list[Item]) -> None:
    gone, stays = two
    use(library, gone, stays)
    library.tag_items([gone.id, stays.id], ["both"])
    library.delete_items([gone.id])
    library.delete_for_good([gone.id])
    assert library.undo_label == "Tag 2 Pages"
    while library.undo_label:
        library.undo()
    assert library.item_ids() == []
    assert library.item_ids(Scope("bin")) == [stays.id]
    while library.redo_label:
        library.redo()
    assert library.item_ids() == [stays.id]
    assert library.item(stays.id).tags == ("both",)
    assert len(library.annotations(stays.id)) == 1


def test_a_file_that_another_page_needs_stays(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    web_page_complete(tmp_path / "one")
    page = web_page_complete(tmp_path / "two")
    page.write_text(page.read_text("utf-8").replace("Ferry<", "Ferry again<"), "utf-8")
    ids = [line.item_ids[0] for line in take_in(tmp_path / "one", tmp_path / "two") if line.item_ids]
    first, second = ({original.sha256 for _, original in library.files(id)} for id in ids)
    assert first & second
    library.delete_items(ids[:1])
    library.delete_for_good(ids[:1])
    assert all(library.original_path(sha256).is_file() for sha256 in second)
    assert not any(library.original_path(sha256).exists() for sha256 in first - second)
    assert {result.result for result in library.verify_originals()} == {"ok"}


def test_the_same_page_may_come_again(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> None:
    library.delete_items([item.id])
    library.delete_for_good([item.id])
    (line,) = take_in(make_page())
    assert line.outcome == "imported"
    assert line.item_ids != (item.id,)
    assert [result.result for result in library.verify_originals()] == ["ok"]


def test_a_file_given_up_while_it_comes_in_again_is_stored_anew(library: Library, make_page: MakePage) -> None:
    file = make_page()
    saved = SavedFile(file, file.name)
    sha256 = library.digest_of(file)
    accession = library.begin_accession([file])

    def pages() -> Iterator[tuple[Capture, Article]]:
        for capture in readers.read(saved):
            yield capture, cleaning.clean(capture)
        # By now the import counts on what it found in the store.
        stored = library.original_path(sha256)
        stored.chmod(0o644)
        stored.unlink()

    line = library.take_in(accession.id, file.name, saved, sha256, pages(), 0)
    assert line.outcome == "imported"
    assert library.original_path(sha256).read_bytes() == file.read_bytes()


def test_bytes_at_which_a_crash_came_in_between_go_at_the_next_opening(library: Library, item: Item) -> None:
    stored = library.original_path(item.sha256)
    kept = stored.read_bytes()
    library.delete_items([item.id])
    library.delete_for_good([item.id])
    stored.parent.mkdir(exist_ok=True)
    stored.write_bytes(kept)
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute("INSERT INTO discarded VALUES (?)", (item.sha256,))
    folder = library.folder
    library.close()
    with Library.open(folder):
        assert not stored.exists()


def test_what_is_given_up_leaves_a_record(library: Library, two: list[Item]) -> None:
    gone, stays = two
    list(library.add_sha512([gone.id]))
    ((name, original),) = library.files(gone.id)
    with pytest.raises(BadAccount, match="reason"):
        library.deaccession([gone.id], " ")
    (record,) = library.deaccession([gone.id], " Not ours: returned to Anubha 😀. ", by="The keeper")
    assert (record.item_id, record.title, record.url, record.accession) == (
        *(gone.id, "Zebra 0", gone.url),
        gone.accession,
    )
    assert record.files == ((name, original.size, gone.sha256, original.sha512),)
    assert (record.reason, record.by) == ("Not ours: returned to Anubha 😀.", "The keeper")
    assert library.items([gone.id]) == []
    assert library.deaccessions() == [record]
    assert [event.type for event in library.events(gone.id)][-2:] == ["deaccession", "deletion"]
    (again,) = library.deaccession([stays.id], "Twice")
    assert library.deaccessions() == [record, again]
    with pytest.raises(UnknownId):
        library.deaccession([stays.id], "Twice")


@pytest.mark.parametrize("statement", ["DELETE FROM deaccession", "UPDATE deaccession SET reason = 'other'"])
def test_no_record_can_be_changed_or_removed(library: Library, item: Item, statement: str) -> None:
    (record,) = library.deaccession([item.id], "Not ours")
    with (
        closing(sqlite3.connect(library.folder / "library.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="a record is never"),
    ):
        connection.execute(statement)
    assert library.deaccessions() == [record]
