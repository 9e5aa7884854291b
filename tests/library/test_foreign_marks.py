"""Marks that came along in a page are annotations of its item, from the import on and through undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from archive_viewer import cleaning, readers
from archive_viewer.exporting import exporter_of
from archive_viewer.library import Library
from archive_viewer.library.intake import describe
from archive_viewer.model import STRIPPED_WORDS, AnchorState, Annotation, Colour, Fate, SavedFile
from marked_pages import (
    FIRST,
    SECOND,
    THIRD,
    bold,
    legacy_inline,
    legacy_marker,
    line_marker,
    marked,
    page,
    singlefile,
    singlefile_note,
    sticky,
)
from pages import TakeIn

SAVED_WITH = (
    "<!--\n Page saved with SingleFile \n url: https://gazette.test/ferry \n"
    " saved date: Tue Nov 24 2020 10:00:00 GMT+0100 (Central European Standard Time)\n-->"
)
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a page under a name; gives its path."""

    def written(name: str, html: str) -> Path:
        file = tmp_path / "saved" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, "utf-8")
        return file

    return written


def of_singlefile() -> str:
    one, two = singlefile(1, "pink"), singlefile(2, "blue")
    html = page(
        FIRST,
        marked(SECOND, "😀 harbour master to agree", one, bold(one)),
        f'<p data-single-file-note-refs="1">{THIRD}</p>',
        after=singlefile_note(1, "How much snow?\n😀", "green"),
    ).replace("About the ferry", two("About the ferry"))
    return html.replace('<html lang="en">', f'<html lang="en">{SAVED_WITH}')


def of_webscrapbook() -> str:
    id = "20200101234559123"
    return page(
        FIRST,
        marked(SECOND, "“old treaty”", line_marker(id, "background: #00FF00", "Which one?")),
        sticky("Beside it"),
        THIRD,
        attributes=' data-scrapbook-source="https://gazette.test/ferry" data-scrapbook-create="20200101000000000"'
        ' data-scrapbook-comment="Kept for the tolls"',
    )


def said(mark: Annotation) -> tuple[str, str, Colour, str, str]:
    return mark.quote, mark.note, mark.colour, mark.creator, mark.origin


def test_a_singlefile_page_brings_its_highlights_and_notes(library: Library, write: Write, take_in: TakeIn) -> None:
    (line,) = take_in(write("Tïtle 😀.html", of_singlefile()))
    reading = library.reading(line.item_ids[0])
    assert [said(mark) for mark in reading.annotations] == [
        ("😀 harbour master to agree", "", Colour.RED, "SingleFile", "highlight"),
        (THIRD, "How much snow?\n😀", Colour.GREEN, "SingleFile", "note"),
        ("About the ferry", "", Colour.BLUE, "SingleFile", "highlight"),
    ]
    for mark in reading.annotations[:2]:
        assert mark.state is AnchorState.PLACED
        assert reading.article.text[mark.start : mark.end] == mark.quote
    assert "How much snow" not in reading.article.text
    assert reading.annotations[2].state is AnchorState.UNPLACED
    assert line.warnings == reading.item.warnings
    assert line.warnings == (f"1 mark came along on stripped words.  {STRIPPED_WORDS}",)
    fact = reading.item.facts["marks"]
    assert (fact.value, fact.origin) == ("3 marks made with SingleFile", "marks in the page")
    (trouble,) = library.attention()
    assert (trouble.kind, trouble.sentence) == ("unplaced", f"A mark on “About the ferry”: {STRIPPED_WORDS}")


def test_a_webscrapbook_page_brings_its_markers_notes_dates_and_comment(
    library: Library, write: Write, take_in: TakeIn
) -> None:
    (line,) = take_in(write("index.html", of_webscrapbook()))
    reading = library.reading(line.item_ids[0])
    beside, marker = reading.annotations
    assert said(marker) == ("“old treaty”", "Which one?", Colour.GREEN, "WebScrapBook", "line marker")
    assert (marker.created_at, marker.modified_at) == ("2020-01-01T23:45:59Z", "2020-01-01T23:45:59Z")
    assert said(beside)[:2] == (SECOND, "Beside it")
    assert beside.origin == "sticky note beside this paragraph"
    assert reading.item.facts["comment"].value == "Kept for the tolls"


def test_a_scrapbook_page_brings_its_marks(library: Library, write: Write, take_in: TakeIn) -> None:
    id = "20080102030405"
    write(
        f"data/{id}/index.dat", f"id\t{id}\ntitle\tDie Fähre\nsource\thttps://gazette.test/\ncomment\tGut __BR__ alt\n"
    )
    html = page(
        marked(FIRST, "the winter road", legacy_marker()), marked(SECOND, "in spring", legacy_inline("Late")), THIRD
    )
    (line,) = [line for line in take_in(write(f"data/{id}/index.html", html)) if line.item_ids]
    reading = library.reading(line.item_ids[0])
    assert [said(mark) for mark in reading.annotations] == [
        ("the winter road", "", Colour.YELLOW, "ScrapBook", "line marker"),
        ("in spring", "Late", Colour.RED, "ScrapBook", "inline annotation"),
    ]
    assert reading.item.facts["comment"].value == "Gut\nalt"


