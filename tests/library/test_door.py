"""Opening, owning, moving and closing a library."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer.errors import LibraryBusy, LibraryDamaged, LibraryMissing, LibraryReadOnly, LibraryTooNew
from archive_viewer.library import Library
from archive_viewer.model import Item
from pages import MakePage, TakeIn

HOLD = """
import sys, time
from archive_viewer.library import Library
with Library.open(sys.argv[1], "owner"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_new_library_explains_itself(tmp_path: Path) -> None:
    with Library.open(tmp_path / "New"):
        pass
    assert "SHA-256" in (tmp_path / "New" / "README.txt").read_text("utf-8")
    assert (tmp_path / "New" / "library.db").is_file()


def test_a_second_opener_reads_and_is_told_why(library: Library, item: Item) -> None:
    with Library.open(library.folder) as second:
        assert not second.is_writable
        assert "another program" in second.why_read_only
        assert second.item(item.id) == item
        with pytest.raises(LibraryReadOnly):
            second.delete_items([item.id])
    with pytest.raises(LibraryBusy):
        Library.open(library.folder, "owner")
    assert not library.item(item.id).deleted_at


def test_a_killed_owner_leaves_the_library_free(tmp_path: Path) -> None:
    folder = tmp_path / "Held"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy):
            Library.open(folder, "owner")
        owner.send_signal(signal.SIGKILL)
    with Library.open(folder, "owner") as library:
        assert library.is_writable


def test_nothing_is_made_when_only_reading(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        Library.open(tmp_path / "None", "reader")
    assert not (tmp_path / "None").exists()


def test_a_newer_form_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "Newer"
    Library.open(folder).close()
    with sqlite3.connect(folder / "library.db") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(LibraryTooNew, match="999"):
        Library.open(folder)
    with pytest.raises(LibraryTooNew):
        Library.open(folder, "reader")


@pytest.mark.parametrize("access", ["owner", "reader"])
def test_a_damaged_database_is_told_with_its_backup(library: Library, item: Item, access: str) -> None:
    backup = library.backup()
    library.close()
    (library.folder / "library.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(LibraryDamaged, match=backup.name):
        Library.open(library.folder, access)  # type: ignore[arg-type]


def test_a_library_without_its_database_is_not_begun_anew(library: Library, item: Item) -> None:
    backup = library.backup()
    library.close()
    (library.folder / "library.db").unlink()
    with pytest.raises(LibraryDamaged, match=backup.name):
        Library.open(library.folder)
    assert not (library.folder / "library.db").exists()
    Library.restore_backup(library.folder, backup)
    with Library.open(library.folder) as again:
        assert again.item_ids() == [item.id]


@pytest.mark.skipif(not Path("/proc/self/fdinfo").is_dir(), reason="needs a folder that nobody can write")
def test_no_room_for_the_daily_copy_keeps_nobody_out(library: Library, item: Item) -> None:
    library.close()
    (library.folder / "backups").rmdir()
    (library.folder / "backups").symlink_to("/proc/self/fdinfo")
    with Library.open(library.folder) as again:
        assert again.is_writable
        assert again.item_ids() == [item.id]


def test_the_counts_are_those_of_the_lists(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> None:
    one, two = (library.annotate_quote(item.id, words) for words in ("winter road", "harbour master"))
    library.link(one.id, two.id, "cites")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        facts = '{"published": ["2021", "stated", "meta", "That was a Sunday."], "title": ["x", "stated", "h1", ""]}'
        connection.execute("UPDATE item SET has_doubt = 1, facts = ?", (facts,))
        connection.execute("UPDATE annotation SET state = 'unplaced' WHERE id = ?", (one.id,))
        connection.execute("UPDATE original SET fixity = 'missing'")
        connection.commit()
    bad = make_page("empty.html")
    bad.write_bytes(b"")
    for _ in range(2):
        take_in(bad)
    overview = library.overview()
    kinds = sorted(need.kind for need in library.attention())
    assert kinds == ["doubtful-date", "fixity", "refused", "unplaced"]
    assert overview.attention == len(kinds)
    assert (overview.items, overview.marks, overview.links) == (1, len(library.annotations()), len(library.links()))
    assert [(one.item_count, one.refused_count) for one in overview.accessions] == [(0, 1), (0, 1), (1, 0)]


def test_somebody_elses_database_is_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "Other"
    folder.mkdir()
    with sqlite3.connect(folder / "library.db") as connection:
        connection.execute("CREATE TABLE precious (x)")
    connection.close()
    before = (folder / "library.db").read_bytes()
    with pytest.raises(LibraryDamaged, match="not the database of an Archive Viewer library"):
        Library.open(folder)
    assert (folder / "library.db").read_bytes() == before


def test_a_library_can_be_moved(library: Library, item: Item, tmp_path: Path) -> None:
    mark = library.annotate_quote(item.id, "harbour master")
    library.close()
    moved = tmp_path / "elsewhere" / "Lïbrary"
    shutil.copytree(library.folder, moved)
    shutil.rmtree(library.folder)
    with Library.open(moved) as copy:
        reading = copy.reading(item.id)
        assert reading.article.text[slice(reading.annotations[0].start, reading.annotations[0].end)] == mark.quote
        assert [hit.item.id for hit in copy.search("harbour")] == [item.id]
        assert all(result.result == "ok" for result in copy.verify_originals())


def test_a_folder_that_cannot_be_written_opens_for_reading(library: Library, item: Item) -> None:
    library.close()
    with Library.open(library.folder, "reader") as reader:
        assert not reader.is_writable
        assert reader.reading(item.id).item == item


def test_news_of_another_process(library: Library, item: Item) -> None:
    assert not library.poll()
    with Library.open(library.folder, "worker") as worker:
        worker.tag_items([item.id], add=["ferry"])
    assert library.poll()
    assert not library.poll()
    assert library.item(item.id).tags == ("ferry",)
