"""*What was stripped*: every block of a page in order, the kept and the stripped, each stripped one with its reason.

An article comes in; a person's wish to put a block or a section back, to take it out, or to make a rule of it goes
out.  Separate from the clean view because here nothing is hidden: whoever doubts the cleaning can check it here, and
mend it.

Kept and stripped are told apart four times: by a word, by the line at the side (whole or broken), by how far in they
stand, and by the ground.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from archive_viewer.cleaning.sections import section_of
from archive_viewer.model import Article, Block, Fate
from archive_viewer.ui.block_model import BLOCK, BlockModel
from archive_viewer.ui.block_rows import BlockDelegate
from archive_viewer.ui.find_in_text import find_all
from archive_viewer.ui.stripped_bar import StrippedBar
from archive_viewer.ui.theme import LIGHT, Theme, palette

BATCH = 200
LONG = 4_000
"""From so many rows on a list is laid out in batches while it is looked at already: a row takes 0.1 ms."""


class StrippedView(QWidget):
    """Signals: ``mend_requested`` (paragraph number, the Fate it shall have, whether its whole section);
    ``rule_requested`` (paragraph number); ``paragraph_chosen`` (number)."""

    mend_requested = Signal(int, object, bool)
    rule_requested = Signal(int)
    paragraph_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article = Article((), "")
        self._is_writable = True
        self._found: list[int] = []
        self.bar = StrippedBar(self)
        self.list = _BlockList(self)
        self._model = BlockModel(self)
        self._delegate = BlockDelegate(self.list)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(self._tell_current)
        self.list.toggled.connect(self.mend)
        self.list.rule_wanted.connect(self._want_rule)
        self.list.run_wanted.connect(self._go_to_run)
        self.list.find_wanted.connect(self.bar.open_find)
        self._delegate.pressed.connect(self.mend)
        self.bar.chosen.connect(self._fill)
        self.bar.sought.connect(self._seek)
        self.bar.step_wanted.connect(self.step)
        self.bar.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.bar.mend_wanted.connect(lambda whole_section: self.mend(self.list.currentIndex(), whole_section))
        self.bar.rule_wanted.connect(self._want_rule)
        self._tell_current(QModelIndex())
        self.set_theme(LIGHT)

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_article(self, article: Article, site: str = "") -> None:
        """Show a page; the row and the place of the list stay where it is the same page after mending."""
        before, self._article = self._article, article
        is_mended = bool(article.blocks) and article.blocks_sha256 == before.blocks_sha256
        self._model.set_site(site)
        self.bar.show_article(article)
        if is_mended:
            with self.list.keeping_place(self._current_number()):
                pairs = zip(before.blocks, article.blocks, strict=True)
                self._delegate.forget_heights([now.n for then, now in pairs if then != now])
                self._model.change_blocks(article.blocks, self.bar.shown, self.bar.reason)
            self._tell_current(self.list.currentIndex())
            self._seek(self.bar.words.text(), is_new=False)
        else:
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
        self.bar.set_writable(is_writable)
        self.list.viewport().update()

    def go_to(self, n: int) -> None:
        """Make a paragraph the current row, in the middle of the list."""
        if not self._model.index_of(n).isValid():
            self.bar.show_all()
            self._fill()
        self.list.go_to(self._model.index_of(n))

    def _fill(self) -> None:
        is_long = len(self._article.blocks) > LONG
        self.list.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)
        with self.list.keeping_place(self._current_number()):
            self._delegate.forget_heights()
            self._model.show_blocks(self._article.blocks, self.bar.shown, self.bar.reason)
        self._tell_current(self.list.currentIndex())
        self._seek(self.bar.words.text(), is_new=False)

    def _current_number(self) -> int:
        block = self.list.currentIndex().data(BLOCK)
        return block.n if block is not None else 0

    def _tell_current(self, index: QModelIndex) -> None:
        block: Block | None = index.data(BLOCK)
        self._delegate.section = section_of(self._article, block.n) if block is not None else range(0)
        self.bar.offer(block.is_kept if block is not None else None, len(self._delegate.section))
        self.list.viewport().update()
        if block is not None:
            self.paragraph_chosen.emit(block.n)
        if self._found:
            self.bar.show_found(self._found, index.row())

    # -- acts ---------------------------------------------------------------------------------------------------

    def mend(self, index: QModelIndex, whole_section: bool = False) -> None:
        """Ask for the other fate for a row, or for its whole section."""
        block = index.data(BLOCK)
        if block is not None and self._is_writable:
            self.mend_requested.emit(block.n, Fate.STRIPPED if block.is_kept else Fate.KEPT, whole_section)

    def _want_rule(self) -> None:
        block = self.list.currentIndex().data(BLOCK)
        if block is not None and self._is_writable:
            self.rule_requested.emit(block.n)

    # -- moving and finding -------------------------------------------------------------------------------------

    def open_find(self) -> None:
        self.bar.open_find()

    def step(self, by: int) -> None:
        """The next row with the words that are sought, or the one before; past an end it goes on at the other."""
        if self._found:
            row = self.list.currentIndex().row()
            at = bisect_right(self._found, row) if by > 0 else bisect_left(self._found, row) - 1
            self.list.go_to(self._model.index(self._found[at % len(self._found)]))

    def _seek(self, words: str, is_new: bool = True) -> None:
        """Set off the words, and go to the first row from here on that has them."""
        rows = range(self._model.rowCount() if words.strip() else 0)
        self._found = [row for row in rows if find_all(self._model.index(row).data(BLOCK).text, words)]
        self._delegate.sought = words
        if is_new and self._found:
            here = max(0, self.list.currentIndex().row())
            self.list.go_to(self._model.index(self._found[bisect_left(self._found, here) % len(self._found)]))
        self.bar.show_found(self._found, self.list.currentIndex().row())
        self.list.viewport().update()

    def _go_to_run(self, by: int) -> None:
        """To the first block of the next run of stripped ones, or of the one before."""
        fates = [self._model.index(row).data(BLOCK).is_kept for row in range(self._model.rowCount())]
        begins = [row for row, is_kept in enumerate(fates) if not is_kept and (row == 0 or fates[row - 1])]
        here = self.list.currentIndex().row()
        ahead = [row for row in begins if row > here] if by > 0 else [row for row in reversed(begins) if row < here]
        if ahead:
            self.list.go_to(self._model.index(ahead[0]))


class _BlockList(QListView):
    """The list, and its keys.

    Signals: ``toggled`` (index, whether its whole section), by Space and Return, with Shift for the section;
    ``rule_wanted``, by A; ``run_wanted`` (by 1 or -1), by N and P; ``find_wanted``, by a slash.  J and K step.
    """

    toggled = Signal(QModelIndex, bool)
    rule_wanted = Signal()
    run_wanted = Signal(int)
    find_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Paragraphs of the page, kept and stripped"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBatchSize(BATCH)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def go_to(self, index: QModelIndex) -> None:
        """Make a row the current one, in the middle unless it is seen already."""
        if not index.isValid():
            return
        self._lay_out_to(index)
        is_seen = self.viewport().rect().contains(self.visualRect(index))
        self.setCurrentIndex(index)
        if not is_seen:
            self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    @contextmanager
    def keeping_place(self, n: int) -> Iterator[None]:
        """Let the rows be changed, and the row of paragraph ``n`` be where it was: current, and as far down."""
        top = self.visualRect(self.currentIndex()).top()
        yield
        model = self.model()
        assert isinstance(model, BlockModel)
        index = model.index_of(n)
        if not index.isValid():
            return
        if self.currentIndex() != index:
            self.setCurrentIndex(index)
        self._lay_out_to(index)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(index).top() - top)

    def _lay_out_to(self, index: QModelIndex) -> None:
        """A list that is laid out in batches knows no place of a row that it has not come to."""
        if self.visualRect(index).isEmpty():
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_shifted = modifiers == Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and (is_shifted or not modifiers):
            self.toggled.emit(self.currentIndex(), is_shifted)
        elif modifiers or not self._obey(event.key()):
            super().keyPressEvent(event)

    def _obey(self, key: int) -> bool:
        row = self.currentIndex().row()
        if key in (Qt.Key.Key_J, Qt.Key.Key_K):
            to = self.model().index(max(0, row + (1 if key == Qt.Key.Key_J else -1)), 0)
            if to.isValid():
                self.setCurrentIndex(to)
        elif key == Qt.Key.Key_A:
            self.rule_wanted.emit()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self.run_wanted.emit(1 if key == Qt.Key.Key_N else -1)
        elif key == Qt.Key.Key_Slash:
            self.find_wanted.emit()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, BlockDelegate) and event.size().width() != event.oldSize().width():
            delegate.forget_heights()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, 480)
