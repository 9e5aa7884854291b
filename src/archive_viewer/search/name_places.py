"""Where a name stands in a text that is shown, in every spelling: a name and the tokens of the text in, places out.

The same is meant as in ``named``, which goes through an index; here nothing is known but the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from archive_viewer.search import pinyin
from archive_viewer.search.names import Name, groupings
from archive_viewer.search.nearness import Span
from archive_viewer.search.query_tree import Sounds
from archive_viewer.search.token import Token

_Following = dict[int, list[Token]]
"""Position → the tokens that begin there."""


def spans(words: Sounds, tokens: Sequence[Token]) -> set[Span]:
    """Positions of the first word of the name, and of the one after its last."""
    following: defaultdict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        following[token.position].append(token)
    found: set[Span] = set()
    of_names: dict[str, set[Span]] = {}
    for names in groupings(words.words):
        for one in names:
            if one.word not in of_names:
                of_names[one.word] = _of_name(one, tokens, following)
        whole = of_names[names[0].word]
        for one in names[1:]:
            own = of_names[one.word]
            ends: defaultdict[int, list[int]] = defaultdict(list)
            for start, end in own:
                ends[start].append(end)
            whole = {(start, end) for start, middle in whole for end in ends.get(middle, ())}
        found |= whole
    for way in pinyin.ways(words.words):
        found |= _of_syllables(way, tokens, following)
    return found


def _of_name(sought: Name, tokens: Sequence[Token], following: _Following) -> set[Span]:
    alike = sought.alike(token.term for token in tokens)
    found = {(one.position, one.position + one.width) for one in tokens if one.term in alike}
    begun = sought.beginnings(token.term for token in tokens)
    pairs = [
        (one, other) for one in tokens if one.term in begun for other in following.get(one.position + one.width, ())
    ]
    together = sought.alike_pairs((one.term, other.term) for one, other in pairs)
    return found | {
        (one.position, other.position + other.width) for one, other in pairs if (one.term, other.term) in together
    }


def _of_syllables(way: tuple[str, ...], tokens: Sequence[Token], following: _Following) -> set[Span]:
    """Where Chinese characters of these syllables stand; a token is two of them, and counts as one position."""
    found = set()
    for token in tokens:
        if token.term[:1] and pinyin.is_chinese(token.term) and pinyin.syllables(token.term) == way[:2]:
            position, n = token.position, 1
            while n < len(way) - 1 and any(
                pinyin.is_chinese(one.term) and pinyin.syllables(one.term) == way[n : n + 2]
                for one in following.get(position + 1, ())
            ):
                position, n = position + 1, n + 1
            if n == len(way) - 1:
                found.add((token.position, position + 1))
    return found
