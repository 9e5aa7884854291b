"""One element of a description: the field for what a person says, and beside it what holds without that.

In: a ``Described``.  Out: ``said``, when the field is left with another text in it.  Separate because all the rules of
typing are here: a field that is left is saved, Esc takes back, and what could not be saved stays and says why.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from archive_viewer.library.defaults import FROM_ARRANGEMENT
from archive_viewer.model import Described, Element, Fact
from archive_viewer.ui import elements, theme, wording
from archive_viewer.ui.facts_pane import CAPTURED, label

TAKE = "#take"
MOST_LINES = 12
STAYING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""The focus goes, but the person has not left the field: a menu has opened, or another window is in front."""


class ProseEdit(QPlainTextEdit):
    """Text of any length, as high as what is in it."""

    def __init__(self) -> None:
        super().__init__(tabChangesFocus=True)
        self.setObjectName("prose")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # The layout of plain text tells its height in lines.
        lines = min(MOST_LINES, max(1, round(self.document().size().height())))
        room = 2 * (self.document().documentMargin() + self.frameWidth())
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class ElementField(QWidget):
    """Signals: ``said`` – the element's key and its value, None to take back; ``unit_wanted`` – the id of the unit
    that a value comes from."""

    said = Signal(str, object)
    unit_wanted = Signal(str)

    def __init__(self, element: Element, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.element = element
        self.described = Described(element)
        self._saved = self._refused = ""
        self._asked: str | None = None
        self._is_writable = True
        name = elements.name(element.key)
        self._name = label(name, "fieldName")
        self._clear = QToolButton()
        self._clear.setText(self.tr("Clear"))
        self._clear.setObjectName("quietButton")
        self._clear.setAccessibleName(self.tr("Clear {element}").format(element=name))
        self._clear.setToolTip(self.tr("Take back what was typed; what is known without it holds again"))
        self._clear.clicked.connect(self.clear)
        self.edit: QLineEdit | ProseEdit = QLineEdit() if element.key in elements.ONE_LINE else ProseEdit()
        self.edit.setPlaceholderText(elements.example(element))
        self.edit.setAccessibleName(
            self.tr("{element}, required").format(element=name) if element.is_required else name
        )
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._forget_fault)
        if element.is_arranged:
            self.edit.hide()
        if isinstance(self.edit, QLineEdit):
            self.edit.returnPressed.connect(self.leave)
        self._name.setBuddy(self.edit)
        self.fault = label("", "fieldGrave")
        self.fault.hide()
        self._beside = QWidget()
        head = QHBoxLayout()
        head.setSpacing(theme.TIGHT)
        head.addWidget(self._name, 1)
        head.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignBottom)
        # Room for the button while it is not there, so that nothing jumps.
        head.addStrut(self._clear.sizeHint().height())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.HAIR)
        self._column.addLayout(head)
        self._column.addWidget(self.edit)
        self._column.addWidget(self.fault)
        self._column.addWidget(self._beside)
        self._show_state()

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.edit.text() if isinstance(self.edit, QLineEdit) else self.edit.toPlainText()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.text.strip() != self._saved

    def show_described(self, described: Described, units: Mapping[str, str]) -> None:
        """Show what is known; what is being typed stays.  ``units``: id → title of those that values come from."""
        was_dirty = self.is_dirty
        self.described = described
        self._saved = elements.typed_text(described.typed.value if described.typed else None)
        if not was_dirty or self.text.strip() == self._saved:
            self._set_text(self._saved)
        elif self._refused and self.text.strip() != self._refused:
            self.refuse("")
        self._show_beside(units)
        self._show_state()

    def settle(self, described: Described) -> None:
        """What was said is stored, as it is kept now."""
        self._saved = elements.typed_text(described.typed.value if described.typed else None)
        if self.text.strip() == self._asked:
            self._set_text(self._saved)
        self._asked = None

    def set_writable(self, is_writable: bool) -> None:
        self._is_writable = is_writable
        self.edit.setReadOnly(not is_writable)
        self._show_state()

    def refuse(self, sentence: str) -> None:
        """Say why what was typed is not saved; it stays to be mended."""
        self._refused = self.text.strip() if sentence else ""
        self._asked = None
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    # -- typing -------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Say what was typed, if it is another than is known; what was refused once is not said again unchanged."""
        text = self.text.strip()
        is_refused = bool(self._refused) and text == self._refused
        if self._is_writable and self.is_dirty and not is_refused and text != self._asked:
            self._asked = text
            self.said.emit(self.element.key, elements.value_of(self.element, text))

    def take_back(self) -> None:
        """Let the field be as it was."""
        self._set_text(self._saved)

    def clear(self) -> None:
        """Take back what a person said."""
        self._set_text("")
        self.edit.setFocus()
        self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in STAYING:
                self.leave()
        elif isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._claim(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._obey(event)
        return super().eventFilter(watched, event)

    def _claim(self, event: QKeyEvent) -> bool:
        """Esc is the field's while there is something to take back; undo is the library's while there is not."""
        if event.key() == Qt.Key.Key_Escape and self.is_dirty:
            event.accept()
            return True
        undoes = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        if undoes and not self.is_dirty:
            event.ignore()
            return True
        return False

    def _obey(self, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and self.is_dirty:
            self.take_back()
            return True
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.leave()
            return True
        return False

    def _set_text(self, text: str) -> None:
        if self.text != text:
            with QSignalBlocker(self.edit):
                self.edit.setText(text) if isinstance(self.edit, QLineEdit) else self.edit.setPlainText(text)
            if isinstance(self.edit, QLineEdit):
                self.edit.setCursorPosition(0)
            else:
                self.edit.textChanged.emit()
        self.refuse("")

    def _forget_fault(self) -> None:
        if self._refused and self.text.strip() != self._refused:
            self.refuse("")

    # -- beside the field ---------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        name = elements.name(self.element.key)
        wanting = elements.is_wanting(self.described)
        if wanting:
            name = self.tr("{element} · required, and nothing is known yet").format(element=name)
        elif self.element.is_required:
            name = self.tr("{element} · required").format(element=name)
        self._name.setText(name)
        self._clear.setVisible(self._is_writable and self._is_typed and not self.element.is_arranged)

    @property
    def _is_typed(self) -> bool:
        """Whether a person said it; the title of a unit is a part of the unit, and cannot be taken back."""
        typed = self.described.typed
        return typed is not None and typed.origin != FROM_ARRANGEMENT

    def _show_beside(self, units: Mapping[str, str]) -> None:
        known = self.described
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        if known.typed is not None and (words := elements.in_words(self.element, known.typed.value)):
            column.addWidget(label(words, "fieldValue"))
        if known.typed is not None and self._is_typed:
            column.addWidget(label(elements.who_typed(known.typed), "fieldSource"))
        lines: list[tuple[Fact, str]] = []
        if known.stated is not None:
            source = wording.word(known.stated.source)
            lines.append((known.stated, f"{source}: {known.stated.origin}" if known.stated.origin else source))
        if known.inherited is not None:
            lines.append((known.inherited, ""))
        if known.default is not None and not lines:
            lines.append((known.default, self._why(known.default.origin)))
        for number, (fact, source) in enumerate(lines):
            holds = number == 0 and known.typed is None
            value = label(elements.shown_with_writing(self.element, fact.value), "fieldValue" if holds else "quiet")
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(value)
            column.addWidget(self._source(fact, source, units))
            if fact.doubt:
                column.addWidget(label(fact.doubt, "fieldDoubt"))
        if self.element.fact == CAPTURED and known.stated is not None:
            self._explain_dates(column)
        old = self._column.replaceWidget(self._beside, beside)
        assert old is not None
        self._beside.hide()
        self._beside.deleteLater()
        self._beside = beside
        beside.setVisible(column.count() > 0)

    def _explain_dates(self, column: QVBoxLayout) -> None:
        """Which date is which: what is typed of a page's dates never becomes its capture date."""
        said = self.tr("This is the capture date.  What is typed here describes the page; the capture date stays.")
        if self.described.typed is not None:
            said = self.tr("The capture date stays as above: it is what the lists, the search and citations name.")
        column.addWidget(label(said, "fieldSource"))

    def _why(self, origin: str) -> str:
        """Why a default holds."""
        if origin == FROM_ARRANGEMENT:
            return self.tr("from the arrangement")
        return origin if self.element.is_arranged else f"{self.tr('unless it is said otherwise')}: {origin}"

    def _source(self, fact: Fact, source: str, units: Mapping[str, str]) -> QLabel:
        """Where a value comes from, with a link to the unit, and one that begins with it."""
        if fact is self.described.inherited:
            unit_id = self.described.inherited_from
            title = html.escape(units.get(unit_id, ""))
            told = html.escape(self.tr("inherited from {unit}")).format(
                unit=f'<a href="{html.escape(unit_id)}">{title}</a>'
            )
        else:
            told = html.escape(source)
        if self._is_writable and self.described.typed is None and not self.element.is_arranged:
            told += f' · <a href="{TAKE}">{html.escape(self.tr("begin with this"))}</a>'
        made = label("", "fieldSource")
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(told)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        made.linkActivated.connect(lambda link, fact=fact: self._follow(link, fact))
        return made

    def _follow(self, link: str, fact: Fact) -> None:
        if link != TAKE:
            self.unit_wanted.emit(link)
            return
        text = elements.typed_text(fact.value)
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        else:
            self.edit.setPlainText(text)
        self.edit.setFocus()
