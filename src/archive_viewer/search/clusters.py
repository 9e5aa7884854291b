"""Scripts without spaces: a run of characters in, overlapping pairs of them out.

A character here is what a reader takes for one: a grapheme cluster (Unicode Standard Annex 29).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from archive_viewer.search.chunks import INVISIBLE
from archive_viewer.search.folding import fold
from archive_viewer.search.token import LONGEST, Token

_CLUSTERS = regex.compile(rf"\X(?:{INVISIBLE}++\p{{M}}++)*+", regex.VERSION1)
"""A soft hyphen and the like parts no mark from its letter: what cannot be seen leaves a word as it is."""

_SINGLES = regex.compile(r"[[\p{Han}\p{Hira}\p{Kana}\u30fc]--\p{M}--[\uff66-\uff9f]]*+", regex.VERSION1)
"""A run of these needs no looking for clusters: each character is one."""

UNCHANGED = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff]+")
"""Such a run moreover is what it becomes when it is folded (a test looks at every character)."""

THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
THAI_CLUSTERS = re.compile("[\u0e01-\u0e4e][\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]*")
"""What ``\\X`` finds in a run of Thai, in a third of the time (a test compares the two)."""


def pairs(run: str) -> Iterator[Token]:
    """Overlapping pairs of grapheme clusters, then the last one alone; offsets from the start of the run."""
    before = ""
    start = end = at = 0
    for cluster in clusters(run):
        folded = fold(cluster)[:LONGEST]
        at += len(cluster)
        if not folded:
            continue
        if before:
            yield Token(before + folded, start, at, 0)
        before, start, end = folded, at - len(cluster), at
    if before:
        yield Token(before, start, end, 0)


def clusters(run: str, window: int = 4096) -> Iterator[str]:
    """The grapheme clusters of ``run``, looked at in windows so that an endless run takes no endless memory."""
    if _SINGLES.fullmatch(run):
        yield from run
        return
    rest = ""
    for at in range(0, len(run), window):
        *found, rest = _CLUSTERS.findall(rest + run[at : at + window])
        yield from found
        if len(rest) > LONGEST:
            yield rest
            rest = ""
    if rest:
        yield rest
