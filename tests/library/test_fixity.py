"""Stored files checked, found to be damaged, told of, and put right."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive_viewer.errors import BadAccount, Cancelled, FileRefused, RepairRefused, UnknownId
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.upkeep import QuietCheck, check_fixity
from archive_viewer.library import Changes, Library
from archive_viewer.model import Item
from pages import MakePage, TakeIn

Damage = Callable[[Path], None]


def flip(stored: Path) -> None:
    whole = stored.read_bytes()
    stored.chmod(0o644)
    stored.write_bytes(whole[:10] + bytes([whole[10] ^ 1]) + whole[11:])


def cut(stored: Path) -> None:
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes()[:-7])


def lose(stored: Path) -> None:
    stored.unlink()


def block(stored: Path) -> None:
    """What stands there is no file that can be read."""
    stored.unlink()
    stored.mkdir()


def age(library: Library, sha256: str, moment: str) -> None:
    """Let it be long ago that a file was read."""
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute(
            "UPDATE original SET verified_at = ?1, accessioned_at = ?1 WHERE sha256 = ?2", (moment, sha256)
        )


@pytest.fixture
def three(library: Library, make_page: MakePage, take_in: TakeIn) -> list[Item]:
    lines = take_in(*(make_page(f"{n} Tïtle 😀.html", title=f"Tïtle {n}") for n in range(3)))
    return [library.item(line.item_ids[0]) for line in lines]


@pytest.mark.parametrize(
    ("harm", "result"), [(flip, "altered"), (cut, "altered"), (lose, "missing"), (block, "unreadable")]
)
def test_damage_is_told_at_once_and_nothing_else_is_harmed(
    library: Library, three: list[Item], harm: Damage, result: str
) -> None:
    heard: list[Changes] = []
    library.listen(heard.append)
    hurt = three[1]
    harm(library.original_path(hurt.sha256))
    for found in library.verify_originals():
        if found.result != "ok":
            # Not at the end of a check that may go on for hours.
            assert [(change.fixity, change.history) for change in heard] == [(True, False)]
            assert [one.sha256 for one in library.failed_originals()] == [hurt.sha256]
    (need,) = library.attention()
    assert (need.kind, need.sha256, need.item_id) == ("fixity", hurt.sha256, hurt.id)
    assert hurt.file_name in need.sentence
    assert "Import the same file again" in need.sentence
    assert library.overview().attention == 1
    (event,) = library.events(hurt.sha256, type="fixity check")
    assert event.outcome == "failure"
    assert event.detail.startswith(result)
    (together,) = library.events(type="fixity check", outcome="success")
    assert together.detail == "SHA-256 compared: 2 stored files as they came"
    assert library.article(hurt.id).text


@pytest.mark.parametrize("harm", [flip, cut, lose])
def test_a_file_with_the_same_bytes_repairs(library: Library, three: list[Item], tmp_path: Path, harm: Damage) -> None:
    stored = library.original_path(three[0].sha256)
    whole = stored.read_bytes()
    backup = tmp_path / "bäckup.html"
    backup.write_bytes(whole)
    harm(stored)
    other = library.original_path(three[1].sha256)
    with pytest.raises(RepairRefused, match="does not have the bytes"):
        library.repair(three[0].sha256, other)
    with pytest.raises(FileRefused):
        library.repair(three[0].sha256, tmp_path / "nowhere")
    with pytest.raises(UnknownId):
        library.repair("0" * 64, backup)
    assert library.repair(three[0].sha256, backup)
    assert stored.read_bytes() == whole
    assert stored.stat().st_mode & 0o222 == 0
    assert library.attention() == []
    (event,) = library.events(three[0].sha256, type="replication")
    assert str(backup) in event.detail
    assert not library.repair(three[0].sha256, backup)
    assert len(library.events(three[0].sha256, type="replication")) == 1


def test_a_copy_of_the_library_repairs_all_that_it_can(library: Library, three: list[Item], tmp_path: Path) -> None:
    copy = tmp_path / "cöpy"
    shutil.copytree(library.folder / "originals", copy / "originals")
    for item, harm in zip(three, (flip, lose, cut), strict=True):
        harm(library.original_path(item.sha256))
    gone = copy / "originals" / three[2].sha256[:2] / three[2].sha256
    gone.chmod(0o644)
    gone.unlink()
    assert len([one for one in library.verify_originals() if one.result != "ok"]) == 3
    assert {one.sha256 for one in library.repair_from(copy)} == {three[0].sha256, three[1].sha256}
    assert [one.sha256 for one in library.failed_originals()] == [three[2].sha256]
    with pytest.raises(FileRefused):
        list(library.repair_from(tmp_path / "nowhere"))


def test_importing_the_same_file_repairs_what_no_check_has_found_yet(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    stored = library.original_path(item.sha256)
    whole = stored.read_bytes()
    flip(stored)
    (line,) = take_in(make_page())
    assert "stored again" in line.reason
    assert stored.read_bytes() == whole
    assert [event.outcome for event in library.events(item.sha256, type="fixity check")] == ["failure"]
    assert len(library.events(item.sha256, type="replication")) == 1


def test_the_files_of_one_item_can_be_checked(library: Library, three: list[Item]) -> None:
    (result,) = library.verify_originals([three[1].id])
    assert (result.sha256, result.result) == (three[1].sha256, "ok")
    (event,) = library.events(type="fixity check")
    assert (event.object_id, event.outcome) == (three[1].sha256, "success")


def test_a_second_checksum_is_added_on_request(library: Library, three: list[Item]) -> None:
    flip(library.original_path(three[2].sha256))
    whole = library.original_path(three[0].sha256).read_bytes()
    assert library.fixity_state().without_sha512 == 3
    results = list(library.add_sha512())
    assert sorted(result.result for result in results) == ["altered", "ok", "ok"]
    ((_, original),) = library.files(three[0].id)
    assert original.sha512 == hashlib.sha512(whole).hexdigest()
    ((_, altered),) = library.files(three[2].id)
    assert altered.sha512 == ""
    assert library.fixity_state().without_sha512 == 1
    told = [event.detail for event in library.events(three[0].sha256, type="message digest calculation")]
    assert told[-1] == f"SHA-512 {original.sha512}"
    assert [result.sha256 for result in library.add_sha512()] == [three[2].sha256]


def test_what_is_due_is_checked_the_oldest_first(library: Library, three: list[Item]) -> None:
    assert list(library.verify_originals(only_due=True)) == []
    age(library, three[2].sha256, "2001-01-01T00:00:00Z")
    age(library, three[0].sha256, "2002-01-01T00:00:00Z")
    state = library.fixity_state()
    assert (state.files, state.due, state.days, state.oldest) == (3, 2, 30, "2001-01-01T00:00:00Z")
    assert [one.sha256 for one in library.verify_originals(only_due=True)] == [three[2].sha256, three[0].sha256]
    assert library.fixity_state().due == 0
    age(library, three[0].sha256, "2002-01-01T00:00:00Z")
    library.set_fixity_days(0)
    assert library.fixity_state().due == 0
    assert list(library.verify_originals(only_due=True)) == []
    library.set_fixity_days(36_500)
    assert library.fixity_state().due == 0
    for days in (-1, 36_501):
        with pytest.raises(BadAccount):
            library.set_fixity_days(days)


def test_a_check_that_is_stopped_goes_on_where_it_was(library: Library, three: list[Item]) -> None:
    for n, item in enumerate(three):
        age(library, item.sha256, f"200{n}-01-01T00:00:00Z")
    job = Job()
    checked = []
    results = check_fixity(library, job, only_due=True)
    checked.append(next(results).sha256)
    job.cancel()
    with pytest.raises(Cancelled):
        next(results)
    assert checked == [three[0].sha256]
    assert [result.sha256 for result in check_fixity(library, Job(), only_due=True)] == [
        *(three[1].sha256, three[2].sha256)
    ]


def test_a_library_that_is_only_looked_at_is_checked_and_keeps_nothing(library: Library, three: list[Item]) -> None:
    lose(library.original_path(three[0].sha256))
    with Library.open(library.folder, "reader") as reader:
        assert len([one for one in reader.verify_originals() if one.result == "missing"]) == 1
    assert library.events(type="fixity check") == []
    assert library.failed_originals() == []


def test_quietly_what_is_due_is_checked(library: Library, three: list[Item]) -> None:
    for item in three[:2]:
        age(library, item.sha256, "2001-01-01T00:00:00Z")
    for item in three[1:]:
        flip(library.original_path(item.sha256))
    failed: list[int] = []
    check = QuietCheck(library, failed.append)
    check.start()
    check.wait()
    assert failed == [1]
    assert [one.sha256 for one in library.failed_originals()] == [three[1].sha256]
    assert library.fixity_state().due == 0


def test_a_quiet_check_that_is_stopped_leaves_the_rest_for_later(library: Library, three: list[Item]) -> None:
    for item in three:
        age(library, item.sha256, "2001-01-01T00:00:00Z")
        flip(library.original_path(item.sha256))
    check: QuietCheck

    def stop_there(count: int) -> None:
        # Told from the checking thread itself, which cannot wait for its own end.
        threading.Thread(target=check.stop).start()
        while not check.is_stopped:
            time.sleep(0.001)

    check = QuietCheck(library, stop_there)
    check.start()
    check.wait()
    assert library.fixity_state().due == 2
    assert len(library.failed_originals()) == 1


def test_an_export_checks_what_it_stands_on(library: Library, three: list[Item], tmp_path: Path) -> None:
    marks = [library.annotate(item.id, 0, 5) for item in three[:2]]
    lose(library.original_path(three[1].sha256))
    failed = library.export(tmp_path / "öut.md", "md", library.excerpts(annotation_ids=[mark.id for mark in marks]))
    assert [one.sha256 for one in failed] == [three[1].sha256]
    assert (tmp_path / "öut.md").is_file()
    assert [need.kind for need in library.attention()] == ["fixity"]
    assert {event.object_id for event in library.events(type="fixity check")} == {one.sha256 for one in three[:2]}


def test_what_is_given_up_during_a_check_has_not_failed(library: Library, make_page: MakePage, take_in: TakeIn) -> None:
    lines = take_in(*(make_page(f"{n}.html", f"Page {n}") for n in range(3)))
    results = library.verify_originals()
    first = next(results).sha256
    gone = [id for line in lines for id in line.item_ids if library.item(id).sha256 != first]
    library.delete_items(gone)
    library.delete_for_good(gone)
    assert list(results) == []
    assert library.events(outcome="failure") == []


def test_what_was_well_already_is_not_called_put_back(library: Library, item: Item, tmp_path: Path) -> None:
    original = library.folder / "originals" / item.sha256[:2] / item.sha256
    aside = tmp_path / "aside"
    original.rename(aside)
    assert [one.result for one in library.verify_originals()] == ["missing"]
    shutil.copy(aside, original)
    assert list(library.repair_from(aside)) == []
    assert library.fixity_state().failed == 0
