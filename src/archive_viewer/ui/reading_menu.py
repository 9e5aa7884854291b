"""The context menu of the page: everything that the selection bar and the keys do, in words.

A reading view and a place in its text come in, a menu goes out.  Separate because it is how somebody reaches these
acts who uses neither a mouse nor knows the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from archive_viewer.model import Colour, Fate
from archive_viewer.ui import icons, wording
from archive_viewer.ui.around import target_at
from archive_viewer.ui.selection_bar import KEYS, swatch
from archive_viewer.ui.theme import SIGNS

if TYPE_CHECKING:
    from archive_viewer.ui.reading_view import ReadingView


def fill_menu(view: ReadingView, offset: int) -> QMenu:
    """The menu for the passage that is chosen and for the paragraph at ``offset``; it deletes itself when closed."""
    tr = QCoreApplication.translate
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    has_passage = view.text.passage() is not None
    if view.is_writable:
        for colour in Colour:
            action = menu.addAction(QIcon(swatch(colour, view.look.theme)), f"{wording.word(colour)}\t{SIGNS[colour]}")
            action.triggered.connect(lambda _, colour=colour: view.request_mark(colour))
            action.setEnabled(has_passage)
        menu.addSeparator()
        for act, name in (
            ("note", tr("ReadingMenu", "&Note…")),
            ("tag", tr("ReadingMenu", "&Tags…")),
            ("link", tr("ReadingMenu", "&Link from Here")),
        ):
            action = menu.addAction(icons.icon(act, view.palette()), f"{name}\t{KEYS[act]}")
            action.triggered.connect(lambda _, act=act: view.perform(act))
            action.setEnabled(has_passage)
        menu.addSeparator()
        menu.addAction(tr("ReadingMenu", "Mark &Sentence") + "\tM", view.mark_sentence)
        menu.addAction(tr("ReadingMenu", "Mark &Paragraph") + "\tShift+M", view.mark_paragraph)
        menu.addSeparator()
    for name, copy in (
        (tr("ReadingMenu", "&Copy") + "\tCtrl+C", view.copy),
        (tr("ReadingMenu", "Copy with C&itation") + "\tCtrl+Shift+C", view.copy_with_citation),
    ):
        menu.addAction(name, copy).setEnabled(has_passage)
    elsewhere = menu.addAction(tr("ReadingMenu", "Find This Else&where in the Library") + "\tCtrl+Shift+S")
    elsewhere.triggered.connect(lambda: view.source_requested.emit(*(view.selected_range() or (0, 0))))
    elsewhere.setEnabled(view.selected_range() is not None)
    menu.addAction(tr("ReadingMenu", "Select &All") + "\tCtrl+A", view.select_all)
    target = target_at(view.article, offset) if view.article.kept else ""
    if target:
        menu.addSeparator()
        menu.addAction(tr("ReadingMenu", "&Open the Link"), lambda: view.follow_link(target))
        menu.addAction(
            tr("ReadingMenu", "Copy the Link's A&ddress"), lambda: QGuiApplication.clipboard().setText(target)
        )
    if view.is_writable and view.article.kept:
        n = view.article.block_at(offset).n
        menu.addSeparator()
        action = menu.addAction(tr("ReadingMenu", "Take Paragraph {n} &out of the Text").format(n=n))
        action.triggered.connect(lambda: view.mend_requested.emit(n, Fate.STRIPPED))
    return menu
