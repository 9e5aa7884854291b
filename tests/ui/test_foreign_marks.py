"""Marks that came along in a page, as the window shows them: who made them, and those without a place apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.prospect_details import details_of
from archive_viewer.ui.prospects import PageAhead, Prospect, remarks
from archive_viewer.ui.trail import Place
from marked_pages import FIRST, SECOND, THIRD, line_marker, marked, page, singlefile, sticky

Until = Callable[[Callable[[], object]], None]


def test_the_margin_says_with_what_a_mark_was_made(
    make_window: Callable[[Path], MainWindow], tmp_path: Path, until: Until
) -> None:
    file = tmp_path / "märked 😀.html"
    marker = line_marker("20200101234559123", "background: #00FF00", "Which one?")
    html = page(FIRST, marked(SECOND, "“old treaty”", marker), sticky("Beside it"), THIRD)
    file.write_text(html.replace("About the ferry", singlefile(1)("About the ferry")), "utf-8")
    with Library.open(tmp_path / "library") as library:
        accession = library.begin_accession([file])
        (line,) = import_paths(library, accession.id, [file], Job())
    window = make_window(tmp_path / "library")
    window.tabs.open(Place(line.item_ids[0]))
    model = window.margin.marks.model
    until(lambda: model.rowCount() == 5)
    rows = [model.index(row).data() for row in range(5)]
    assert rows[0] == "Without a place  1"
    assert "About the ferry" in rows[1]
    assert "SingleFile · highlight" in rows[1]
    assert rows[2] == "In the page  2"
    assert "Beside it" in rows[3]
    assert "WebScrapBook · sticky note beside this paragraph" in rows[3]
    assert rows[4].startswith("Green: “old treaty”")
    assert "Which one?" in rows[4]
    assert "WebScrapBook · line marker" in rows[4]


def test_the_look_ahead_says_how_many_marks_would_come_along() -> None:
    ahead = PageAhead("Tïtle 😀", "", "", "", "utf-8", "singlefile", "3 marks made with SingleFile", {})
    one = Prospect("/a.html", "/a.html", "imported", "", (), 1, (ahead,), ())
    assert "3 marks made with SingleFile" in remarks(one)
    assert ("Marks that came along", "3 marks made with SingleFile") in [
        (field.name, field.value) for field in details_of(one)
    ]
