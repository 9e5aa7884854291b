"""How alike two strings are, and where in a text a string like a given one stands.

Strings in; edit distances, similarities (0 to 1) and ranges out.  Distances are Levenshtein's, found bit-parallel
after Myers (J. ACM 46, 1999) in the form of Hyyrö (2003); Python's integers are the bit vectors, so a column costs
the same for a pattern of 40 or of 400 characters.  It is separate because it knows nothing of marks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from archive_viewer.anchoring.quote_match import occurrences

SEED_LENGTHS = (12, 6, 3)
"""Characters of the pieces by which a likely place is found: long ones are rare in any text, three serve scripts
without blanks; pieces more common than ``COMMON`` say nothing and are skipped, so that the search stays linear."""

SEEDS = 32
COMMON = 48
WEIGHT = 60
"""A piece found once votes with this weight, one found twice with half of it."""


def edits_between(one: str, other: str) -> int:
    """The fewest insertions, deletions and replacements of characters that turn one string into the other."""
    if not one:
        return len(other)
    return [len(one), *_distances(one, other, is_anchored=True)][-1]


def nearest_end(pattern: str, text: str, is_anchored: bool = False) -> tuple[int, int]:
    """The fewest edits that turn ``pattern`` into a part of ``text``, and where the (first) such part ends.

    :param is_anchored: the part begins where ``text`` begins; otherwise it may begin anywhere.
    """
    if not pattern:
        return 0, 0
    best = len(pattern), 0
    for end, distance in enumerate(_distances(pattern, text, is_anchored), 1):
        if distance < best[0]:
            best = distance, end
    return best


def nearest_range(pattern: str, text: str) -> tuple[int, int, int]:
    """The part of ``text`` that takes the fewest edits from ``pattern``: start, end, edits."""
    edits, end = nearest_end(pattern, text)
    _, length = nearest_end(pattern[::-1], text[:end][::-1], is_anchored=True)
    return end - length, end, edits


def similarity_before(wanted: str, text: str, end: int) -> float:
    """How like ``wanted`` the text that ends at ``end`` is; 1 for the same."""
    start = max(0, end - len(wanted) - len(wanted) // 4)
    edits, _ = nearest_end(wanted[::-1], text[start:end][::-1], is_anchored=True)
    return 1 - edits / len(wanted) if wanted else 1.0


def similarity_after(wanted: str, text: str, start: int) -> float:
    """How like ``wanted`` the text that begins at ``start`` is; 1 for the same."""
    edits, _ = nearest_end(wanted, text[start : start + len(wanted) + len(wanted) // 4], is_anchored=True)
    return 1 - edits / len(wanted) if wanted else 1.0


def likely_starts(pattern: str, text: str, most: int) -> list[int]:
    """Where in ``text`` something like ``pattern`` may begin, likeliest first; may lie outside of ``text``.

    Pieces of the pattern that stand in the text vote for the diagonal they lie on, a rare piece more than a common one.
    """
    width = max(8, len(pattern) // 5)
    for length in SEED_LENGTHS:
        votes: Counter[int] = Counter()
        step = max(1, (len(pattern) - length) // SEEDS, length // 2)
        for offset in range(0, len(pattern) - length + 1, step):
            places = list(islice(occurrences(text, pattern[offset : offset + length], 1), COMMON + 1))
            if len(places) <= COMMON:
                for place in places:
                    votes[(place - offset) // width] += WEIGHT // len(places)
        if votes:
            # A diagonal near the border of its bin may have its votes in two.
            joined = {bin: votes[bin] + votes[bin + 1] for bin in votes}
            ranked = sorted(joined, key=lambda bin: (-joined[bin], bin))
            return [bin * width for bin in ranked[:most]]
    return []


def _distances(pattern: str, text: str, is_anchored: bool) -> Iterator[int]:
    """After each character of ``text``: the edits from ``pattern`` to the best part that ends there."""
    where: defaultdict[str, int] = defaultdict(int)
    for i, character in enumerate(pattern):
        where[character] |= 1 << i
    everything, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    up, down, distance = everything, 0, len(pattern)
    for character in text:
        equal = where.get(character, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        right_up = down | (everything & ~(diagonal | up))
        right_down = up & diagonal
        if right_up & last:
            distance += 1
        elif right_down & last:
            distance -= 1
        yield distance
        right_up = (right_up << 1) | is_anchored
        right_down <<= 1
        up = everything & (right_down | ~(diagonal | right_up))
        down = everything & right_up & diagonal
