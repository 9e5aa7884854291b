"""A name that is sought however it is spelled: its words in, a test of other words out.

``named`` asks the words of an index, ``name_places`` those of a text, and both ask here, so that what one finds the
other shows.  A name may be written joined or apart: *Khalil Zad* is *Khalilzad*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

import regex

from archive_viewer import limits
from archive_viewer.search import likeness, pinyin, sounds
from archive_viewer.search.tokenizer import is_solid

LIKE = 0.87
"""From this likeness on a word is the name."""

LIKE_SHORT = 0.89
"""The same for a name of one or two consonants, which many words resemble."""

MOST_LONGER = 4
"""Sounds by which a word may be longer than a name and still be it; half of it more, where vowels are not written."""

_HANGUL = regex.compile(r"\p{Hang}+")

_ARTICLES = ("al", "el")

SHORTEST_HALF, TELLING = 2, 4
"""Characters of each half of a name that is written in two words; with one consonant, it must have more."""


class Name:
    """A word, or several taken as one, as it sounds.  ``readings``: the keys that its spellings have."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._script = likeness.script(word)
        forms = [word, *sounds.variants(word)]
        self._heard = sounds.sounds(forms)
        self.readings: frozenset[str] = frozenset().union(*map(sounds.readings, self._heard))
        self._beginnings = {key[:end] for key in self.readings for end in range(1, len(key) + 1)}
        self._least = LIKE if max(map(len, self.readings), default=0) > 2 else LIKE_SHORT
        self._longest = max(map(len, self._heard))
        self._known: dict[str, float] = {word: 1.0}

    def alike(self, words: Iterable[str]) -> dict[str, float]:
        """Those of ``words`` that are the name, and how like it they are; 1 for the word itself."""
        asked = list(dict.fromkeys(words))
        new = self._unknown(asked)
        heard = [
            (word, form)
            for word, forms in zip(new, _EAR.hear(new), strict=True)
            for form, key in forms
            if key in self.readings
        ]
        self._learn([(word, word, form) for word, form in heard if self._may_be(word, form)])
        return {word: found for word in asked if (found := self._known[word])}

    def _may_be(self, word: str, form: str) -> bool:
        """Whether a word is not so much longer or shorter that it need not be compared."""
        apart = abs(len(form) - self._longest)
        if apart <= MOST_LONGER:
            return True
        is_spare = likeness.UNWRITTEN in (self._script, likeness.script(word))
        return is_spare and apart <= MOST_LONGER + max(len(form), self._longest) // 2

    def beginnings(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` with which the name, written in two words, may begin."""
        asked = list(dict.fromkeys(words))
        return {word for word, heard in zip(asked, _EAR.hear(asked), strict=True) if heard[0][1] in self._beginnings}

    def alike_pairs(
        self, pairs: Iterable[tuple[str, str]], *, are_halves: bool = False
    ) -> dict[tuple[str, str], float]:
        """Those pairs of words which follow each other that are the name together.

        ``are_halves``: each word is known to be like one half of the name.
        """
        by_joined: dict[str, tuple[str, str]] = {}
        for first, second in pairs:
            (_, begun), (_, ended) = _heard(first)[0], _heard(second)[0]
            # A sound on the border may be written twice, but not be all of the second word: *Jain* is not “Jain ne”.
            rest = ended[begun[-1:] == ended[:1] :]
            if rest and begun in self._beginnings and begun + rest in self.readings:
                by_joined[f"{first} {second}"] = first, second
        new = self._unknown(by_joined)
        apart = [(joined, *by_joined[joined]) for joined in new]
        heard = [(joined, first, _heard(first)[0][0] + _heard(second)[0][0]) for joined, first, second in apart]
        self._learn(heard)
        for joined, first, second in apart:
            if self._known[joined] and not are_halves and not self._is_of_halves(first, second):
                self._known[joined] = 0.0
        return {pair: found for joined, pair in by_joined.items() if (found := self._known[joined])}

    def _is_of_halves(self, first: str, second: str) -> bool:
        """Whether the name can be cut so that each word is one half of it."""
        return any(name(begun).alike([first]) and name(ended).alike([second]) for begun, ended in halves(self.word))

    def _unknown(self, words: Iterable[str]) -> list[str]:
        if len(self._known) > limits.NAMES_REMEMBERED:
            self._known = {self.word: 1.0}
        new = [word for word in words if word not in self._known]
        self._known.update(dict.fromkeys(new, 0.0))
        return new

    def _learn(self, heard: Sequence[tuple[str, str, str]]) -> None:
        """Words, what tells their script, and how they sound."""
        asked = [(word, own, other, sign) for word, sign, other in heard for own in self._heard]
        scripts = [(self._script, likeness.script(sign)) for _, _, _, sign in asked]
        found = likeness.likenesses([(own, other) for _, own, other, _ in asked], scripts)
        for (word, _, _, _), like in zip(asked, found, strict=True):
            if like >= self._least:
                self._known[word] = max(self._known[word], min(like, 0.99))


class _Ear:
    """How words and their variants sound, and the key of each; emptied when it is full."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def hear(self, words: Sequence[str]) -> list[tuple[tuple[str, str], ...]]:
        new = [word for word in words if word not in self._known]
        if len(self._known) + len(new) > limits.NAMES_REMEMBERED:
            self._known.clear()
            new = list(words)
        # A piece of a run without spaces is no word.
        forms = [[] if is_solid(word) else [word, *sounds.variants(word)] for word in new]
        heard = sounds.sounds([form for own in forms for form in own])
        pairs = iter(zip(heard, sounds.keys(heard), strict=True))
        for word, own in zip(new, forms, strict=True):
            self._known[word] = tuple(islice(pairs, len(own))) or (("", ""),)
        return [self._known[word] for word in words]


_EAR = _Ear()


def _heard(word: str) -> tuple[tuple[str, str], ...]:
    return _EAR.hear([word])[0]


@lru_cache(64)
def name(word: str) -> Name:
    """The name that a word is; the last few are kept, with what is known of other words."""
    return Name(word)


def groupings(words: Sequence[str]) -> list[tuple[Name, ...]]:
    """The ways in which the words of a name may be written joined or apart, as they were typed first; without the
    Arabic article too, which other languages leave out."""
    if len(words) > 1 and words[0] in _ARTICLES:
        return [*_groupings(words), *_groupings(words[1:])]
    return _groupings(words)


def _groupings(words: Sequence[str]) -> list[tuple[Name, ...]]:
    if len(words) > limits.NAME_WORDS:
        return [tuple(map(name, words))]
    ways: list[tuple[str, ...]] = [()]
    for word in words:
        ways = [way for one in ways for way in ((*one, word), *([(*one[:-1], one[-1] + word)] if one else []))]
    return [tuple(map(name, way)) for way in ways]


def halves(word: str) -> list[tuple[str, str]]:
    """The ways to cut a word in two, so that neither is what many words are like."""
    return [(begun, ended) for begun, ended in _halves(word) if _is_telling(begun) and _is_telling(ended)]


def _is_telling(half: str) -> bool:
    return len(_heard(half)[0][1]) > 1 or len(half) >= TELLING


def _halves(word: str) -> list[tuple[str, str]]:
    if pinyin.is_chinese(word):
        parts = pinyin.syllables(word)
        return [("".join(parts[:n]), "".join(parts[n:])) for n in range(1, len(parts))]
    if _HANGUL.match(word):
        return [(word[:n], word[n:]) for n in range(1, len(word))]
    return [(word[:n], word[n:]) for n in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]
