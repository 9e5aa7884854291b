"""The bridge: work on other threads, answers on the main one, in order, and an end that waits for what was begun."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from archive_viewer.errors import UnknownId
from archive_viewer.library import Library
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.shelf import Shelf

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def bridge(qtbot: QtBot, filled_folder: Path) -> Iterator[Bridge]:
    made = Bridge(Library.open(filled_folder))
    yield made
    with qtbot.waitSignal(made.closed, timeout=5_000):
        made.close()


def test_work_is_elsewhere_and_the_answer_is_here(bridge: Bridge, until: Until) -> None:
    seen: list[tuple[bool, bool]] = []
    main = threading.main_thread()
    bridge.ask(
        lambda _library: threading.current_thread() is main,
        lambda was_main: seen.append((was_main, threading.current_thread() is main)),
    )
    until(lambda: seen)
    assert seen == [(False, True)]


def test_writes_keep_their_order_and_are_told(bridge: Bridge, until: Until) -> None:
    told: list[frozenset[str]] = []
    bridge.changed.connect(lambda changes: told.append(changes.items))
    item = bridge.library.item_ids()[0]
    done: list[int] = []
    for number in range(5):
        bridge.do(
            lambda library, n=number: library.tag_items([item], add=[f"tag {n}"]), lambda _, n=number: done.append(n)
        )
    until(lambda: len(done) == 5)
    assert done == list(range(5))
    assert told == [frozenset({item})] * 5
    assert bridge.library.item(item).tags == tuple(f"tag {number}" for number in range(5))


def test_only_the_newest_question_is_answered(bridge: Bridge, until: Until) -> None:
    answers: list[str] = []
    for word in ("a", "ab", "abc"):
        bridge.ask(lambda _library, word=word: word, answers.append, newest="query")
    until(lambda: answers)
    assert answers == ["abc"]


def test_an_answer_for_a_widget_that_has_gone_is_dropped(bridge: Bridge, until: Until) -> None:
    owner = QObject()
    dropped: list[object] = []
    later: list[object] = []
    gate = threading.Event()
    bridge.ask(lambda _library: gate.wait(5), dropped.append, owner=owner)
    owner.deleteLater()
    bridge.ask(lambda _library: 1, later.append)
    until(lambda: later)
    gate.set()
    bridge.ask(lambda _library: time.sleep(0.05), later.append)
    until(lambda: len(later) == 2)
    assert dropped == []


def test_what_the_world_did_wrong_is_a_sentence(bridge: Bridge, until: Until) -> None:
    sentences: list[str] = []
    errors: list[Exception] = []
    bridge.failed.connect(sentences.append)
    bridge.ask(lambda library: library.item("nobody"), lambda _: None)
    bridge.ask(lambda library: library.item("nobody"), lambda _: None, failed=errors.append)
    until(lambda: sentences and errors)
    assert "There is no page" in sentences[0]
    assert len(sentences) == 1
    assert isinstance(errors[0], UnknownId)


def test_what_we_did_wrong_is_raised(bridge: Bridge, until: Until) -> None:
    with capture_exceptions() as raised:
        bridge.ask(lambda _library: 1 // 0, lambda _: None)
        until(lambda: raised)
    assert raised[0][0] is ZeroDivisionError


def test_another_process_is_heard(bridge: Bridge, qtbot: QtBot) -> None:
    with Library.open(bridge.library.folder, "worker") as other:
        bridge.library.poll()
        with qtbot.waitSignal(bridge.changed_elsewhere, timeout=5_000):
            other.tag_items(other.item_ids(), add=["elsewhere"])


def test_what_was_begun_is_written_before_the_end(qtbot: QtBot, filled_folder: Path) -> None:
    bridge = Bridge(Library.open(filled_folder))
    item = bridge.library.item_ids()[0]
    for number in range(10):
        bridge.do(lambda library, n=number: library.tag_items([item], add=[f"tag {n}"]))
    with qtbot.waitSignal(bridge.closed, timeout=5_000):
        bridge.close()
    with Library.open(filled_folder) as again:
        assert len(again.item(item).tags) == 10


def test_an_answer_for_a_window_that_is_gone_is_no_trouble(
    qtbot: QtBot, filled_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bridge = Bridge(Library.open(filled_folder))
    is_asked, is_gone = threading.Event(), threading.Event()

    def wait(_library: Library) -> None:
        is_asked.set()
        is_gone.wait(5)

    bridge.ask(wait, lambda _: None)
    assert is_asked.wait(5)
    bridge.close()
    shiboken6.delete(bridge)
    is_gone.set()
    for thread in threading.enumerate():
        if thread.name.startswith("library-"):
            thread.join(5)
    assert not caplog.records


def test_a_library_opened_for_a_window_that_is_gone_is_closed(qtbot: QtBot, filled_folder: Path) -> None:
    shelf = Shelf()
    shelf.open(filled_folder)
    shiboken6.delete(shelf)
    for thread in threading.enumerate():
        if thread.name.startswith("library-"):
            thread.join(30)
    Library.open(filled_folder, "owner").close()


def test_an_act_that_comes_too_late_is_told(qtbot: QtBot, filled_folder: Path) -> None:
    bridge = Bridge(Library.open(filled_folder))
    said: list[str] = []
    bridge.failed.connect(said.append)
    item = bridge.library.item_ids()[0]
    with qtbot.waitSignal(bridge.closed, timeout=5_000):
        bridge.close()
        bridge.do(lambda library: library.tag_items([item], add=["late"]))
        bridge.do(lambda library: library.tag_items([item], add=["later"]), failed=lambda error: said.append("mine"))
    assert len(said) == 2
    assert "this was not done" in said[0]
    assert said[1] == "mine"
    with Library.open(filled_folder) as library:
        assert not library.item(item).tags
