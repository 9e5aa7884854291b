"""The small bar that appears by a selection: six colours, note, tag, link, copy with citation.

A place on the page comes in; what was pressed goes out.  Separate because it must never be in the way: it takes no
focus, covers no selected word where there is room beside them, goes with Escape and with the passage, and everything
on it has a key and stands in the context menu too.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QToolButton, QWidget

from archive_viewer.model import Colour
from archive_viewer.ui import icons, wording
from archive_viewer.ui.mark_painting import draw_pattern
from archive_viewer.ui.theme import HAIR, LIGHT, PATTERNS, SIGNS, SMALL, TIGHT, Theme, palette

BUTTON = 30
ACTS = ("note", "tag", "link", "quote")
KEYS = {"note": "N", "tag": "T", "link": "L", "quote": "Ctrl+Shift+C"}


class SelectionBar(QFrame):
    """Signals: ``colour_chosen`` (Colour), ``act_chosen`` (``note``, ``tag``, ``link`` or ``quote``)."""

    colour_chosen = Signal(object)
    act_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Selected passage"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._theme = LIGHT
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self._rows.setSpacing(SMALL)
        colours, acts = QHBoxLayout(), QHBoxLayout()
        for row in (colours, acts):
            row.setSpacing(HAIR)
            self._rows.addLayout(row)
        self._colours: dict[Colour, QToolButton] = {}
        self._acts: dict[str, QToolButton] = {}
        for colour in Colour:
            button = self._button(wording.word(colour), SIGNS[colour])
            button.clicked.connect(lambda _, colour=colour: self.colour_chosen.emit(colour))
            self._colours[colour] = button
            colours.addWidget(button)
        names = (self.tr("Note"), self.tr("Tag"), self.tr("Link"), self.tr("Copy with citation"))
        for act, name in zip(ACTS, names, strict=True):
            button = self._button(name, KEYS[act])
            button.clicked.connect(lambda _, act=act: self.act_chosen.emit(act))
            self._acts[act] = button
            acts.addWidget(button)
        acts.addStretch(1)
        self.set_theme(LIGHT)
        self.hide()

    def _button(self, name: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(name)
        button.setToolTip(f"{name}  ({key})")
        button.setFixedSize(BUTTON, BUTTON)
        button.setIconSize(QSize(20, 20))
        button.setObjectName("iconButton")
        return button

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setPalette(palette(theme))
        for colour, button in self._colours.items():
            button.setIcon(QIcon(swatch(colour, theme)))
        for act, button in self._acts.items():
            button.setIcon(icons.icon(act, self.palette()))
        self.update()

    def set_writable(self, is_writable: bool) -> None:
        """Where the library cannot be written, only copying is offered."""
        for button in (*self._colours.values(), *(self._acts[act] for act in ("note", "tag", "link"))):
            button.setVisible(is_writable)
        self.adjustSize()

    def show_at(self, passage: QRectF, room: QRect) -> None:
        """Show above ``passage``, or below where there is no room; both in coordinates of the parent.

        A passage that is not in the room has no bar; where the room is too narrow for one row there are two.
        """
        if passage.bottom() <= room.top() or passage.top() >= room.bottom():
            self.hide()
            return
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight)
        if self._rows.sizeHint().width() > room.width() - 2 * TIGHT:
            self._rows.setDirection(QBoxLayout.Direction.TopToBottom)
        self.adjustSize()
        above = passage.top() - self.height() - SMALL
        y = above if above >= room.top() else passage.bottom() + SMALL
        x = passage.center().x() - self.width() / 2
        self.move(
            round(min(max(x, room.left() + TIGHT), room.right() - self.width() - TIGHT)),
            round(min(y, room.bottom() - self.height() - TIGHT)),
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.rule if not self._theme.is_dark else self._theme.strong_rule), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), SMALL, SMALL)
        painter.end()


def swatch(colour: Colour, theme: Theme, side: int = 20) -> QPixmap:
    """A colour as it looks on the page: its ground, its sign, its line."""
    ratio = 2
    drawn = QPixmap(side * ratio, side * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    look = theme.marks[colour]
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(QRectF(0, 0, side, side), TIGHT, TIGHT)
    font = painter.font()
    font.setPixelSize(round(side * 0.55))
    painter.setFont(font)
    painter.setPen(QColor(theme.ink))
    painter.drawText(QRectF(0, 0, side, side - 5), Qt.AlignmentFlag.AlignCenter, SIGNS[colour])
    draw_pattern(painter, PATTERNS[colour], 2.5, side - 2.5, QPointF(0, side - 4).y(), QColor(look.line))
    painter.end()
    return drawn
