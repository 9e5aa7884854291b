"""What was stripped: every block told, and mended by mouse and key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from archive_viewer.cleaning import mending
from archive_viewer.model import AnchorState, Article, Block, Decider, Fate, Kind, Reason
from archive_viewer.ui import wording
from archive_viewer.ui.block_model import BLOCK, Shown, account_of, state_of, words_of
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
    assert view.bar.summary.text() == f"2 of {len(PAGE.blocks)} stripped"


def test_a_stripped_block_tells_its_reason_and_a_doubt(view: StrippedView) -> None:
    assert [state_of(block) for block in rows(view) if not block.is_kept] == [
        "Navigation · sure",
        "Page footer · unsure",
    ]
    assert state_of(PAGE.kept[0]) == "Kept"
    assert state_of(replace(PAGE.kept[0], confidence=0.8)) == "Kept · likely"


def test_a_block_tells_who_decided(view: StrippedView) -> None:
    block = PAGE.blocks[0]
    assert state_of(replace(block, decided_by=Decider.PERSON)) == "Navigation · by you"
    assert account_of(replace(block, decided_by=Decider.RULE), "example.com") == (
        "Navigation, by your rule for example.com"
    )
    plain = replace(block, reason=Reason.OTHER)
    assert state_of(plain) == "Other · sure"
    assert state_of(replace(plain, decided_by=Decider.PERSON)) == "Stripped · by you"
    ruled = replace(block, fate=Fate.KEPT, reason=None, decided_by=Decider.RULE)
    view.show_article(Article((ruled, *PAGE.blocks[1:]), ""), "example.com")
    told = view.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Paragraph 1, Kept, by your rule for example.com: Home"


def test_a_mark_whose_words_were_taken_out_is_not_said_to_be_gone_from_the_page() -> None:
    assert wording.word(AnchorState.UNPLACED) == "Its words are not in the text"


def test_a_screen_reader_is_told_number_state_and_words(view: StrippedView) -> None:
    first = view.list.model().index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Paragraph 1, Navigation, sure: Home"


def test_pictures_are_named_in_the_words() -> None:
    figure = next(block for block in PAGE.blocks if block.kind is Kind.FIGURE)
    assert words_of(figure) == "[A mosque]"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
@pytest.mark.parametrize(("n", "fate"), [(1, Fate.KEPT), (2, Fate.STRIPPED)])
@pytest.mark.parametrize("whole", [False, True])
def test_a_key_mends_the_current_row(
    qtbot: QtBot, view: StrippedView, key: Qt.Key, n: int, fate: Fate, whole: bool
) -> None:
    view.go_to(n)
    shift = Qt.KeyboardModifier.ShiftModifier if whole else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(view.mend_requested) as asked:
        qtbot.keyClick(view.list, key, shift)
    assert asked.args == [n, fate, whole]


def current(view: StrippedView) -> int:
    n: int = view.list.currentIndex().data(BLOCK).n
    return n


def test_letters_move_and_ask(qtbot: QtBot, view: StrippedView) -> None:
    view.go_to(1)
    qtbot.keyClick(view.list, Qt.Key.Key_J)
    assert current(view) == 2
    qtbot.keyClick(view.list, Qt.Key.Key_K)
    qtbot.keyClick(view.list, Qt.Key.Key_K)
    assert current(view) == 1
    qtbot.keyClick(view.list, Qt.Key.Key_N)
    assert current(view) == len(PAGE.blocks), "the next run of stripped blocks"
    qtbot.keyClick(view.list, Qt.Key.Key_P)
    assert current(view) == 1
    with qtbot.waitSignal(view.rule_requested) as asked:
        qtbot.keyClick(view.list, Qt.Key.Key_A)
    assert asked.args == [1]
    qtbot.keyClick(view.list, Qt.Key.Key_Slash)
    assert view.bar.words.hasFocus() or not view.isActiveWindow()


def test_the_section_of_the_current_row_is_tied_together(view: StrippedView) -> None:
    menu = [Block(n, Kind.ITEM, f"Ëntry {n}", fate=Fate.STRIPPED, reason=Reason.NAVIGATION) for n in (1, 2, 3)]
    page = Article((*menu, Block(4, Kind.PARAGRAPH, "Text 😀"), Block(5, Kind.PARAGRAPH, "More")), "")
    view.show_article(page)
    view.go_to(2)
    assert view.bar.section_button.text() == "Whole section  3"
    assert view.bar.section_button.accessibleName() == "Put back its whole section, 3 paragraphs"
    image = view.list.viewport().grab().toImage()
    rows_ = [view.list.visualRect(view.list.model().index(row, 0)) for row in range(5)]
    edge = [image.pixelColor(4, place.center().y()).name() for place in rows_]
    assert edge[:3] == [LIGHT.accent] * 3
    assert LIGHT.accent not in edge[3:]
    view.go_to(4)
    assert view.bar.section_button.accessibleName() == "Take out its whole section, 2 paragraphs"
    view.show_article(Article((menu[0], replace(page.blocks[3], n=2)), ""))
    view.go_to(1)
    assert view.bar.section_button.accessibleName() == "Put back its whole section, 1 paragraph"


def test_words_are_found_in_what_was_stripped_too(qtbot: QtBot, view: StrippedView) -> None:
    view.go_to(2)
    view.bar.words.setText("rights reserved")
    qtbot.keyClick(view.bar.words, Qt.Key.Key_Return)
    assert current(view) == len(PAGE.blocks)
    assert view.bar.count.text() == "1 of 1"
    view.bar.words.setText("o")
    qtbot.keyClick(view.bar.words, Qt.Key.Key_Return)
    first = current(view)
    qtbot.keyClick(view.bar.words, Qt.Key.Key_Return)
    assert current(view) != first
    qtbot.keyClick(view.bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert current(view) == first
    view.bar.words.setText("no such words")
    qtbot.keyClick(view.bar.words, Qt.Key.Key_Return)
    assert view.bar.count.text() == "Not here"


def test_the_button_says_what_it_does(qtbot: QtBot, view: StrippedView) -> None:
    view.go_to(1)
    assert view.bar.mend_button.text() == "Put back"
    view.go_to(2)
    assert view.bar.mend_button.text() == "Take out"
    with qtbot.waitSignal(view.mend_requested) as asked:
        view.bar.mend_button.click()
    assert asked.args == [2, Fate.STRIPPED, False]
    with qtbot.waitSignal(view.mend_requested) as asked:
        view.bar.section_button.click()
    assert asked.args == [2, Fate.STRIPPED, True]
    with qtbot.waitSignal(view.rule_requested) as asked:
        view.bar.rule_button.click()
    assert asked.args == [2]


def test_a_row_has_a_button_under_the_mouse(qtbot: QtBot, view: StrippedView) -> None:
    place = view.list.visualRect(view.list.model().index(0, 0))
    button = view.list.itemDelegate()._button(place).center()
    with qtbot.waitSignal(view.mend_requested) as asked:
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=button)
    assert asked.args == [1, Fate.KEPT, False]
    with qtbot.assertNotEmitted(view.mend_requested):
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 90, button.y()))


def test_the_button_of_a_high_row_covers_none_of_its_words(view: StrippedView) -> None:
    view.show_article(
        Article((Block(1, Kind.PARAGRAPH, "wörds of a paragraph 😀 " * 30), Block(2, Kind.ITEM, "One")), "")
    )
    high, low = (view.list.visualRect(view.list.model().index(row, 0)) for row in (0, 1))
    delegate = view.list.itemDelegate()
    assert high.contains(delegate._button(high))
    assert delegate._button(high).left() > delegate._room(high, rows(view)[0]).right()
    assert low.contains(delegate._button(low))


@pytest.mark.parametrize("width", [300, 320, 560, 1200])
def test_nothing_in_the_bar_is_cut(qtbot: QtBot, view: StrippedView, width: int) -> None:
    view.resize(width, 600)
    bar = view.bar
    shown = [bar.choice(choice) for choice in Shown] + [bar.summary, bar.mend_button, bar.section_button]
    qtbot.waitUntil(lambda: view.width() == width and bar.height() == bar.heightForWidth(width))
    for part in (*shown, bar.rule_button, bar.reasons):
        place = QRect(part.mapTo(bar, QPoint()), part.size())
        assert bar.rect().contains(place)
        assert part.width() >= part.sizeHint().width()


def test_where_nothing_can_be_written_nothing_is_mended(qtbot: QtBot, view: StrippedView) -> None:
    view.set_writable(False)
    view.go_to(1)
    assert not view.bar.mend_button.isVisible()
    assert not view.bar.rule_button.isVisible()
    with qtbot.assertNotEmitted(view.mend_requested):
        qtbot.keyClick(view.list, Qt.Key.Key_Space)


def test_only_the_stripped_can_be_shown(view: StrippedView) -> None:
    view.bar.choice(Shown.STRIPPED).click()
    assert [block.fate for block in rows(view)] == [Fate.STRIPPED] * 2
    view.bar.reasons.setCurrentIndex(2)
    view.bar.reasons.activated.emit(2)
    assert [block.reason for block in rows(view)] == [Reason.FOOTER]
    view.bar.choice(Shown.KEPT).click()
    assert rows(view) == list(PAGE.kept)
    view.go_to(1)
    assert rows(view) == list(PAGE.blocks), "a paragraph that is asked for is shown"


def test_the_row_stays_after_mending(view: StrippedView) -> None:
    view.go_to(9)
    view.show_article(mended_at(PAGE, 9, Fate.STRIPPED))
    assert current(view) == 9
    assert view.bar.mend_button.text() == "Put back"


def mended_at(article: Article, n: int, fate: Fate) -> Article:
    return mending.apply(article, [mending.describe(article, n, fate)])


def test_the_place_on_the_screen_stays_while_mending(qtbot: QtBot, view: StrippedView) -> None:
    page = paragraphs(*(f"Paragraph {number} " + "words " * (number % 60) for number in range(3_000)))
    view.show_article(page)
    view.go_to(2_500)
    for n, fate in ((2_500, Fate.STRIPPED), (2_499, Fate.STRIPPED), (2_499, Fate.KEPT)):
        place = view.list.visualRect(view.list.currentIndex()).top()
        page = mended_at(page, n, fate)
        view.show_article(page)
        qtbot.wait(20)
        assert current(view) == 2_500
        assert abs(view.list.visualRect(view.list.currentIndex()).top() - place) <= 1
    assert rows(view) == list(page.blocks)


def test_a_list_of_the_stripped_does_not_close_up_under_the_hands(view: StrippedView) -> None:
    view.bar.choice(Shown.STRIPPED).click()
    put_back = mended_at(PAGE, 1, Fate.KEPT)
    view.show_article(put_back)
    assert [(block.n, block.is_kept) for block in rows(view)] == [(1, True), (len(PAGE.blocks), False)]
    view.show_article(mended_at(put_back, 5, Fate.STRIPPED))
    assert [block.n for block in rows(view)] == [1, 5, len(PAGE.blocks)]
    view.bar.choice(Shown.STRIPPED).click()
    assert [block.n for block in rows(view)] == [5, len(PAGE.blocks)]


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


def test_a_window_read_from_the_right_is_mirrored(qtbot: QtBot, view: StrippedView) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.show_article(PAGE)
    place = view.list.visualRect(view.list.model().index(1, 0))
    image = view.list.viewport().grab().toImage()
    side = [image.pixelColor(x, place.center().y()).name() for x in range(place.right() - 60, place.right() - 40)]
    assert LIGHT.good in side
    assert view.list.itemDelegate()._button(place).center().x() < place.center().x()


def test_a_page_of_thirty_thousand_blocks_is_shown(qtbot: QtBot, view: StrippedView) -> None:
    view.show_article(paragraphs(*(f"Paragraph {number} " + "words " * 200 for number in range(30_000))))
    assert view.list.model().rowCount() == 30_000
    assert view.list.viewport().grab().width()
