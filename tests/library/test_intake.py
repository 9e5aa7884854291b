"""Pages in: duplicates, folders, files that came beside a page, and everything given back."""

from __future__ import annotations

import os
from pathlib import Path

from archive_viewer.jobs.importing import look_at_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Format, Item, Source
from pages import PIXEL, MakePage, TakeIn, web_page_complete


def test_an_item_says_where_its_facts_come_from(item: Item) -> None:
    assert item.title == "Tïtle 😀 of the ferry"
    assert item.facts["title"].source in (Source.STATED, Source.INFERRED)
    assert item.facts["captured_at"].source is Source.INFERRED
    assert item.facts["format"].source is Source.SYSTEM
    assert item.format is Format.HTML
    assert item.language == "en"


def test_the_same_bytes_again_are_a_duplicate(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    (again,) = take_in(make_page("another name.htm"))
    assert (again.outcome, again.item_ids) == ("duplicate", (item.id,))
    (other,) = take_in(make_page("other.html", title="Another title"))
    assert other.outcome == "imported"
    assert len(library.item_ids()) == 2


def test_what_lies_in_the_bin_comes_back_with_its_marks(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    mark = library.annotate_quote(item.id, "winter road")
    library.delete_items([item.id])
    (line,) = take_in(make_page())
    assert (line.outcome, line.item_ids) == ("imported", (item.id,))
    assert library.annotations(item.id) == [mark]
    assert library.item_ids() == [item.id]


def test_a_page_comes_with_its_folder_and_is_given_back_with_it(
    library: Library, take_in: TakeIn, tmp_path: Path
) -> None:
    page = web_page_complete(tmp_path / "in")
    lines = take_in(tmp_path / "in")
    assert [(Path(line.path).name, line.outcome) for line in lines] == [("Ferry.html", "imported")]
    item = library.item(lines[0].item_ids[0])
    assert item.format is Format.HTML_FOLDER
    assert item.url == "https://gazette.test/ferry"
    picture = next(p for block in library.article(item.id).blocks for p in block.pictures)
    found = library.resource(item.id, picture.source)
    assert found is not None
    assert found.data == PIXEL
    library.give_back(item.id, tmp_path / "out")
    names = sorted(path.relative_to(tmp_path / "in") for path in (tmp_path / "in").rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert all((tmp_path / "in" / name).read_bytes() == (tmp_path / "out" / name).read_bytes() for name in names)
    assert page.is_file()


def test_the_same_page_with_another_folder_is_another_item(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    web_page_complete(tmp_path / "one")
    web_page_complete(tmp_path / "two")
    web_page_complete(tmp_path / "three", PIXEL + b"changed")
    outcomes = [line.outcome for line in take_in(tmp_path / "one", tmp_path / "two", tmp_path / "three")]
    assert outcomes == ["imported", "duplicate", "imported"]


def test_originals_are_read_only_and_named_by_their_checksum(library: Library, item: Item, make_page: MakePage) -> None:
    stored = library.original_path(item.sha256)
    assert stored.read_bytes() == make_page().read_bytes()
    assert stored.stat().st_mode & 0o777 == 0o444
    assert stored.name == item.sha256


def test_a_look_stores_nothing(library: Library, make_page: MakePage) -> None:
    prospects = list(look_at_paths(library, [make_page()], Job()))
    assert [(one.line.outcome, one.items[0].title) for one in prospects] == [("imported", "Tïtle 😀 of the ferry")]
    assert library.item_ids() == []
    assert not any(path.is_file() for path in (library.folder / "originals").rglob("*"))


def test_bad_files_are_lines_with_sentences_and_the_rest_comes_in(
    library: Library, make_page: MakePage, take_in: TakeIn, tmp_path: Path
) -> None:
    folder = make_page().parent
    (folder / "empty.html").write_bytes(b"")
    (folder / "picture.html").write_bytes(PIXEL)
    (folder / "picture.png").write_bytes(PIXEL)
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "gone.html").symlink_to(tmp_path / "nowhere.html")
    (folder / b"n\xe4me.html".decode("utf-8", "surrogateescape")).write_bytes(make_page("x.html", "X").read_bytes())
    lines = {Path(line.path).name: line for line in take_in(folder, tmp_path / "not there")}
    assert lines["Tïtle 😀.html"].outcome == "imported"
    assert lines["n\ufffdme.html"].outcome == "imported"
    assert lines["picture.png"].outcome == "skipped"
    for name in ("empty.html", "picture.html", "noise.bin", "gone.html", "not there"):
        assert lines[name].outcome == "refused", name
        assert lines[name].reason.endswith("."), name
    assert {need.kind for need in library.attention()} == {"refused"}


def test_a_folder_that_points_into_itself_ends(take_in: TakeIn, make_page: MakePage) -> None:
    folder = make_page().parent
    (folder / "round").symlink_to(folder, target_is_directory=True)
    fifo = folder / "pipe"
    os.mkfifo(fifo)
    outcomes = {Path(line.path).name: line.outcome for line in take_in(folder)}
    assert outcomes == {"Tïtle 😀.html": "imported", "pipe": "refused"}
