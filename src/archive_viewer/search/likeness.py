"""How like two words sound: pairs of words as ``sounds`` writes them in, numbers from 0 to 1 out.

An edit distance (Wagner and Fischer, “The string-to-string correction problem”, 1974) in which an exchange costs what
the two sounds differ, and a vowel less than a consonant: *Gaddafi* and *Kadhafi* are nearer than *Putin* and *Patin*.
Where one of the two was written without vowels (Arabic, Hebrew, the *a* of Indic scripts), those of the other are
nearly free.  The numbers were chosen on half of the names of ``tests/benchmarks/names.toml``.

Hundreds of pairs at once, cell by cell of the table for all of them, in NumPy: one by one they take five times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive_viewer.search.sounds import SOUNDS, VOWELS

LONGEST = 32
"""Sounds of a word that are looked at."""

_EXCHANGES = """
kq5 kQ20 qQ15 kg20 qg25 Qg50 kX30 qX40 QX35 Gg5 Gk15 Gq30 GX30 Gh50 gh45 hX5 Xg15 CX10 CQ20 CS20 Cs15 CE10 CZ35 QE10
Qs20 Qz35 QS30 Ss25 Sz35 SZ25 SE80 Zz25 Zj10 ZJ15 Zs40 jJ0 jz35 jy5 ji10 Jg20 Jy40 Jz15 JC30 JS40 JZ15 Jk40 JG40 JE40
Es40 Ez20 sz25 sT55 zD5 zT30 Dd15 DT15 Tt10 Td50 Dt50 dt25 zd50 jd60 bp30 bv15 bw15 vw5 vf10 wf25 vp50 bf20 pf20 wu5
wo5 yi5 ye10 yE90 Ii5 Iy5 Ij10 IJ10 Ie15 hC20 xS30 xs60 xk60 xX60 nN0 mN15 mn60 lr70
ae20 ao55 ai70 au50 ei30 eo45 eu25 io30 iu45 ou8
"""
"""Pairs of sounds and how many hundredths their exchange costs; any other costs 100, of a vowel and a consonant 120."""

_DROPPED = (
    "a58 e27 i31 o18 u66 h15 w48 y20 I24 N80 G70 X80 v80",
    "a8 e29 i30 o48 u26 h36 w30 y9 I20 N80 G70 X80 v80",
    "a7 e5 i43 o31 u13 h24 w37 y14 I20 N80 G42 X80 v80",
    "a13 e25 i25 o25 u25 h11 w19 y13 I20 N80 G42 X80 v80",
)
"""What it costs to leave a sound out, where it is not 100: both scripts write vowels; one has an *a* in its consonants;
one hardly writes vowels; neither does."""
_DOUBLED = 0.1

_CODES = {sound: n for n, sound in enumerate(SOUNDS, 1)}
_CODE = np.zeros(128, np.uint8)
_CODE[[ord(sound) for sound in SOUNDS]] = range(1, len(SOUNDS) + 1)


def _exchanges() -> NDArray[np.float32]:
    size = len(SOUNDS) + 1
    costs = np.ones((size, size), np.float32)
    vowels = [_CODES[vowel] for vowel in VOWELS]
    costs[vowels, :] = costs[:, vowels] = 1.2
    for pair in _EXCHANGES.split():
        one, other = _CODES[pair[0]], _CODES[pair[1]]
        costs[one, other] = costs[other, one] = int(pair[2:]) / 100
    np.fill_diagonal(costs, 0)
    return costs


_EXCHANGE = _exchanges()
_GAP = np.ones((len(_DROPPED), len(SOUNDS) + 1), np.float32)
for _row, _costs in zip(_GAP, _DROPPED, strict=True):
    _row[[0, *(_CODES[cost[0]] for cost in _costs.split())]] = [0, *(int(cost[1:]) / 100 for cost in _costs.split())]
_WEIGHT = np.array([0, *(0.4 if sound in VOWELS else 0.43 if sound in "hwyI" else 1.0 for sound in SOUNDS)], np.float32)

WRITTEN, INHERENT, UNWRITTEN, _BOTH_UNWRITTEN = range(4)
"""How a script writes vowels: all, all but *a*, hardly any."""


def script(word: str) -> int:
    """How the script of a word writes vowels."""
    letter = word[:1]
    if "\u0590" <= letter < "\u0900" or "\u0e00" <= letter < "\u0f00":
        return UNWRITTEN
    return INHERENT if "\u0900" <= letter < "\u0e00" else WRITTEN


def likenesses(pairs: Sequence[tuple[str, str]], scripts: Sequence[tuple[int, int]]) -> list[float]:
    """How like the two of each pair sound, and in what ``scripts`` they were written."""
    if not pairs:
        return []
    left, right = (_coded([pair[side] for pair in pairs]) for side in (0, 1))
    rows = np.arange(len(pairs))
    sparest = [_BOTH_UNWRITTEN if own == (UNWRITTEN, UNWRITTEN) else max(own) for own in scripts]
    gap = _GAP[np.array(sparest)]
    gap_left, gap_right = (_gap_costs(codes, gap, rows) for codes in (left, right))
    row = [np.zeros(len(pairs), np.float32)]
    for m in range(right.shape[1]):
        row.append(row[-1] + gap_right[:, m])
    table = [row]
    for n in range(left.shape[1]):
        above, row = row, [row[0] + gap_left[:, n]]
        costs = _EXCHANGE[left[:, n, None], right]
        for m in range(right.shape[1]):
            best = np.minimum(above[m + 1] + gap_left[:, n], row[-1] + gap_right[:, m])
            row.append(np.minimum(best, above[m] + costs[:, m]))
        table.append(row)
    lengths = [np.count_nonzero(codes, axis=1) for codes in (left, right)]
    distance = np.array([np.stack(row) for row in table])[lengths[0], lengths[1], rows]
    weight = np.maximum(*(_WEIGHT[codes].sum(axis=1) for codes in (left, right)))
    found: list[float] = np.maximum(0.0, 1 - distance / np.maximum(weight, 1)).tolist()
    return found


def _coded(words: Sequence[str]) -> NDArray[np.uint8]:
    width = min(LONGEST, max(map(len, words)))
    written = "".join([word[:width].ljust(width, "\0") for word in words]).encode("ascii")
    return _CODE[np.frombuffer(written, np.uint8).reshape(len(words), width)]


def _gap_costs(codes: NDArray[np.uint8], gap: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    costs: NDArray[np.float32] = gap[rows[:, None], codes]
    doubled = (codes[:, 1:] == codes[:, :-1]) & (codes[:, 1:] > 0)
    costs[:, 1:][doubled] = np.minimum(costs[:, 1:][doubled], _DOUBLED)
    return costs
