"""The finding aid of a unit: its description, and the list of what is in it.

In: a unit's id.  Out: a tab.  Separate from other sheets, because only here the archive's own words are translated.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from archive_viewer.exporting.fact_sheet import FactSheet
from archive_viewer.library import Library
from archive_viewer.library.finding_aids import finding_aid
from archive_viewer.ui import elements
from archive_viewer.ui.bridge import Bridge
from archive_viewer.ui.sheet_view import SheetView
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Elements", "Finding aid"),
    QT_TRANSLATE_NOOP("Elements", "page"),
    QT_TRANSLATE_NOOP("Elements", "pages"),
    QT_TRANSLATE_NOOP("Elements", "inherited from"),
    QT_TRANSLATE_NOOP("Elements", "published"),
    QT_TRANSLATE_NOOP("Elements", "captured"),
    QT_TRANSLATE_NOOP("Elements", "as of"),
    QT_TRANSLATE_NOOP("Elements", "and {count} more pages; a saved finding aid names them all"),
)
"""What a finding aid says of its own, for the translators."""


def sheet_of_unit(library: Library, unit_id: str, most_pages: int | None = None) -> FactSheet:
    """The finding aid in the words of the window.

    :raises UnknownId: there is no such unit.
    """
    return finding_aid(
        library, unit_id, today=date.today(), most_pages=most_pages, say=elements.say, show=elements.shown
    )


class FindingAidView(SheetView):
    """The tab."""

    def __init__(self, bridge: Bridge, unit_id: str, title: str, parent: QWidget | None = None) -> None:
        self.unit_id = unit_id
        kind = QCoreApplication.translate("FindingAidView", "Finding aid")
        super().__init__(bridge, lambda library, most: sheet_of_unit(library, unit_id, most), kind, title, parent)
