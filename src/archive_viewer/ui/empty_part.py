"""What is said in the place of a list of pages that has none: of the whole library, the bin, a unit, another part.

In: a part of the collection.  Out: words, and what can be done.  Separate from the list because it is all words.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from archive_viewer.ui.empty_state import EmptyState
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "EmptyPart"

WORDS: dict[str, tuple[str, str, str]] = {
    "bin": (
        QT_TRANSLATE_NOOP("EmptyPart", "The bin is empty"),
        QT_TRANSLATE_NOOP("EmptyPart", "Pages moved to the bin wait here."),
        "bin",
    ),
    "all": (
        QT_TRANSLATE_NOOP("EmptyPart", "No pages yet"),
        QT_TRANSLATE_NOOP(
            "EmptyPart", "Drop saved pages or whole folders anywhere on this window.  They are copied, never moved."
        ),
        "import",
    ),
    "unit": (
        QT_TRANSLATE_NOOP("EmptyPart", "No page stands in this unit"),
        QT_TRANSLATE_NOOP(
            "EmptyPart", "Drag pages from the list onto the unit, or choose them and then Arrange > Move Pages to…"
        ),
        "arrange",
    ),
    "unarranged": (QT_TRANSLATE_NOOP("EmptyPart", "Every page is arranged"), "", "arrange"),
    "": (QT_TRANSLATE_NOOP("EmptyPart", "Nothing here"), "", "page"),
}
"""Kind of scope → title, hint, icon; the last for all others."""

READ_ONLY = QT_TRANSLATE_NOOP("EmptyPart", "This library holds nothing, and it is open for reading only.")


def say_part_is_empty(empty: EmptyState, kind: str, importing: QAction | None) -> None:
    """Say that a part has no page; ``importing``: the act by which pages come into an empty library."""
    title, hint, icon = WORDS.get(kind, WORDS[""])
    is_possible = importing is not None and importing.isEnabled()
    if kind == "all" and not is_possible:
        hint = READ_ONLY
    way_out = importing if kind == "all" and is_possible else None
    empty.say(_tr(title), _tr(hint) if hint else "", icon, way_out)


def _tr(words: str) -> str:
    return QCoreApplication.translate(CONTEXT, words)
