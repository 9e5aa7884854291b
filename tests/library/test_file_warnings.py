"""What is to be said of a whole file is said of each of its pages, and once in the report."""

from __future__ import annotations

from pathlib import Path

import crawls
from archive_viewer import damage
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.previewing import look_at_paths
from archive_viewer.library import Library
from crawls import SITE, answer, page, record
from pages import TakeIn
from saved_files import HTML, zipped

DAMAGED = "This file is damaged or cut off; it was read as far as that is possible."


def cut_crawl(folder: Path) -> Path:
    """Four pages, the second of them kept in part, in an archive whose end is gone."""
    first, third, last = (record(f"{SITE}/{name}", answer(page(f"Tïtle 😀 {name}"))) for name in "acd")
    second = record(f"{SITE}/b", answer(page("Tïtle 😀 b")), WARC_Truncated="time")
    file = folder / "Tïtle 😀.warc.gz"
    file.write_bytes(crawls.packed([first, second, third, last])[:-30])
    return file


def test_every_page_of_a_damaged_archive_says_so(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    (line,) = take_in(cut_crawl(tmp_path))
    shortened = "Whoever archived this page kept only its beginning (“time”)."
    cut_off = "The record of this page is damaged or cut off; it was read as far as it goes."
    assert line.warnings == (DAMAGED, shortened, cut_off)
    items = library.items(line.item_ids)
    assert [item.file_warnings for item in items] == [(DAMAGED,)] * 4
    assert [item.warnings for item in items] == [(), (shortened,), (), (cut_off,)]


def test_what_a_look_says_is_what_an_import_says(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    members = {"a.html": HTML, "b.pdf": b"%PDF-1.7", "c.html": HTML.replace(b"ferry", b"bridge")}
    packed = tmp_path / "Tïtle 😀.zip"
    packed.write_bytes(zipped(members))
    paths = [cut_crawl(tmp_path), packed]
    looked = list(look_at_paths(library, paths, Job()))
    lines = take_in(*paths)
    assert [prospect.line.warnings for prospect in looked] == [line.warnings for line in lines]
    for prospect, line in zip(looked, lines, strict=True):
        stored = library.items(line.item_ids)
        assert [item.file_warnings for item in prospect.items] == [item.file_warnings for item in stored]
        assert all(item.file_warnings for item in stored)


def test_a_whole_file_says_nothing(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    file = tmp_path / "Tïtle 😀.warc.gz"
    file.write_bytes(crawls.packed([record(f"{SITE}/a", answer(page("Tïtle 😀")))]))
    (line,) = take_in(file)
    assert library.item(line.item_ids[0]).file_warnings == ()


def test_damage_waits_for_attention_until_its_page_is_in_the_bin(
    library: Library, tmp_path: Path, take_in: TakeIn
) -> None:
    altered = record(f"{SITE}/e", answer(page("Tïtle 😀 e")), WARC_Payload_Digest="sha1:" + "A" * 32)
    (tmp_path / "altered.warc").write_bytes(altered)
    cut, whole = take_in(cut_crawl(tmp_path), tmp_path / "altered.warc")
    troubles = [one for one in library.attention() if one.kind == "damaged"]
    assert [(one.item_id, one.sentence.partition(".")[0] + ".") for one in troubles] == [
        (cut.item_ids[0], DAMAGED.partition(".")[0] + "."),
        (cut.item_ids[3], "The record of this page is damaged or cut off; it was read as far as it goes."),
        (whole.item_ids[0], damage.PAGE_ALTERED),
    ]
    assert all("compare with another copy" in one.sentence for one in troubles)
    assert library.overview().attention == len(library.attention())
    assert [bool(item.damage) for item in library.items([*cut.item_ids, *whole.item_ids])] == [True] * 5
    library.delete_items([*cut.item_ids, *whole.item_ids])
    assert not [one for one in library.attention() if one.kind == "damaged"]
    assert library.overview().attention == len(library.attention())


def test_a_damaged_member_of_a_zip_is_told_of_and_what_was_left_out_is_no_damage(
    library: Library, tmp_path: Path, take_in: TakeIn
) -> None:
    packed, strange = tmp_path / "Tïtle 😀.zip", tmp_path / "strange.zip"
    packed.write_bytes(zipped({"a.html": HTML, "b.html": HTML * 40}).replace(HTML[:40], b"\0" * 40, 1))
    strange.write_bytes(zipped({"a.html": HTML.replace(b"ferry", b"bridge"), "b.pdf": b"%PDF-1.7"}))
    take_in(packed, strange)
    (trouble,) = [one for one in library.attention() if one.kind == "damaged"]
    assert "in this archive is damaged" in trouble.sentence
