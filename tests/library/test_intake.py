"""Pages in: duplicates, folders, files that came beside a page, and everything given back."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer.errors import Cancelled, ExportFailed, StepConflict
from archive_viewer.jobs.importing import CUT_OFFS, import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.previewing import look_at_paths
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


def test_a_page_without_words_is_called_by_its_address(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    page = "<!-- saved from url=(0000)https://gazette.test/Pl%C3%A4ne/the%20ferry.png --><body><img src=a.png alt=''>"
    named, unnamed = tmp_path / "a.html", tmp_path / "b.html"
    named.write_text(page)
    unnamed.write_text(page.replace("https://gazette.test/Pl%C3%A4ne/the%20ferry.png", "https://gazette.test/"))
    assert [library.item(line.item_ids[0]).title for line in take_in(named, unnamed)] == ["the ferry.png", "b.html"]


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
    assert [line.outcome for line in take_in(tmp_path / "three")] == ["duplicate"]


def test_a_folder_with_names_that_are_not_utf_8_is_known_again(
    library: Library, take_in: TakeIn, tmp_path: Path
) -> None:
    files = web_page_complete(tmp_path / "in").parent / "Ferry_files"
    (files / os.fsdecode(b"\xe4.css")).write_bytes(b"p {}")
    assert [line.outcome for line in take_in(tmp_path / "in")] == ["imported"]
    assert [line.outcome for line in take_in(tmp_path / "in")] == ["duplicate"]


def test_files_whose_names_read_alike_are_known_again_and_given_back(
    library: Library, take_in: TakeIn, tmp_path: Path
) -> None:
    files = web_page_complete(tmp_path / "in").parent / "Ferry_files"
    contents = [b"p { }", b"q { }"]
    for name, content in zip((b"\xe4.css", b"\xf6.css"), contents, strict=True):
        (files / os.fsdecode(name)).write_bytes(content)
    (line,) = take_in(tmp_path / "in")
    assert [line.outcome for line in take_in(tmp_path / "in")] == ["duplicate"]
    written = library.give_back(line.item_ids[0], tmp_path / "out")
    alike = [path for path in written if path.name.startswith("\ufffd")]
    assert [path.name for path in alike] == ["\ufffd.css", "\ufffd (2).css"]
    assert sorted(path.read_bytes() for path in alike) == contents


def test_a_name_that_leads_out_of_the_folder_is_not_given_back(library: Library, item: Item, tmp_path: Path) -> None:
    for name in ("../evil.html", str(tmp_path / "evil.html"), "a/../../evil.html"):
        with closing(sqlite3.connect(library.folder / "library.db")) as connection:
            connection.execute("UPDATE item_file SET name = ?", (name,))
            connection.commit()
        with pytest.raises(ExportFailed, match="leads out"):
            library.give_back(item.id, tmp_path / "out")
    assert not list(tmp_path.rglob("evil*"))
    assert not (tmp_path / "out").exists()


def test_nothing_is_given_back_over_a_file_that_is_there(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    web_page_complete(tmp_path / "in")
    (line,) = take_in(tmp_path / "in")
    (tmp_path / "out" / "Ferry_files").mkdir(parents=True)
    mine = tmp_path / "out" / "Ferry_files" / "style.css"
    mine.write_text("mine", "utf-8")
    with pytest.raises(ExportFailed, match="already"):
        library.give_back(line.item_ids[0], tmp_path / "out")
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [mine]
    assert mine.read_text("utf-8") == "mine"


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_what_the_store_has_lost_comes_back_with_the_same_file(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn, damage: str
) -> None:
    stored = library.original_path(item.sha256)
    whole = stored.read_bytes()
    stored.chmod(0o644)
    stored.write_bytes(whole[:-1] + b"!")
    if damage == "gone":
        stored.unlink()
    assert [result.result for result in library.verify_originals()] != ["ok"]
    (line,) = take_in(make_page())
    assert (line.outcome, line.item_ids) == ("duplicate", (item.id,))
    assert "stored again" in line.reason
    assert library.attention() == []
    assert stored.read_bytes() == whole
    assert stored.stat().st_mode & 0o777 == 0o444


def test_an_import_that_was_cut_off_goes_on_where_names_read_alike(library: Library, make_page: MakePage) -> None:
    folder = make_page().parent
    for number in range(4):
        (folder / os.fsdecode(bytes([0xC1 + number]) + b".html")).write_bytes(
            make_page().read_bytes() + b"<p>%d</p>" % number
        )
    accession = library.begin_accession([folder])
    lines = import_paths(library, accession.id, [folder], Job())
    for _ in range(3):
        next(lines)
    del lines
    assert len(list(import_paths(library, accession.id, [folder], Job()))) == 2
    assert len(library.item_ids()) == 5
    assert list(import_paths(library, accession.id, [folder], Job())) == []


def test_a_file_that_ends_the_program_does_not_keep_out_the_rest(library: Library, make_page: MakePage) -> None:
    for name in ("a.html", "b.html", "c.html"):
        folder = make_page(name, name).parent
    accession = library.begin_accession([folder])
    lines = import_paths(library, accession.id, [folder], Job())
    next(lines)
    del lines
    for _ in range(2):
        assert library.note_cut_off(accession.id, str(folder / "b.html")) < CUT_OFFS
    outcomes = {
        Path(line.path).name: line.outcome
        for line in import_paths(library, accession.id, [folder], Job(), was_cut_off=True)
    }
    assert outcomes == {"b.html": "refused", "c.html": "imported"}
    (again,) = import_paths(library, library.begin_accession([folder]).id, [folder / "b.html"], Job())
    assert again.outcome == "imported"


def test_an_import_that_nobody_goes_on_with_can_be_undone(library: Library, make_page: MakePage) -> None:
    make_page("one.html", "One")
    folder = make_page("two.html", "Two").parent
    lines = import_paths(library, library.begin_accession([folder]).id, [folder], Job())
    next(lines)
    del lines
    with pytest.raises(StepConflict):
        library.undo()
    waiting = library.request_import([folder])
    library.close()
    with Library.open(library.folder) as again:
        assert {one.state for one in again.accessions() if one.id != waiting.accession_id} == {"cancelled"}
        assert [task.state for task in again.tasks()] == ["waiting"]
        assert again.undo().startswith("Import")
        assert again.item_ids() == []


def test_nothing_more_comes_in_once_an_import_is_stopped(library: Library, make_page: MakePage) -> None:
    make_page("one.html", "One")
    folder = make_page("two.html", "Two").parent
    accession = library.begin_accession([folder])
    lines = import_paths(library, accession.id, [folder], Job())
    next(lines)
    library.set_accession_state(accession.id, "cancelled")
    library.undo()
    with pytest.raises(Cancelled):
        next(lines)
    assert library.overview().bin == 1
    library.redo()
    assert len(library.item_ids()) == 1


def test_an_import_outlives_its_step_in_the_journal(library: Library, make_page: MakePage) -> None:
    make_page("one.html", "One")
    folder = make_page("two.html", "Two").parent
    lines = import_paths(library, library.begin_accession([folder]).id, [folder], Job())
    next(lines)
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        connection.execute("DELETE FROM step")
        connection.commit()
    assert next(lines).outcome == "imported"


def test_news_of_an_import_is_told_once_it_is_stored(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    seen: list[int] = []

    def look(_changes: object) -> None:
        other = threading.Thread(target=lambda: seen.append(len(library.item_ids())))
        other.start()
        other.join()

    library.listen(look)
    take_in(make_page())
    assert seen == [1]


def test_what_an_import_has_stored_needs_no_room_again(library: Library, item: Item) -> None:
    stored = sum(original.size for _, original in library.files(item.id))
    assert library.bytes_taken_in(item.accession_id) == stored > 0


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
    (folder / "round.html").symlink_to("round.html")
    (folder / b"n\xe4me.html".decode("utf-8", "surrogateescape")).write_bytes(make_page("x.html", "X").read_bytes())
    lines = {Path(line.path).name: line for line in take_in(folder, tmp_path / "not there", tmp_path / ("a" * 300))}
    assert lines["Tïtle 😀.html"].outcome == "imported"
    assert lines["n\ufffdme.html"].outcome == "imported"
    assert lines["picture.png"].outcome == "skipped"
    for name in ("empty.html", "picture.html", "noise.bin", "gone.html", "round.html", "not there", "a" * 300):
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
