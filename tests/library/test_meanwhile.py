"""What goes out while something else goes on, or goes wrong: every page in its turn, no file twice, and the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_viewer.errors import ExportFailed, GivenUpMeanwhile
from archive_viewer.jobs.giving_back import give_back
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Packed
from archive_viewer.model import Item
from archive_viewer.storage.drafts import Report
from bags import tree
from pages import PIXEL, MakePage, TakeIn, web_page_complete

Write = Callable[[Library, Path, Report], Packed]
WRITES = pytest.mark.parametrize("write", [Library.bag, Library.copy_library])


@pytest.fixture
def six(library: Library, make_page: MakePage, take_in: TakeIn) -> list[Item]:
    lines = take_in(*(make_page(f"{n} Tïtle 😀.html", title=f"Zebra {n}") for n in range(6)))
    return [library.item(line.item_ids[0]) for line in lines]


def alter(library: Library, sha256: str) -> None:
    file = library.original_path(sha256)
    file.chmod(0o644)
    file.write_bytes(b"!" + file.read_bytes()[1:])


def test_altered_files_are_left_out_one_by_one_while_the_others_go_on(
    library: Library, six: list[Item], tmp_path: Path
) -> None:
    for item in (six[1], six[4]):
        alter(library, item.sha256)
    turns: Counter[str] = Counter()
    done = []

    def follow(size: int) -> None:
        turns[job.progress.what] += 1
        done.append(job.progress.done)

    job = Job(at_each_report=follow)
    given = give_back(library, [item.id for item in six], tmp_path / "out", job)
    assert set(given.refused) == {six[1].id, six[4].id}
    assert all("its checksum differs" in why for _, why in given.refused.values())
    assert (given.pages, given.files) == (4, 4)
    assert set(tree(tmp_path / "out")) == {six[n].file_name for n in (0, 2, 3, 5)}
    assert done == sorted(done)
    assert max(turns[item.file_name] for item in six) == 1
    assert Counter(event.object_id for event in library.events(outcome="failure")) == {
        six[1].sha256: 1,
        six[4].sha256: 1,
    }
    assert {event.object_id for event in library.events(type="dissemination")} == {six[n].id for n in (0, 2, 3, 5)}


def test_of_a_page_with_an_altered_part_nothing_is_left_but_what_others_need(
    library: Library, take_in: TakeIn, tmp_path: Path
) -> None:
    take_in(web_page_complete(tmp_path / "a"), web_page_complete(tmp_path / "b", PIXEL + b"other"))
    pictures = [
        one.sha256 for id in library.item_ids() for _, one in library.files(id) if one.file_name.endswith("png")
    ]
    alter(library, pictures[0])
    given = give_back(library, library.item_ids(), tmp_path / "out", Job())
    assert (given.pages, len(given.refused)) == (1, 1)
    left = {path.relative_to(tmp_path / "out").as_posix() for one in given.written for path in one.paths}
    assert set(tree(tmp_path / "out")) == left


@WRITES
def test_a_deletion_for_good_on_the_way_is_told_as_what_it_is(
    library: Library, six: list[Item], tmp_path: Path, write: Write
) -> None:
    def give_up(done: int, total: int, what: str, size: int) -> None:
        if total and not library.item(six[0].id).deleted_at:
            library.delete_items([item.id for item in six[:5]])
            library.delete_for_good([item.id for item in six[1:5]])

    with pytest.raises(GivenUpMeanwhile, match="deleted for good"):
        write(library, tmp_path / "out", give_up)
    assert not (tmp_path / "out").exists()
    assert library.failed_originals() == []
    assert library.events(outcome="failure") == []
    assert write(library, tmp_path / "out", lambda *_: None).damaged == {}


@WRITES
def test_nothing_is_written_into_the_library_itself_or_around_it(
    library: Library, six: list[Item], tmp_path: Path, write: Write
) -> None:
    link = tmp_path / "lïnk"
    link.symlink_to(library.folder, target_is_directory=True)
    above = tmp_path / "above"
    above.symlink_to(tmp_path, target_is_directory=True)
    before = set(tree(library.folder))
    inside = (library.folder, library.folder / "bag", library.folder / "originals" / "x" / "y", link / "bag", link)
    for target in (*inside, library.folder / ".." / library.folder.name / "bag"):
        with pytest.raises(ExportFailed, match="lies in the folder of the library itself"):
            write(library, target, lambda *_: None)
    for target in (tmp_path, above):
        with pytest.raises(ExportFailed, match="The library itself lies in"):
            write(library, target, lambda *_: None)
    for request in (library.request_bag, library.request_copy):
        with pytest.raises(ExportFailed, match="lies in the folder"):
            request(link / "bag")
    with pytest.raises(ExportFailed, match="lies in the folder"):
        library.give_back_all([six[0].id], link / "originals")
    assert set(tree(library.folder)) == before
    assert library.tasks(unfinished=False) == []
