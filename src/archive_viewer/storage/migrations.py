"""The database's shape, as the steps that led to it.

A connection in, the same connection at the newest form out.  ``PRAGMA user_version`` is the number of steps taken;
a step and its number commit together, so that a step that fails is as if it had never begun.  A released step is
never edited: a change of form is a new step at the end, with a test that starts from a library of the older form.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from archive_viewer.errors import LibraryTooNew, LibraryTooOld

FIRST = (
    """CREATE TABLE library (
        id TEXT NOT NULL, created_at TEXT NOT NULL, next_accession INTEGER NOT NULL DEFAULT 1,
        fixity_days INTEGER NOT NULL DEFAULT 30) STRICT""",
    """CREATE TABLE accession (
        id TEXT PRIMARY KEY, number TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, step_id INTEGER,
        created_at TEXT NOT NULL, finished_at TEXT NOT NULL DEFAULT '', acquired_from TEXT NOT NULL DEFAULT '',
        custodial_history TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
        accrues_to TEXT NOT NULL DEFAULT '') STRICT""",
    """CREATE TABLE import_line (
        accession_id TEXT NOT NULL REFERENCES accession, n INTEGER NOT NULL, path TEXT NOT NULL,
        outcome TEXT NOT NULL, reason TEXT NOT NULL, item_ids TEXT NOT NULL, warnings TEXT NOT NULL,
        PRIMARY KEY (accession_id, n)) STRICT""",
    "CREATE INDEX import_line_path ON import_line (path, accession_id)",
    "CREATE INDEX import_line_refused ON import_line (accession_id, path) WHERE outcome = 'refused'",
    """CREATE TABLE original (
        sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, media_type TEXT NOT NULL, file_name TEXT NOT NULL,
        accessioned_at TEXT NOT NULL, verified_at TEXT NOT NULL DEFAULT '',
        fixity TEXT NOT NULL DEFAULT 'ok', warnings TEXT NOT NULL DEFAULT '[]',
        sha512 TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX original_seen ON original (max(verified_at, accessioned_at), sha256)",
    "CREATE INDEX original_failed ON original (sha256) WHERE fixity != 'ok'",
    "CREATE INDEX original_half_digested ON original (sha256) WHERE sha512 = ''",
    """CREATE TABLE item (
        id TEXT PRIMARY KEY, accession_id TEXT NOT NULL REFERENCES accession,
        sha256 TEXT NOT NULL REFERENCES original, payload_sha256 TEXT NOT NULL, locator TEXT NOT NULL,
        format TEXT NOT NULL, media_type TEXT NOT NULL, charset TEXT NOT NULL, file_name TEXT NOT NULL,
        modified_at TEXT NOT NULL, original_order INTEGER NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
        url_key TEXT NOT NULL, site TEXT NOT NULL, authors TEXT NOT NULL, published TEXT NOT NULL,
        captured_at TEXT NOT NULL, language TEXT NOT NULL, facts TEXT NOT NULL, warnings TEXT NOT NULL,
        added_at TEXT NOT NULL, title_key TEXT NOT NULL, author_key TEXT NOT NULL, site_key TEXT NOT NULL,
        has_doubt INTEGER NOT NULL, published_key TEXT NOT NULL, unit_id TEXT NOT NULL DEFAULT '',
        unit_position INTEGER NOT NULL DEFAULT 0, reference_code TEXT NOT NULL DEFAULT '',
        tags TEXT NOT NULL DEFAULT '[]', deleted_at TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX original_warned ON original (sha256) WHERE warnings != '[]'",
    "CREATE INDEX item_sha256 ON item (sha256)",
    "CREATE INDEX item_warned ON item (added_at, original_order) WHERE warnings != '[]' AND deleted_at = ''",
    "CREATE INDEX item_added ON item (added_at, original_order, deleted_at, id)",
    "CREATE INDEX item_binned ON item (deleted_at, id) WHERE deleted_at != ''",
    "CREATE INDEX item_tagged ON item (tags, id) WHERE tags != '[]' AND deleted_at = ''",
    "CREATE INDEX item_doubtful ON item (id) WHERE has_doubt = 1 AND deleted_at = ''",
    "CREATE INDEX item_accession ON item (accession_id, deleted_at, original_order, added_at, id)",
    "CREATE INDEX item_url_key ON item (url_key, deleted_at, captured_at, id)",
    "CREATE INDEX item_site ON item (site, deleted_at, site_key, id)",
    """CREATE INDEX item_unit ON item (
        unit_id, unit_position, accession_id, original_order, deleted_at, id, sha256, captured_at, language,
        added_at)""",
    "CREATE INDEX item_reference_code ON item (reference_code) WHERE reference_code != ''",
    """CREATE TABLE unit (
        id TEXT PRIMARY KEY, parent_id TEXT NOT NULL, position INTEGER NOT NULL, level TEXT NOT NULL,
        code TEXT NOT NULL, reference_code TEXT NOT NULL, title TEXT NOT NULL, created_at TEXT NOT NULL,
        path TEXT NOT NULL DEFAULT '', series TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX unit_parent ON unit (parent_id, position)",
    "CREATE INDEX unit_path ON unit (path)",
    "CREATE INDEX unit_reference_code ON unit (reference_code)",
    """CREATE TABLE description (id TEXT PRIMARY KEY, item_id TEXT NOT NULL, elements TEXT NOT NULL) STRICT""",
    "CREATE INDEX description_item ON description (item_id)",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE item_file (
        item_id TEXT NOT NULL REFERENCES item, n INTEGER NOT NULL, name TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES original, PRIMARY KEY (item_id, n)) STRICT""",
    "CREATE INDEX item_file_sha256 ON item_file (sha256)",
    """CREATE TABLE article (
        item_id TEXT PRIMARY KEY REFERENCES item, text TEXT NOT NULL, text_sha256 TEXT NOT NULL,
        cleaner_version TEXT NOT NULL, blocks BLOB NOT NULL) STRICT""",
    "CREATE INDEX article_cleaner_version ON article (cleaner_version, item_id)",
    """CREATE TABLE sketch (
        number INTEGER PRIMARY KEY, item_id TEXT NOT NULL UNIQUE REFERENCES item, sketch BLOB NOT NULL) STRICT""",
    """CREATE TABLE sketch_band (
        band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (band, number)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE override (
        id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES item, digest TEXT NOT NULL, ordinal INTEGER NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, fate TEXT NOT NULL) STRICT""",
    "CREATE INDEX override_item ON override (item_id)",
    """CREATE TABLE site_rule (
        id TEXT PRIMARY KEY, site TEXT NOT NULL, fate TEXT NOT NULL, likeness TEXT NOT NULL, keys TEXT NOT NULL,
        sample TEXT NOT NULL, is_on INTEGER NOT NULL, created_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX site_rule_site ON site_rule (site)",
    """CREATE TABLE charset_choice (
        id TEXT PRIMARY KEY REFERENCES item, item_id TEXT NOT NULL, charset TEXT NOT NULL) STRICT""",
    """CREATE TABLE reading (
        item_id TEXT NOT NULL REFERENCES item, charset TEXT NOT NULL, item TEXT NOT NULL,
        cleaner_version TEXT NOT NULL, blocks BLOB NOT NULL,
        PRIMARY KEY (item_id, charset, cleaner_version)) STRICT""",
    """CREATE TABLE annotation (
        id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES item, target TEXT NOT NULL, colour TEXT NOT NULL,
        note TEXT NOT NULL, tags TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
        creator TEXT NOT NULL DEFAULT '', origin TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'unplaced', start INTEGER, end INTEGER) STRICT""",
    "CREATE INDEX annotation_item ON annotation (item_id)",
    """CREATE TABLE link (
        id TEXT PRIMARY KEY, from_id TEXT NOT NULL, to_id TEXT NOT NULL, relation TEXT NOT NULL, note TEXT NOT NULL,
        created_at TEXT NOT NULL, modified_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX link_from ON link (from_id)",
    "CREATE INDEX link_to ON link (to_id)",
    """CREATE TABLE event (
        id TEXT PRIMARY KEY, type TEXT NOT NULL, at TEXT NOT NULL, object_id TEXT NOT NULL, agent TEXT NOT NULL,
        outcome TEXT NOT NULL, detail TEXT NOT NULL) STRICT""",
    "CREATE INDEX event_object ON event (object_id, at)",
    "CREATE INDEX event_at ON event (at)",
    "CREATE INDEX event_type ON event (type, at)",
    "CREATE INDEX event_outcome ON event (outcome, at) WHERE outcome != 'success'",
    "CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END",
    "CREATE TRIGGER event_is_so BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END",
    """CREATE TABLE deaccession (
        id TEXT PRIMARY KEY, item_id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
        captured_at TEXT NOT NULL, accession TEXT NOT NULL, files TEXT NOT NULL, reason TEXT NOT NULL,
        at TEXT NOT NULL, by TEXT NOT NULL) STRICT""",
    "CREATE TRIGGER deaccession_stays BEFORE DELETE ON deaccession "
    "BEGIN SELECT RAISE(ABORT, 'a record is never removed'); END",
    "CREATE TRIGGER deaccession_is_so BEFORE UPDATE ON deaccession "
    "BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END",
    "CREATE INDEX deaccession_item ON deaccession (item_id)",
    "CREATE TABLE discarded (sha256 TEXT PRIMARY KEY) STRICT",
    """CREATE TABLE task (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, arguments TEXT NOT NULL, state TEXT NOT NULL,
        accession_id TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
        finished_at TEXT NOT NULL DEFAULT '', step_id INTEGER) STRICT""",
    """CREATE TABLE recleaning_line (
        task_id TEXT NOT NULL REFERENCES task, item_id TEXT NOT NULL REFERENCES item, outcome TEXT NOT NULL,
        reason TEXT NOT NULL, put_back INTEGER NOT NULL, taken_out INTEGER NOT NULL, carried INTEGER NOT NULL,
        moved TEXT NOT NULL, unplaced TEXT NOT NULL, PRIMARY KEY (task_id, item_id)) STRICT""",
    "CREATE INDEX recleaning_line_item ON recleaning_line (item_id)",
    """CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, at TEXT NOT NULL,
        is_undone INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE change (
        step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE, n INTEGER NOT NULL, noun TEXT NOT NULL,
        id TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (step_id, n)) STRICT""",
    "CREATE TABLE unfinished (item_id TEXT PRIMARY KEY REFERENCES item) STRICT",
    "CREATE TABLE outdated (item_id TEXT PRIMARY KEY) STRICT",
    "CREATE TABLE stale (item_id TEXT PRIMARY KEY, serial INTEGER NOT NULL) STRICT",
)

SAID = "json_extract(coalesce(after, before), '$.{}')"
"""What a change of the journal says of a row, in a column of it."""

SECOND = (
    # What is deleted for good is found in the journal by what a change is about, however long the journal is.
    "CREATE INDEX change_id ON change (id)",
    f"CREATE INDEX change_item ON change ({SAID.format('item_id')}) WHERE {SAID.format('item_id')} IS NOT NULL",
    f"CREATE INDEX change_other ON change ({SAID.format('other_id')}) WHERE noun = 'pair'",
    f"CREATE INDEX change_from ON change ({SAID.format('from_id')}) WHERE noun = 'link'",
    f"CREATE INDEX change_to ON change ({SAID.format('to_id')}) WHERE noun = 'link'",
    """CREATE TABLE right_pair (
        id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES item, other_id TEXT NOT NULL REFERENCES item,
        text_sha256 TEXT NOT NULL, other_sha256 TEXT NOT NULL) STRICT""",
    "CREATE INDEX right_pair_item ON right_pair (item_id)",
    "CREATE INDEX right_pair_other ON right_pair (other_id)",
)

THIRD = (
    # The person who had it done, beside the program that did it; empty where that did it by itself.
    "ALTER TABLE event ADD COLUMN person TEXT NOT NULL DEFAULT ''",
)

FOURTH = (
    """CREATE TABLE saved_search (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, created_at TEXT NOT NULL) STRICT""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (FIRST, SECOND, THIRD, FOURTH)


def form_of(connection: sqlite3.Connection) -> int:
    """How many steps the database has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def require_not_newer(connection: sqlite3.Connection, folder: Path) -> int:
    """The database's form.

    :raises LibraryTooNew: it is one that this program does not know.
    """
    found = form_of(connection)
    if found > len(MIGRATIONS):
        raise LibraryTooNew(folder, found, len(MIGRATIONS))
    return found


def require_known_form(connection: sqlite3.Connection, folder: Path) -> None:
    """See to it that a database that may not be changed can be read as it is.

    :raises LibraryTooNew: the form is one that this program does not know.
    :raises LibraryTooOld: the form is one that this program would have to change first.
    """
    if require_not_newer(connection, folder) < len(MIGRATIONS):
        raise LibraryTooOld(folder)


def migrate(connection: sqlite3.Connection, folder: Path, before: Callable[[int], None]) -> None:
    """Bring the database to the newest form; ``before`` is told the old number ahead of the first step.

    :raises LibraryTooNew: the form is one that this program does not know.
    """
    found = require_not_newer(connection, folder)
    if found < len(MIGRATIONS):
        before(found)
    for number, statements in enumerate(MIGRATIONS[found:], start=found + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the step while this one waited for the lock.
            if form_of(connection) < number:
                for statement in statements:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
