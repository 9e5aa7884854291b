"""The bar of a comparison: seen while it goes on, moved by its job, and the end of the dialog is the end of the job."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from archive_viewer.errors import Cancelled
from archive_viewer.ui.comparing import Comparing

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def asking(qtbot: QtBot) -> QDialog:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def comparing(asking: QDialog) -> Comparing:
    return Comparing(asking)


def test_it_is_seen_from_the_beginning_to_the_end(comparing: Comparing, until: Until) -> None:
    assert not comparing.isVisible()
    job = comparing.begin()
    assert comparing.isVisible()
    assert (comparing.minimum(), comparing.maximum()) == (0, 0)
    job.report(30, 100)
    until(lambda: (comparing.value(), comparing.maximum()) == (30, 100))
    comparing.end()
    assert not comparing.isVisible()
    job.report(100, 100)


def test_another_comparison_stops_the_one_before(comparing: Comparing, until: Until) -> None:
    first = comparing.begin()
    second = comparing.begin()
    with pytest.raises(Cancelled):
        first.report(1, 10)
    second.report(2, 10)
    until(lambda: comparing.value() == 2)


def test_who_closes_the_dialog_stops_it(asking: QDialog, comparing: Comparing) -> None:
    job = comparing.begin()
    asking.reject()
    with pytest.raises(Cancelled):
        job.report(1, 10)
