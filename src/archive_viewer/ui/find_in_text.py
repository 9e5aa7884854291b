"""Finding what was typed in one text: every place, as a person would find it.

A text and some words in, ranges of code points out; no Qt.  Separate from the bar because what counts as found is a
matter of text, not of widgets: case does not count, any white space is as good as any other, straight and curly
quotation marks are one, and soft hyphens are not there.
"""

from __future__ import annotations

import re
from itertools import islice

from archive_viewer.limits import FOUND_IN_PAGE, QUERY_CHARACTERS
from archive_viewer.text import SOFT_HYPHEN

_ALIKE = ("'’‘‛ʼ′", '"“”„‟«»″', "-‐‑‒–—−")


def find_all(text: str, words: str, *, match_case: bool = False, whole_words: bool = False) -> list[tuple[int, int]]:
    """Every place of ``words`` in ``text``, in order, at most ``FOUND_IN_PAGE`` of them."""
    wanted = words.strip()[:QUERY_CHARACTERS]
    if not wanted:
        return []
    joint = f"{SOFT_HYPHEN}?" if SOFT_HYPHEN in text else ""
    pattern = r"\s+".join(joint.join(_letter(letter) for letter in word) for word in wanted.split())
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    found = re.finditer(pattern, text, 0 if match_case else re.IGNORECASE)
    return [match.span() for match in islice(found, FOUND_IN_PAGE)]


def _letter(letter: str) -> str:
    for alike in _ALIKE:
        if letter in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(letter)
