"""The two children as processes: started, killed, started again, and ended once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from archive_viewer.ui.children import CRASHES, PATIENCE_MS, Child, Searcher

Until = Callable[[Callable[[], object]], None]


def kill(child: Child) -> None:
    assert child._process is not None
    os.kill(child._process.processId(), signal.SIGKILL)


@pytest.fixture
def searcher(home: Path, filled_folder: Path, qtbot: QtBot) -> Searcher:
    made = Searcher(filled_folder)
    made.child.start()
    return made


def close(child: Child, qtbot: QtBot) -> None:
    with qtbot.waitSignal(child.ended, timeout=8_000):
        child.close()


def test_a_killed_child_is_started_again_and_asked_again(searcher: Searcher, until: Until, qtbot: QtBot) -> None:
    found: list[tuple[str, int]] = []
    searcher.found.connect(lambda query, hits, _seconds, _note: found.append((query, len(hits))))
    searcher.ask("harbour", 10, 3)
    until(lambda: found == [("harbour", 2)])
    kill(searcher.child)
    searcher.ask("nobody", 10, 3)
    until(lambda: found[-1] == ("nobody", 2))
    close(searcher.child, qtbot)


def test_only_the_newest_query_is_answered(searcher: Searcher, until: Until, qtbot: QtBot) -> None:
    found: list[str] = []
    searcher.found.connect(lambda query, *_: found.append(query))
    for query in ("h", "ha", "harb", "harbour"):
        searcher.ask(query, 10, 3)
    until(lambda: found and found[-1] == "harbour")
    assert found == ["harbour"]
    searcher.ask("ferry", 10, 3)
    searcher.forget()
    searcher.ask("treaty", 10, 3)
    until(lambda: found[-1] == "treaty")
    assert "ferry" not in found
    close(searcher.child, qtbot)


def test_a_slow_searcher_is_waited_for_and_a_stuck_one_replaced(searcher: Searcher, until: Until, qtbot: QtBot) -> None:
    found: list[str] = []
    searcher.found.connect(lambda query, *_: found.append(query))
    searcher.ask("harbour", 10, 3)
    until(lambda: found)
    stuck = searcher.child._process.processId()
    os.kill(stuck, signal.SIGSTOP)
    searcher.ask("nobody", 10, 3)
    searcher.ask("treaty", 10, 3)
    qtbot.wait(PATIENCE_MS // 2)
    assert searcher.child._process.processId() == stuck
    until(lambda: found[-1] == "treaty")
    assert searcher.child._process.processId() != stuck
    assert found == ["harbour", "treaty"]
    close(searcher.child, qtbot)


def test_a_faulty_query_is_refused_with_its_place(searcher: Searcher, qtbot: QtBot) -> None:
    with qtbot.waitSignal(searcher.refused, timeout=8_000) as refused:
        searcher.ask("harbour published:banana", 10, 3)
    query, sentence, position = refused.args
    assert query == "harbour published:banana"
    assert "banana" in sentence or "date" in sentence
    assert position > 0
    close(searcher.child, qtbot)


def test_one_that_ends_again_and_again_is_left_alone(home: Path, tmp_path: Path, qtbot: QtBot, capfd: object) -> None:
    """There is no library in the folder, so each start ends with a traceback of its own on standard error."""
    child = Child("searcher", tmp_path / "nothing here")
    child._crashes = [float("inf")] * (CRASHES - 2)
    with qtbot.waitSignal(child.gave_up, timeout=8_000) as gave_up:
        child.start()
    assert "searcher" in gave_up.args[0]
    close(child, qtbot)


def test_the_end_is_said_once(searcher: Searcher, until: Until, qtbot: QtBot) -> None:
    ended: list[int] = []
    searcher.child.ended.connect(lambda: ended.append(1))
    until(lambda: searcher.child._process.processId() > 0)
    kill(searcher.child)
    searcher.child.close()
    until(lambda: ended)
    qtbot.wait(200)
    assert ended == [1]
