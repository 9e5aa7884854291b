"""What was worked out and may be asked for again: kept up to so many bytes, the least used given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """``size`` says how many bytes a value takes."""

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> Value | None:
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
        return found

    def keep(self, key: Key, value: Value) -> Value:
        self._values[key] = value
        self._bytes += self._size(value)
        while self._bytes > self._most and len(self._values) > 1:
            _, given_up = self._values.popitem(last=False)
            self._bytes -= self._size(given_up)
        return value
