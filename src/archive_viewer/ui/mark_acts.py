"""What the actions of the Mark menu do, each on the passage that is chosen in the page in front.

In: the window's parts.  Out: the effects, by action id.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archive_viewer.model import Colour
from archive_viewer.ui.item_tab import ItemTab
from archive_viewer.ui.marking import Passage

if TYPE_CHECKING:
    from archive_viewer.ui.main_window import MainWindow


def mark_effects(window: MainWindow) -> dict[str, Callable[..., None]]:
    """Action id → what it does."""
    marking = window.marking

    def on_page(act: Callable[[ItemTab], None]) -> None:
        front = window.tabs.front()
        if front is not None and front.reading is not None:
            window.tabs.keep(front)
            act(front)

    def on_passage(act: Callable[[Passage], None]) -> None:
        on_page(lambda tab: act(tab.passage()))

    def confirm_place(tab: ItemTab) -> None:
        mark = tab.mark(tab.selected_mark)
        if mark is not None and mark.start is not None and mark.end is not None:
            marking.place(mark, mark.start, mark.end)

    def place_here(tab: ItemTab) -> None:
        mark, words = tab.mark(tab.selected_mark), tab.selected_words()
        if mark is not None and words is not None:
            marking.place(mark, *words)

    def delete_mark(tab: ItemTab) -> None:
        mark = tab.passage().mark or tab.mark(tab.selected_mark)
        if mark is not None:
            marking.delete(mark)

    return {
        **{f"mark-{colour}": _colouring(colour, window, on_passage) for colour in Colour},
        "note": lambda: on_passage(marking.edit_note),
        "tag-mark": lambda: on_passage(marking.edit_tags),
        "start-link": lambda: on_passage(marking.start_link),
        "finish-link": lambda: on_passage(marking.finish_link),
        "leave-link": marking.leave_link,
        "confirm-place": lambda: on_page(confirm_place),
        "place-here": lambda: on_page(place_here),
        "delete-mark": lambda: on_page(delete_mark),
    }


def _colouring(
    colour: Colour, window: MainWindow, on_passage: Callable[[Callable[[Passage], None]], None]
) -> Callable[[], None]:
    return lambda: on_passage(lambda passage: window.marking.mark(passage, colour))
