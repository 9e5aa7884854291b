"""The provenance sheet of a page as a tab: where it comes from, and what happened to it, in the width of the reader.

In: an item's id.  Out: a tab.  The margin's facts say the same beside the page; this is the sheet as it is handed over.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.provenance_pane import provenance
from archive_viewer.ui.sheet_view import SheetView


class ProvenanceView(SheetView):
    """The tab."""

    def __init__(self, bridge: Bridge, item_id: str, title: str, parent: QWidget | None = None) -> None:
        self.item_id = item_id
        kind = QCoreApplication.translate("Facts", "Provenance sheet")
        super().__init__(
            bridge, lambda library, _: provenance(library, library.reading(item_id)).sheet(), kind, title, parent
        )
