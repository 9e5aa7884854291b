"""Which way each block of an article is read.

Blocks in, a boolean for each out; no Qt.  Separate because the page, the stripped view and the printer
need the same answer.  The page's own word counts first, then the first strong character (Unicode Standard Annex 9,
rules P2 and P3); a block without any goes the way of the block before it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from archive_viewer.model import Block

LOOKED_AT = 500
"""Characters of a block that are searched for a strong one."""


def directions_of(blocks: Iterable[Block]) -> list[bool]:
    """For each block, in page order: is it read from right to left?"""
    found: list[bool | None] = [_direction(block) for block in blocks]
    current = next((direction for direction in found if direction is not None), False)
    resolved = []
    for direction in found:
        current = current if direction is None else direction
        resolved.append(current)
    return resolved


def _direction(block: Block) -> bool | None:
    if block.direction:
        return block.direction == "rtl"
    if block.text.isascii():
        return False if any(character.isalpha() for character in block.text[:LOOKED_AT]) else None
    for character in block.text[:LOOKED_AT]:
        strong = unicodedata.bidirectional(character)
        if strong in ("R", "AL"):
            return True
        if strong == "L":
            return False
    return None
