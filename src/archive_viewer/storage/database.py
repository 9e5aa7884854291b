"""The database file: connections, transactions, backup.

A folder in, connections out.  Separate so that everything about SQLite's habits (WAL, busy time-outs, which of its
errors mean a full disk and which a damaged file) is decided once.

One connection writes, under a lock and inside ``BEGIN IMMEDIATE``; every thread reads through a connection of its
own.  Inside a transaction the writing thread reads through the writer, so that it sees what it wrote.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePath

from archive_viewer.errors import (
    ArchiveViewerError,
    DiskFull,
    ExportFailed,
    LibraryBusy,
    LibraryDamaged,
    LibraryReadOnly,
)
from archive_viewer.storage.migrations import migrate, require_known_form, require_not_newer

Connection = sqlite3.Connection
"""What the SQL files take; named here so that the library can pass it on without knowing SQLite."""

APPLICATION_ID = 0x41565731
"""``AVW1``: marks the file as ours (SQLite file format, section 1.3.16)."""

BUSY_SECONDS = 20.0
"""How long a write waits for another process's.  Transactions are short; the longest seen is an import's, 0.2 s."""

SHARED_MEMORY_BYTES = 256 * 1024
"""What SQLite's shared memory and log need at the least beside the database (sqlite.org/walformat.html)."""

COPIED_PAGES = 4_096
"""Pages of 4 kB that are copied between two looks at whether a person has stopped it."""

