"""Where a block that is too long to be laid out whole is broken for presentation.

A block's text in, the ranges of its pieces out.  Separate because these breaks exist on the screen only: they never
enter the text, and the document's map of positions is the one place that knows of them.
"""

from __future__ import annotations

import re
import unicodedata

from archive_viewer.limits import LAYOUT_CHARACTERS, UNBROKEN_CHARACTERS

# Ideographs, kana and hangul may be broken anywhere, so a run of them is no burden.
_UNBROKEN = re.compile(
    rf"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]{{{UNBROKEN_CHARACTERS},}}"
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_CLUSTER = 64
"""Characters looked back over for a place that does not cut a letter from its marks."""


def pieces(text: str) -> list[tuple[int, int]]:
    """Ranges that together are ``text``, in order; one for any ordinary block."""
    if len(text) < UNBROKEN_CHARACTERS:
        return [(0, len(text))]
    cuts = [0]
    for run in _UNBROKEN.finditer(text):
        while run.end() - max(cuts[-1], run.start()) > UNBROKEN_CHARACTERS:
            cuts.append(_between_letters(text, max(cuts[-1], run.start()) + UNBROKEN_CHARACTERS))
    ends = [*cuts[1:], len(text)]
    return [piece for start, end in zip(cuts, ends, strict=True) for piece in _split_long(text, start, end)]


def _split_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while end - start > LAYOUT_CHARACTERS:
        floor = start + LAYOUT_CHARACTERS // 2
        ceiling = start + LAYOUT_CHARACTERS
        cut = max(text.rfind("\u2028", floor, ceiling), text.rfind(" ", floor, ceiling)) + 1
        cut = cut or _between_letters(text, ceiling)
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def _between_letters(text: str, cut: int) -> int:
    for place in range(cut, cut - _CLUSTER, -1):
        if not unicodedata.combining(text[place]) and text[place] not in _JOINERS and text[place - 1] not in _JOINERS:
            return place
    return cut
