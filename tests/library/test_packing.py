"""A library as a whole, out and in: whole or not at all, and afterwards what it was."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import bagit
import pytest

from archive_viewer.errors import (
    BagIncomplete,
    BagRefused,
    Cancelled,
    DiskFull,
    ExportFailed,
    LibraryThere,
    LibraryTooNew,
    UnknownId,
)
from archive_viewer.jobs import bagging
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Packed, Scope
from archive_viewer.model import Fate, Item
from bags import make_bag, renew_manifests, tree
from pages import MakePage, TakeIn, web_page_complete
from stored_rows import rows_of

JOURNAL = ("step", "change")


def history_of(library: Library) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in JOURNAL]


def write_to(file: Path, statement: str) -> None:
    """What somebody else's program does to a database."""
    with closing(sqlite3.connect(file)) as database:
        database.execute(statement)
        database.commit()


@pytest.fixture
def full(library: Library, make_page: MakePage, take_in: TakeIn, tmp_path: Path) -> Library:
    """A library with some of everything, one act of which was undone."""
    take_in(make_page(), make_page("zwei.html", "Zwei", ("Another page of the 😀 ferry, which is told apart.",) * 3))
    take_in(web_page_complete(tmp_path / "complete"))
    first, second, third = sorted(library.items(library.item_ids()), key=lambda item: item.title)
    mark = library.annotate_quote(second.id, "winter road", note="Nöte 😀")
    library.link(mark.id, first.id, "supports")
    library.tag_items([first.id], ["tag ä"])
    library.mend(first.id, 1, Fate.STRIPPED)
    library.delete_items([third.id])
    library.tag_items([first.id], ["undone"])
    library.undo()
    return library


def unbag(folder: Path, target: Path) -> Packed:
    bag = Library.prove_bag(folder)
    assert Library.is_in_bag(bag)
    return Library.unbag(bag, target)


def test_a_library_comes_back_from_its_bag_as_it_was(full: Library, tmp_path: Path) -> None:
    packed = full.bag(tmp_path / "Bäg 😀", organization="Tïtle Archive")
    bagit.Bag(str(packed.folder)).validate()
    assert not packed.damaged
    assert unbag(packed.folder, tmp_path / "again").files == packed.files == full.count_originals()
    with Library.open(tmp_path / "again") as again:
        assert rows_of(again) == rows_of(full)
        assert history_of(again) == history_of(full)
        assert tree(again.folder / "originals") == tree(full.folder / "originals")
        assert again.library_id == full.library_id
        assert {event.id for event in again.events()} >= {event.id for event in full.events()[:-1]}
        assert [event.type for event in full.events(full.library_id)].count("packing") == 1
        assert [event.type for event in again.events(full.library_id)].count("unpacking") == 1
        update_index(again, Job())
        assert len(again.search("ferry")) == len(full.search("ferry")) > 0
        assert all(result.result == "ok" for result in again.verify_originals())
        again.redo()
        again.undo()
        while again.undo_label:
            again.undo()
        assert again.item_ids() == []


