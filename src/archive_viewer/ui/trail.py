"""The way a reader took: places that were jumped to, for Back and Forward.

In: places.  Out: the place before, the place after.  Separate because it is a plain list with a finger in it, and
worth testing without a window.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 200


@dataclass(frozen=True)
class Place:
    """A place in an item's text, in code points."""

    item_id: str
    start: int = 0
    end: int | None = None


class Trail:
    """Where one has been; leaving from the middle forgets what lay ahead, as in every browser."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def leave(self, here: Place | None, there: Place) -> None:
        """Jump from ``here`` (where the reader stands now, if anywhere) to ``there``."""
        if self._places and here is not None and here.item_id == self._places[self._at].item_id:
            self._places[self._at] = here
        elif here is not None and here != there:
            self._places = [*self._places[: self._at + 1], here]
            self._at = len(self._places) - 1
        if not self._places or self._places[self._at] != there:
            self._places = [*self._places[: self._at + 1], there][-LONGEST:]
            self._at = len(self._places) - 1

    def back(self, here: Place | None) -> Place | None:
        """The place before; ``here`` is remembered as the place to come forward to."""
        return self._step(here, -1) if self.can_go_back else None

    def forward(self, here: Place | None) -> Place | None:
        return self._step(here, +1) if self.can_go_forward else None

    def _step(self, here: Place | None, by: int) -> Place:
        if here is not None and here.item_id == self._places[self._at].item_id:
            self._places[self._at] = here
        self._at += by
        return self._places[self._at]
