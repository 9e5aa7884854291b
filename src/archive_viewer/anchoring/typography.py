"""A text as it is compared when typography does not count, and the way back to the text as it stands.

A string comes in; a ``Folded`` goes out: the string with straight quotation marks, plain hyphens, single blanks and
no invisible characters, and for each of its ranges the range of the string it came from.  Case, accents and words
are never touched: two texts that fold alike say the same.  It is separate because every second text is a mapping to
maintain, and this is the only one that anchoring has.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

ALIKE = {
    "'": "‘’‚‛ʼ′`´‹›",
    '"': "“”„‟″«»",
    "-": "‐‑‒–—―−",
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000",
}
"""Characters that count as another: one for one, so that no offset moves."""

INVISIBLE = "\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Soft hyphen, zero-width space, direction marks, word joiner.  Not ZWJ and ZWNJ: words and emoji differ by them."""

_RUNS = re.compile(f"[ {INVISIBLE}]{{2,}}|[{INVISIBLE}]|-(?:[{INVISIBLE}]*-)+|[…\ufb00-\ufb06]")
"""What does not fold one for one, once ``ALIKE`` is applied."""


@dataclass(frozen=True)
class Folded:
    """A folded text with the runs whose length changed: run ``i`` is ``[starts[i], ends[i])`` here and
    ``[sources[i], source_ends[i])`` in the text it came from; between runs characters correspond one to one."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sources: tuple[int, ...]
    source_ends: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int] | None:
        """The range that ``[start, end)`` came from, without invisible characters at its ends; None for a range that
        is empty or cuts through one character (a dot of an ellipsis)."""
        if start >= end:
            return None
        first, last = self._source_of(start), self._source_of(end - 1)
        if first is None or last is None or not first.is_first or not last.is_last:
            return None
        return first.start, last.end

    def offset(self, source: int) -> int:
        """Where the character at offset ``source`` of the text it came from stands here, or would stand."""
        i = bisect_right(self.sources, source) - 1
        if i < 0:
            return source
        if source < self.source_ends[i]:
            return self.starts[i]
        return self.ends[i] + source - self.source_ends[i]

    def _source_of(self, offset: int) -> _Place:
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return _Place(offset, offset + 1, True, True)
        if offset < self.ends[i]:
            return _Place(self.sources[i], self.source_ends[i], offset == self.starts[i], offset == self.ends[i] - 1)
        source = self.source_ends[i] + offset - self.ends[i]
        return _Place(source, source + 1, True, True)


@dataclass(frozen=True)
class _Place:
    """The characters that one folded character came from, and whether it is the first and the last made of them."""

    start: int
    end: int
    is_first: bool
    is_last: bool


def fold(text: str) -> Folded:
    """``text`` (in NFC) as it is compared when typography does not count."""
    for plain, others in ALIKE.items():
        for other in others:
            if other in text:
                text = text.replace(other, plain)
    pieces: list[str] = []
    runs: list[tuple[int, int, int, int]] = []
    length = passed = 0
    for match in _RUNS.finditer(text):
        replacement = _folded_run(match.group())
        pieces += text[passed : match.start()], replacement
        length += match.start() - passed
        runs.append((length, length + len(replacement), match.start(), match.end()))
        length += len(replacement)
        passed = match.end()
    pieces.append(text[passed:])
    starts, ends, sources, source_ends = zip(*runs, strict=True) if runs else ((), (), (), ())
    return Folded("".join(pieces), starts, ends, sources, source_ends)


def _folded_run(run: str) -> str:
    if " " in run:
        return " "
    if run.startswith("-"):
        return "-"
    # Only the ellipsis and the Latin ligatures; other compatibility forms (x², №, full width) say something else.
    return unicodedata.normalize("NFKC", run) if run == "…" or "\ufb00" <= run <= "\ufb06" else ""