def test_what_the_bag_says_of_itself(full: Library, tmp_path: Path) -> None:
    full.bag(tmp_path / "bag", organization="Tïtle\nPayload-Oxum: 1.1")
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.info["External-Identifier"] == f"urn:uuid:{full.library_id}"
    assert bag.info["Source-Organization"] == "Tïtle Payload-Oxum: 1.1"
    assert bag.info["Payload-Oxum"] != "1.1"
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert f"3 pages, {full.count_originals()} stored files" in (tmp_path / "bag" / "README.txt").read_text("utf-8")
    with (tmp_path / "bag" / "data" / "files.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["File"] for row in rows} >= {"Tïtle 😀.html", "Ferry.html", "Ferry_files/bild ä.png"}
    stored = tree(tmp_path / "bag" / "data" / "originals")
    assert all(f"{row['SHA-256'][:2]}/{row['SHA-256']}" in stored for row in rows)


def test_there_is_one_copy_of_each_byte(full: Library, tmp_path: Path) -> None:
    full.bag(tmp_path / "bag")
    packed = tree(tmp_path / "bag" / "data")
    assert len(set(packed.values())) == len(packed) == full.count_originals() + 2


def test_nothing_is_replaced(library: Library, item: Item, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", "utf-8")
    for write in (library.bag, library.copy_library):
        with pytest.raises(ExportFailed, match="nothing was replaced"):
            write(tmp_path / "there")
    assert tree(tmp_path / "there") == {"mine.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    library.bag(tmp_path / "empty")
    with pytest.raises(ExportFailed, match=r"no such|No such"):
        library.bag(tmp_path / "nowhere" / "bag")


def test_a_folder_of_the_same_name_as_the_draft_is_not_cleared(library: Library, item: Item, tmp_path: Path) -> None:
    draft = tmp_path / ".bag.archive-viewer-part"
    draft.mkdir()
    (draft / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportFailed, match="please remove it"):
        library.bag(tmp_path / "bag")
    assert tree(draft) == {"mine.txt": b"mine"}


def damage(library: Library, item: Item) -> Path:
    file = library.original_path(item.sha256)
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    return file


def test_a_damaged_original_is_told_and_packed_only_when_asked(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn, tmp_path: Path
) -> None:
    take_in(make_page("lost.html", "Lost"))
    lost = next(one for one in library.items(library.item_ids()) if one.title == "Lost")
    library.original_path(lost.sha256).unlink()
    damage(library, item)
    with pytest.raises(BagIncomplete) as refusal:
        library.bag(tmp_path / "bag")
    assert set(refusal.value.names) == {item.file_name, "lost.html"}
    assert not list(tmp_path.glob("*bag*"))
    assert sum(one.kind == "fixity" for one in library.attention()) == 2
    packed = library.bag(tmp_path / "bag", leave_out_damaged=True)
    assert packed.damaged == {item.sha256: item.file_name, lost.sha256: "lost.html"}
    bagit.Bag(str(packed.folder)).validate()
    assert item.sha256 in (packed.folder / "README.txt").read_text("utf-8")
    assert unbag(packed.folder, tmp_path / "again").damaged == packed.damaged
    with Library.open(tmp_path / "again") as again:
        assert sum(one.kind == "fixity" for one in again.attention()) == 2
        assert len(again.item_ids()) == 2


# -- stopped on the way -----------------------------------------------------------------------------------------------


def test_stopped_it_leaves_nothing_behind(full: Library, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for write in (full.bag, full.copy_library):
        calls: list[int] = []
        job = Job(at_each_report=calls.append)

        def report(done: int, total: int, what: str, size: int, job: Job = job, calls: list[int] = calls) -> None:
            if len(calls) == 3:
                job.cancel()
            job.report(done, total, what, size)

        with pytest.raises(Cancelled):
            write(tmp_path / "out", report)
        assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may mount no disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> None:
    with suppress(OSError), (disk / "filler").open("ab") as stream:
        while True:
            stream.write(b"x" * 4096)
            stream.flush()


@pytest.mark.parametrize("at", [2, 4, 6])
def test_a_disk_that_fills_up_on_the_way(full: Library, tmp_path: Path, small_disk: Path, at: int) -> None:
    before = rows_of(full)
    for write in (full.bag, full.copy_library):
        calls: list[int] = []

        def fill_up(done: int, total: int, what: str, size: int, calls: list[int] = calls) -> None:
            calls.append(done)
            if len(calls) == at:
                fill(small_disk)

        with pytest.raises(DiskFull, match=str(small_disk)):
            write(small_disk / "out", fill_up)
        assert [path.name for path in small_disk.iterdir()] == ["filler"]
        (small_disk / "filler").unlink()
    assert rows_of(full) == before
    packed = full.bag(small_disk / "out")
    bagit.Bag(str(packed.folder)).validate()


def test_a_disk_that_fills_up_while_a_bag_is_unpacked(full: Library, tmp_path: Path, small_disk: Path) -> None:
    bag = Library.prove_bag(full.bag(tmp_path / "bag").folder)
    with pytest.raises(DiskFull):
        Library.unbag(
            bag, small_disk / "again", lambda done, total, what, size: fill(small_disk) if done == 2 else None
        )
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_disk_that_is_too_small_is_told_before(full: Library, tmp_path: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 2_000_000)
    with pytest.raises(DiskFull, match="are needed and"):
        full.bag(small_disk / "out")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


LIMITED = """
import resource, sys
from pathlib import Path
from archive_viewer.library import Library
with Library.open(Path(sys.argv[1])) as library:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        getattr(library, sys.argv[4])(Path(sys.argv[2]))
    except Exception as error:
        print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
@pytest.mark.parametrize("most", [40_000, 600_000])
@pytest.mark.parametrize("method", ["bag", "copy_library"])
def test_a_file_that_is_too_large_for_its_disk(
    library: Library, take_in: TakeIn, make_page: MakePage, tmp_path: Path, most: int, method: str
) -> None:
    """As on FAT32, where no file is larger than 4 GiB; the small bound stops the database, the larger one a page."""
    take_in(make_page("big.html", "Big", ("The ferry sails.",) * 40_000))
    library.close()
    target = tmp_path / "out"
    command = [sys.executable, "-c", LIMITED, str(library.folder), str(target), str(most), method]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.startswith("ExportFailed")
    assert "could not be written" in run.stdout
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


SLOW = """
import sys, time
from pathlib import Path
from archive_viewer.library import Library
def wait(done, total, what, size):
    if done == 2:
        print("there", flush=True)
        time.sleep(60)
with Library.open(Path(sys.argv[1])) as library:
    getattr(library, sys.argv[3])(Path(sys.argv[2]), wait)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
@pytest.mark.parametrize("method", ["bag", "copy_library"])
def test_killed_on_the_way_it_is_begun_anew(full: Library, tmp_path: Path, method: str) -> None:
    full.close()
    target = tmp_path / "out"
    command = [sys.executable, "-c", SLOW, str(full.folder), str(target), method]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        with Library.open(full.folder) as other, pytest.raises(ExportFailed, match="Another program is writing"):
            other.bag(target)
        process.send_signal(signal.SIGKILL)
    assert not target.exists()
    (left,) = tmp_path.glob(".out*")
    with Library.open(full.folder, "owner") as again:
        getattr(again, method)(target)
        assert not left.exists()
        assert not any(result.result != "ok" for result in again.verify_originals())


# -- copies -----------------------------------------------------------------------------------------------------------


def test_a_copy_is_a_library_of_its_own(full: Library, tmp_path: Path) -> None:
    task = full.request_fixity()
    copied = full.copy_library(tmp_path / "Cöpy")
    assert not copied.damaged
    with Library.open(tmp_path / "Cöpy", "owner") as copy:
        assert rows_of(copy) == rows_of(full)
        assert history_of(copy) == history_of(full)
        assert copy.tasks() == []
        assert not os.access(copy.original_path(copy.item(copy.item_ids()[0]).sha256), os.W_OK) or os.geteuid() == 0
        update_index(copy, Job())
        assert len(copy.search("ferry")) == 2
        copy.delete_items(copy.item_ids())
    assert full.task(task.id).state == "waiting"
    assert len(full.item_ids()) == 2
    assert [event.detail for event in full.events(full.library_id) if "copied to Cöpy" in event.detail]


def test_a_copy_is_of_one_moment_while_others_write(full: Library, tmp_path: Path) -> None:
    ids = full.item_ids()
    other = Library.open(full.folder, "worker")

    def write(done: int, total: int, what: str, size: int) -> None:
        other.tag_items(ids, [f"tag {done}"])

    full.copy_library(tmp_path / "copy", write)
    other.close()
    with Library.open(tmp_path / "copy") as copy:
        given = {tuple(tag for tag in item.tags if tag != "tag ä") for item in copy.items(ids)}
        assert len(given) == 1
        assert all(result.result == "ok" for result in copy.verify_originals())
    assert max(len(item.tags) for item in full.items(ids)) > len(*given) + 1


def test_a_damaged_original_is_copied_as_it_is_and_told(library: Library, item: Item, tmp_path: Path) -> None:
    altered = damage(library, item).read_bytes()
    copied = library.copy_library(tmp_path / "copy")
    assert copied.damaged == {item.sha256: item.file_name}
    with Library.open(tmp_path / "copy") as copy:
        assert copy.original_path(item.sha256).read_bytes() == altered
        assert [one.kind for one in copy.attention()] == ["fixity"]
    assert [one.kind for one in library.attention()] == ["fixity"]


# -- bags that mean harm ----------------------------------------------------------------------------------------------


@pytest.fixture
def bag(full: Library, tmp_path: Path) -> Path:
    return full.bag(tmp_path / "bag").folder


def test_there_is_a_library_already(full: Library, bag: Path) -> None:
    before = rows_of(full)
    with pytest.raises(LibraryThere):
        unbag(bag, full.folder)
    assert rows_of(full) == before


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TRIGGER t AFTER UPDATE ON item BEGIN DELETE FROM annotation; END", "not built as Archive Viewer"),
        ("CREATE VIEW v AS SELECT * FROM item", "not built as Archive Viewer"),
        ("DROP TABLE stale", "not built as Archive Viewer"),
        ("UPDATE original SET sha256 = '../../../../etc/passwd' WHERE rowid = 1", "what is no checksum"),
        ("UPDATE item_file SET sha256 = upper(sha256)", "what is no checksum"),
        ("DELETE FROM accession", "names things that are not in it"),
        ("PRAGMA application_id = 7", "not a whole database"),
    ],
)
def test_a_database_that_was_changed_is_not_taken(bag: Path, tmp_path: Path, statement: str, sentence: str) -> None:
    write_to(bag / "data" / "library.db", statement)
    renew_manifests(bag)
    with pytest.raises(BagRefused, match=sentence):
        unbag(bag, tmp_path / "again")
    assert not list(tmp_path.glob("*again*"))


def test_a_database_of_a_newer_program(bag: Path, tmp_path: Path) -> None:
    write_to(bag / "data" / "library.db", "PRAGMA user_version = 999")
    renew_manifests(bag)
    with pytest.raises(LibraryTooNew):
        unbag(bag, tmp_path / "again")
    assert not list(tmp_path.glob("*again*"))


def test_a_stored_file_that_is_not_what_it_is_called(full: Library, bag: Path, tmp_path: Path) -> None:
    sha256 = full.item(full.item_ids()[0]).sha256
    (bag / "data" / "originals" / sha256[:2] / sha256).write_bytes(b"something else")
    renew_manifests(bag)
    with pytest.raises(BagRefused, match="not the file that it is named after"):
        unbag(bag, tmp_path / "again")
    assert not list(tmp_path.glob("*again*"))


def test_what_the_bag_does_not_have_is_told(full: Library, bag: Path, tmp_path: Path) -> None:
    item = full.item(full.item_ids()[0])
    (bag / "data" / "originals" / item.sha256[:2] / item.sha256).unlink()
    renew_manifests(bag)
    assert unbag(bag, tmp_path / "again").damaged == {item.sha256: item.file_name}
    with Library.open(tmp_path / "again") as again:
        assert [one.kind for one in again.attention() if one.kind == "fixity"] == ["fixity"]


def test_a_flipped_bit_anywhere_is_found(bag: Path, tmp_path: Path) -> None:
    for name, data in tree(bag).items():
        if name.startswith("tagmanifest"):
            continue
        broken = tmp_path / "broken"
        shutil.copytree(bag, broken)
        middle = len(data) // 2
        (broken / name).write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        with pytest.raises(BagRefused):
            Library.prove_bag(broken)
        shutil.rmtree(broken)


def test_a_database_of_others_is_a_file_as_any(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "books.db")) as database:
        database.execute("CREATE TABLE book (title)")
    payload = {"library.db": (tmp_path / "books.db").read_bytes(), "files.csv": b"title\n"}
    assert not Library.is_in_bag(Library.prove_bag(make_bag(tmp_path / "theirs", payload)))


def test_a_bag_of_others_is_imported(library: Library, tmp_path: Path) -> None:
    bag = Library.prove_bag(make_bag(tmp_path / "theirs"))
    assert not Library.is_in_bag(bag)
    lines = list(bagging.import_bag(library, bag, Job()))
    assert sorted(line.outcome for line in lines) == ["imported", "imported"]
    (accession,) = library.accessions()
    (event,) = [event for event in library.events(accession.id) if event.type == "unpacking"]
    assert "Contact-Name: Ada Lind" in event.detail
    assert {item.file_name for item in library.items(library.item_ids())} == {"Tïtle 😀.html", "notes.txt"}


# -- a part of the holdings -------------------------------------------------------------------------------------------


def test_some_pages_are_a_library_of_their_own(full: Library, tmp_path: Path) -> None:
    ids = [item.id for item in full.items(full.item_ids()) if "Tïtle" in item.title]
    before = rows_of(full)
    packed = full.bag(tmp_path / "bag", item_ids=[*ids, *ids])
    bagit.Bag(str(packed.folder)).validate()
    assert sorted(path.name for path in (packed.folder / "data").iterdir()) == ["files.csv", "library.db", "originals"]
    assert packed.files == 1
    unbag(packed.folder, tmp_path / "again")
    with Library.open(tmp_path / "again") as again:
        assert again.item_ids() == ids
        assert again.library_id != full.library_id
        assert [mark.id for mark in again.annotations()] == [mark.id for mark in full.annotations(ids[0])]
        assert again.links() == []
        assert again.article(ids[0]) == full.article(ids[0])
        assert again.undo_label == ""
        assert {event.id for event in again.events(ids[0])} == {event.id for event in full.events(ids[0])}
        for table, rows in rows_of(again).items():
            assert set(map(repr, rows)) <= set(map(repr, before[table])), table
        assert full.merge_plan(again.folder).new == {}
    with pytest.raises(UnknownId):
        full.bag(tmp_path / "none", item_ids=["nobody"])


def test_links_between_pages_that_go_together_go_along(full: Library, tmp_path: Path) -> None:
    full.bag(tmp_path / "bag", item_ids=full.item_ids() + full.item_ids(Scope("bin")))
    unbag(tmp_path / "bag", tmp_path / "again")
    with Library.open(tmp_path / "again") as again:
        assert again.links() == full.links()
        assert rows_of(again) == rows_of(full)


@pytest.mark.parametrize("name", [".", "", "/"])
def test_what_is_no_name_of_a_new_folder_is_told(
    library: Library, item: Item, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(ExportFailed):
        library.bag(Path(name))
    assert tree(tmp_path).keys() == before.keys()


@pytest.mark.parametrize("kind", ["bag", "copy"])
def test_a_task_that_was_cut_off_is_done_again_unless_its_folder_is_whole(
    library: Library, item: Item, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (library.request_bag if kind == "bag" else library.request_copy)(target)
    library.set_task_state(library.tasks()[0].id, "running")
    (task,) = library.tasks()
    assert "every checksum compared" in bagging.carry_out(library, task, Job())
    whole = tree(target)
    assert whole
    assert bagging.carry_out(library, task, Job()) == f"{target} is written."
    assert tree(target) == whole
