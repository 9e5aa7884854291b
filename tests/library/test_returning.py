"""Files given back as they came, and a look at what an earlier copy would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.errors import (
    BackupMissing,
    Cancelled,
    ExportFailed,
    LibraryDamaged,
    OriginalAltered,
    OriginalMissing,
    UnknownId,
)
from archive_viewer.jobs.job import Job
from archive_viewer.library import Difference, Library
from archive_viewer.model import Item
from archive_viewer.storage import migrations
from bags import tree
from crawls import SITE, answer, record
from crawls import page as crawled
from pages import PIXEL, MakePage, TakeIn, web_page_complete


def test_pages_are_given_back_with_their_folders(library: Library, item: Item, take_in: TakeIn, tmp_path: Path) -> None:
    page = web_page_complete(tmp_path / "complete")
    take_in(page)
    answers = library.give_back_all(library.item_ids(), tmp_path / "out")
    saved = tree(tmp_path / "out")
    assert {name: data for name, data in tree(page.parent).items() if name in saved} | {
        item.file_name: (tmp_path / "saved" / item.file_name).read_bytes()
    } == saved
    assert {"Ferry.html", "Ferry_files/bild ä.png", item.file_name} <= set(saved)
    assert sorted(len(answer.paths) for answer in answers)[0] == 1
    assert library.events(item.id)[-1].type == "dissemination"


def test_pages_of_one_file_are_given_back_once(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    records = [record(f"{SITE}/{n}", answer(crawled(f"Page {n}"))) for n in range(3)]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    take_in(tmp_path / "crawl.warc")
    (answered,) = library.give_back_all(library.item_ids(), tmp_path / "out")
    assert len(answered.item_ids) == 3
    assert tree(tmp_path / "out") == {"crawl.warc": b"".join(records)}


def test_pages_of_the_same_name_are_kept_apart(library: Library, take_in: TakeIn, tmp_path: Path) -> None:
    take_in(web_page_complete(tmp_path / "a"), web_page_complete(tmp_path / "b", PIXEL + b"other"))
    library.give_back_all(library.item_ids(), tmp_path / "out")
    names = set(tree(tmp_path / "out"))
    assert {"Ferry.html", "Ferry_files/bild ä.png", "2/Ferry.html", "2/Ferry_files/bild ä.png"} <= names
    first, second = (tmp_path / "out" / place / "Ferry_files" / "bild ä.png" for place in ("", "2"))
    assert {first.read_bytes(), second.read_bytes()} == {PIXEL, PIXEL + b"other"}


def test_all_or_nothing(library: Library, item: Item, make_page: MakePage, take_in: TakeIn, tmp_path: Path) -> None:
    (line,) = take_in(make_page("zwei.html", "Zwei"))
    ids = [item.id, *line.item_ids]
    out = tmp_path / "out"
    with pytest.raises(UnknownId):
        library.give_back_all([*ids, "nobody"], out)

    def stop(done: int, total: int, what: str, size: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        library.give_back_all(ids, out / "deep", stop)
    assert not out.exists()
    out.mkdir()
    (out / "zwei.html").write_text("mine", "utf-8")
    with pytest.raises(ExportFailed, match="nothing was replaced"):
        library.give_back_all(ids, out)
    assert tree(out) == {"zwei.html": b"mine"}
    (out / "zwei.html").unlink()
    stored = library.original_path(library.item(line.item_ids[0]).sha256)
    stored.chmod(0o644)
    stored.write_bytes(b"something else")
    with pytest.raises(OriginalAltered):
        library.give_back_all(ids, out)
    stored.unlink()
    with pytest.raises(OriginalMissing):
        library.give_back_all(ids, out)
    assert tree(out) == {}


def test_what_going_back_would_change(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> None:
    kept = library.annotate_quote(item.id, "winter road", note="before")
    gone = library.annotate_quote(item.id, "old treaty")
    copy = library.backup()
    assert library.compare_backup(copy) == []
    library.change_annotation(kept.id, note="after")
    library.delete_annotation(gone.id)
    library.annotate_quote(item.id, "A second meeting", note="new")
    library.tag_items([item.id], ["tag"])
    (line,) = take_in(make_page("zwei.html", "Zwei"))
    library.link(item.id, line.item_ids[0], "cites")
    assert {one.kind: one for one in library.compare_backup(copy)} == {
        "item": Difference("item", 1, 0, 1),
        "annotation": Difference("annotation", 1, 1, 1),
        "note": Difference("note", 1, 0, 1),
        "link": Difference("link", 1, 0, 0),
    }
    library.delete_items([item.id])
    assert next(one for one in library.compare_backup(copy) if one.kind == "item") == Difference("item", 1, 1, 0)
    assert list(copy.parent.iterdir()) == [copy]


def test_a_copy_of_an_older_form_is_compared_as_what_it_would_become(
    library: Library, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = library.backup()
    before = copy.read_bytes()
    mark = library.annotate_quote(item.id, "winter road")
    step = ("ALTER TABLE link ADD COLUMN strength INTEGER NOT NULL DEFAULT 0",)
    later = (*migrations.MIGRATIONS, step)
    folder = library.folder
    library.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    monkeypatch.setattr("archive_viewer.storage.strangers.MIGRATIONS", later)
    with Library.open(folder) as again:
        assert again.annotation(mark.id) == mark
        assert again.compare_backup(copy) == [Difference("annotation", 1, 0, 0)]
    assert copy.read_bytes() == before


def test_a_copy_that_is_not_there_or_not_whole(library: Library, item: Item, tmp_path: Path) -> None:
    with pytest.raises(BackupMissing):
        library.compare_backup(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("text" * 1000, "utf-8")
    with pytest.raises(LibraryDamaged):
        library.compare_backup(tmp_path / "text.db")


def test_a_comparison_with_a_backup_says_how_far_it_is_and_can_be_stopped(library: Library, item: Item) -> None:
    copy = library.backup()
    reports: list[tuple[int, int]] = []
    library.compare_backup(copy, Job(lambda progress: reports.append((progress.done, progress.total))).report)
    assert reports[0][0] == 0
    assert reports[-1][0] == reports[-1][1] > 0
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        library.compare_backup(copy, stopped.report)