FAILED_WRITES = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE)

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def require_whole(copy: Path) -> None:
    """See to it that a copy, which nobody has open, is a whole database of ours, of this form or an older one.

    :raises LibraryDamaged: it is not.
    :raises LibraryTooNew: a newer program wrote it.
    """
    try:
        with closing(sqlite3.connect(address(copy.absolute(), "mode=ro&immutable=1"), uri=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
                require_not_newer(connection, copy.parent)
                if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                    return
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(f"The file {copy} is damaged.") from error
    raise LibraryDamaged(f"The file {copy} is not a whole database of an Archive Viewer library.")


def address(file: PurePath, mode: str) -> str:
    """A file, by its whole path, as SQLite is told of it; ``mode`` are the parameters.

    A file of a Windows network share needs an empty authority before its two slashes: SQLite knows no other one
    (sqlite.org/uri.html, section 3.1).
    """
    uri = file.as_uri()
    is_local = uri.startswith("file:///")
    return f"{uri if is_local else uri.replace('file://', 'file:////', 1)}?{mode}"


def fold_log(file: Path) -> None:
    """Bring what stands only in the log beside a database, which nobody has open, into the file itself.

    A file that is damaged stays as it is.
    """
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(address(file.absolute(), "mode=rw"), uri=True)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Database:
    """``library.db`` of one library; may be used from any thread.

    :raises LibraryDamaged: the file is not a database, or not one of ours.
    :raises LibraryTooNew: a newer program wrote it.
    """

    def __init__(self, file: Path, is_writable: bool) -> None:
        self.file = file
        self.is_writable = is_writable
        self._lock = threading.RLock()
        self._readers_guard = threading.Lock()
        self._depth = 0
        self._thread = 0
        self._local = threading.local()
        self._readers: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._writer: sqlite3.Connection | None = None
        self._news: sqlite3.Connection | None = None
        try:
            if is_writable:
                self._writer = self._connect(address(file.absolute(), "mode=rwc"))
                self._prepare(self._writer)
            else:
                self._check(self._reader())
                require_known_form(self._reader(), file.parent)
            self._news = self._writer or self._connect_reader()
            self._version = self._data_version()
        except sqlite3.Error as error:
            self.close()
            raise self._told(error) from error
        except ArchiveViewerError:
            self.close()
            raise

    def _connect(self, place: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            place, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        return connection

    def _connect_reader(self) -> sqlite3.Connection:
        mode = "mode=ro"
        if not self.is_writable and not self._has_room_for_memory():
            # WAL needs a shared-memory file beside the database.  On a medium that cannot be written, or is full,
            # nobody else writes either, and SQLite may be told so.
            mode += "&immutable=1"
        return self._connect(address(self.file.absolute(), mode))

    def _has_room_for_memory(self) -> bool:
        log = self.file.with_name(f"{self.file.name}-wal")
        if log.exists() and log.stat().st_size:
            return True
        folder = self.file.parent
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= SHARED_MEMORY_BYTES

    def _prepare(self, connection: sqlite3.Connection) -> None:
        is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not is_new:
            self._check(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a mark that was acknowledged survives a power cut, not only a crash of the program.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if is_new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, self.file.parent, lambda found: None if is_new else self._copy_before(found))

    def _copy_before(self, found: int) -> None:
        backups = self.file.parent / "backups"
        backups.mkdir(exist_ok=True)
        self.copy_to(backups / f"library-before-form-{found + 1}.db")

    def _check(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise LibraryDamaged(f"The file {self.file} is not the database of an Archive Viewer library.")

    # -- reading and writing ------------------------------------------------------------------------------------

    def _reader(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._connect_reader()
            self._local.connection = found
            with self._readers_guard:
                for thread, left in self._readers:
                    if not thread.is_alive():
                        left.close()
                self._readers = [one for one in self._readers if one[0].is_alive()]
                self._readers.append((threading.current_thread(), found))
        return found

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read through; inside the thread's own transaction the one that writes."""
        try:
            yield self._writer if self._writer is not None and self._is_writing_here() else self._reader()
        except sqlite3.Error as error:
            raise self._told(error) from error

    @contextmanager
    def reading_one_moment(self) -> Iterator[sqlite3.Connection]:
        """The same for several questions whose answers must agree, whoever writes meanwhile."""
        with self.reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, committed at the end or rolled back whole; a nested one joins the outer.

        :raises LibraryReadOnly: this database was opened for reading.
        :raises DiskFull: nothing of the transaction was stored.
        """
        if self._writer is None:
            raise LibraryReadOnly(self.file.parent, "another program holds it, or its place cannot be written.")
        with self._lock:
            if self._depth:
                yield self._writer
                return
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                self._depth, self._thread = 1, threading.get_ident()
                try:
                    yield self._writer
                    self._writer.execute("COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                finally:
                    self._depth = 0
            except sqlite3.Error as error:
                raise self._told(error) from error

    def _is_writing_here(self) -> bool:
        return self._depth > 0 and self._thread == threading.get_ident()

    # -- news, copies, the end ----------------------------------------------------------------------------------

    def _data_version(self) -> int:
        return int(self._news.execute("PRAGMA data_version").fetchone()[0]) if self._news is not None else 0

    def has_news(self) -> bool:
        """Whether another process has committed since the last call."""
        with self._lock:
            if self._depth:
                return False
            try:
                version = self._data_version()
            except sqlite3.Error as error:
                raise self._told(error) from error
            is_newer, self._version = version != self._version, version
            return is_newer

    @property
    def size(self) -> int:
        """The bytes that a copy takes at the most: those of the file, and of the log that is not in it yet."""
        log = self.file.with_name(f"{self.file.name}-wal")
        return sum(file.stat().st_size for file in (self.file, log) if file.exists())

    def copy_to(self, target: Path) -> None:
        """A whole, consistent copy, made while others read and write.

        :raises DiskFull: there is no room for it.
        :raises LibraryReadOnly: it cannot be written there.
        """
        try:
            self.write_copy(target)
        except ExportFailed as error:
            raise LibraryReadOnly(self.file.parent, f"a copy cannot be made.  {error}") from error

    def write_copy(self, target: Path, pause: Callable[[], None] = lambda: None) -> None:
        """The same for a place that is none of the library's; ``pause`` is called now and then, and may stop it.

        :raises DiskFull: there is no room for it.
        :raises ExportFailed: it cannot be written there.
        """
        draft = target.with_suffix(".part")
        try:
            # Made anew here, so that a folder that cannot be written is told from a database that cannot be opened.
            draft.unlink(missing_ok=True)
            draft.touch()
            with (
                closing(self._connect_reader()) as source,
                closing(sqlite3.connect(draft)) as copy,
            ):
                # What is read in one transaction is of one moment, though others go on writing between two portions.
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=COPIED_PAGES, progress=lambda status, left, total: pause())
            draft.replace(target)
        except BaseException as error:
            with suppress(OSError):
                draft.unlink()
            if isinstance(error, sqlite3.Error):
                raise self._told_of_copy(error, target) from error
            if isinstance(error, OSError):
                if DiskFull.is_cause(error):
                    raise DiskFull(target.parent) from error
                raise ExportFailed(f"{target} could not be written: {error.strerror or error}.") from error
            raise

    def _told_of_copy(self, error: sqlite3.Error, target: Path) -> Exception:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & 0xFF == sqlite3.SQLITE_FULL or (
            code in FAILED_WRITES and shutil.disk_usage(target.parent).free < SHARED_MEMORY_BYTES
        ):
            return DiskFull(target.parent)
        return ExportFailed(f"{target} could not be written: {error}.") if code in FAILED_WRITES else self._told(error)

    def close(self) -> None:
        with self._lock:
            with self._readers_guard:
                for _, reader in self._readers:
                    reader.close()
                self._readers.clear()
                self._local = threading.local()
            for connection in (self._news, self._writer):
                if connection is not None:
                    connection.close()
            self._news = self._writer = None

    def _told(self, error: sqlite3.Error) -> Exception:
        """SQLite's own code says whether the disk, the file or we are to blame (sqlite.org/rescode.html)."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return DiskFull(self.file.parent)
        if code == sqlite3.SQLITE_IOERR:
            if shutil.disk_usage(self.file.parent).free < SHARED_MEMORY_BYTES:
                return DiskFull(self.file.parent)
            return LibraryDamaged(f"The disk that holds {self.file} reports an error in reading or writing it.")
        if code == sqlite3.SQLITE_READONLY:
            return LibraryReadOnly(self.file.parent, "its place cannot be written.")
        if code == sqlite3.SQLITE_CANTOPEN:
            return LibraryDamaged(f"The file {self.file} cannot be opened.")
        if code == sqlite3.SQLITE_BUSY:
            return LibraryBusy(self.file.parent)
        if code in DAMAGE:
            return LibraryDamaged(f"The database {self.file} is damaged.{self._newest_backup()}")
        return error

    def _newest_backup(self) -> str:
        backups = sorted((self.file.parent / "backups").glob("*.db"), key=lambda path: path.stat().st_mtime)
        return f"  The newest backup is {backups[-1]}." if backups else "  There is no backup of it yet."
