"""The headings of a page as a tree."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from archive_viewer.model import Article, Block, Fate, Kind
from archive_viewer.ui.outline import Outline, headings
from articles import article_of

PAGE = article_of(
    Block(0, Kind.TITLE, "Tïtle <b>😀</b>"),
    Block(0, Kind.HEADING, "One", level=2),
    Block(0, Kind.PARAGRAPH, "text"),
    Block(0, Kind.HEADING, "One\u2028one", level=4),
    Block(0, Kind.HEADING, "\ufffc", level=2),
    Block(0, Kind.HEADING, "Two", level=2),
    Block(0, Kind.HEADING, "gone", level=2, fate=Fate.STRIPPED),
)


@pytest.fixture
def outline(qtbot: QtBot) -> Outline:
    outline = Outline()
    qtbot.addWidget(outline)
    outline.set_article(PAGE)
    return outline


def test_headings_are_named_by_their_words_and_places() -> None:
    found = headings(PAGE)
    assert [(heading.level, heading.text) for heading in found] == [
        (0, "Tïtle <b>😀</b>"),
        (2, "One"),
        (4, "One one"),
        (2, "Two"),
    ]
    assert [PAGE.text[heading.start :].split("\n")[0] for heading in found][1] == "One"


def test_deeper_headings_stand_under_those_above_them(outline: Outline) -> None:
    tops = [outline.topLevelItem(row) for row in range(outline.topLevelItemCount())]
    assert [row.text(0) for row in tops] == ["Tïtle <b>😀</b>", "One", "Two"]
    assert tops[1].child(0).text(0) == "One one"
    assert "<b>" not in tops[0].toolTip(0), "a page's words are never taken for HTML"


def test_a_heading_that_is_chosen_is_told_by_its_place(qtbot: QtBot, outline: Outline) -> None:
    with qtbot.waitSignal(outline.heading_chosen) as told:
        outline.itemActivated.emit(outline.topLevelItem(2), 0)
    assert told.args == [PAGE.text.index("Two")]


def test_the_current_heading_follows_the_reader(qtbot: QtBot, outline: Outline) -> None:
    with qtbot.assertNotEmitted(outline.heading_chosen):
        outline.set_current(PAGE.text.index("text"))
    assert outline.currentItem().text(0) == "One"
    outline.set_article(Article((), ""))
    outline.set_current(3)
    assert outline.currentItem() is None
