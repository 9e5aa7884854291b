"""Rows of lists: their heights, their text for a screen reader, and that no word is painted over another."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from archive_viewer.ui.rows import FAR_AWAY, PAD, ROW, Line, Row, RowView, Style, _set_line

WIDTH = 300


class Rows(QAbstractListModel):
    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()] if role == ROW else None


def view_of(qtbot: QtBot, *rows: Row) -> RowView:
    view = RowView("Rows")
    qtbot.addWidget(view)
    model = Rows(list(rows))
    model.setParent(view)
    view.setModel(model)
    view.resize(WIDTH, 400)
    return view


def height(view: RowView, row: int) -> int:
    return view.rows.sizeHint(QStyleOptionViewItem(), view.model().index(row, 0)).height()


def test_a_row_grows_with_its_lines_up_to_their_limit(qtbot: QtBot) -> None:
    words = "many words " * 60
    view = view_of(
        qtbot,
        Row((Line("one", Style.TEXT, 3),)),
        Row((Line(words, Style.TEXT, 3),)),
        Row((Line(words, Style.TEXT, 1),)),
        Row((Line("one", Style.TITLE), Line("", Style.SMALL))),
    )
    single = height(view, 0) - 2 * PAD
    assert height(view, 1) == pytest.approx(3 * single + 2 * PAD, abs=3)
    assert height(view, 2) == height(view, 0)
    assert height(view, 3) == pytest.approx(height(view, 0), abs=3)


def test_fixed_heights_ask_no_row(qtbot: QtBot) -> None:
    view = view_of(qtbot, Row((Line("words " * 99, Style.TEXT, 9),)), Row((Line("short"),)))
    view.rows.set_fixed_lines((Style.TITLE, Style.SMALL))
    assert height(view, 0) == height(view, 1)


def test_everything_paints(qtbot: QtBot) -> None:
    view = view_of(
        qtbot,
        Row((Line("Section", Style.SECTION),), is_section=True),
        Row((Line("Tïtle 😀", Style.TITLE), Line("عنوان", Style.SMALL)), icon="page", badge="12", depth=1),
        Row((Line("a match 😀 here", Style.TEXT, 3, ((2, 9),)),), bar="#a87f00", is_dim=True),
    )
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(direction)
        view.setCurrentIndex(view.model().index(1, 0))
        assert view.grab().size() == QSize(WIDTH, 400) * view.devicePixelRatio()


def test_rows_take_new_heights_where_the_view_becomes_narrower(qtbot: QtBot) -> None:
    row = Row((Line("Wörds 😀 that take a line more where there is less room for them", Style.TEXT, 4),))
    view = view_of(qtbot, *[row] * 30)
    view.show()
    view.doItemsLayout()
    wide = view.visualRect(view.model().index(0, 0)).height()
    view.resize(WIDTH // 2, 400)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(0, 0)).height() > wide)
    rects = [view.visualRect(view.model().index(n, 0)) for n in range(30)]
    assert [rect.height() for rect in rects] == [height(view, n) for n in range(30)]


def test_a_screen_reader_hears_the_lines() -> None:
    assert Row((Line("Title"), Line(""), Line("Site"))).text == "Title. Site"


def test_a_line_that_is_too_wide_says_the_same_with_less(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    line = Line("Published 3 Mar 2021 · Captured 12 Nov 2023", Style.SMALL, shorter="Published 2021 · Captured 2023")
    for room, said in ((400, line.text), (215, line.shorter)):
        layout, _ = _set_line(line, view.font(), room, view.palette())
        assert layout.text() == said
    layout, _ = _set_line(line, view.font(), 90, view.palette())
    assert layout.text().startswith("Published")
    assert layout.text().endswith("…")
    assert Row((line,)).text == line.text, "a screen reader hears all of it"


@given(
    text=st.text(alphabet=st.sampled_from("ab ﷽😀漢क्षẹ\u2028\n-"), max_size=200),
    most=st.integers(1, 4),
    room=st.integers(50, 400),
    strong=st.tuples(st.integers(0, 200), st.integers(0, 200)).map(sorted),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_line_is_painted_over_another(qtbot: QtBot, text: str, most: int, room: int, strong: list[int]) -> None:
    view = RowView("Rows")
    qtbot.addWidget(view)
    line = Line(text, Style.TEXT, most, ((strong[0], strong[1]),))
    layout, used = _set_line(line, view.font(), room, view.palette())
    tops = [layout.lineAt(number).y() for number in range(layout.lineCount())]
    seen = [top for top in tops if top > FAR_AWAY]
    assert len(seen) <= most
    assert seen == sorted(set(seen))
    assert used == pytest.approx(sum(layout.lineAt(number).height() for number in range(len(seen))))
