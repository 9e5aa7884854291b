"""The database's promises: one transaction or none, a full or damaged disk told as a sentence, news of others."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from archive_viewer.errors import DiskFull, LibraryDamaged, LibraryReadOnly
from archive_viewer.storage.database import Database, address
from archive_viewer.storage.migrations import MIGRATIONS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Dätabase 😀.db"


def add_event(connection: sqlite3.Connection, id: str, detail: str = "") -> None:
    connection.execute(
        "INSERT INTO event VALUES (?, 'ingestion', '2026-11-24T00:00:00Z', 'x', 'a', 'ok', ?, '')", (id, detail)
    )


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def test_a_failed_transaction_leaves_nothing(file: Path) -> None:
    database = Database(file, is_writable=True)

    def fail() -> None:
        with database.writing() as connection:
            add_event(connection, "1")
            with database.writing() as inner:
                add_event(inner, "2")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert count(database) == 0
    with database.writing() as connection:
        add_event(connection, "3")
    assert count(database) == 1
    database.close()


def test_what_is_being_written_is_seen_by_its_writer_only(file: Path) -> None:
    database = Database(file, is_writable=True)
    seen: list[int] = []
    with database.writing() as connection:
        add_event(connection, "1")
        assert count(database) == 1
        other = threading.Thread(target=lambda: seen.append(count(database)))
        other.start()
        other.join()
    assert seen == [0]
    database.close()


def test_threads_that_have_ended_leave_no_connection_open(file: Path) -> None:
    database = Database(file, is_writable=True)
    for _ in range(30):
        reader = threading.Thread(target=lambda: count(database))
        reader.start()
        reader.join()
    if Path("/proc/self/fd").is_dir():
        opened = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
        assert opened.count(file) < 10
    database.close()


def test_a_full_disk_is_a_sentence_and_the_transaction_is_whole(file: Path) -> None:
    database = Database(file, is_writable=True)
    with database.writing() as connection:
        add_event(connection, "1")
    with database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with database.writing() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill() -> None:
        with database.writing() as connection:
            for number in range(100):
                add_event(connection, f"n{number}", "x" * 5000)

    with pytest.raises(DiskFull, match="full"):
        fill()
    assert count(database) == 1
    database.close()


def test_a_reader_cannot_write(file: Path) -> None:
    Database(file, is_writable=True).close()
    database = Database(file, is_writable=False)
    with pytest.raises(LibraryReadOnly), database.writing():
        pass
    database.close()


@pytest.mark.parametrize("bytes_kept", [0, 50, 3000])
def test_a_cut_database_is_told_to_be_damaged(file: Path, bytes_kept: int) -> None:
    database = Database(file, is_writable=True)
    with database.writing() as connection:
        add_event(connection, "1")
    database.close()
    file.write_bytes(file.read_bytes()[:bytes_kept])
    if bytes_kept == 0:
        # An empty file is how SQLite begins a database.
        Database(file, is_writable=True).close()
        return
    with pytest.raises(LibraryDamaged):
        Database(file, is_writable=True)


def test_the_form_is_numbered_and_a_copy_is_made_before_it_changes(file: Path) -> None:
    Database(file, is_writable=True).close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 0")
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if not table.startswith("sqlite_"):
                connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE TABLE older (x)")
        connection.commit()
    Database(file, is_writable=True).close()
    (copy,) = (file.parent / "backups").glob("library-before-form-1.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert ("older",) in connection.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (PureWindowsPath("//sërver/share/My Archive/library.db"), "file:////s%C3%ABrver/share/My%20Archive/library.db"),
        (PureWindowsPath("C:/My Archive/library.db"), "file:///C:/My%20Archive/library.db"),
        (PurePosixPath("/home/a?b/library.db"), "file:///home/a%3Fb/library.db"),
    ],
)
def test_sqlite_is_told_of_a_file_as_it_knows_it(file: PurePath, expected: str) -> None:
    assert address(file, "mode=ro") == f"{expected}?mode=ro"
