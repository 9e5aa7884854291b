"""What the window remembers between starts: read once, written at every change, never on the main thread.

In: names and JSON values.  Out: the preferences file of ``settings``.  Separate because a splitter that is dragged
changes its value a hundred times a second, and a write to a slow home folder must not be felt.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from archive_viewer import settings
from archive_viewer.ui.timers import debounced

WRITE_AFTER_MS = 400


class Preferences(QObject):
    """Values by name; ``changed`` names the one that changed.  A value is anything that JSON can hold."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values = settings.load_preferences()
        self._unsaved: dict[str, Any] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="preferences")
        self._timer = debounced(self, WRITE_AFTER_MS, self._write)

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or ``default`` where there is none or one of another type (a file edited by hand)."""
        value = self._values.get(name, default)
        return value if default is None or isinstance(value, type(default)) else default

    def set(self, name: str, value: Any) -> None:
        if self._values.get(name) != value:
            self._values[name] = value
            self._unsaved[name] = value
            self._timer.start()
            self.changed.emit(name)

    def remember_library(self, folder: Path) -> None:
        """Put ``folder`` first among the recent libraries."""
        others = [name for name in self.get("recent", []) if name != str(folder)]
        self.set("recent", [str(folder), *others][:10])

    def close(self) -> None:
        """Write what is not written yet and wait for it: a small file, at the very end."""
        self._timer.stop()
        self._write()
        self._writer.shutdown(wait=True)

    def _write(self) -> None:
        if self._unsaved:
            self._writer.submit(_merge, self._unsaved)
            self._unsaved = {}


def _merge(values: dict[str, Any]) -> None:
    settings.save_preferences({**settings.load_preferences(), **values})
