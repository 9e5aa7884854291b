"""Copies of the database, daily and on request, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer.errors import LibraryBusy, LibraryDamaged, LibraryTooNew
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Item
from archive_viewer.storage.database import require_whole


def test_going_back_to_a_copy(library: Library, item: Item) -> None:
    mark = library.annotate_quote(item.id, "winter road")
    copy = library.backup()
    library.delete_annotation(mark.id)
    with pytest.raises(LibraryBusy):
        Library.restore_backup(library.folder, copy)
    library.close()
    replaced = Library.restore_backup(library.folder, copy)
    assert replaced.is_file()
    with Library.open(library.folder) as again:
        assert again.annotations() == [mark]
        update_index(again, Job())
        assert len(again.search("harbour")) == 1
        again.delete_annotation(mark.id)


def test_what_was_going_on_when_a_copy_was_made_does_not_begin_again(library: Library, item: Item) -> None:
    library.request_fixity()
    copy = library.backup()
    library.close()
    Library.restore_backup(library.folder, copy)
    with Library.open(library.folder) as again:
        assert again.tasks() == []
        assert [task.state for task in again.tasks(unfinished=False)] == ["cancelled"]


def test_what_is_replaced_is_whole_and_can_be_gone_back_to(library: Library, item: Item, tmp_path: Path) -> None:
    copy = library.backup()
    mark = library.annotate_quote(item.id, "winter road")
    # As a killed program leaves it: with what was written last in the log only.
    killed = shutil.copytree(library.folder, tmp_path / "killed")
    assert (killed / "library.db-wal").stat().st_size > 0
    replaced = Library.restore_backup(killed, killed / "backups" / copy.name)
    assert [path.name for path in replaced.parent.iterdir() if path.name.startswith(replaced.name)] == [replaced.name]
    with Library.open(killed) as back:
        assert back.annotations() == []
    Library.restore_backup(killed, replaced)
    with Library.open(killed) as forth:
        assert forth.annotations() == [mark]


def test_a_damaged_copy_changes_nothing(library: Library, item: Item) -> None:
    copy = library.backup()
    library.close()
    copy.write_bytes(copy.read_bytes()[:100] + b"x" * 5000)
    with pytest.raises(LibraryDamaged):
        Library.restore_backup(library.folder, copy)
    with Library.open(library.folder) as again:
        assert again.item_ids() == [item.id]


def test_a_copy_that_is_damaged_in_the_middle_is_not_whole(library: Library, item: Item) -> None:
    for number in range(30):
        library.annotate(item.id, number, number + 5, note="nöte " * 200)
    copy = library.backup()
    library.close()
    whole = copy.read_bytes()
    half = len(whole) // 2
    copy.write_bytes(whole[:half] + b"\xff" * 20_000 + whole[half + 20_000 :])
    with pytest.raises(LibraryDamaged, match=copy.name):
        Library.restore_backup(library.folder, copy)
    assert not list(library.folder.glob("library.db.part*"))
    with Library.open(library.folder) as again:
        assert again.item_ids() == [item.id]


def test_a_copy_of_an_older_form_can_be_gone_back_to(library: Library, item: Item) -> None:
    copy = library.backup()
    library.close()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version = 0")
    require_whole(copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryTooNew):
        Library.restore_backup(library.folder, copy)
    with Library.open(library.folder) as again:
        assert again.item_ids() == [item.id]


def test_a_copy_a_day_and_only_the_last_few(library: Library, item: Item) -> None:
    library.close()
    Library.open(library.folder).close()
    with Library.open(library.folder) as again:
        first = again.backups()
        assert len(first) == 1
    yesterday = time.time() - 2 * 24 * 60 * 60
    os.utime(first[0], (yesterday, yesterday))
    with Library.open(library.folder) as again:
        assert len(again.backups()) == 2
        for number in range(10):
            made = again.backup()
            made.rename(made.with_name(f"library-{number}.db"))
        again.backup()
        assert len(again.backups()) == 7


def test_the_copies_of_a_form_that_was_left_are_kept(library: Library) -> None:
    old = library.folder / "backups" / "library-before-form-1.db"
    old.write_bytes(b"old")
    os.utime(old, (0, 0))
    for number in range(9):
        made = library.backup()
        made.rename(made.with_name(f"library-{number}.db"))
    library.backup()
    assert old.is_file()


def test_where_a_library_should_not_lie(tmp_path: Path) -> None:
    with Library.open(tmp_path / "Dropbox" / "Archive") as library:
        assert "Dropbox" in library.place_warning
    with Library.open(tmp_path / "Archive") as library:
        assert library.place_warning == ""
