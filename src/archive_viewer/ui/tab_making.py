"""A new tab of the reader, dressed as the others are and connected with the panes around it.

In: the window and an item's id.  Out: the tab.  Separate from the tab, which knows no other pane, and from the window,
which does not care how one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_viewer.ui.item_tab import OUTLINE_WIDTH, ItemTab
from archive_viewer.ui.trail import Place

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow

OUTLINE = "outline"
"""The preference that keeps how wide the outline is."""


def make_tab(window: MainWindow, item_id: str) -> ItemTab:
    """A tab for a page of the library that is open."""
    assert window.library is not None
    tab = ItemTab(item_id, window.library.bridge, window.marking)
    window.looks.dress(tab.view)
    window.looks.dress(tab.stripped)
    tab.view.set_writable(window.library.is_writable)
    tab.stripped.set_writable(window.library.is_writable)
    showing = window.actions_by_id["show-outline"]
    tab.show_outline(showing.isChecked(), window.preferences.get(OUTLINE, OUTLINE_WIDTH))
    tab.mark_pointed.connect(window.margin.marks.select)
    tab.mark_pointed.connect(lambda _: window.margin.setCurrentWidget(window.margin.marks))
    tab.view.source_requested.connect(lambda start, end: window.acts.quotes.seek_elsewhere(tab, start, end))
    tab.address_wanted.connect(window.jumps.follow_address)
    tab.jumped.connect(lambda left, there: window.tabs.trail.leave(Place(item_id, left), Place(item_id, there)))
    tab.viewed.connect(window.acts.update)
    tab.capture_wanted.connect(window.jumps.show_capture)

    def share(width: int) -> None:
        window.preferences.set(OUTLINE, width)
        for other in window.tabs.item_tabs():
            if other is not tab:
                other.show_outline(showing.isChecked(), width)

    tab.outline_moved.connect(share)
    return tab