def test_a_block_put_back_gives_its_mark_its_place(library: Library, write: Write, take_in: TakeIn) -> None:
    (line,) = take_in(write("a.html", of_singlefile()))
    (item_id,) = line.item_ids
    block = next(block for block in library.article(item_id).blocks if block.text == "About the ferry")
    assert not block.is_kept
    library.mend(item_id, block.n, Fate.KEPT)
    (mark,) = [mark for mark in library.annotations(item_id) if mark.quote == "About the ferry"]
    assert mark.state is AnchorState.PLACED
    assert library.article(item_id).text[mark.start : mark.end] == "About the ferry"
    library.undo()
    assert library.annotation(mark.id).state is AnchorState.UNPLACED


def test_they_come_and_go_with_the_import(library: Library, write: Write, take_in: TakeIn) -> None:
    file = write("a.html", of_singlefile())
    (line,) = take_in(file)
    (item_id,) = line.item_ids
    before = library.annotations()
    assert len(before) == 3
    library.change_annotation(before[0].id, note="Mine now")
    assert library.annotation(before[0].id).creator == "SingleFile"
    assert library.undo() == "Change Note"
    library.undo()
    assert library.annotations() == []
    assert library.overview().marks == 0
    library.redo()
    assert library.annotations() == before
    library.undo()
    (again,) = take_in(file)
    assert again.item_ids == (item_id,)
    assert library.annotations() == before


def test_the_same_file_again_brings_none_twice(library: Library, write: Write, take_in: TakeIn) -> None:
    file = write("a.html", of_singlefile())
    take_in(file)
    (line,) = take_in(file)
    assert line.outcome == "duplicate"
    assert len(library.annotations()) == 3


def test_a_mark_that_is_deleted_comes_back_by_undo_with_its_creator(
    library: Library, write: Write, take_in: TakeIn
) -> None:
    take_in(write("a.html", of_webscrapbook()))
    mark = next(mark for mark in library.annotations() if mark.origin == "line marker")
    library.delete_annotation(mark.id)
    assert len(library.annotations()) == 1
    library.undo()
    assert library.annotation(mark.id) == mark


def test_notes_and_marked_words_are_found(library: Library, write: Write, take_in: TakeIn) -> None:
    (line,) = take_in(write("a.html", of_singlefile()))
    assert [hit.item.id for hit in library.search("note:snow")] == list(line.item_ids)
    assert library.search("blockquote") == []


def test_what_a_dry_run_says(write: Write) -> None:
    file = write("a.html", of_singlefile())
    (capture,) = readers.read(SavedFile(file, file.name))
    item = describe(capture, cleaning.clean(capture), SavedFile(file, file.name), "0" * 64, 0)
    assert item.marks_brought == "3 marks made with SingleFile"
    assert len(item.warnings) == 1


def test_an_export_names_the_program(library: Library, write: Write, take_in: TakeIn) -> None:
    take_in(write("a.html", of_webscrapbook()))
    mark = next(mark for mark in library.annotations() if mark.origin == "line marker")
    own = library.annotate(mark.item_id, 0, 5)
    stream = BytesIO()
    exporter_of("jsonld").write(library.excerpts(item_ids=[mark.item_id]), stream)
    written = {one["id"]: one for one in json.loads(stream.getvalue())["first"]["items"]}
    assert written[f"urn:uuid:{mark.id}"]["creator"] == {"type": "Software", "name": "WebScrapBook"}
    assert written[f"urn:uuid:{mark.id}"]["dcterms:provenance"] == "line marker"
    assert written[f"urn:uuid:{mark.id}"]["created"] == "2020-01-01T23:45:59Z"
    assert "creator" not in written[f"urn:uuid:{own.id}"]


RUSSIAN = "Никто не ожидал, что начальник порта согласится; но он сказал, что старый договор всё ещё остаётся в силе."


def test_read_again_in_another_character_set_they_say_what_they_said(
    library: Library, tmp_path: Path, take_in: TakeIn
) -> None:
    file = tmp_path / "Tïtle 😀.html"
    html = page(marked(RUSSIAN, "старый договор", legacy_inline("Который?")), RUSSIAN.replace("порта", "парома"))
    html = html.replace("utf-8", "koi8-r") + sticky("Не забыть")
    file.write_bytes(html.encode("cp1251", "xmlcharrefreplace"))
    (line,) = take_in(file)
    (item_id,) = line.item_ids
    before = library.annotations(item_id)
    assert "Который?" not in [mark.note for mark in before]
    own = library.annotate(item_id, 0, 5)
    touched = library.change_annotation(
        next(mark for mark in before if mark.origin.startswith("sticky")).id, note="Was ist das?"
    )
    library.reread(item_id, "windows-1251")
    after = {mark.id: mark for mark in library.annotations(item_id)}
    assert len(after) == 3
    inline = next(mark for mark in after.values() if mark.origin == "inline annotation")
    assert (inline.quote, inline.note, inline.state) == ("старый договор", "Который?", AnchorState.PLACED)
    assert after[touched.id].note == "Was ist das?"
    assert after[own.id].creator == ""
    library.undo()
    assert {mark.id: mark.note for mark in library.annotations(item_id)} == {
        **{mark.id: mark.note for mark in before},
        touched.id: "Was ist das?",
        own.id: "",
    }
    library.delete_annotation(inline.id)
    library.reread(item_id, "windows-1251")
    assert inline.id not in {mark.id for mark in library.annotations(item_id)}
