"""What was stripped: every block told, and mended by mouse and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from archive_viewer.model import Article, Block, Fate, Kind, Reason
from archive_viewer.ui.block_rows import BLOCK, state_of, words_of
from archive_viewer.ui.stripped_view import StrippedView
from archive_viewer.ui.theme import DARK, LIGHT
from articles import kitchen_sink, paragraphs

PAGE = kitchen_sink()


@pytest.fixture
def view(qtbot: QtBot) -> StrippedView:
    view = StrippedView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_article(PAGE)
    return view


def rows(view: StrippedView) -> list[Block]:
    model = view.list.model()
    return [model.index(row, 0).data(BLOCK) for row in range(model.rowCount())]


def test_every_block_is_there_in_the_order_of_the_page(view: StrippedView) -> None:
    assert rows(view) == list(PAGE.blocks)
    assert view.summary.text() == f"2 of {len(PAGE.blocks)} stripped"


def test_a_stripped_block_tells_its_reason_and_a_doubt(view: StrippedView) -> None:
    assert [state_of(block) for block in rows(view) if not block.is_kept] == ["Navigation", "Page footer · unsure"]
    assert state_of(PAGE.kept[0]) == "Kept"


def test_a_screen_reader_is_told_number_state_and_words(view: StrippedView) -> None:
    first = view.list.model().index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Paragraph 1, Navigation: Home"


def test_pictures_are_named_in_the_words() -> None:
    figure = next(block for block in PAGE.blocks if block.kind is Kind.FIGURE)
    assert words_of(figure) == "[A mosque]"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
@pytest.mark.parametrize(("n", "fate"), [(1, Fate.KEPT), (2, Fate.STRIPPED)])
def test_a_key_mends_the_current_row(qtbot: QtBot, view: StrippedView, key: Qt.Key, n: int, fate: Fate) -> None:
    view.go_to(n)
    with qtbot.waitSignal(view.mend_requested) as asked:
        qtbot.keyClick(view.list, key)
    assert asked.args == [n, fate]


def test_the_button_says_what_it_does(qtbot: QtBot, view: StrippedView) -> None:
    view.go_to(1)
    assert view.mend_button.text() == "Put back"
    view.go_to(2)
    assert view.mend_button.text() == "Take out"
    with qtbot.waitSignal(view.mend_requested) as asked:
        view.mend_button.click()
    assert asked.args == [2, Fate.STRIPPED]


def test_a_row_has_a_button_under_the_mouse(qtbot: QtBot, view: StrippedView) -> None:
    place = view.list.visualRect(view.list.model().index(0, 0))
    button = view.list.itemDelegate()._button(place).center()
    with qtbot.waitSignal(view.mend_requested) as asked:
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=button)
    assert asked.args == [1, Fate.KEPT]
    with qtbot.assertNotEmitted(view.mend_requested):
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 90, button.y()))


def test_where_nothing_can_be_written_nothing_is_mended(qtbot: QtBot, view: StrippedView) -> None:
    view.set_writable(False)
    view.go_to(1)
    assert not view.mend_button.isVisible()
    with qtbot.assertNotEmitted(view.mend_requested):
        qtbot.keyClick(view.list, Qt.Key.Key_Space)


def test_only_the_stripped_can_be_shown(view: StrippedView) -> None:
    view._choices.button(1).click()
    assert [block.fate for block in rows(view)] == [Fate.STRIPPED] * 2
    view._choices.button(2).click()
    assert rows(view) == list(PAGE.kept)
    view.go_to(1)
    assert rows(view) == list(PAGE.blocks), "a paragraph that is asked for is shown"


def test_the_row_stays_after_mending(view: StrippedView) -> None:
    view.go_to(9)
    mended = Article(tuple(b if b.n != 9 else Block(9, b.kind, b.text, fate=Fate.STRIPPED) for b in PAGE.blocks), "")
    view.show_article(mended)
    assert view.list.currentIndex().data(BLOCK).n == 9
    assert view.mend_button.text() == "Put back"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_kept_and_stripped_look_different_without_colour(qtbot: QtBot, view: StrippedView, theme: object) -> None:
    view.show_article(
        Article(
            (
                Block(1, Kind.PARAGRAPH, "same words"),
                Block(2, Kind.PARAGRAPH, "same words", fate=Fate.STRIPPED, reason=Reason.ADVERT),
            ),
            "",
        )
    )
    view.set_theme(theme)
    image = view.list.viewport().grab().toImage()
    strips = []
    for row in range(2):
        place = view.list.visualRect(view.list.model().index(row, 0))
        column = [image.pixelColor(52, y).lightness() for y in range(place.top() + 6, place.bottom() - 6)]
        strips.append(max(column) - min(column))
    assert strips[0] == 0, "one unbroken line beside what was kept"
    assert strips[1] > 20, "a broken one beside what was stripped"


def test_a_page_of_thirty_thousand_blocks_is_shown(qtbot: QtBot, view: StrippedView) -> None:
    view.show_article(paragraphs(*(f"Paragraph {number} " + "words " * 200 for number in range(30_000))))
    assert view.list.model().rowCount() == 30_000
    assert view.list.viewport().grab().width()
