"""Needs attention: every trouble with what can be done about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_viewer.errors import UnknownId
from archive_viewer.library import Attention, Library, Scope
from archive_viewer.ui.attention_seek import Alike
from archive_viewer.ui.library_tree import COUNT
from archive_viewer.ui.main_window import MainWindow
from archive_viewer.ui.rows import ROW

Until = Callable[[Callable[[], object]], None]

PICTURED = """<title>Pictured</title><article><h1>Pictured</h1>
<p>The bridge over the river was photographed twice in the spring of that
year <img src="https://gazette.test/a.png" alt="one">
and again in autumn <img src="https://gazette.test/b.png" alt="two">, by nobody in particular.</p></article>"""
FOLDERLESS = """<title>Folderless</title><article><h1>Folderless</h1>
<p>The market hall was painted green in that winter, which pleased the mayor of the upper town and nobody else.</p>
<p><img src="folderless_files/a.png" alt="one"></p></article>"""


def listed(window: MainWindow, kind: str) -> list[Attention]:
    return [one for one, _ in window.attention.model.troubles if one.kind == kind]


def pick(window: MainWindow, trouble: Attention) -> None:
    window.attention._pick(trouble)
    window.attention._follow_selection()


def offered(window: MainWindow) -> set[str]:
    """What can be done about the trouble that is picked, as buttons."""
    return {name for name, button in window.attention.buttons.items() if button.isVisible()}


@pytest.fixture
def import_page(window: MainWindow, library: Library, pages: Path, until: Until) -> Callable[[str, str], Path]:
    def take_in(name: str, text: str) -> Path:
        before = len(library.accessions())
        (pages / name).write_text(text, "utf-8")
        window.import_paths([pages / name])
        until(lambda: len(library.accessions()) == before + 1 and library.accessions()[0].state == "done")
        return pages / name

    return take_in


def test_trying_again_in_vain_makes_no_accession(window: MainWindow, library: Library, until: Until) -> None:
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "refused"))
    (refused,) = listed(window, "refused")
    pick(window, refused)
    assert offered(window) == {"look", "retry", "folder", "dismiss"}
    for count in (1, 2):
        window.attention.acts["retry"].trigger()
        until(lambda count=count: len([t for t in library.tasks(unfinished=False) if t.state == "done"]) == count)
    assert len(library.accessions()) == 1
    assert len(library.events(library.accessions()[0].id, outcome="failure")) == 2
    until(lambda: len(listed(window, "refused")) == 1)


def test_pages_that_look_alike_are_found_and_compared(
    window: MainWindow, library: Library, pages: Path, import_page: Callable[[str, str], Path], until: Until
) -> None:
    (first,) = (item.id for item in library.items(library.item_ids()) if "ferry" in item.title)
    text = (pages / "ferry ü.html").read_text("utf-8")
    import_page("again.html", text.replace("<body>", "<body><!-- again -->"))
    second = library.item_ids()[0]
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "near-duplicate"))
    (alike,) = listed(window, "near-duplicate")
    assert isinstance(alike, Alike)
    assert (alike.item_id, alike.other_id) == (second, first)
    assert "The same text as" in alike.sentence
    pick(window, alike)
    assert offered(window) == {"both", "right", "bin"}
    window.attention.acts["both"].trigger()
    assert [tab.item_id for tab in window.tabs.item_tabs()] == [first, second]
    window.attention.acts["bin"].trigger()
    until(lambda: not listed(window, "near-duplicate"))
    assert library.item(second).deleted_at
    window.actions_by_id["undo"].trigger()
    until(lambda: listed(window, "near-duplicate"))


def test_a_pair_that_is_right_is_told_of_no_more(
    window: MainWindow, library: Library, pages: Path, import_page: Callable[[str, str], Path], until: Until
) -> None:
    text = (pages / "ferry ü.html").read_text("utf-8")
    import_page("again.html", text.replace("<body>", "<body><!-- again -->"))
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "near-duplicate"))
    pick(window, listed(window, "near-duplicate")[0])
    window.attention.acts["right"].trigger()
    until(lambda: not listed(window, "near-duplicate"))
    until(lambda: not window.attention._seek.is_on)
    assert not listed(window, "near-duplicate")
    assert library.undo_label == "Both Are Right"
    window.actions_by_id["undo"].trigger()
    until(lambda: listed(window, "near-duplicate"))


def test_pictures_that_were_not_saved_are_counted(
    window: MainWindow, library: Library, import_page: Callable[[str, str], Path], until: Until
) -> None:
    import_page("pictured.html", PICTURED)
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "missing-resources"))
    (missing,) = listed(window, "missing-resources")
    assert missing.sentence.startswith("2 pictures")
    assert missing.item_id == library.item_ids()[0]
    pick(window, missing)
    assert offered(window) == {"look", "retry"}


def test_a_page_without_its_folder_is_tried_again_when_the_folder_is_there(
    window: MainWindow, library: Library, import_page: Callable[[str, str], Path], until: Until
) -> None:
    page = import_page("folderless.html", FOLDERLESS)
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "missing-resources"))
    (missing,) = listed(window, "missing-resources")
    assert "pictures cannot be shown" in missing.sentence
    folder = page.parent / "folderless_files"
    folder.mkdir()
    icon = Path(__file__).parents[2] / "resources" / "icons" / "page.svg"
    shutil.copy(icon, folder / "a.png")
    pick(window, missing)
    window.attention.acts["retry"].trigger()
    until(lambda: len(library.item_ids()) == 4)
    newest = library.accessions()[0]
    assert newest.accrues_to == library.item(missing.item_id).accession_id
    assert [name for name, _ in library.files(library.item_ids()[0])][1:] == ["folderless_files/a.png"]


def test_many_pages_are_looked_through_when_it_is_asked_for(
    window: MainWindow,
    library: Library,
    import_page: Callable[[str, str], Path],
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive_viewer.ui.attention_list.SOUGHT_UNASKED", 2)
    import_page("pictured.html", PICTURED)
    window.tree.choose(Scope("attention"))
    until(lambda: window.attention.seeking.isVisible())
    assert "3 pages" in window.attention.seeking.text()
    assert not listed(window, "missing-resources")
    window.attention.seeking.click()
    until(lambda: listed(window, "missing-resources"))
    until(lambda: not window.attention.seeking.isVisible())


def test_in_a_library_that_is_only_read_nothing_is_offered_that_writes(
    window: MainWindow, make_window: Callable[[Path], MainWindow], filled_folder: Path, until: Until
) -> None:
    second = make_window(filled_folder)
    until(lambda: second.list.model.rowCount() == 2)
    second.tree.choose(Scope("attention"))
    until(lambda: listed(second, "refused"))
    pick(second, listed(second, "refused")[0])
    assert offered(second) == {"look", "folder"}


def test_a_refused_file_is_dismissed_until_it_is_refused_again(
    window: MainWindow, library: Library, pages: Path, until: Until
) -> None:
    def is_counted() -> bool:
        """Whether the badge tells of as many as are listed; the look through the pages may still add some."""
        (branch,) = (one for one in window.tree.branches() if one.text(0) == "Needs Attention")
        return bool(branch.data(0, COUNT) == len(window.attention.model.troubles))

    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "refused"))
    (refused,) = listed(window, "refused")
    pick(window, refused)
    window.attention.acts["dismiss"].trigger()
    until(lambda: not listed(window, "refused") and is_counted())
    assert window.statusBar().currentMessage().startswith("Dismissed.")
    until(lambda: window.actions_by_id["undo"].text() == "&Undo Dismiss Refused File")
    window.actions_by_id["undo"].trigger()
    until(lambda: listed(window, "refused") == [refused] and is_counted())
    until(window.actions_by_id["redo"].isEnabled)
    window.actions_by_id["redo"].trigger()
    until(lambda: not listed(window, "refused"))
    # The report of its import goes on telling of it.
    assert "refused" in [line.outcome for line in library.report(refused.accession_id)]

    # Tried again in vain, and in another import: each is another refusal.
    window.acts.keeping.try_again(refused)
    until(lambda: listed(window, "refused"))
    library.dismiss_refusal(refused.path)
    until(lambda: not listed(window, "refused"))
    window.import_paths([pages / "broken.html"])
    until(lambda: [one.accession_id != refused.accession_id for one in listed(window, "refused")] == [True])
    with pytest.raises(UnknownId):
        library.dismiss_refusal("/nowhere/at all.html")


def test_what_to_do_is_said_whole_however_narrow(window: MainWindow, library: Library, until: Until) -> None:
    lost = library.original_path(library.item(library.item_ids()[0]).sha256)
    lost.rename(lost.with_name("Lost among so many words that no list is wide enough for them all"))
    window.actions_by_id["check-originals"].trigger()
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "fixity"))
    view = window.attention.view
    (row,) = (n for n, (one, _) in enumerate(window.attention.model.troubles) if one.kind == "fixity")
    shown = window.attention.model.index(row)
    for width in (240, 150):
        laid = view.rows._lay_out(shown.data(ROW), width)
        assert laid.layouts[-1][0].text() == listed(window, "fixity")[0].sentence
        assert sum(height for _, height, _ in laid.layouts) <= laid.height


def test_the_badge_counts_what_the_list_shows(
    window: MainWindow, library: Library, import_page: Callable[[str, str], Path], until: Until
) -> None:
    def badge() -> int:
        (branch,) = (one for one in window.tree.branches() if one.text(0) == "Needs Attention")
        return branch.data(0, COUNT)

    import_page("pictured.html", PICTURED)
    window.tree.choose(Scope("attention"))
    until(lambda: listed(window, "missing-resources"))
    count = len(window.attention.model.troubles)
    assert badge() == count > library.overview().attention
    assert window.attention._count.text() == f"{count} things to look at · 1 of them found in the pages"
    # Also when the page that was found is changed while something else is looked at.
    (missing,) = listed(window, "missing-resources")
    window.tree.choose_everything()
    library.delete_items([missing.item_id])
    until(lambda: badge() == library.overview().attention)
