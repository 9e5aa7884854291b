"""The act of reading a page in another character set: choose, wait, see the new text where the old one stood.

In: the window's parts.  Out: one page read again, by a process of its own.  Separate from the other acts because it is
the only one that takes long and is yet no task: a person waits for it, and it is undone like a mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from archive_viewer.library import Changes
from archive_viewer.ui import charset_names
from archive_viewer.ui.charset_dialog import CharsetDialog
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.open_library import OpenLibrary
from archive_viewer.ui.rereader import Rereader

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


class RereadAct(QObject):
    """Asks for a character set for the page in front, one page at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._library: OpenLibrary | None = None

    def attach(self, library: OpenLibrary | None) -> None:
        self._library = library

    def begin(self) -> None:
        """Show the character sets for the page in front."""
        library, tab = self._library, self._window.tabs.front()
        if library is None or tab is None or tab.reading is None:
            return
        item_id = tab.item_id
        library.bridge.ask(
            lambda known: known.charset_chosen(item_id), lambda before: self._choose(library, tab, before), owner=tab
        )

    def _choose(self, library: OpenLibrary, tab: ItemTab, before: str) -> None:
        if tab.item is None or library is not self._library:
            return
        rereader = library.rereader(tab.item_id)
        dialog = CharsetDialog(tab.item, before, rereader, self._window)
        dialog.chosen.connect(lambda name: self._read(library, rereader, tab, name))
        dialog.rejected.connect(rereader.close)
        dialog.open()

    def _read(self, library: OpenLibrary, rereader: Rereader, tab: ItemTab, name: str) -> None:
        window = self._window
        window.tabs.keep(tab)
        called = charset_names.called(name) if name else self.tr("the program finds it")
        window.tell(self.tr("The page is being read again as {name}…").format(name=called))

        def done() -> None:
            rereader.close()
            window.tell(self.tr("Read again as {name}.").format(name=called))
            # Written by a process of this window, on behalf of a person who looks at the page.
            library.bridge.changed.emit(Changes(items=frozenset([rereader.item_id])))

        def failed(sentence: str) -> None:
            rereader.close()
            window.show_trouble(sentence)

        rereader.read.connect(done)
        rereader.failed.connect(failed)
        rereader.reread(name)
