"""The dialog that lets a person choose the character set of a page, and shows how the page would begin in it.

In: an item, the set chosen before, and somebody who looks at the page.  Out: ``chosen``.  It changes nothing itself.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.labels import known_as, label, spelled
from archive_viewer.library import Glimpse
from archive_viewer.model import Item
from archive_viewer.ui import charset_names, theme, wording
from archive_viewer.ui.rereader import Rereader
from archive_viewer.ui.timers import debounced

NAME = Qt.ItemDataRole.UserRole + 1
"""The role of a set's name, ``""`` for "as the program finds it"; a group has none."""

GLIMPSE_MS = 120
"""Quiet before a page is looked at: whoever holds an arrow key down passes over the sets between."""

MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CharsetDialog(QDialog):
    """``chosen``: the name of a character set, ``""`` for "as the program finds it"."""

    chosen = Signal(str)

    def __init__(self, item: Item, before: str, rereader: Rereader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Read in another character set"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 560)
        self._before = before
        self._rereader = rereader
        self._looking = debounced(self, GLIMPSE_MS, self._look)
        self.filter = QLineEdit(placeholderText=self.tr("A language, a region or a name: Japanese, 1251, koi8"))
        self.filter.setAccessibleName(self.tr("Find a character set"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._sift)
        self.filter.installEventFilter(self)
        self.sets = QTreeView(headerHidden=True, rootIsDecorated=False, itemsExpandable=False)
        self.sets.setObjectName("choices")
        self.sets.setAccessibleName(self.tr("Character sets by region and script"))
        self.sets.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.sets.setIndentation(theme.BASE)
        self._model = self._model_of_sets()
        self._sifted = QSortFilterProxyModel(self, recursiveFilteringEnabled=True)
        self._sifted.setAutoAcceptChildRows(True)
        self._sifted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sifted.setFilterRole(Qt.ItemDataRole.UserRole)
        self._sifted.setSourceModel(self._model)
        self.sets.setModel(self._sifted)
        self.sets.expandAll()
        self.sets.selectionModel().currentChanged.connect(self._follow_choice)
        self.sets.activated.connect(self._choose)
        self.preview = QTextBrowser(openLinks=False)
        self.preview.setObjectName("glimpse")
        self.preview.setAccessibleName(self.tr("How the page would begin"))
        self.preview.document().setDocumentMargin(theme.BASE)
        self.found = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.found.setObjectName("quiet")
        self.remark = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.remark.setObjectName("fault")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.reading = buttons.addButton(self.tr("&Read Again"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.reading.setDefault(True)
        self.reading.clicked.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self._lay_out(self._now(item), buttons)
        self._say("", "")
        rereader.glimpsed.connect(self._show)
        rereader.refused.connect(self._refuse)
        self._select(before)
        self.filter.setFocus()

    @property
    def name(self) -> str | None:
        """The set that is selected; None where none is."""
        found = self.sets.currentIndex().data(NAME) if self.sets.selectionModel().hasSelection() else None
        return None if found is None else str(found)

    def _lay_out(self, now: str, buttons: QDialogButtonBox) -> None:
        present = QLabel(now, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        present.setObjectName("quiet")
        effect = QLabel(
            self.tr("The stored file is untouched.  Marks and mends go along; Edit > Undo brings all of it back."),
            wordWrap=True,
        )
        effect.setObjectName("quiet")
        panes = QHBoxLayout()
        panes.setSpacing(theme.BASE)
        for stretch, widgets in ((2, (self.filter, self.sets)), (3, (self.preview, self.found, self.remark))):
            column = QVBoxLayout()
            column.setSpacing(theme.SMALL)
            for widget in widgets:
                column.addWidget(widget)
            panes.addLayout(column, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.BASE)
        layout.addWidget(present)
        layout.addLayout(panes, 1)
        layout.addWidget(effect)
        layout.addWidget(buttons)

    def _now(self, item: Item) -> str:
        """How the page is read now, and who says so."""
        fact = item.facts.get("charset")
        how = f"{wording.word(fact.source)}: {fact.origin}" if fact is not None else ""
        now = self.tr("This page is read as {name}").format(name=charset_names.called(item.charset))
        return wording.joined(now, how)

    def _model_of_sets(self) -> QStandardItemModel:
        """Regions and scripts with their sets; the text to be sifted by stands under ``UserRole``."""
        model = QStandardItemModel(self)
        found = QStandardItem(self.tr("As the program finds it"))
        found.setData("", NAME)
        model.appendRow(found)
        for group in charset_names.groups():
            branch = QStandardItem(group.title)
            # Passed over by the arrow keys.
            branch.setFlags(Qt.ItemFlag.NoItemFlags)
            branch.setData(f"{group.title} {group.languages}", Qt.ItemDataRole.UserRole)
            font = branch.font()
            font.setBold(True)
            branch.setFont(font)
            for name, title in group.sets:
                leaf = QStandardItem(f"{title}  ·  {spelled(name)}")
                leaf.setData(name, NAME)
                leaf.setData(" ".join((title, spelled(name), *known_as(name))), Qt.ItemDataRole.UserRole)
                branch.appendRow(leaf)
            model.appendRow(branch)
        return model

    # -- choosing -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move through the sets while the filter is typed."""
        if watched is not self.filter or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() not in MOVING:
            return False
        self.sets.keyPressEvent(event)
        return True

    @Slot(str)
    def _sift(self, typed: str) -> None:
        before = self.name
        self._sifted.setFilterFixedString(typed.strip())
        self.sets.expandAll()
        if not self._select(before) and not self._select(label(typed)):
            first = self._sifted.index(0, 0)
            self.sets.setCurrentIndex(self._sifted.index(0, 0, first) if self._sifted.hasChildren(first) else first)
        self._follow_choice()

    def _select(self, name: str | None) -> bool:
        """Select a set, where it is among those that are shown."""
        if name is None:
            return False
        start = self._sifted.index(0, 0)
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        for found in self._sifted.match(start, NAME, name, 1, flags) if start.isValid() else []:
            self.sets.setCurrentIndex(found)
            self.sets.scrollTo(found)
            return True
        return False

    @Slot()
    @Slot(QModelIndex, QModelIndex)
    def _follow_choice(self, *_: QModelIndex) -> None:
        self.reading.setEnabled(False)
        self._looking.start()

    @Slot()
    def _choose(self) -> None:
        if self.name is not None and self.reading.isEnabled():
            self.chosen.emit(self.name)
            self.accept()

    # -- looking ------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self.name is None:
            self.preview.clear()
            self._say("", "" if self._sifted.rowCount() else self.tr("No character set is called so."))
            return
        self._rereader.glimpse(self.name)

    @Slot(object)
    def _show(self, seen: Glimpse) -> None:
        lines = "".join(f"<p>{escape(line)}</p>" for line in seen.lines if line != seen.title)
        begins_later = self.tr("The text begins further on in this page.")
        self.preview.setHtml(f"<h3>{escape(seen.title)}</h3>{lines or f'<p><i>{escape(begins_later)}</i></p>'}")
        found = self.tr("It is found to be {name}: {origin}.").format(
            name=spelled(seen.charset.value), origin=seen.charset.origin
        )
        self._say(found if self.name == "" else "", seen.charset.doubt)
        self.reading.setEnabled(self.name is not None and self.name != self._before)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.preview.clear()
        self._say("", sentence)

    def _say(self, found: str, remark: str) -> None:
        for words, sentence in ((self.found, found), (self.remark, remark)):
            words.setText(sentence)
            words.setVisible(bool(sentence))
