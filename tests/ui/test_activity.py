"""The activity strip: what it shows after a restart, and messages that come before or after their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from archive_viewer.library import Library, Task
from archive_viewer.ui.activity import Activity
from archive_viewer.ui.main_window import MainWindow

Until = Callable[[Callable[[], object]], None]
MakeWindow = Callable[[Path], MainWindow]

TASK = Task("1", "import", "Import Tïtle 😀", "waiting", "", "", "", "")


def finished(message: str = "Done.", state: str = "done") -> dict[str, object]:
    return {"event": "finished", "task": TASK.id, "state": state, "message": message}


@pytest.fixture
def strip(qtbot: QtBot) -> Activity:
    made = Activity()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_was_finished_before_does_not_come_back(
    make_window: MakeWindow, filled_folder: Path, pages: Path, until: Until, qtbot: QtBot
) -> None:
    first = make_window(filled_folder)
    (pages / "new.html").write_text("<title>New</title><p>A page that nobody has seen before, not even once.", "utf-8")
    first.import_paths([pages / "new.html"])
    until(lambda: first.activity.count() == 0 and first.activity._rows)
    with qtbot.waitSignal(first.closed, timeout=10_000):
        first.close()
    with Library.open(filled_folder) as library:
        assert [one.state for one in library.tasks(unfinished=False)] == ["done"]
        waiting = library.request_rebuild()

    again = make_window(filled_folder)
    until(lambda: again.activity.knows(waiting.id))
    until(lambda: again.activity.count() == 0)
    assert list(again.activity._rows) == [waiting.id]
    assert again.activity.row(waiting.id).state == "done"


def test_a_worker_that_is_faster_than_the_window_is_heard(strip: Activity) -> None:
    strip.hear(finished("2 pages imported."))
    strip.show_task(TASK)
    assert strip.row(TASK.id).state == "done"
    assert strip.row(TASK.id).detail == "2 pages imported."
    assert strip.count() == 0


def test_what_was_said_before_it_was_stopped_changes_nothing(strip: Activity) -> None:
    strip.show_task(TASK)
    strip.hear(finished("Stopped.", "cancelled"))
    strip.hear({"event": "progress", "task": TASK.id, "done": 1, "total": 2, "what": "page", "seconds_left": 3.0})
    assert strip.row(TASK.id).state == "cancelled"
    assert strip.row(TASK.id).detail == "Stopped."


def test_what_was_written_can_be_looked_at(strip: Activity) -> None:
    asked: list[str] = []
    strip.folder_wanted.connect(asked.append)
    strip.show_task(Task("1", "copy", "Copy to Tïtle 😀", "waiting", "", "", "", "", {"folder": "/there/Tïtle 😀"}))
    row = strip.row("1")
    assert row.folder_button.isHidden()
    strip.hear(finished())
    assert not row.folder_button.isHidden()
    row.folder_button.click()
    assert asked == ["/there/Tïtle 😀"]


def test_a_check_that_found_a_loss_bears_a_warning_and_says_how_many_failed(
    window: MainWindow, library: Library, until: Until
) -> None:
    checking = window.actions_by_id["check-originals"]
    checking.trigger()
    until(lambda: window.activity._rows and window.activity.count() == 0)
    (well,) = window.activity._rows.values()
    assert (well.picture, well.failures) == ("check", 0)
    lost = [library.original_path(item.sha256) for item in library.items(library.item_ids())]
    for path in lost:
        path.unlink()
    checking.trigger()
    until(lambda: len(window.activity._rows) == 2 and window.activity.count() == 0)
    bad = list(window.activity._rows.values())[-1]
    assert (bad.state, bad.picture, bad.failures) == ("done", "attention", len(lost))
    assert f"{len(lost)} failed" in bad.detail
    assert bad._icon.accessibleName() == f"{len(lost)} failed"
    window.activity._rest()
    assert window.activity.isVisible(), "a loss is not folded away unseen"


def test_the_newest_stands_first_and_what_ended_well_gives_way(strip: Activity) -> None:
    def begin(number: int) -> None:
        strip.show_task(replace(TASK, id=str(number)))

    def end(number: int, state: str = "done") -> None:
        strip.hear({"event": "finished", "task": str(number), "state": state, "message": f"Said {number}."})

    def shown() -> list[str]:
        lines = [row for row in strip._rows.values() if row.isVisible()]
        return [row.task.id for row in sorted(lines, key=lambda row: row.y())]

    begin(1)
    one_line = strip.height()
    end(1)
    assert shown() == ["1"], "what has just ended is still told"
    begin(2)
    assert shown() == ["2"]
    end(2, "failed")
    begin(3)
    strip._lines.activate()
    assert shown() == ["3", "2"], "a failure stays"
    assert strip.earlier_shown.text() == "Show Earlier: 1"
    strip.earlier_shown.click()
    strip._lines.activate()
    assert shown() == ["3", "2", "1"]
    end(3)
    strip.clearing.click()
    assert not strip._rows
    assert strip.earlier_shown.isHidden()
    assert not strip.earlier_shown.isChecked()
    assert strip.height() <= one_line
