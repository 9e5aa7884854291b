"""The log of events: what is in it, how it is chosen from, and that nothing in it is ever changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer import damage
from archive_viewer.errors import BadAccount
from archive_viewer.library import Library
from archive_viewer.model import EVENT_TYPES, Item
from crawls import SITE, answer, packed, page, record
from pages import MakePage, TakeIn, web_page_complete
from premis_rules import NS, require_valid


def types(library: Library, object_id: str) -> list[str]:
    return [event.type for event in library.events(object_id)]


def test_what_happens_to_a_page_as_it_comes_in_is_told(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    web_page_complete(tmp_path / "in")
    (line,) = take_in(tmp_path / "in")
    (item_id,) = line.item_ids
    assert types(library, item_id) == ["ingestion", "format identification", "metadata extraction"]
    files = [original.sha256 for _, original in library.files(item_id)]
    assert len(files) > 1
    for sha256 in files:
        (event,) = library.events(sha256)
        assert (event.type, event.detail, event.outcome) == (
            *("message digest calculation", f"SHA-256 {sha256}"),
            "success",
        )
    assert len(library.events(item_id, with_files=True)) == 3 + len(set(files))
    assert {event.type for event in library.events()} <= set(EVENT_TYPES)


def test_lost_bytes_are_a_validation_that_failed(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    archive = tmp_path / "crawl 😀.warc.gz"
    pages = [record(f"{SITE}/{name}", answer(page(f"Tïtle 😀 {name}"))) for name in "abc"]
    archive.write_bytes(packed(pages)[:-30])
    (line,) = take_in(archive)
    first, *_, last = library.items(line.item_ids)
    (of_file,) = library.events(first.sha256, type="validation")
    assert (of_file.outcome, of_file.detail) == ("failure", damage.FILE_CUT_OFF)
    (of_page,) = library.events(last.id, type="validation")
    assert (of_page.outcome, of_page.detail) == ("failure", damage.RECORD_CUT_OFF)
    assert library.count_events(type="validation") == 2
    (unpacking,) = library.events(first.sha256, type="unpacking")
    assert unpacking.detail == "3 pages taken out of “crawl 😀.warc.gz”"


def test_events_are_chosen_by_type_day_outcome_and_place(library: Library, item: Item) -> None:
    library.delete_items([item.id])
    library.restore_items([item.id])
    all_of_them = library.events()
    assert [event.id for event in library.events(newest_first=True)] == [event.id for event in all_of_them][::-1]
    assert library.events(limit=2, offset=1) == all_of_them[1:3]
    (deletion,) = library.events(type="deletion")
    assert deletion.object_id == item.id
    day = deletion.at[:10]
    for since, until, count in (
        (day, "", len(all_of_them)),
        ("", day, len(all_of_them)),
        (day[:4], day[:7], len(all_of_them)),
        ("1999", "2001-05", 0),
        ("2999-01-01T00:00:00Z", "", 0),
    ):
        assert len(library.events(since=since, until=until)) == count
        assert library.count_events(since=since, until=until) == count
    assert library.events(outcome="failure") == []
    assert library.count_events(item.id, outcome="success") == len(library.events(item.id))
    with pytest.raises(BadAccount, match="no day"):
        library.events(since="yesterday")


def test_what_undo_does_with_the_bin_is_told_too(library: Library, item: Item) -> None:
    library.delete_items([item.id])
    library.undo()
    library.redo()
    said = [(event.type, event.detail) for event in library.events(item.id)][-3:]
    assert said == [
        ("deletion", "moved to the bin"),
        ("metadata modification", "Undone: “Move Page to the Bin”: taken out of the bin"),
        ("deletion", "Done again: “Move Page to the Bin”: moved to the bin"),
    ]


@pytest.mark.parametrize("statement", ["DELETE FROM event", "UPDATE event SET outcome = 'success', detail = ''"])
def test_no_event_can_be_changed_or_removed(library: Library, item: Item, statement: str) -> None:
    before = library.events()
    with (
        closing(sqlite3.connect(library.folder / "library.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="an event is never"),
    ):
        connection.execute(statement)
    assert library.events() == before


def test_the_log_is_handed_over_as_premis(
    library: Library, item: Item, take_in: TakeIn, make_page: MakePage, tmp_path: Path
) -> None:
    web_page_complete(tmp_path / "in")
    (line,) = take_in(tmp_path / "in")
    library.change_accession(item.accession, note="Two disks.")
    library.backup()
    (gone,) = take_in(make_page("gone.html", title="Gone 😀"))
    (given_up,) = library.deaccession(gone.item_ids, "Not ours")
    out = tmp_path / "lög.xml"
    assert library.export_events(out) == library.count_events()
    root = require_valid(out.read_bytes())
    assert len(root.findall(f"{{{NS}}}event")) == library.count_events()
    names = {node.text for node in root.iter(f"{{{NS}}}originalName")}
    assert {library.name, "Gone 😀", item.file_name, f"Accession {item.accession}", "Ferry_files/bild ä.png"} <= names
    assert library.export_events(out, line.item_ids[0], with_files=True, type="ingestion") == 1
    root = require_valid(out.read_bytes())
    objects = {node.text for node in root.iter(f"{{{NS}}}objectIdentifierValue")}
    assert {line.item_ids[0], *(one.sha256 for _, one in library.files(line.item_ids[0]))} < objects
    assert given_up.item_id not in objects
    assert library.export_events(out, since="2999") == 0
    require_valid(out.read_bytes())


def test_copies_of_the_database_are_told(library: Library, item: Item) -> None:
    copy = library.backup()
    folder = library.folder
    library.close()
    Library.restore_backup(folder, copy)
    with Library.open(folder) as restored:
        told = [event.detail for event in restored.events(type="replication")]
    # The copy was made before it could be told of in itself.
    assert told == [f"database put back from {copy.name}"]


def test_what_happens_meanwhile_is_not_in_the_document(library: Library, item: Item, tmp_path: Path) -> None:
    count = library.count_events()
    told: list[tuple[int, int]] = []

    def describe(done: int, total: int) -> None:
        told.append((done, total))
        library.describe(item.id, {"subject": [f"subject {library.count_events()}"]})

    assert library.export_events(tmp_path / "events.xml", report=describe) == count
    # The things that events are about are counted as well: their part takes as long as that of the events.
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))
    assert len(told) > count
    assert library.count_events() > count
    root = require_valid((tmp_path / "events.xml").read_bytes())
    assert len(root.findall(f"{{{NS}}}event")) == count
