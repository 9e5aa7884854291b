"""Words by their form: which words of a list a pattern (``w?ld*``) or an uncertain spelling (``fuzz~``) stands for.

A list of words is one string of bytes, as ``vocabulary`` keeps it: a line end before each word.  Going through it word
by word in Python takes half a second for half a million; here it is searched as a whole, and only what may be meant is
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archive_viewer.search.query_tree import Fuzzy, Pattern

_ANY = rb"[^\n]*"
_ONE = rb"[^\n\x80-\xbf][\x80-\xbf]*"
"""One character of UTF-8."""


def lead(words: Pattern | Fuzzy) -> str:
    """What every word that is meant begins with."""
    return re.split(r"[*?]", words.pattern, maxsplit=1)[0] if isinstance(words, Pattern) else ""


def finder(words: Pattern | Fuzzy) -> Callable[[bytes, int, int], Iterator[int]]:
    """A function of a list and of where to begin and end in it: where the words that are meant begin, in order."""
    if isinstance(words, Pattern):
        form = _form(words.pattern)
        return lambda listed, begin, end: (found.start() for found in form.finditer(listed, begin, end))
    return lambda listed, begin, end: _alike(words, listed, begin, end)


def test(words: Pattern | Fuzzy) -> Callable[[str], bool]:
    """A function that says of one word whether it is meant."""
    if isinstance(words, Pattern):
        form = _form(words.pattern)
        return lambda term: form.fullmatch(b"\n" + term.encode("utf-8", "surrogatepass")) is not None
    return lambda term: is_like(words.term, term, words.distance)


def _form(pattern: str) -> re.Pattern[bytes]:
    """A pattern as an expression that takes linear time: what follows a ``*`` is taken where it comes first, and never
    again, except behind the last one."""
    first, *others = re.sub(r"\*+", "*", pattern).split("*")
    form = rb"\n" + _literal(first)
    if others:
        form += b"".join(rb"(?>[^\n]*?%b)" % _literal(part) for part in others[:-1]) + _ANY + _literal(others[-1])
    return re.compile(form + rb"(?![^\n])")


def _literal(text: str) -> bytes:
    return _ONE.join(re.escape(part.encode("utf-8", "surrogatepass")) for part in text.split("?"))


def _alike(words: Fuzzy, listed: bytes, begin: int, end: int) -> Iterator[int]:
    """Of a word cut into one piece more than may differ, one piece stands unchanged, about where it was."""
    found: set[int] = set()
    looked_at: set[int] = set()
    for offset, piece in _pieces(words):
        sought = piece.encode("utf-8", "surrogatepass")
        # In bytes a character counts up to four.
        nearest, farthest = offset - words.distance, 4 * (offset + words.distance)
        at = listed.find(sought, begin, end)
        while at >= 0:
            start = listed.rfind(b"\n", begin, at)
            if nearest <= at - start - 1 <= farthest and start not in looked_at:
                looked_at.add(start)
                stop = listed.find(b"\n", at)
                term = listed[start + 1 : stop if stop >= 0 else len(listed)]
                if is_like(words.term, term.decode("utf-8", "surrogatepass"), words.distance):
                    found.add(start)
            at = listed.find(sought, at + 1, end)
    for swapped in _swapped(words.term):
        sought = b"\n" + swapped.encode("utf-8", "surrogatepass")
        at = listed.find(sought + b"\n", begin, end)
        if at >= 0:
            found.add(at)
        elif listed.endswith(sought, begin, end):
            found.add(end - len(sought))
    yield from sorted(found)


def _pieces(words: Fuzzy) -> Iterator[tuple[int, str]]:
    """The pieces and where each begins."""
    term, count = words.term, words.distance + 1
    borders = [len(term) * n // count for n in range(count + 1)]
    for n in range(count):
        yield borders[n], term[borders[n] : borders[n + 1]]


def _swapped(term: str) -> Iterator[str]:
    for n in range(len(term) - 1):
        yield term[:n] + term[n + 1] + term[n] + term[n + 2 :]


def is_like(term: str, other: str, most: int) -> bool:
    """Whether at most ``most`` characters (1 or 2) must be added, left out or changed, or two neighbours exchanged."""
    if abs(len(term) - len(other)) > most:
        return False
    start, shorter = 0, min(len(term), len(other))
    while start < shorter and term[start] == other[start]:
        start += 1
    stop = 0
    while stop < shorter - start and term[-1 - stop] == other[-1 - stop]:
        stop += 1
    left, right = term[start : len(term) - stop], other[start : len(other) - stop]
    if max(len(left), len(right)) <= 1:
        return True
    if len(left) == len(right) == 2 and left == right[::-1]:
        return True
    return most > 1 and _distance(left, right, most) <= most


def _distance(left: str, right: str, most: int) -> int:
    """Levenshtein's distance, or anything above ``most``; only what may stay within it is worked out."""
    if max(len(left), len(right)) - min(len(left), len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for n, one in enumerate(left, 1):
        above, row = row, [n]
        for m, other in enumerate(right, 1):
            row.append(min(above[m] + 1, row[-1] + 1, above[m - 1] + (one != other)))
        if min(row) > most:
            return most + 1
    return row[-1]
