"""The reading view, with a real article in a real widget: keys, mouse, marks, hits, clipboard, looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from archive_viewer.model import AnchorState, Article, Block, Colour, Fate, Kind, Span, Style
from archive_viewer.ui import wording
from archive_viewer.ui.reading_header import ReadingHeader
from archive_viewer.ui.reading_menu import fill_menu
from archive_viewer.ui.reading_view import ReadingView
from archive_viewer.ui.selection_bar import SelectionBar
from archive_viewer.ui.theme import DARK, LIGHT, Theme
from articles import article_of, kitchen_sink, mark_on, paragraphs, table

LONG = paragraphs(*(f"Paragraph {number} 😀 with some words that fill a line or two of it." for number in range(200)))


@pytest.fixture
def view(qtbot: QtBot) -> ReadingView:
    view = ReadingView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.show_article(kitchen_sink())
    view.text.setFocus()
    return view


def select(view: ReadingView, words: str) -> tuple[int, int]:
    start = view.article.text.index(words)
    view.text.select(start, start + len(words))
    return start, start + len(words)


def point_at(view: ReadingView, offset: int) -> QPoint:
    """The middle of the character at ``offset``, on the viewport."""
    left, right = view.text.place_of(offset), view.text.place_of(offset + 1)
    return QPoint(round((left.x() + right.x()) / 2), round(left.center().y()))


def grab(view: ReadingView) -> QImage:
    return view.grab().toImage()


def colours_at(view: ReadingView, words: str) -> set[str]:
    """Colours around the first place of these words."""
    start = view.article.text.index(words)
    first, last = view.text.place_of(start), view.text.place_of(start + len(words))
    image = view.text.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    xs = range(round(first.left() * ratio), round(last.left() * ratio))
    ys = range(round(first.top() * ratio), round((first.bottom() + 4) * ratio))
    return {image.pixelColor(x, y).name() for x in xs for y in ys}


# -- selection and caret ----------------------------------------------------------------------------------------


def test_what_is_selected_is_told_in_code_points(qtbot: QtBot, view: ReadingView) -> None:
    with qtbot.waitSignal(view.selection_changed) as told:
        start, end = select(view, "𠮷 sides spoke")
    assert told.args == [(start, end)]
    assert view.selected_range() == (start, end)
    assert view.article.text[start:end] == "𠮷 sides spoke"
    with qtbot.waitSignal(view.selection_changed) as told:
        view.text.put_caret(0)
    assert told.args == [None]


def test_the_caret_moves_with_the_keyboard_and_is_seen(qtbot: QtBot, view: ReadingView) -> None:
    start = view.article.text.index("😀")
    view.text.put_caret(start)
    with qtbot.waitSignal(view.caret_moved) as told:
        qtbot.keyClick(view.text, Qt.Key.Key_Right)
    assert told.args == [start + 1], "an emoji is one step and one code point"
    assert view.caret_offset() == start + 1
    assert view.text.cursorWidth() >= 2
    assert view.text.isReadOnly()


def test_the_keyboard_selects(qtbot: QtBot, view: ReadingView) -> None:
    start = view.article.text.index("Recognition")
    view.text.put_caret(start)
    for _ in range(3):
        qtbot.keyClick(view.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_range() == (start, start + 3)


def test_everything_can_be_selected(view: ReadingView) -> None:
    view.show_article(kitchen_sink(), header=ReadingHeader(site="The Gazette", captured="2021-11-22T10:00:00Z"))
    view.select_all()
    assert view.selected_range() == (0, len(view.article.text))


def test_a_link_that_has_the_focus_is_no_selection(qtbot: QtBot, view: ReadingView) -> None:
    qtbot.keyClick(view.text, Qt.Key.Key_Tab)
    assert view.text.textCursor().hasSelection()
    assert view.selected_range() is None


# -- keys -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "colour"), list(zip("123456", Colour, strict=True)))
def test_a_figure_asks_for_a_mark_in_its_colour(qtbot: QtBot, view: ReadingView, key: str, colour: Colour) -> None:
    start, end = select(view, "Assets")
    with qtbot.waitSignal(view.mark_requested) as asked:
        qtbot.keyClicks(view.text, key)
    assert asked.args == [start, end, colour]


@pytest.mark.parametrize(("key", "name"), [("n", "note_requested"), ("t", "tag_requested"), ("l", "link_requested")])
def test_a_letter_asks_for_a_note_a_tag_or_a_link(qtbot: QtBot, view: ReadingView, key: str, name: str) -> None:
    start, end = select(view, "Assets")
    with qtbot.waitSignal(getattr(view, name)) as asked:
        qtbot.keyClicks(view.text, key)
    assert asked.args == [start, end]


def test_without_a_selection_keys_act_on_the_mark_under_the_caret(qtbot: QtBot, view: ReadingView) -> None:
    mark = mark_on(view.article, "A river has two banks")
    view.set_marks([mark])
    view.text.put_caret(mark.start + 3)
    with qtbot.waitSignal(view.note_requested) as asked:
        qtbot.keyClicks(view.text, "n")
    assert asked.args == [mark.start, mark.end]
    view.text.put_caret(0)
    with qtbot.assertNotEmitted(view.note_requested), qtbot.assertNotEmitted(view.mark_requested):
        qtbot.keyClicks(view.text, "n1")


def test_m_marks_the_sentence_and_shift_m_the_paragraph(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(paragraphs("First 😀 one. Second 𠮷 one here. Third."))
    view.text.put_caret(view.article.text.index("𠮷"))
    with qtbot.waitSignal(view.mark_requested) as asked:
        qtbot.keyClick(view.text, Qt.Key.Key_M)
    start, end, colour = asked.args
    assert view.article.text[start:end] == "Second 𠮷 one here."
    assert colour is Colour.YELLOW
    with qtbot.waitSignal(view.mark_requested) as asked:
        qtbot.keyClick(view.text, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args[:2] == [0, len(view.article.text)]


def test_a_colour_used_once_is_used_again(qtbot: QtBot, view: ReadingView) -> None:
    select(view, "Assets")
    qtbot.keyClicks(view.text, "4")
    with qtbot.waitSignal(view.mark_requested) as asked:
        qtbot.keyClicks(view.text, "m")
    assert asked.args[2] is Colour.BLUE


def test_an_empty_page_obeys_no_key(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(Article((), ""))
    with qtbot.assertNotEmitted(view.mark_requested):
        qtbot.keyClicks(view.text, "m1nl")
    assert grab(view).width()


def test_a_screen_reader_finds_the_text_and_its_name(view: ReadingView) -> None:
    interface = QAccessible.queryAccessibleInterface(view.text)
    assert interface.text(QAccessible.Text.Name) == "Text of the page"
    text = interface.textInterface()
    assert "Recognition 😀" in text.text(0, text.characterCount())
    start, _ = select(view, "Assets")
    assert text.selectionCount() == 1
    assert text.cursorPosition() == view.text.article_document().map.position(start + len("Assets"))


# -- marks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", list(Colour))
def test_a_mark_is_drawn_with_its_line(qtbot: QtBot, view: ReadingView, colour: Colour, theme: Theme) -> None:
    view.set_theme(theme)
    qtbot.waitUntil(lambda: view.text.article_document().look.theme is theme)
    words = "Recognition"
    assert theme.marks[colour].line not in colours_at(view, words)
    view.set_marks([mark_on(view.article, words, colour)])
    line = QColor(theme.marks[colour].line)
    found = [QColor(name) for name in colours_at(view, words)]
    assert min(sum(abs(a - b) for a, b in zip(seen.getRgb(), line.getRgb(), strict=True)) for seen in found) < 40


def test_a_mark_ends_where_its_block_ends(view: ReadingView) -> None:
    view.show_article(paragraphs("short", "next"))
    before = grab(view)
    view.set_marks([mark_on(view.article, "short\nnext")])
    after = grab(view)
    end = view.text.place_of(5)
    y = round(end.center().y())
    x = view.text.viewport().x() + round(end.x())
    assert after.pixelColor(x - 10, y) != before.pixelColor(x - 10, y)
    assert all(after.pixelColor(x + step, y) == before.pixelColor(x + step, y) for step in range(8, 300))


def test_overlapping_marks_have_lines_of_their_own(view: ReadingView) -> None:
    one = mark_on(view.article, "A river has two", Colour.RED, id="one")
    two = mark_on(view.article, "has two banks", Colour.GREEN, id="two")
    view.set_marks([one, two])
    assert [mark.lane for mark in view.text.marks.things] == [0, 1]
    shown = colours_at(view, "has two")
    assert len(shown & {LIGHT.marks[Colour.GREEN].line, LIGHT.marks[Colour.RED].line}) >= 1


def test_a_mark_without_a_place_is_not_drawn(view: ReadingView) -> None:
    before = grab(view)
    mark = mark_on(view.article, "Assets", state=AnchorState.UNPLACED)
    view.set_marks([type(mark)(**{**mark.__dict__, "start": None, "end": None})])
    assert grab(view) == before
    view.select_mark("m1")


def test_a_doubtful_mark_looks_unlike_a_sure_one(view: ReadingView) -> None:
    view.set_marks([mark_on(view.article, "Assets")])
    sure = grab(view)
    view.set_marks([mark_on(view.article, "Assets", state=AnchorState.APPROXIMATE)])
    assert grab(view) != sure


def test_a_click_on_a_mark_names_it_and_a_second_click_the_one_under_it(qtbot: QtBot, view: ReadingView) -> None:
    long = mark_on(view.article, "A river has two banks", id="long")
    short = mark_on(view.article, "river", Colour.RED, id="short")
    view.set_marks([long, short])
    place = point_at(view, short.start + 1)
    for expected in ("short", "long", "short"):
        with qtbot.waitSignal(view.mark_clicked) as clicked:
            qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert clicked.args == [expected]
        view.select_mark(expected)


def test_the_mark_under_the_mouse_is_told(qtbot: QtBot, view: ReadingView) -> None:
    mark = mark_on(view.article, "A river has two banks", note="see <b>map</b>", tags=("water",))
    view.set_marks([mark])
    with qtbot.waitSignal(view.mark_hovered) as told:
        qtbot.mouseMove(view.text.viewport(), point_at(view, mark.start + 3))
    assert told.args == ["m1"]
    assert view.text.tip_of_mark("m1") == "Yellow\nsee <b>map</b>\n#water"
    with qtbot.waitSignal(view.mark_hovered) as told:
        qtbot.mouseMove(view.text.viewport(), QPoint(2, 2))
    assert told.args == [""]


def test_a_mark_is_brought_onto_the_screen(view: ReadingView) -> None:
    view.show_article(LONG)
    mark = mark_on(LONG, "Paragraph 150")
    view.set_marks([mark])
    view.select_mark("m1", scroll=False)
    assert not view.text.is_seen(mark.start)
    view.select_mark("m1")
    assert view.text.is_seen(mark.start)


# -- going to places --------------------------------------------------------------------------------------------


def test_go_to_scrolls_and_puts_the_caret(view: ReadingView) -> None:
    view.show_article(LONG)
    start = LONG.text.index("Paragraph 180")
    view.go_to(start, start + 9)
    assert view.caret_offset() == start
    assert view.selected_range() is None
    top = view.text.place_of(start).top()
    assert 0 < top < view.text.viewport().height() / 2


def test_a_place_far_down_a_page_that_was_just_opened_is_reached_at_once(view: ReadingView) -> None:
    article = paragraphs(*(f"Paragraph {number} " + "with words " * 20 for number in range(3_000)))
    view.show_article(article)
    start = article.text.index("Paragraph 2500 ")
    view.go_to(start)
    assert 0 < view.text.place_of(start).top() < view.text.viewport().height() / 2


def test_the_same_words_stay_on_the_screen_when_the_page_is_laid_out_anew(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(LONG)
    view.text.scroll_to(LONG.text.index("Paragraph 99"))
    top = view.text.top_offset()
    for change in (view.zoom_in, lambda: view.set_font("sans"), lambda: view.set_text_width(50)):
        before = view.text.article_document()
        change()
        qtbot.waitUntil(lambda before=before: view.text.article_document() is not before)
        assert LONG.block_at(view.text.top_offset()).n == LONG.block_at(top).n
    view.resize(420, 700)
    assert LONG.block_at(view.text.top_offset()).n == LONG.block_at(top).n


def test_mending_keeps_the_paragraph_at_the_top(view: ReadingView) -> None:
    view.show_article(LONG)
    view.text.scroll_to(LONG.starts[120])
    mended = Article(
        tuple(b if b.n > 20 else Block(b.n, b.kind, b.text, fate=Fate.STRIPPED) for b in LONG.blocks), "test"
    )
    view.show_article(mended, keep_place=True)
    assert mended.block_at(view.text.top_offset()).n == 120


@pytest.mark.parametrize("width", range(321, 900, 37))
def test_the_page_does_not_slip_sideways(qtbot: QtBot, view: ReadingView, width: int) -> None:
    """Not with pictures and tables that fill the column either, at no width."""
    view.resize(width, 700)
    view.text.select(0, len(view.article.text))
    assert view.text.horizontalScrollBar().maximum() == 0
    for source in ("img/a.png", "b.png", "c.png"):
        view.picture_arrived(source, QImage(2_000, 40, QImage.Format.Format_RGB32))
    view.text.put_caret(len(view.article.text))
    assert view.text.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("columns", [2, 3, 5])
def test_a_wide_table_does_not_slip_sideways(view: ReadingView, columns: int) -> None:
    words = "Words that fill a line of their own, and more than that of them"
    view.show_article(article_of(*table([[f"{words} {row}.{n}" for n in range(columns)] for row in range(3)])))
    for width in range(700, 760):
        view.resize(width, 700)
        view.text.place_of(len(view.article.text))
        assert view.text.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_strips_lie_beside_the_column(view: ReadingView, direction: Qt.LayoutDirection) -> None:
    view.setLayoutDirection(direction)
    view.resize(901, 650)
    column = view.text.viewport().geometry()
    left, right = (strip.geometry() for strip in view._column.strips)
    assert (left.right() + 1, column.right() + 1) == (column.left(), right.left())


def test_a_wider_window_lays_nothing_out_anew(qtbot: QtBot, view: ReadingView) -> None:
    width = view.text.viewport().width()
    view.resize(1400, 700)
    assert view.text.viewport().width() == width


def test_a_link_inside_the_page_is_followed_and_one_that_leads_out_is_told(qtbot: QtBot, view: ReadingView) -> None:
    inside, out = view.article.text.index("[1]"), view.article.text.index("report")
    with qtbot.waitSignal(view.jumped) as jumped:
        qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=point_at(view, inside + 1))
    assert jumped.args[1] == view.article.text.index("1. See the communiqué")
    view.text.verticalScrollBar().setValue(0)
    with qtbot.waitSignal(view.link_clicked) as clicked:
        qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=point_at(view, out + 2))
    assert clicked.args == ["https://example.org/report?a=1&b=2"]


# -- hits and finding -------------------------------------------------------------------------------------------


def test_hits_are_framed_and_walked_through(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(LONG)
    hits = [(LONG.text.index(f"Paragraph {n} "), LONG.text.index(f"Paragraph {n} ") + 9) for n in (5, 60, 120)]
    view.set_hits(hits)
    assert view.hit_number() == (0, 3)
    for number, (start, _) in enumerate(hits, start=1):
        view.find_next()
        assert (view.hit_number(), view.caret_offset()) == ((number, 3), start)
        assert view.text.is_seen(start)
    view.find_next()
    assert view.hit_number() == (1, 3)
    view.find_previous()
    assert view.hit_number() == (3, 3)


def test_the_find_bar_shows_its_own_places_and_gives_the_hits_back(qtbot: QtBot, view: ReadingView) -> None:
    start = view.article.text.index("Recognition")
    view.set_hits([(start, start + 5)])
    qtbot.keyClick(view.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.find_bar.isVisible()
    assert view.find_bar.words.hasFocus()
    qtbot.keyClicks(view.find_bar.words, "RIVER")
    qtbot.waitUntil(lambda: view.hit_number() == (1, 1))
    assert view.find_bar.count.text() == "1 of 1"
    qtbot.keyClick(view.find_bar.words, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert view.hit_number() == (0, 1)
    assert [view.article.text[slice(*hit)] for hit in view.text.hits.things] == ["Recog"]
    assert view.text.hasFocus()


def test_another_page_is_searched_for_the_same_words(qtbot: QtBot, view: ReadingView) -> None:
    view.open_find()
    qtbot.keyClicks(view.find_bar.words, "paragraph")
    qtbot.waitUntil(lambda: view.find_bar.count.text() != "")
    assert view.find_bar.count.text() == "Not in this page"
    view.show_article(LONG)
    assert view.hit_number() == (1, 200)


def test_ticks_show_marks_and_hits_on_the_scroll_bar(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(LONG)
    view.set_marks([mark_on(LONG, "Paragraph 100")])
    place = LONG.text.index("Paragraph 199")
    view.set_hits([(0, 9), (place, place + 9)])
    qtbot.waitUntil(lambda: len(view._ticks.places()) == 3)
    first, middle, last = view._ticks.places()
    assert first < middle < last <= view.text.height()
    assert 0.35 < middle / view.text.height() < 0.65


def test_the_document_of_a_page_that_is_gone_takes_its_hits_along(qtbot: QtBot, view: ReadingView) -> None:
    view.set_hits([(0, 3)])
    view.find_next()
    view.set_theme(DARK)
    view.show_article(LONG)
    view.set_hits([])
    assert grab(view).width()


# -- selection bar, menu, clipboard -----------------------------------------------------------------------------


def bar_of(view: ReadingView) -> SelectionBar:
    return view.text.findChild(SelectionBar)


def test_the_bar_comes_with_a_selection_and_takes_no_focus(qtbot: QtBot, view: ReadingView) -> None:
    bar = bar_of(view)
    start, end = select(view, "normal relations")
    qtbot.waitUntil(bar.isVisible)
    assert view.text.hasFocus()
    assert not bar.geometry().intersects(view.text.place_of(start).united(view.text.place_of(end)).toRect())
    qtbot.keyClick(view.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "normal relations"
    button = next(child for child in bar.children() if getattr(child, "accessibleName", str)() == "Red")
    with qtbot.waitSignal(view.mark_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [start, end, Colour.RED]
    qtbot.keyClick(view.text, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert view.selected_range() == (start, end)


def test_the_bar_goes_with_its_passage(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(LONG)
    offset = view.article.text.index("Paragraph 12 ")
    view.text.select(offset, offset + len("Paragraph 12"))
    bar = bar_of(view)
    qtbot.waitUntil(bar.isVisible)
    scrolling = view.text.verticalScrollBar()

    def distance() -> float:
        return view.text.place_of(offset).top() - bar.geometry().bottom()

    near = distance()
    assert 0 < near < 20
    scrolling.setValue(60)
    assert distance() == near
    scrolling.setValue(scrolling.maximum())
    assert not bar.isVisible()
    scrolling.setValue(60)
    assert bar.isVisible()
    view.text.put_caret(0)
    assert not bar.isVisible()
    scrolling.setValue(0)
    assert not bar.isVisible()


@pytest.mark.parametrize("width", [900, 500, 320])
def test_the_bar_is_never_cut_off(qtbot: QtBot, view: ReadingView, width: int) -> None:
    """Also where the window has become narrower than the bar is long, and at either end of a line."""
    view.show_article(LONG)
    bar = bar_of(view)
    for words in ("Paragraph 2 ", "two of it", "Paragraph 0"):
        view.resize(900, 700)
        start, end = select(view, words)
        qtbot.waitUntil(bar.isVisible)
        view.resize(width, 500)
        qtbot.waitUntil(lambda: not view._passage_bar._moving.isActive())
        assert view.text.rect().contains(bar.geometry())
        passage = view.text.place_of(start).united(view.text.place_of(end))
        assert not passage.translated(view.text.viewport().pos()).intersects(bar.geometry())
        assert bar.height() < 100


def test_everything_on_the_bar_has_a_name(view: ReadingView) -> None:
    names = [child.accessibleName() for child in bar_of(view).children() if hasattr(child, "accessibleName")]
    assert names == ["Yellow", "Red", "Green", "Blue", "Purple", "Grey", "Note", "Tag", "Link", "Copy with citation"]


def test_where_nothing_can_be_written_only_copying_is_offered(qtbot: QtBot, view: ReadingView) -> None:
    view.set_writable(False)
    start, _ = select(view, "normal relations")
    words = [action.text().replace("&", "").split("\t")[0] for action in fill_menu(view, start).actions()]
    assert words == ["Copy", "Copy with Citation", "Find This Elsewhere in the Library", "Select All"]


def test_the_menu_takes_a_paragraph_out(qtbot: QtBot, view: ReadingView) -> None:
    menu = fill_menu(view, view.article.text.index("Recognition"))
    action = next(action for action in menu.actions() if "Paragraph 6" in action.text())
    with qtbot.waitSignal(view.mend_requested) as asked:
        action.trigger()
    assert asked.args == [6, Fate.STRIPPED]


def test_a_copy_comes_from_the_article(view: ReadingView) -> None:
    start = view.article.text.index("Both")
    end = view.article.text.index("Assets") + 6
    data = view.text.mime_data(start, end)
    assert data.text() == (
        "Both 𠮷 sides spoke of “normal relations”.[1] See the report.\n\n"
        "What was on the table\n\nRecognition 😀\nAssets"
    )
    assert data.html() == (
        '<p>Both <i><b>𠮷</b></i><i> sides</i> spoke of “normal relations”.<sup><a href="#fn1">[1]</a></sup> See the '
        '<a href="https://example.org/report?a=1&amp;b=2">report</a>.</p><h2>What was on the table</h2>'
        "<ul><li>Recognition 😀</li><ul><li>Assets</li></ul></ul>"
    )


def test_a_link_that_has_the_focus_is_copied_without_our_names(qtbot: QtBot, view: ReadingView) -> None:
    qtbot.keyClick(view.text, Qt.Key.Key_Tab)
    view.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert (data.text(), data.html()) == ("[1]", '<p><sup><a href="#fn1">[1]</a></sup></p>')


def test_a_copy_with_citation_says_where_it_is_from(view: ReadingView) -> None:
    view.set_citation(lambda start, end: f"The Gazette, paragraphs {view.article.paragraphs(start, end)} <1>")
    select(view, "Assets")
    view.copy_with_citation()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Assets\n\nThe Gazette, paragraphs (7, 7) <1>"
    assert data.html().endswith("<p>The Gazette, paragraphs (7, 7) &lt;1&gt;</p>")


# -- pictures and safety ----------------------------------------------------------------------------------------


def test_pictures_arrive_later_and_the_lines_on_the_screen_stay(qtbot: QtBot, view: ReadingView) -> None:
    view.show_article(article_of(*kitchen_sink().kept, *LONG.blocks))
    asked: list[str] = []
    view.set_picture_source(lambda source: asked.append(source))
    view.text.scroll_to(view.article.text.index("Paragraph 30"))
    before = view.text.place_of(view.text.top_offset()).top()
    image = QImage(900, 1_200, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    view.picture_arrived("b.png", image)
    assert abs(view.text.place_of(view.text.top_offset()).top() - before) <= 1
    view.text.scroll_to(view.article.text.index("\ufffc"))
    shown = view.text.viewport().grab().toImage()
    assert "img/a.png" in asked
    assert any(shown.pixelColor(x, y).name() == "#123456" for x in range(0, 580, 20) for y in range(0, 690, 20))


def test_the_widget_opens_no_file_and_no_address(view: ReadingView, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(77, 55, QImage.Format.Format_RGB32)
    image.save(str(picture))
    answer = view.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl.fromLocalFile(str(picture)))
    assert isinstance(answer, QImage)
    assert answer.size() != image.size()
    assert not view.text.openLinks()
    assert not view.text.openExternalLinks()


# -- looks ------------------------------------------------------------------------------------------------------


def test_a_theme_reaches_paper_and_words(qtbot: QtBot, view: ReadingView) -> None:
    view.set_theme(DARK)
    qtbot.waitUntil(lambda: view.text.article_document().look.theme is DARK)
    assert grab(view).pixelColor(view.text.viewport().x() + 2, 300).name() == DARK.paper
    assert grab(view).pixelColor(2, 300).name() == DARK.paper


def test_zoom_stays_within_bounds_and_is_told(qtbot: QtBot, view: ReadingView) -> None:
    with qtbot.waitSignal(view.zoom_changed) as told:
        view.zoom_in()
    assert told.args == [1.1]
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == 3.0
    for _ in range(30):
        view.zoom_out()
    assert view.zoom == 0.6
    view.zoom_reset()
    assert view.zoom == 1.0


def test_a_page_that_is_not_seen_is_laid_out_when_it_is(qtbot: QtBot, view: ReadingView) -> None:
    view.hide()
    view.set_theme(DARK)
    assert view.text.article_document().look.theme is LIGHT
    view.show()
    assert view.text.article_document().look.theme is DARK


def test_paragraph_numbers_can_be_hidden(view: ReadingView) -> None:
    strip = view._column.strips[0]
    shown = strip.grab().toImage()
    view.set_paragraph_numbers(False)
    hidden = strip.grab().toImage()
    assert shown != hidden
    assert {hidden.pixelColor(x, y).name() for x in range(hidden.width()) for y in range(0, 600, 3)} == {LIGHT.paper}


def test_in_a_page_read_from_right_to_left_the_numbers_stand_on_the_right(view: ReadingView) -> None:
    left, right = view._column.strips
    assert (left.has_numbers(), right.has_numbers()) == (True, False)
    view.show_article(paragraphs("سلام", "السلام عليكم"))
    assert (left.has_numbers(), right.has_numbers()) == (False, True)


def test_the_facts_over_the_text_repeat_nothing(view: ReadingView) -> None:
    header = ReadingHeader(
        title="Tïtle 😀 of the talks",
        authors=("अनुभा जैन",),
        site="The Gazette",
        published="2021-11-21",
        captured="2021-11-22T10:00:00Z",
        url="https://www.example.org/a/",
        doubt="That day was a Sunday.",
    )
    view.show_article(paragraphs("text"), header=header)
    full = view.text.toPlainText()
    assert full.count("Tïtle 😀 of the talks") == full.count("अनुभा जैन") == full.count("The Gazette") == 1
    assert "In doubt: That day was a Sunday." in full
    assert wording.captured("2021-11-22").replace(" ", "\u00a0") in view.text.article_document().toRawText()
    view.show_article(kitchen_sink(), header=header)
    assert view.text.toPlainText().count("Tïtle 😀 of the talks") == 1
    assert view.text.toPlainText().count("अनुभा जैन") == 1


def test_a_page_with_two_thousand_marks_is_painted(view: ReadingView) -> None:
    article = paragraphs(*("word " * 60 for _ in range(100)))
    view.show_article(article)
    first = mark_on(article, "word")
    fields = first.__dict__
    marks = [
        type(first)(**{**fields, "id": str(n), "start": n * 15, "end": n * 15 + 25, "colour": list(Colour)[n % 6]})
        for n in range(1_900)
    ]
    view.set_marks(marks)
    assert grab(view).width()
    assert len(view.text.marks) == 1_900


def test_style_runs_of_a_link_are_one_link(view: ReadingView) -> None:
    page = article_of(
        Block(
            0,
            Kind.PARAGRAPH,
            "a bold link",
            spans=(Span(0, 11, Style.LINK, "https://a.example/"), Span(2, 6, Style.BOLD)),
        )
    )
    view.show_article(page)
    document = view.text.article_document()
    names = {document.select(offset, offset + 1).charFormat().anchorHref() for offset in range(11)}
    assert names == {"link:0"}
