"""Three things to try: a card for the first start that ticks itself off.

In: word of what was done.  Out: the wish to be shown how, and to be put away.  Separate, and never in the way: it
follows what a person does and asks for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.ui import icons, theme
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

LEAST_LINES = 5
"""Lines of the card that are seen in the smallest window."""


@dataclass(frozen=True)
class Step:
    id: str
    title: str
    hint: str


STEPS = (
    Step(
        "search",
        QT_TRANSLATE_NOOP("FirstSteps", "Find a passage"),
        QT_TRANSLATE_NOOP("FirstSteps", "Search for Dalmuq, then click one of the passages."),
    ),
    Step(
        "mark",
        QT_TRANSLATE_NOOP("FirstSteps", "Mark what matters"),
        QT_TRANSLATE_NOOP("FirstSteps", "Select words in the page and press 1, or N to write a note."),
    ),
    Step(
        "link",
        QT_TRANSLATE_NOOP("FirstSteps", "Link two passages"),
        QT_TRANSLATE_NOOP("FirstSteps", "Select words and press L; select words in another page and press L again."),
    ),
)


class _Room(QScrollArea):
    """As high as its contents, where there is room; else they are scrolled."""

    def __init__(self, grid: QGridLayout) -> None:
        super().__init__()
        self._grid = grid
        contents = QWidget()
        contents.setObjectName("firstStepsList")
        contents.setLayout(grid)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(contents)

    def sizeHint(self) -> QSize:
        wanted = self._grid.sizeHint()
        return QSize(wanted.width(), self._grid.heightForWidth(self.width() or wanted.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LEAST_LINES * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class FirstSteps(QFrame):
    """``put_away``: the card was closed; ``ticked``: the ids done so far."""

    put_away = Signal()
    ticked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstSteps")
        self.setAccessibleName(self.tr("Three things to try"))
        self._done: list[str] = []
        self._ticks: dict[str, QLabel] = {}
        self._title = QLabel(self.tr("Three things to try"), wordWrap=True)
        self._title.setObjectName("fieldSection")
        self._close = QToolButton()
        self._close.setObjectName("iconButton")
        self._close.setAccessibleName(self.tr("Put this card away"))
        self._close.setToolTip(self.tr("Put this card away; it comes back from the Help menu"))
        self._close.setIconSize(QSize(14, 14))
        self._close.clicked.connect(self.put_away)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SMALL)
        grid.setVerticalSpacing(theme.HAIR)
        grid.setColumnStretch(1, 1)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        for number, step in enumerate(STEPS):
            tick = QLabel()
            title = QLabel(QCoreApplication.translate("FirstSteps", step.title), wordWrap=True)
            hint = QLabel(QCoreApplication.translate("FirstSteps", step.hint), wordWrap=True)
            hint.setObjectName("quiet")
            row = 3 * number
            grid.setRowMinimumHeight(row, theme.SMALL)
            grid.addWidget(tick, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(title, row + 1, 1)
            grid.addWidget(hint, row + 2, 1)
            self._ticks[step.id] = tick
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.BASE, theme.SMALL, theme.TIGHT, theme.BASE)
        layout.addLayout(head)
        layout.addWidget(_Room(grid))
        self._draw()

    @property
    def done(self) -> list[str]:
        return list(self._done)

    def tick(self, *ids: str) -> None:
        """These were done."""
        new = [step_id for step_id in ids if step_id in self._ticks and step_id not in self._done]
        if new:
            self._done += new
            self._draw()
            self.ticked.emit(self._done)

    def begin_again(self) -> None:
        self._done = []
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        scale = self.devicePixelRatioF()
        palette = self.palette()
        for step in STEPS:
            is_done = step.id in self._done
            role = QPalette.ColorRole.Accent if is_done else QPalette.ColorRole.PlaceholderText
            picture = icons.pixmap("done" if is_done else "open", palette.color(role), round(18 * scale))
            picture.setDevicePixelRatio(scale)
            self._ticks[step.id].setPixmap(picture)
            self._ticks[step.id].setAccessibleName(self.tr("done") if is_done else self.tr("not done yet"))
        self._close.setIcon(icons.icon("close", palette))
