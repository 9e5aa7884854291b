"""A word of a text and where it stands, and the bounds of what may be one."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 100
"""Code points of a term.  Words are shorter in every language; what is longer is encoded data."""

PARTS = 8
"""Parts of one compound: the longest real ones are telephone numbers and addresses of machines."""

WIDTH_BITS = 3
"""The index keeps a place as one number, ``position << WIDTH_BITS | width - 1``; ``PARTS`` fits in these bits."""


class Token(NamedTuple):
    """A term and where it stands; see ``tokenizer`` for ``position`` and ``width``."""

    term: str
    start: int
    end: int
    position: int
    width: int = 1
