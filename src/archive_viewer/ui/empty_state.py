"""What an empty list says: one icon, one sentence of what is here, one of what to do, perhaps a button.

In: the view that may be empty.  Out: nothing; it shows itself while the view's model has no row.  Separate because
every list has one, and an empty white rectangle tells nobody anything.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from archive_viewer.ui import icons, theme

ICON = 40


class EmptyState(QWidget):
    """Lies over ``ground``; over an item view it follows the view's model by itself."""

    def __init__(self, ground: QWidget) -> None:
        self._ground = ground.viewport() if isinstance(ground, QAbstractItemView) else ground
        super().__init__(self._ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon_name = ""
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._title.setObjectName("emptyTitle")
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._hint.setObjectName("emptyHint")
        self._button = QPushButton()
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._action: QAction | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.SMALL)
        layout.addStretch(2)
        for widget in (self._icon, self._title, self._hint):
            layout.addWidget(widget)
        layout.addSpacing(theme.SMALL)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._button.hide()
        self._button.clicked.connect(self._press)
        self._ground.installEventFilter(self)
        self._view = ground if isinstance(ground, QAbstractItemView) else None
        if self._view is not None:
            model = self._view.model()
            model.modelReset.connect(self.follow)
            model.rowsInserted.connect(self.follow)
            model.rowsRemoved.connect(self.follow)
        self.setGeometry(self._ground.rect())
        self.follow()

    def say(self, title: str, hint: str = "", icon: str = "", action: QAction | None = None) -> None:
        """What is shown; ``action`` becomes a button."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._icon_name = icon
        self._action = action
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(action.text().split("\t")[0])
        self._draw()

    @property
    def title(self) -> str:
        return self._title.text()

    @Slot()
    def follow(self) -> None:
        """Show or hide, as the view's model is empty or not."""
        if self._view is not None:
            is_empty = self._view.model().rowCount() == 0
            self.setVisible(is_empty)
            if is_empty:
                self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            scale = self.devicePixelRatioF()
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            picture = icons.pixmap(self._icon_name, colour, round(ICON * scale))
            picture.setDevicePixelRatio(scale)
            self._icon.setPixmap(picture)

    @Slot()
    def _press(self) -> None:
        if self._action is not None:
            self._action.trigger()
