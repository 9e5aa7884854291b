"""Chinese names and the syllables that Latin writes them with: 習近平 is *xi jin ping*, and so is 习近平.

The index knows Chinese by pairs of characters (see ``tokenizer``), each of which is two syllables; a name of three or
four is found as two or three pairs that follow each other.  The syllables must be the same, letter by letter: pinyin is
one spelling, and a likeness of likenesses would be any text.  A name of two syllables is not looked for, because too
many words consist of the same two (*Beijing* is 北京 and 背景, a background), nor are Japanese readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import regex
from anyascii import anyascii

MOST_WAYS = 64
"""Ways to read letters as syllables."""

FEWEST, MOST = 3, 4
"""Syllables of a name."""

_SYLLABLE = regex.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang?|i?ong|i?ao|i?ai?|i?a|u?ang?|u?ai?|e(?:i|ng?|r)?|i(?:e|ng?|u)?|ou?|u(?:an|e|i|n|o)?|v|üe?)"
)
_HAN = regex.compile(r"\p{Han}+")


def is_chinese(text: str) -> bool:
    return _HAN.fullmatch(text) is not None


def syllables(characters: str) -> tuple[str, ...]:
    """The syllable of each Chinese character."""
    return tuple(map(_syllable, characters))


def ways(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The ways in which a name of these words can be a Chinese one: its syllables, none of which goes over a word."""
    if all(map(is_chinese, words)):
        found = [syllables("".join(words))]
    elif all(word.isascii() and word.isalpha() for word in words):
        found = [tuple(sum(way, ())) for way in product(*(_cut(word, MOST) for word in words))][:MOST_WAYS]
    else:
        return []
    return [way for way in found if FEWEST <= len(way) <= MOST]


@lru_cache(1 << 15)
def _syllable(character: str) -> str:
    return anyascii(character).lower()


def _cut(word: str, most: int) -> list[tuple[str, ...]]:
    if not word:
        return [()]
    if not most:
        return []
    ends = [end for end in range(1, min(6, len(word)) + 1) if _SYLLABLE.fullmatch(word, 0, end)]
    return [(word[:end], *rest) for end in ends for rest in _cut(word[end:], most - 1)]
