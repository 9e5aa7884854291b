"""*What was stripped*: every block of a page in order, the kept and the stripped, each stripped one with its reason.

An article comes in; a person's wish to put a block back or to take one out goes out.  Separate from the clean view
because here nothing is hidden: whoever doubts the cleaning can check it here, and mend it.

Kept and stripped are told apart three times: by a word, by the line at the side (whole or broken), and by the ground.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout, QWidget

from archive_viewer.model import Article, Fate
from archive_viewer.ui import wording
from archive_viewer.ui.block_rows import BLOCK, BlockDelegate, BlockModel, Shown
from archive_viewer.ui.theme import LIGHT, SMALL, TIGHT, WIDE, Theme, palette

BATCH = 200


class StrippedView(QWidget):
    """Signals: ``mend_requested`` (paragraph number, the Fate it shall have), ``paragraph_chosen`` (number)."""

    mend_requested = Signal(int, object)
    paragraph_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article = Article((), "")
        self._is_writable = True
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self._choices = QButtonGroup(self)
        self.mend_button = QToolButton(self)
        self.list = _BlockList(self)
        self._model = BlockModel(self)
        self._delegate = BlockDelegate(self.list)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._tell_current)
        self.list.toggled.connect(self.mend)
        self._delegate.pressed.connect(self.mend)
        self._choices.idClicked.connect(lambda _: self._fill())
        self.mend_button.clicked.connect(lambda: self.mend(self.list.currentIndex()))
        self.set_theme(LIGHT)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
        bar.setSpacing(SMALL)
        names = (self.tr("All"), self.tr("Stripped"), self.tr("Kept"))
        for number, name in enumerate(names):
            choice = QToolButton(self)
            choice.setObjectName("filterChip")
            choice.setText(name)
            choice.setCheckable(True)
            choice.setChecked(number == 0)
            self._choices.addButton(choice, number)
            bar.addWidget(choice)
        bar.addSpacing(TIGHT)
        bar.addWidget(self.summary, 1)
        self.mend_button.setToolTip(self.tr("Change whether this paragraph is part of the text  (Space)"))
        bar.addWidget(self.mend_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_article(self, article: Article) -> None:
        """Show a page; the row and the place of the list stay where it is the same page after mending."""
        self._article = article
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        made = palette(theme)
        for widget in (self, self.list, self.list.viewport()):
            widget.setPalette(made)
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def set_writable(self, is_writable: bool) -> None:
        """Whether mending is offered: not where the library is open for reading only."""
        self._is_writable = is_writable
        self._delegate.offers_mending = is_writable
        self.mend_button.setVisible(is_writable)
        self.list.viewport().update()

    def go_to(self, n: int) -> None:
        """Make a paragraph the current row, in the middle of the list."""
        index = self._model.index_of(n)
        if not index.isValid():
            self._choices.button(Shown.ALL.value).setChecked(True)
            self._fill()
            index = self._model.index_of(n)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def mend(self, index: QModelIndex) -> None:
        """Ask for the other fate for a row."""
        block = index.data(BLOCK)
        if block is not None and self._is_writable:
            self.mend_requested.emit(block.n, Fate.STRIPPED if block.is_kept else Fate.KEPT)

    def _fill(self) -> None:
        current = self.list.currentIndex().data(BLOCK)
        top = self.list.verticalScrollBar().value()
        self._delegate.forget_heights()
        self._model.show_blocks(self._article.blocks, Shown(self._choices.checkedId()))
        stripped = len(self._article.blocks) - len(self._article.kept)
        figures = {"stripped": wording.number(stripped), "all": wording.number(len(self._article.blocks))}
        self.summary.setText(self.tr("{stripped} of {all} stripped").format(**figures))
        self.summary.setToolTip(self.tr("{stripped} of {all} paragraphs were stripped").format(**figures))
        index = self._model.index_of(current.n) if current else QModelIndex()
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.verticalScrollBar().setValue(top)
        self._tell_current(index)

    def _tell_current(self, index: QModelIndex) -> None:
        block = index.data(BLOCK)
        self.mend_button.setEnabled(block is not None)
        is_kept = block is None or block.is_kept
        self.mend_button.setText(self.tr("Take out") if is_kept else self.tr("Put back"))
        if block is not None:
            self.paragraph_chosen.emit(block.n)


class _BlockList(QListView):
    """The list; Space and Return ask for the other fate of the current row.  Signal: ``toggled`` (index)."""

    toggled = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Paragraphs of the page, kept and stripped"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, BlockDelegate) and event.size().width() != event.oldSize().width():
            delegate.forget_heights()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, 480)
