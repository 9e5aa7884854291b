"""The queue of the index: an item that changes while it is being indexed stays in it, however the queue was filled."""

from __future__ import annotations

from pathlib import Path

from archive_viewer.storage import stale
from archive_viewer.storage.database import Database


def test_what_changes_while_it_is_indexed_stays(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db", is_writable=True)
    with database.writing() as connection:
        stale.add(connection, ["a", "b"])
        taken = stale.first(connection, 10)
        stale.add(connection, ["b"])
        stale.settle(connection, taken)
        assert [id for id, _ in stale.first(connection, 10)] == ["b"]
        taken = stale.first(connection, 10)
        for _ in range(3):
            stale.add(connection, ["a", "b"])
        serials = [serial for _, serial in stale.first(connection, 10)]
        assert serials == sorted(set(serials))
        stale.settle(connection, taken)
        assert stale.count(connection) == 2
    database.close()
