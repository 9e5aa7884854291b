"""Lists: the number that an ordered item bears.

Separate because ``start``, ``reversed`` and ``value`` are counted per list, while the walk goes element by element.
Source: HTML Living Standard, sections 4.4.5 (ol) and 4.4.8 (li).
"""

from __future__ import annotations

import re

from lxml.etree import _Element

_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")


class Numbering:
    """Counts the items of one list."""

    def __init__(self, element: _Element) -> None:
        self._is_ordered = element.tag == "ol"
        self._step = 1
        self._next = 1
        if self._is_ordered:
            start = integer(element.get("start"))
            if element.get("reversed") is not None:
                self._step = -1
                self._next = sum(1 for _ in element.iterchildren("li")) if start is None else start
            elif start is not None:
                self._next = start

    def number(self, item: _Element) -> int | None:
        """The number of the next item; None in a list of bullets."""
        if not self._is_ordered:
            return None
        stated = integer(item.get("value"))
        number = self._next if stated is None else stated
        self._next = number + self._step
        return number


class Marker:
    """A list item's bullet or number, which the first block of the item takes."""

    def __init__(self, number: int | None = None) -> None:
        self.number = number
        self.is_taken = False


def integer(value: str | None) -> int | None:
    """An attribute's integer, as HTML parses it (section 2.3.4.1); None when it is none."""
    match = _INTEGER.match(value) if value else None
    return int(match[1]) if match else None
